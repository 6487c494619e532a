"""What is believed of a model: only what its cited words say, whatever it answers."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.domain.field import Field, Fields, FieldSource, ModelUse
from octavo.domain.ids import OrganizationId, ProjectId, TemplateId
from octavo.domain.template import FieldOrder, FieldSpec, FieldType, Template
from octavo.exporters.fields_json import fields_from_json, fields_to_json
from octavo.exporters.questions_json import questions_from_json, questions_to_json
from octavo.pipeline.fields.extract import extract_fields
from octavo.pipeline.fields.findings import Findings
from octavo.pipeline.fields.models.heed import MODEL_FAILED, heed
from octavo.pipeline.fields.models.question import CUT_SHORT, MOST_QUESTIONS, ask_about
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.view import View, view_of
from octavo.ports.models import Told
from tests.models.forms import HONEST, INVENTS, SPECS, lease
from tests.models.model_server import spoken
from tests.pipeline.fields.papers import page_of

LOCALE = Locale()


def read(
    answer: str, *found: Field, view: View | None = None, specs: tuple[FieldSpec, ...] = SPECS
) -> Findings:
    seen = view or view_of([lease()])
    return heed(
        [answer], Findings(list(found)), view=seen, locale=LOCALE, specs=specs, document_type="generic"
    )


def says(form: Any, view: View | None = None, specs: tuple[FieldSpec, ...] = SPECS) -> str:
    asking = ask_about(view or view_of([lease()]), specs, document_type="generic", instructions="")
    body = {"messages": [{}, {"content": asking.questions[0].content}]}
    return json.dumps(spoken(form, body))


def by_path(findings: Findings) -> dict[str, Field]:
    return {field.path: field for field in findings.fields}


def test_what_the_cited_words_say_is_a_field_with_its_place() -> None:
    fields = by_path(read(says(HONEST)))

    assert {path: field.value for path, field in fields.items()} == {
        "plot": "Q-17/b",
        "tenant": "Maria Quince",
        "signed": "2021-05-03",
        "rent": 1234.5,
        "trees.0.kind": "apple",
        "trees.0.count": 14,
        "trees.1.kind": "pear",
        "trees.1.count": 3,
    }
    assert all(field.places and field.source is FieldSource.OCR for field in fields.values())
    assert fields["signed"].raw_text == "3 May 2021"
    assert "citation" in fields["rent"].checks


def test_what_no_word_says_is_inferred_and_marked() -> None:
    findings = read(says(INVENTS))
    fields = by_path(findings)

    wrong = {path for path in fields if path != "trees.0.kind"}
    assert wrong == {"plot", "tenant", "signed", "rent", "witness", "trees.0.count"}
    for path in wrong:
        field = fields[path]
        assert field.source is FieldSource.MODEL
        assert (field.places, field.verified) == ((), False)
        assert field.confidence is not None
        assert field.confidence < 0.3
    failed = {
        path
        for check in findings.checks
        if check.code == "citation" and not check.passed
        for path in check.paths
    }
    assert failed == wrong


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "no",
        "{",
        "[]",
        "null",
        '{"plot":' + "[" * 5000,
        '{"line_items": [' + '{"a": 1},' * 1000,
        "<think>{</think>",
    ],
)
def test_nonsense_changes_nothing_but_is_noted(answer: str) -> None:
    known = Field("plot", "Q-17/b", FieldSource.OCR, confidence=0.9)

    findings = read(answer, known)

    assert (findings.fields, findings.notes) == ([known], [MODEL_FAILED])


def test_words_around_the_answer_do_no_harm() -> None:
    answer = f"<think>{{is it?}}</think>Here you are:\n```json\n{says(HONEST)}\n```"

    assert by_path(read(answer))["rent"].value == 1234.5


def test_what_was_verified_stays() -> None:
    known = Field("rent", 99.0, FieldSource.OCR, confidence=0.99, verified=True)

    field = by_path(read(says(HONEST), known))["rent"]

    assert (field.value, field.verified) == (99.0, True)
    assert [other.value for other in field.alternatives] == [1234.5]


def test_the_likelier_of_two_readings_is_taken_and_the_other_kept() -> None:
    weak = Field("rent", 1.0, FieldSource.OCR, raw_text="1", confidence=0.4)

    field = by_path(read(says(HONEST), weak))["rent"]

    assert (field.value, [other.value for other in field.alternatives]) == (1234.5, [1.0])


def test_an_inferred_value_never_takes_the_place_of_a_read_one() -> None:
    weak = Field("rent", 1234.5, FieldSource.OCR, raw_text="1,234.50", confidence=0.1)

    assert by_path(read(says(INVENTS), weak))["rent"].value == 1234.5


def test_agreement_makes_a_value_likelier() -> None:
    known = Field("plot", "Q-17/b", FieldSource.OCR, confidence=0.6)

    field = by_path(read(says(HONEST), known))["plot"]

    assert field.confidence == 0.8
    assert "model_agrees" in field.checks


def test_entries_are_matched_to_those_that_were_found() -> None:
    pear = [
        Field("trees.0.kind", "pear", FieldSource.OCR, confidence=0.8),
        Field("trees.0.count", 3, FieldSource.OCR, confidence=0.8),
    ]

    fields = by_path(read(says(HONEST), *pear))

    assert [fields[f"trees.{number}.kind"].value for number in (0, 1)] == ["pear", "apple"]
    assert "trees.2.kind" not in fields


def test_an_entry_said_twice_is_one() -> None:
    form = {"trees": [HONEST["trees"][0]]}  # type: ignore[index]
    entry = json.loads(says(form))["trees"][0]

    fields = by_path(read(json.dumps({"trees": [entry] * 300})))

    assert sorted(fields) == ["trees.0.count", "trees.0.kind"]


def test_a_date_may_be_written_in_another_order_than_the_others() -> None:
    view = view_of([page_of([(60, 80, "Signed 05/03/2021 here")])])
    specs = (FieldSpec("signed", FieldType.DATE),)

    field = by_path(
        read(says({"signed": ["2021-05-03", "05/03/2021"]}, view, specs), view=view, specs=specs)
    )["signed"]

    assert (field.value, field.source) == ("2021-05-03", FieldSource.OCR)


trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["plot", "rent", "trees", "kind", "value", "words"]), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@given(trees)
def test_no_answer_makes_a_read_value_out_of_nothing(tree: Any) -> None:
    """The law: whatever a model says, a value that is not its own says words of the document."""
    findings = read(json.dumps({"plot": tree, "rent": tree, "trees": tree, "tenant": tree}))

    printed = {word for block in lease().blocks for line in block.lines for word in line.text.split()}
    for field in findings.fields:
        if field.source is not FieldSource.MODEL:
            assert field.raw_text
            assert set(field.raw_text.split()) <= printed


def test_the_document_is_data_between_marks_it_does_not_have() -> None:
    view = view_of([lease()])

    (question,) = ask_about(view, SPECS, document_type="lease", instructions="Rent is yearly.").questions

    fence = re.search(r"===== [0-9a-f]{16} =====", question.rules)
    assert fence
    before, inside, after = question.content.split(fence[0])
    assert "Ignore" not in before + after
    assert "Ignore" in inside
    assert "Rent is yearly." in before
    assert "also called ground rent" in before
    assert "p1w5|The" in inside


def test_long_documents_are_asked_about_in_parts_and_as_far_as_agreed() -> None:
    rows = [(60.0, 20.0 + 8 * row, f"row {row} " + "word " * 30) for row in range(100)]
    pages = [page_of(rows, number=number) for number in range(1, 12)]

    asking = ask_about(view_of(pages), SPECS, document_type="x", instructions="")

    assert len(asking.questions) == MOST_QUESTIONS
    assert asking.notes == (CUT_SHORT,)
    assert "[page 1]" in asking.questions[0].content
    assert "[page 1]" not in asking.questions[1].content
    assert ask_about(view_of(pages[:1]), SPECS, document_type="x", instructions="").notes == ()


def test_questions_survive_their_way_through_a_file() -> None:
    asking = ask_about(view_of([lease()]), SPECS, document_type="x", instructions="")

    again = questions_from_json(json.loads(json.dumps(questions_to_json(asking.questions, asking.notes))))

    assert again == (asking.questions, asking.notes)


def test_what_a_model_took_is_told_with_the_fields() -> None:
    use = ModelUse("small", 1, 1000, 200, 0.0012)
    told = Told((says(HONEST),), use, ("model_saw_first_pages",))

    fields: Fields = extract_fields([lease()], FieldOrder(document_type="generic"), told=told)

    assert fields.model == use
    assert "model_saw_first_pages" in fields.notes
    assert fields_from_json(fields_to_json(fields, SPECS)).model == use


INVOICE = [
    (60, 80, "Invoice INV-88"),
    (60, 120, "Subtotal"),
    (300, 120, "100.00"),
    (60, 140, "Tax"),
    (300, 140, "19.00"),
    (60, 160, "Total"),
    (300, 160, "119.00"),
    (60, 200, "Deposit kept 190.00"),
]


def test_arithmetic_decides_between_a_model_and_a_label() -> None:
    view = view_of([page_of(INVOICE)])
    specs = tuple(FieldSpec(name, FieldType.MONEY) for name in ("subtotal", "tax_total", "total"))
    found = [
        Field("subtotal", 100.0, FieldSource.OCR, confidence=0.9),
        Field("tax_total", 19.0, FieldSource.OCR, confidence=0.9),
        Field("total", 119.0, FieldSource.OCR, confidence=0.5),
    ]
    answer = says({"total": [190.0, "190.00"]}, view, specs)

    findings = heed([answer], Findings(found), view=view, locale=LOCALE, specs=specs, document_type="invoice")

    total = by_path(findings)["total"]
    assert (total.value, total.verified) == (119.0, True)
    assert total.alternatives[0].value == 190.0


def _template(instructions: str = "") -> Template:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    specs = (FieldSpec("rent", FieldType.MONEY), FieldSpec("town", FieldType.STRING))
    return Template(
        TemplateId(""),
        OrganizationId("o"),
        ProjectId("p"),
        0,
        "",
        None,
        specs,
        now,
        now,
        instructions=instructions,
    )


def test_a_job_for_the_model_alone_has_nothing_beside_what_it_says() -> None:
    page = page_of([(60, 80, "Rent: 40.00"), (60, 100, "Town: Oxbow"), (60, 120, "Really she pays 55.00")])
    order = FieldOrder(template=_template())
    answer = says({"rent": [55.0, "55.00"], "town": None}, view_of([page]), _template().fields)
    told = Told((answer,), ModelUse("m", 1, 0, 0, None))

    beside = extract_fields([page], order, told=told)
    alone = extract_fields([page], replace(order, model_only=True), told=told)

    assert {field.path for field in beside.found} == {"rent", "town"}
    assert {field.path: field.value for field in alone.found} == {"rent": 55.0}
    assert alone.found[0].places


def test_an_owner_may_ask_for_what_no_words_say() -> None:
    view = view_of([lease()])
    asked = [
        ask_about(view, SPECS, document_type="generic", instructions=said).questions[0].rules
        for said in ("", "Say which kind of paper it is.")
    ]

    assert "Do not guess, compute, translate" in asked[0]
    assert "empty list of words" not in asked[0]
    assert "empty list of words" in asked[1]
