"""A form seen once is read by it: by anchor and position, whatever its labels say."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from octavo.domain.document import Page
from octavo.domain.field import Field, Fields, FieldSource
from octavo.domain.template import FieldOrder, Template
from octavo.pipeline.fields.extract import extract_fields
from octavo.pipeline.fields.learned import anchors_of
from tests.learned.forms import (
    FORMS,
    LIAR,
    PERMIT,
    TABLE,
    Form,
    Scan,
    example_of,
    page_of,
    pdf_of,
    template_for,
)
from tests.pipeline.fields.made_pages import pages_of
from tests.pipeline.fields.papers import flowing

SCANS = [
    Scan(),
    Scan(right=0.03, down=-0.02),
    Scan(stretch=0.95, right=-0.02),
    Scan(lean=1.0, down=0.02),
    Scan(lean=-1.5, stretch=1.03),
]


def read(page: Page, template: Template) -> Fields:
    return extract_fields([page], FieldOrder(template=template))


def values(fields: Fields) -> dict[str, Any]:
    return {field.path: field.value for field in fields.found}


@pytest.mark.parametrize("name", FORMS)
def test_without_an_example_these_forms_are_beyond_us(name: str) -> None:
    form = FORMS[name]

    assert values(read(page_of(form.draw(form.second)), template_for(form))) != form.said


@pytest.mark.parametrize("scan", SCANS, ids=str)
@pytest.mark.parametrize("name", FORMS)
def test_the_next_form_of_a_layout_is_read_by_the_first(name: str, scan: Scan) -> None:
    form = FORMS[name]
    template = template_for(form, example_of(form, page_of(form.draw(form.first))))

    fields = read(page_of(form.draw(form.second), scan), template)

    assert values(fields) == form.said
    assert "learned" in fields.notes
    assert all(field.places and (field.confidence or 0) > 0.6 for field in fields.found)


@pytest.mark.parametrize("name", FORMS)
def test_printed_forms_are_read_as_scanned_ones(name: str, tmp_path: Path) -> None:
    form = FORMS[name]
    (first,) = pages_of(pdf_of(form.draw(form.first)), tmp_path)
    (second,) = pages_of(pdf_of(form.draw(form.second)), tmp_path)

    fields = read(second, template_for(form, example_of(form, first)))

    assert values(fields) == form.said


@settings(max_examples=40, deadline=None)
@given(
    st.builds(
        Scan,
        right=st.floats(-0.05, 0.05),
        down=st.floats(-0.05, 0.05),
        stretch=st.floats(0.94, 1.06),
        lean=st.floats(-1.2, 1.2),
    ),
    st.sampled_from(sorted(FORMS)),
)
def test_however_it_lies_on_the_glass(scan: Scan, name: str) -> None:
    form = FORMS[name]
    template = template_for(form, example_of(form, page_of(form.draw(form.first))))

    assert values(read(page_of(form.draw(form.second), scan), template)) == form.said


UNRELATED = [
    [(60.0, 60.0, "Minutes of the meeting of the parish council held in March 2025")]
    + [
        (60.0, 90.0 + 16 * row, f"{row} the council heard the report of the treasurer and paid 85.00")
        for row in range(30)
    ],
    [
        (60.0, 60.0 + 20 * row, text)
        for row, text in enumerate(["Harbour fees", "Permit", "Total: 12.00", "valid"] * 4)
    ],
]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("number", range(len(UNRELATED)))
def test_an_unrelated_document_is_not_read_by_the_example(name: str, number: int) -> None:
    form = FORMS[name]
    page = page_of(UNRELATED[number])
    bare = read(page, template_for(form))

    fields = read(page, template_for(form, example_of(form, page_of(form.draw(form.first)))))

    assert fields.found == bare.found
    assert "learned" not in fields.notes


@pytest.mark.parametrize("name", FORMS)
def test_another_form_is_not_read_by_this_one(name: str) -> None:
    form = FORMS[name]
    template = template_for(form, example_of(form, page_of(form.draw(form.first))))

    for other in FORMS.values():
        if other is not form:
            assert "learned" not in read(page_of(other.draw(other.second)), template).notes


def test_of_several_examples_the_one_of_the_layout_is_taken() -> None:
    examples = [example_of(form, page_of(form.draw(form.first))) for form in (PERMIT, TABLE, LIAR)]
    template = template_for(LIAR, *examples)

    assert values(read(page_of(LIAR.draw(LIAR.second)), template)) == LIAR.said


def test_what_is_blank_is_missing() -> None:
    template = template_for(PERMIT, example_of(PERMIT, page_of(PERMIT.draw(PERMIT.first))))
    blank = [text for text in PERMIT.draw({**PERMIT.second, "ship": "", "duty": ""}) if text[2]]

    fields = values(read(page_of(blank), template))

    assert fields == {path: value for path, value in PERMIT.said.items() if path not in ("vessel", "duty")}


def test_a_value_that_a_label_has_stays_beside_as_another_reading() -> None:
    template = template_for(LIAR, example_of(LIAR, page_of(LIAR.draw(LIAR.first))))

    total = read(page_of(LIAR.draw(LIAR.second)), template).field("total")

    assert total is not None
    assert "learned" in total.checks
    assert [other.value for other in total.alternatives] == [12.5]


def test_a_place_that_does_not_say_the_value_is_looked_for_elsewhere() -> None:
    page = page_of(LIAR.draw(LIAR.first))
    wrong = next(line for block in page.blocks for line in block.lines if line.text == "10.00")
    field = Field("total", 980.0, FieldSource.PERSON, raw_text="10.00", places=())
    misled = replace(field, places=(_place(wrong.bbox),))

    assert anchors_of([page], (misled,)) == anchors_of([page], (field,))
    assert anchors_of([page], (field,))[0]["values"]["total"]


def _place(box: Any) -> Any:
    from octavo.domain.field import Place

    return Place(1, box)


def test_an_example_kept_before_places_were_is_read_by_its_fields() -> None:
    page = page_of(PERMIT.draw(PERMIT.first))
    example = example_of(PERMIT, page)
    boxes = {line.text: line.bbox for block in page.blocks for line in block.lines}
    fields = (Field("holder", "Odile Brandt", FieldSource.OCR, places=(_place(boxes["Odile Brandt"]),)),)
    anchors = tuple({name: kept for name, kept in one.items() if name != "values"} for one in example.anchors)

    old = replace(example, fields=fields, anchors=anchors)

    found = values(read(page_of(PERMIT.draw(PERMIT.second)), template_for(PERMIT, old)))
    assert found["holder"] == PERMIT.said["holder"]


def test_text_without_a_layout_is_read_by_its_lines() -> None:
    lines = ["Lighthouse log", "kept by the warden", "{}", "wind from the north", "light burning since", "{}"]

    def log(*said: str) -> Page:
        left = list(said)
        return flowing(*[left.pop(0) if line == "{}" else line for line in lines], "end of the entry")

    form = Form(_nothing, (PERMIT.specs[2], PERMIT.specs[1]), {}, {}, {}, {})
    example = example_of(
        form, log("Jonas Gale", "2 May 2024"), {"holder": "Jonas Gale", "issued": "2024-05-02"}
    )

    fields = read(log("Wilhelmina Oakes-Storm", "30 June 2026"), template_for(form, example))

    assert values(fields) == {"holder": "Wilhelmina Oakes-Storm", "issued": "2026-06-30"}


def _nothing(_: Any) -> list[Any]:
    return []
