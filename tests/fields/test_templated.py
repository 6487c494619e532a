"""A template finds its own fields by label, in cells and tables, and takes what its type knows."""

from datetime import UTC, datetime

from octavo.domain.document import Block, BlockType, Line, Origin, Page, TextSource, Word
from octavo.domain.field_specs import parse_specs
from octavo.domain.geometry import BBox
from octavo.domain.ids import OrganizationId, ProjectId, TemplateId
from octavo.domain.template import FieldOrder, FieldRule, Template
from octavo.exporters.fields_json import values_tree
from octavo.pipeline.fields.extract import extract_fields

NOW = datetime(2026, 11, 22, tzinfo=UTC)
FORM = """
0.10 Membership form
0.10 Member no.: | 0.35 M-00417
0.10 Joined on | 0.35 12 March 2026
0.10 Yearly fee | 0.35 120.00 EUR
0.10 Newsletter | 0.35 yes
0.10 Plan: | 0.35 GOLD
0.10 Course | 0.45 Hours | 0.65 Fee
0.10 Pottery | 0.45 12 | 0.65 60.00
0.10 Sailing | 0.45 8 | 0.65 45.50
"""


def page_from(drawn: str) -> Page:
    """Rows one below the other; each run begins at the fraction of the width in front of it."""
    lines = []
    for number, row in enumerate(drawn.strip().splitlines()):
        y = 0.05 + number * 0.03
        for run in row.split("|"):
            start, _, text = run.strip().partition(" ")
            lines.append(_line(text, float(start), y))
    block = Block(
        "blk_0",
        BlockType.PARAGRAPH,
        1,
        BBox(0, 0, 1, 1),
        0,
        drawn,
        TextSource.VERIFIED,
        1.0,
        True,
        tuple(lines),
    )
    return Page(1, 595.0, 842.0, (block,))


def _line(text: str, x: float, y: float) -> Line:
    words = []
    for word in text.split():
        width = 0.009 * len(word)
        words.append(Word(word, BBox.clamped(x, y, x + width, y + 0.014), 1.0, Origin.TEXT_LAYER))
        x += width + 0.006
    return Line(tuple(words), BBox.clamped(words[0].bbox.x0, y, x, y + 0.014), font_size=11.0)


def template_of(fields: object, **changes: object) -> Template:
    values = {
        "id": TemplateId("0" * 24),
        "organization_id": OrganizationId("1" * 24),
        "project_id": ProjectId("2" * 24),
        "version": 3,
        "name": "Form",
        "document_type": None,
        "fields": parse_specs(fields),
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Template(**values | changes)  # type: ignore[arg-type]


def test_fields_of_a_template_are_found_by_their_labels() -> None:
    template = template_of(
        {
            "member_no": "identifier",
            "joined": {"type": "date", "synonyms": ["Joined on"]},
            "yearly_fee": "money",
            "newsletter": "boolean",
            "plan": {"type": "enum", "values": ["Silver", "Gold"]},
            "left": {"type": "date", "synonyms": ["Left on"]},
            "courses": {"type": "array", "fields": {"course": "string", "hours": "integer", "fee": "money"}},
        },
        rules=(FieldRule("sum(courses.*.fee) <= yearly_fee"), FieldRule("required(left)")),
    )

    fields = extract_fields([page_from(FORM)], FieldOrder(template=template))
    values = values_tree(fields.found, template.fields)

    assert values == {
        "member_no": "M-00417",
        "joined": "2026-03-12",
        "yearly_fee": 120.0,
        "newsletter": True,
        "plan": "Gold",
        "left": None,
        "courses": [
            {"course": "Pottery", "hours": 12, "fee": 60.0},
            {"course": "Sailing", "hours": 8, "fee": 45.5},
        ],
    }
    member = fields.field("member_no")
    assert member is not None
    assert member.raw_text == "M-00417"
    assert member.places[0].page == 1
    assert (fields.template_id, fields.template_version) == ("0" * 24, 3)
    assert [(check.code, check.passed) for check in fields.checks] == [("rule", True), ("rule", False)]


def test_entries_of_two_columns_stand_below_a_header_of_just_these() -> None:
    template = template_of({"courses": {"type": "array", "fields": {"course": "string", "fee": "money"}}})
    table = "0.10 Course | 0.45 Fee\n0.10 Pottery | 0.45 60.00\n0.10 Sailing | 0.45 45.50"
    prose = "0.10 The course | 0.45 has a fee\n0.10 of | 0.45 60.00"

    found, none = (
        values_tree(extract_fields([page_from(page)], FieldOrder(template=template)).found, template.fields)
        for page in (table, prose)
    )

    assert found == {"courses": [{"course": "Pottery", "fee": 60.0}, {"course": "Sailing", "fee": 45.5}]}
    assert none == {"courses": []}


def test_a_rule_says_its_message_where_it_failed() -> None:
    rule = FieldRule("required(member_no)", "No number.")
    template = template_of({"member_no": "identifier"}, rules=(rule,))

    kept, broken = (
        extract_fields([page_from(page)], FieldOrder(template=template)).checks[0]
        for page in (FORM, "0.10 Membership form")
    )

    assert (kept.passed, kept.detail) == (True, "required(member_no)")
    assert (broken.passed, broken.detail) == (False, "No number.")


def test_nothing_beside_the_schema_is_told() -> None:
    template = template_of({"member_no": "identifier"}, document_type="generic")

    fields = extract_fields([page_from(FORM)], FieldOrder(template=template))

    assert [field.path for field in fields.found] == ["member_no"]
