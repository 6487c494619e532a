"""The running text: joined over page breaks, its captions and footnotes known."""

import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exporters.everything import everything
from tests.exporters.pieces import table_body
from tests.exporters.samples import block_of, page_of

from octavo.domain.document import BlockType, Page
from octavo.exporters.bodies import chart_rows, entries
from octavo.exporters.flow import LONGEST_PAGES, Note, flow, passages
from octavo.exporters.grid import grid_of
from octavo.exporters.marks import split_at_marks, without_marker


def test_a_paragraph_over_a_page_break_comes_once_with_both_its_places() -> None:
    found = [passage for passage in flow(everything().pages) if passage.block.type is BlockType.PARAGRAPH]

    assert [passage.block.text for passage in found][1:] == [
        "This sentence begins on the first page and ends on the second.",
        "The end.",
    ]
    assert found[1].page_numbers == (1, 2)
    assert [place.bbox and place.bbox.y0 for place in found[1].places] == [0.84, 0.06]


def test_a_table_over_a_page_break_has_the_rows_of_both_and_one_header() -> None:
    table = [passage for passage in flow(everything().pages) if passage.block.type is BlockType.TABLE][1]
    grid = grid_of(table.block.body)

    assert grid is not None
    assert grid.headers == ("Fruit", "Stock")
    assert list(grid.body_texts) == [["Apple", "10"], ["Pear", "007"]]
    assert table.block.body["n_rows"] == 3
    assert table.page_numbers == (2, 3)


def test_another_header_on_the_later_page_is_kept_as_a_row() -> None:
    first = _part(1, ["Name", "Price"], [["Tea", "1"]], boxes=_boxes(1, 2))
    later = _part(2, ["Milk", "2"], [["Rice", "3"]], continuation_of=first.blocks[0].id)

    joined = next(flow([first, later])).block

    assert joined.body["rows"] == [["Tea", "1"], ["Milk", "2"], ["Rice", "3"]]
    assert [(cell["row"], cell["text"]) for cell in joined.body["cells"] if cell["col"] == 0][1:] == [
        (1, "Tea"),
        (2, "Milk"),
        (3, "Rice"),
    ]


def test_an_entry_without_a_mark_goes_on_the_last_one_of_the_page_before() -> None:
    items = [{"text": "a coat that", "marker": "1.", "level": 0}]
    more = [{"text": "is warm", "marker": "", "level": 0}, {"text": "boots", "marker": "2.", "level": 0}]
    first = page_of(1, block_of(BlockType.LIST, "x", body={"items": items, "boxes": _boxes(1, 2)}))
    later = page_of(
        2,
        block_of(BlockType.LIST, "y", page=2, body={"items": more, "continuation_of": first.blocks[0].id}),
    )

    found = list(flow([first, later]))

    assert [entry.text for entry in entries(found[0].block)] == ["a coat that is warm", "boots"]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("a warm", "coat", "a warm coat"),
        ("water-", "proof boots", "waterproof boots"),
        ("Anglo-", "Saxon", "Anglo- Saxon"),
        ("\u6f22\u5b57", "\u3068", "\u6f22\u5b57\u3068"),
    ],
)
def test_a_paragraph_can_be_the_rest_of_the_last_entry(above: str, below: str, whole: str) -> None:
    items = [{"text": "boots", "marker": "1.", "level": 0}, {"text": above, "marker": "2.", "level": 0}]
    first = page_of(1, block_of(BlockType.LIST, "x", body={"items": items, "boxes": _boxes(1, 2)}))
    rest = block_of(BlockType.PARAGRAPH, below, page=2, body={"continuation_of": first.blocks[0].id})

    found = list(flow([first, page_of(2, rest)]))

    assert [entry.text for entry in entries(found[0].block)] == ["boots", whole]
    assert len(found) == 1


def test_what_follows_an_open_table_waits_so_that_the_order_stays() -> None:
    first = _part(1, ["A", "B"], [["1", "2"]], boxes=_boxes(1, 2))
    below = block_of(BlockType.PARAGRAPH, "below", index=1)
    later = _part(2, ["A", "B"], [["3", "4"]], continuation_of=first.blocks[0].id)

    found = list(flow([page_of(1, *first.blocks, below), later, page_of(3)]))

    assert [passage.block.text for passage in found] == ["t\nt", "below", "This is page 3."]


def test_a_later_part_whose_first_is_not_there_stands_by_itself() -> None:
    alone = _part(2, ["A", "B"], [["3", "4"]], continuation_of="blk_0000000000ff")

    assert [passage.page_numbers for passage in flow([alone])] == [(2,)]


