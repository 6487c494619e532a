"""Sets of marked pages, and how a found page is compared with those that are marked coarsely."""

import argparse
import json
from pathlib import Path

import pytest
from benchmarks.accuracy.layout_readers import OURS, add_options, reader
from benchmarks.accuracy.layout_score import LayoutBlock, LayoutPage
from benchmarks.accuracy.layout_sets import coarse, publaynet
from benchmarks.accuracy.structure.found import Found, FoundBlock
from benchmarks.accuracy.structure.layout_task import pages_of


def test_marks_in_pixels_become_blocks_from_the_top(tmp_path: Path) -> None:
    stored = {
        "categories": [{"id": 1, "name": "text"}, {"id": 5, "name": "figure"}],
        "images": [{"id": 7, "file_name": "PMC0000001_00002.jpg", "width": 100, "height": 200}],
        "annotations": [
            {"image_id": 7, "category_id": 1, "bbox": [10, 100, 50, 40]},
            {"image_id": 7, "category_id": 5, "bbox": [20, 20, 60, 60]},
            {"image_id": 8, "category_id": 1, "bbox": [0, 0, 1, 1]},
        ],
    }
    (tmp_path / "samples.json").write_text(json.dumps(stored))

    ((name, path, (page,)),) = publaynet(tmp_path)

    assert (name, path.name) == ("PMC0000001", "PMC0000001_00002.jpg")
    assert page.blocks == [
        LayoutBlock("picture", (0.2, 0.1, 0.8, 0.4)),
        LayoutBlock("paragraph", (0.1, 0.5, 0.6, 0.7)),
    ]


def test_a_coarse_page_has_whole_lists_and_neither_headers_nor_formulas() -> None:
    found = LayoutPage(
        1,
        1.0,
        1.0,
        [
            LayoutBlock("page_header", (0.1, 0.0, 0.9, 0.1)),
            LayoutBlock("caption", (0.1, 0.1, 0.4, 0.2)),
            LayoutBlock("list_item", (0.1, 0.3, 0.4, 0.4)),
            LayoutBlock("list_item", (0.1, 0.4, 0.45, 0.5)),
            LayoutBlock("list_item", (0.6, 0.1, 0.9, 0.2)),
            LayoutBlock("formula", (0.6, 0.3, 0.9, 0.4)),
        ],
    )

    assert coarse(found).blocks == [
        LayoutBlock("paragraph", (0.1, 0.1, 0.4, 0.2)),
        LayoutBlock("list_item", (0.1, 0.3, 0.45, 0.5)),
        LayoutBlock("list_item", (0.6, 0.1, 0.9, 0.2)),
    ]


def test_entries_that_share_the_box_of_their_list_count_once() -> None:
    box = (0.1, 0.1, 0.5, 0.5)
    entries = tuple(FoundBlock("list_item", text, 1, None, box) for text in ("one", "two"))

    (page,) = pages_of(Found(blocks=entries))

    assert page.blocks == [LayoutBlock("list_item", box)]


def test_who_has_no_environment_is_told_how_to_make_one(tmp_path: Path) -> None:
    parser = argparse.ArgumentParser()
    add_options(parser)
    wanted = parser.parse_args(["--who", "saraldocling", "--peers", str(tmp_path)])

    with pytest.raises(LookupError, match=r"benchmarks\.peers .* saraldocling"), reader(wanted):
        pass

    assert parser.parse_args([]).who == OURS
