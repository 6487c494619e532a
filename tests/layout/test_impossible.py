"""Roles that a line cannot have."""

from dataclasses import replace

import pytest
from tests.layout.test_decide import chances, rows_of
from tests.pipeline.fakes import HEIGHT, WIDTH

from octavo.pipeline.structure.decide import stretches
from octavo.pipeline.structure.rows import Cell, Row

SIZE = (WIDTH, HEIGHT)


def roles_of(rows: list[Row], *wanted: dict[str, float]) -> list[str]:
    found = stretches(rows, chances(*((roles, 0.9) for roles in wanted)), size=SIZE)
    return [part.role for part in found]


def at_height(row: Row, share: float) -> Row:
    top = share * HEIGHT
    return replace(row, y0=top, y1=top + row.height)


@pytest.mark.parametrize(
    "text", ["(GTIN)", "129,37", "VAT (S) 16,90 7 1,18", "+603-9130 2672", "( 801580-T )", "*****"]
)
def test_amounts_and_numbers_are_no_formulas(text: str) -> None:
    assert roles_of(rows_of(text), {"formula": 0.8, "paragraph": 0.1}) == ["paragraph"]


@pytest.mark.parametrize("text", ["x = 4", "f(x)", "a + b", "\u2211 x", "\u03b1 \u2264 1"])
def test_what_has_signs_of_mathematics_may_be_a_formula(text: str) -> None:
    assert roles_of(rows_of(text), {"formula": 0.8, "paragraph": 0.1}) == ["formula"]


def test_a_part_of_a_formula_needs_no_sign_of_its_own() -> None:
    rows = rows_of("n", "x = 3")

    found = stretches(rows, chances(({"formula": 0.8}, 0.9), ({"formula": 0.8}, 0.1)), size=SIZE)

    assert [part.role for part in found] == ["formula"]


def test_a_line_in_the_middle_of_the_page_is_no_header_and_no_footer() -> None:
    rows = [at_height(row, 0.5) for row in rows_of("Amount due", "Rechnungsersteller")]

    found = roles_of(rows, {"page_footer": 0.8, "paragraph": 0.1}, {"page_header": 0.8, "heading": 0.1})

    assert found == ["paragraph", "heading"]


def test_a_sum_at_the_foot_is_no_footer() -> None:
    row = at_height(rows_of("Total")[0], 0.95)
    line = row.line
    assert line is not None
    words = (*line.words, replace(line.words[0], text="20.00"))
    total = replace(
        row,
        line=replace(line, words=words),
        text="Total 20.00",
        cells=(Cell(60, 90, "Total"), Cell(200, 230, "20.00")),
    )

    assert roles_of([total], {"page_footer": 0.8, "paragraph": 0.1}) == ["paragraph"]


def test_a_title_runs_up_the_margin_and_not_through_the_text() -> None:
    row = rows_of("Annual report")[0]
    beside = replace(row, x0=20.0, x1=32.0, y0=300.0, y1=420.0)
    within = replace(row, x0=300.0, x1=312.0, y0=300.0, y1=420.0)

    found = roles_of([beside, within], {"page_header": 0.8}, {"page_header": 0.8, "picture": 0.1})

    assert found[0] == "page_header"
    assert found[1] != "page_header"


def test_a_caption_says_what_it_is_or_stands_beside_something() -> None:
    texts = "Some text.", "GST REG 000656195584", "More text.", "Figure 3: the town", "Text again."
    sure, named = {"paragraph": 0.9}, {"caption": 0.8, "paragraph": 0.1}

    found = roles_of(rows_of(*texts), sure, named, sure, named, sure)

    assert found == ["paragraph", "paragraph", "paragraph", "caption", "paragraph"]


def test_a_caption_without_a_number_may_stand_below_a_table() -> None:
    found = roles_of(
        rows_of("1990 12 14", "The old town"), {"table": 0.9}, {"caption": 0.8, "paragraph": 0.1}
    )

    assert found[-1] == "caption"


def test_the_last_line_of_a_paragraph_is_no_heading() -> None:
    rows = rows_of("The points that it takes to nought are called the", "kernel of the map.")

    found = roles_of(rows, {"paragraph": 1.0}, {"heading": 0.9, "paragraph": 0.1})

    assert found == ["paragraph"] * len(found)


def test_a_heading_with_a_full_stop_may_follow_a_whole_sentence() -> None:
    rows = rows_of("All of this was known before.", "What is new.")

    found = roles_of(rows, {"paragraph": 1.0}, {"heading": 0.9, "paragraph": 0.1})

    assert found == ["paragraph", "heading"]