def test_a_table_of_very_many_pages_goes_on_as_another_and_loses_no_row() -> None:
    count = 3 * LONGEST_PAGES // 2

    found = list(flow(_long_table(count)))

    assert [len(passage.places) for passage in found] == [LONGEST_PAGES, LONGEST_PAGES // 2]
    assert sum(len(passage.block.body["rows"]) for passage in found) == count


def test_the_flow_of_many_pages_is_held_in_little_memory() -> None:
    tracemalloc.start()

    walked = sum(1 for _ in flow(page_of(number) for number in range(1, 3001)))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert walked == 3000
    assert peak < 2 * 2**20, f"{peak / 2**20:.1f} MiB"


def test_furniture_and_tied_captions_come_only_where_they_are_wanted() -> None:
    pages = list(everything().pages)
    types = [passage.block.type for passage in flow(pages, furniture=True, tied_captions=False)]

    assert BlockType.PAGE_HEADER in types
    assert BlockType.CAPTION not in types
    assert BlockType.PAGE_FOOTER not in {passage.block.type for passage in flow(pages)}


def test_a_footnote_and_its_mark_have_the_same_key() -> None:
    found = list(passages(next(iter(everything().pages))))

    marked = next(passage for passage in found if passage.marks)
    footnote = next(passage for passage in found if passage.note)
    assert marked.marks == (footnote.note,) == (Note("1-1", "1"),)


@pytest.mark.parametrize(
    ("text", "marker", "before"),
    [
        ("The end.1 More", "1", "The end."),
        ("In 1999 it rose¹ and fell", "1", "In 1999 it rose"),
        ("Version 3.1 of the tool1", "1", "Version 3.1 of the tool"),
        ("See [2] there", "2", "See "),
        ("A star* here", "*", "A star"),
        ("2 ** 3 and a star*", "*", "2 ** 3 and a star"),
        ("Nothing of it", "7", "Nothing of it"),
    ],
)
def test_a_mark_is_found_where_it_was_printed_or_stands_at_the_end(
    text: str, marker: str, before: str
) -> None:
    note = Note("1-1", marker)

    pieces = list(split_at_marks(text, [note]))

    assert pieces[0] == before
    assert pieces[1] == note


@given(st.text(max_size=30), st.lists(st.sampled_from(["1", "2", "*", "a", "[3]", "²"]), max_size=3))
def test_nothing_but_marks_is_taken_out_of_a_text(text: str, markers: list[str]) -> None:
    notes = [Note(f"1-{at}", marker) for at, marker in enumerate(markers)]

    pieces = list(split_at_marks(text, notes))

    kept = "".join(piece for piece in pieces if isinstance(piece, str))
    assert len(kept) >= len(text) - 3 * len(notes)
    assert sorted(piece for piece in pieces if isinstance(piece, Note)) == sorted(notes)


@pytest.mark.parametrize("text", ["1 Net.", "¹Net.", "[1] Net.", "1. Net.", "Net."])
def test_a_footnotes_text_is_what_stands_behind_its_mark(text: str) -> None:
    assert without_marker(text, "1") == "Net."


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "row": st.integers(0, 4),
                "col": st.integers(0, 4),
                "row_span": st.integers(0, 4),
                "col_span": st.integers(-1, 4),
                "text": st.text(max_size=3),
                "header": st.booleans(),
            }
        ),
        min_size=1,
        max_size=8,
    )
)
def test_a_grid_covers_every_place_once_whatever_the_cells_say(cells: list[dict[str, Any]]) -> None:
    grid = grid_of({"cells": cells})

    assert grid is not None
    covered = [
        (cell.row + down, cell.col + right)
        for row in grid.rows
        for cell in row
        for down in range(cell.row_span)
        for right in range(cell.col_span)
    ]
    assert sorted(covered) == [(row, col) for row in range(len(grid.rows)) for col in range(grid.n_cols)]


def test_a_scatter_chart_is_a_table_of_points() -> None:
    block = block_of(
        BlockType.CHART,
        "",
        body={"series": [{"name": "a", "x": [1, 2.5], "values": [3.0, None], "sizes": [9]}]},
    )

    assert chart_rows(block) == [["", "x", "y", "size"], ["a", "1", "3", "9"], ["a", "2.5", "", ""]]


def test_the_numbers_of_a_lone_series_are_called_as_the_chart_is() -> None:
    body = {"title": "Hours by pump", "categories": ["North"], "series": [{"values": [120.0]}]}
    measured = {**body, "y_axis": {"title": "Hours"}}

    assert chart_rows(block_of(BlockType.CHART, "", body=body))[0] == ["", "Hours by pump"]
    assert chart_rows(block_of(BlockType.CHART, "", body=measured))[0] == ["", "Hours"]


def _part(number: int, header: list[str], rows: list[list[str]], **more: Any) -> Page:
    body = table_body([header, *rows], 1, (0.1, 0.1, 0.9, 0.3), **more)
    return page_of(number, block_of(BlockType.TABLE, "t", page=number, body=body))


def _long_table(count: int) -> Iterator[Page]:
    first = _part(1, ["A", "B"], [["1", "x"]], boxes=_boxes(*range(1, count + 1)))
    yield first
    for number in range(2, count + 1):
        yield _part(number, ["A", "B"], [[str(number), "x"]], continuation_of=first.blocks[0].id)


def _boxes(*pages: int) -> list[dict[str, Any]]:
    return [{"page": page, "bbox": [0.1, 0.1, 0.9, 0.3]} for page in pages]
