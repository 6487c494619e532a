"""The measures of tables, on tables small enough to count by hand."""

from collections.abc import Sequence
from functools import cache
from itertools import product

import numpy as np
import pytest
from benchmarks.accuracy.structure.found import Cell, FoundTable
from benchmarks.accuracy.structure.tables import (
    adjacency_f1,
    content_f1,
    is_exact,
    score_tables,
    teds,
    trimmed,
)
from benchmarks.accuracy.structure.trees import Tree, size, tree_distance
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

TABLE = FoundTable.of_grid([["", "1994", "1997"], ["Low", "10", "20"], ["High", "30", "40"]])
SPANNED = FoundTable((Cell(0, 0, "All", col_span=2), Cell(1, 0, "a"), Cell(1, 1, "b")))
TREES = st.recursive(
    st.builds(Tree, st.sampled_from("ab")),
    lambda inner: st.builds(Tree, st.sampled_from("ab"), st.lists(inner, max_size=2).map(tuple)),
    max_leaves=4,
)


def by_equality(one: Sequence[object], other: Sequence[object]) -> NDArray[np.float64]:
    return np.array([[float(a != b) for b in other] for a in one])


@cache
def slow_distance(one: tuple[Tree, ...], other: tuple[Tree, ...]) -> float:
    """The definition: take away the last root on either side, or match the two."""
    if not one or not other:
        return float(sum(map(size, one + other)))
    (*left, a), (*right, b) = one, other
    return min(
        slow_distance((*left, *a.children), other) + 1,
        slow_distance(one, (*right, *b.children)) + 1,
        slow_distance(tuple(left), tuple(right))
        + slow_distance(a.children, b.children)
        + float(a.label != b.label),
    )


def test_the_distance_of_the_trees_in_the_paper_is_two() -> None:
    one = Tree("f", (Tree("d", (Tree("a"), Tree("c", (Tree("b"),)))), Tree("e")))
    other = Tree("f", (Tree("c", (Tree("d", (Tree("a"), Tree("b"))),)), Tree("e")))

    assert tree_distance(one, other, by_equality) == 2.0


@settings(deadline=None, max_examples=50)
@given(TREES, TREES)
def test_the_distance_of_trees_is_that_of_its_definition(one: Tree, other: Tree) -> None:
    assert tree_distance(one, other, by_equality) == slow_distance((one,), (other,))


def test_the_same_table_scores_full_marks() -> None:
    spaced = FoundTable(tuple(Cell(cell.row, cell.col, f" {cell.text}\n") for cell in TABLE.cells))

    assert teds(TABLE, spaced) == teds(TABLE, spaced, texts=False) == adjacency_f1(TABLE, spaced) == 1.0
    assert is_exact(TABLE, spaced)


def test_a_wrong_digit_costs_what_the_text_differs() -> None:
    slip = FoundTable.of_grid([["", "1994", "1997"], ["Low", "10", "20"], ["High", "30", "41"]])

    assert teds(TABLE, slip) == pytest.approx(1 - 0.5 / 13)
    assert teds(TABLE, slip, texts=False) == 1.0
    # 11 neighbours; two of them have the wrong text on each side.
    assert adjacency_f1(TABLE, slip) == pytest.approx(8 / 10)
    assert not is_exact(TABLE, slip)


def test_a_lost_column_costs_its_cells() -> None:
    narrow = FoundTable.of_grid([["", "1994"], ["Low", "10"], ["High", "30"]])

    assert teds(TABLE, narrow) == pytest.approx(1 - 3 / 13)
    assert teds(TABLE, narrow, texts=False) == pytest.approx(1 - 3 / 13)


def test_a_table_read_as_one_cell_scores_next_to_nothing() -> None:
    lump = FoundTable.of_grid([[" ".join(cell.text for cell in TABLE.cells)]])

    assert teds(TABLE, lump) < 0.25
    assert adjacency_f1(TABLE, lump) == content_f1(TABLE, lump) == 0.0


def test_a_lost_span_is_seen_by_the_tree_alone() -> None:
    flat = FoundTable.of_grid([["All", ""], ["a", "b"]])

    # The spanning cell is renamed, its right half is inserted.
    assert teds(SPANNED, flat) == pytest.approx(1 - 2 / 7)
    assert is_exact(SPANNED, flat)
    # All-b is no longer known to be above one another.
    assert adjacency_f1(SPANNED, flat) == pytest.approx(2 * 2 / (3 + 2))


def test_a_place_that_no_cell_covers_is_an_empty_cell() -> None:
    sparse = FoundTable(tuple(cell for cell in TABLE.cells if cell.text))

    assert teds(TABLE, sparse) == 1.0


def test_rows_and_columns_without_text_do_not_count() -> None:
    shifted = FoundTable(
        tuple(
            Cell(cell.row + 1, cell.col + 1, cell.text, cell.row_span, cell.col_span)
            for cell in SPANNED.cells
        )
    )
    wider = FoundTable((Cell(0, 0, "All", col_span=3), Cell(1, 0, "a"), Cell(1, 1, ""), Cell(1, 2, "b")))

    assert trimmed(shifted) == SPANNED
    assert teds(SPANNED, shifted) == 1.0
    assert teds(SPANNED, wider) < 1.0, "a column below a spanning text is a column"


def test_empty_cells_are_no_neighbours() -> None:
    gap = FoundTable.of_grid([["a", "", "b"]])

    assert adjacency_f1(gap, FoundTable.of_grid([["a", "b"]])) == 1.0
    assert adjacency_f1(gap, FoundTable.of_grid([["b", "", "a"]])) == 0.0


def test_tables_are_paired_by_what_they_hold() -> None:
    other = FoundTable.of_grid([["x", "y"], ["z", "w"]])

    score = score_tables([TABLE, other], [other, FoundTable.of_grid([["not", "one"]]), TABLE])

    assert [one.teds for one in score.scores] == [1.0, 1.0]
    assert (score.detected, score.found) == (2, 3)


def test_a_table_on_another_page_is_another_table() -> None:
    here = FoundTable(TABLE.cells, page=2)

    assert score_tables([here], [FoundTable(TABLE.cells, page=3)]).detected == 0
    assert score_tables([here], [FoundTable(TABLE.cells, page=2)]).detected == 1
    assert score_tables([here], [TABLE]).detected == 1, "who does not tell pages is believed"


@pytest.mark.parametrize("found", [[], [FoundTable(())], [FoundTable.of_grid([["no", "thing"]])]])
def test_a_table_nobody_found_scores_nothing(found: list[FoundTable]) -> None:
    score = score_tables([TABLE], found)

    assert (score.scores[0].teds, score.scores[0].adjacency, score.detected) == (0.0, 0.0, 0)


@given(st.lists(st.text("ab", max_size=2), min_size=4, max_size=4))
def test_scores_lie_between_nothing_and_all(texts: list[str]) -> None:
    found = FoundTable(tuple(Cell(row, col, texts[2 * row + col]) for row, col in product((0, 1), (0, 1))))

    for score in (teds(SPANNED, found), adjacency_f1(SPANNED, found), content_f1(SPANNED, found)):
        assert 0.0 <= score <= 1.0
    assert teds(found, found) == 1.0
