"""The measures of slides, text documents and workbooks."""

from dataclasses import replace
from typing import Any

import pytest
from benchmarks.accuracy.structure.found import (
    Cell,
    Edge,
    Found,
    FoundBlock,
    FoundChart,
    FoundTable,
    Series,
)
from benchmarks.accuracy.structure.office import score_slides, score_text_document
from benchmarks.accuracy.structure.sheets import Values, score_workbook

SLIDE: dict[str, Any] = {
    "text": "Start here\nBegin\nEnd",
    "slides": [
        {
            "index": 1,
            "title": "Start here",
            "shapes": [
                {"id": "3", "paragraphs": [{"text": "Begin", "level": 0}]},
                {"id": "4", "paragraphs": [{"text": "End", "level": 0}]},
            ],
            "tables": [
                {
                    "cells": [
                        {"row": 0, "col": 0, "row_end": 0, "col_end": 1, "text": "x"},
                        {"row": 1, "col": 0, "row_end": 1, "col_end": 0, "text": "y"},
                        {"row": 1, "col": 1, "row_end": 1, "col_end": 1, "text": "z"},
                    ]
                }
            ],
            "charts": [
                {
                    "title": "T",
                    "plots": [
                        {
                            "type": "pieChart",
                            "series": [{"name": "s", "categories": ["q"], "values": [8.200000000000001]}],
                        }
                    ],
                }
            ],
            "connectors": [
                {"from": "3", "to": "4", "head": None, "tail": "arrow"},
                {"from": None, "to": "4", "head": None, "tail": None},
            ],
            "notes": "Say this",
        }
    ],
}
RIGHT = Found(
    blocks=(
        FoundBlock("title", "Start here", 1, 1),
        FoundBlock("paragraph", "Begin", 1),
        FoundBlock("paragraph", "End", 1),
    ),
    tables=(FoundTable((Cell(0, 0, "x", 1, 2), Cell(1, 0, "y"), Cell(1, 1, "z")), 1),),
    charts=(FoundChart("pie", "T", ("q",), (Series("s", (8.2,)),), 1),),
    edges=(Edge("Begin", "End", 1),),
    notes=(FoundBlock("paragraph", "Say this", 1),),
)
DOCUMENT: dict[str, Any] = {
    "blocks": [
        {"type": "title", "level": None, "text": "Report"},
        {"type": "heading", "level": 1, "text": "One"},
        {"type": "heading", "level": 2, "text": "Two"},
        {"type": "paragraph", "level": None, "text": "import sys"},
        {"type": "list_item", "level": 0, "text": "entry"},
        {"type": "table", "table_index": 0},
    ],
    "tables": [],
    "text": "Report One Two import sys entry",
    "footnotes": ["see there"],
    "headers": ["", "Draft"],
    "footers": [],
}
SHEET: dict[str, Any] = {
    "sheets": [
        {
            "name": "Sheet1",
            "truncated": False,
            "cells": {
                "A1": {"value": "Sales"},
                "A2": {"value": "CHF"},
                "B2": {"value": 1234.5678},
                "C2": {"value": 0.126},
            },
            "merged": ["A1:C1"],
            "charts": [],
        }
    ]
}


def test_a_presentation_that_was_read_right_scores_full_marks() -> None:
    tally = score_slides(SLIDE, RIGHT)

    assert {name: tally.ratio(name) for name in tally.shares} == dict.fromkeys(tally.shares, 1.0)
    assert set(tally.shares) >= {"titles", "text", "TEDS", "exact charts", "edges F1", "notes"}


def test_a_presentation_that_was_not_read_scores_nothing() -> None:
    tally = score_slides(SLIDE, Found())

    assert {tally.ratio(name) for name in tally.shares} == {0.0, None}


def test_an_arrow_has_a_direction_and_a_line_has_none() -> None:
    turned = replace(RIGHT, edges=(Edge("End", "Begin", 1),))
    line = {**SLIDE["slides"][0], "connectors": [{"from": "3", "to": "4", "head": None, "tail": None}]}
    backwards = {**line, "connectors": [{"from": "3", "to": "4", "head": "arrow", "tail": None}]}

    loose = {**line, "connectors": [{"from": None, "to": "4", "head": None, "tail": None}]}

    assert score_slides({**SLIDE, "slides": [loose]}, turned).ratio("edges F1") is None
    assert score_slides(SLIDE, turned).ratio("edges F1") == 0.0
    assert score_slides({**SLIDE, "slides": [line]}, turned).ratio("edges F1") == 1.0
    assert score_slides({**SLIDE, "slides": [backwards]}, turned).ratio("edges F1") == 1.0


def test_a_title_on_the_wrong_slide_or_in_a_paragraph_is_no_title() -> None:
    elsewhere = replace(RIGHT, blocks=tuple(replace(block, page=2) for block in RIGHT.blocks))
    plain = replace(RIGHT, blocks=tuple(replace(block, label="paragraph") for block in RIGHT.blocks))

    assert score_slides(SLIDE, elsewhere).ratio("titles") == 0.0
    assert score_slides(SLIDE, plain).ratio("titles") == 0.0


def test_a_text_document_is_scored_by_its_blocks() -> None:
    found = Found(
        blocks=(
            FoundBlock("title", "Report", level=1),
            FoundBlock("heading", "One", level=2),
            FoundBlock("heading", "Two", level=2),
            FoundBlock("code", "import sys\nprint()"),
            FoundBlock("paragraph", "entry"),
            FoundBlock("page_header", "Draft"),
        )
    )

    tally = score_text_document(DOCUMENT, found)

    assert tally.ratio("block types") == pytest.approx(4 / 5)
    assert tally.ratio("heading levels") == pytest.approx(1 / 2)
    assert tally.ratio("text") == 1.0
    assert (tally.ratio("footnotes"), tally.ratio("headers"), tally.ratio("footers")) == (0.0, 1.0, None)
    assert score_text_document(DOCUMENT, Found()).ratio("block types") == 0.0


def test_a_workbook_is_scored_by_values_however_they_are_shown() -> None:
    shown = FoundTable(
        (Cell(0, 0, "Sales", 1, 3), Cell(1, 0, "CHF"), Cell(1, 1, "1,234.57"), Cell(1, 2, "13 %")), 1
    )

    tally = score_workbook(SHEET, Found(tables=(shown,)))

    assert tally.ratio("cells") == tally.ratio("cells given right") == tally.ratio("merged") == 1.0


def test_another_value_is_not_the_value_shown() -> None:
    shown = FoundTable.of_grid([["Sales", "", ""], ["CHF", "1234.58", "0.13"]], 1)

    tally = score_workbook(SHEET, Found(tables=(shown,)))

    assert tally.ratio("cells") == pytest.approx(3 / 4)
    assert tally.ratio("merged") == 0.0
    assert score_workbook(SHEET, Found()).ratio("cells") == 0.0
    assert score_workbook(SHEET, Found(tables=(replace(shown, page=2),))).ratio("cells") == 0.0


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("12%", "#0.12"),
        ("(45)", "#-45"),
        ("CHF 3", "#3"),
        ("$ 1,000", "#1000"),
        ("FY 22", "FY22"),
        ("30.06.2023", "30.06.2023"),
        ("-0.5", "#-0.5"),
        ("€-2", "#-2"),
        ("n/a", "n/a"),
    ],
)
def test_numbers_are_told_from_other_texts(text: str, key: str) -> None:
    assert Values([]).shown(text) == key
    assert Values([]).key(text) == key


def test_a_dash_shows_nought_and_a_line_may_stand_beside_the_tables() -> None:
    sheet = {**SHEET["sheets"][0], "cells": {"A1": {"value": "Sales"}, "B3": {"value": 0}}, "merged": []}
    beside = FoundBlock("heading", "Sales", 1)
    name = FoundBlock("heading", "Sheet1", 1)
    found = Found(blocks=(name, beside), tables=(FoundTable.of_grid([["-"]], 1),))

    tally = score_workbook({"sheets": [{**sheet, "merged": ["A1:C1"]}]}, found)

    assert tally.ratio("cells") == tally.ratio("cells given right") == 1.0
    assert tally.ratio("merged") is None, "a heading has no span"


def test_cells_with_an_empty_row_between_need_not_be_in_one_table() -> None:
    sheet = {
        **SHEET["sheets"][0],
        "cells": {"A1": {"value": "a"}, "B1": {"value": "b"}, "A3": {"value": "c"}},
    }
    found = Found(tables=(FoundTable.of_grid([["a", "b"]], 1), FoundTable.of_grid([["c"]], 1)))
    swapped = Found(tables=(FoundTable.of_grid([["b", "a"]], 1), FoundTable.of_grid([["c"]], 1)))

    assert score_workbook({"sheets": [sheet]}, found).ratio("neighbours F1") == 1.0
    assert score_workbook({"sheets": [sheet]}, found).ratio("merged") == 0.0
    assert score_workbook({"sheets": [sheet]}, swapped).ratio("neighbours F1") == 0.0
