"""How close a table is to the truth: as a tree, by its neighbours, and as a grid.

TEDS is the similarity by tree-edit distance of PubTabNet (Zhong and others 2020), here over table, rows and
cells, since not everybody marks a table's head; TEDS-struct is the same with all texts left out. Adjacency is
the measure of the ICDAR 2013 table competition: pairs of a cell and its next neighbour that is not empty, to the
right and below. White space does not count in any of them, nor rows and columns without any text.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from benchmarks.accuracy.metrics import assign
from benchmarks.accuracy.structure.found import Cell, FoundTable
from benchmarks.accuracy.structure.texts import dense
from benchmarks.accuracy.structure.trees import Tree, size, tree_distance

DETECTED_FROM = 0.5
"""F1 of the cells' texts from which a table counts as found: all can be asked that, boxes not all give."""
MOST_CELLS = 1500
"""A table with more is no table of these sets; its tree is not measured, and counts as wrong."""

Occupancy = dict[tuple[int, int], Cell]


@dataclass(frozen=True, slots=True)
class TableScore:
    teds: float
    teds_struct: float
    adjacency: float
    exact: bool


MISSED = TableScore(0.0, 0.0, 0.0, exact=False)


@dataclass(frozen=True, slots=True)
class TablesScore:
    """Of one document; `scores` has an entry for each table of the truth."""

    scores: tuple[TableScore, ...]
    detected: int
    found: int


def score_tables(truth: Sequence[FoundTable], found: Sequence[FoundTable]) -> TablesScore:
    """Pair the tables so that their adjacency and texts agree best; a table without a partner scores nothing."""
    pairs = _paired(truth, found)
    scores = tuple(
        score_table(table, found[pairs[at]]) if at in pairs else MISSED for at, table in enumerate(truth)
    )
    detected = sum(content_f1(truth[at], found[partner]) >= DETECTED_FROM for at, partner in pairs.items())
    return TablesScore(scores, detected, len(found))


def score_table(truth: FoundTable, found: FoundTable) -> TableScore:
    return TableScore(
        teds(truth, found),
        teds(truth, found, texts=False),
        adjacency_f1(truth, found),
        is_exact(truth, found),
    )


def teds(truth: FoundTable, found: FoundTable, *, texts: bool = True) -> float:
    """1.0 for equal trees; 0.0 where nothing is left of the truth."""
    one, other = _tree(truth), _tree(found)
    sizes = size(one), size(other)
    if max(sizes) > MOST_CELLS:
        return 0.0
    distance = tree_distance(one, other, partial(_renaming, texts=texts))
    return max(0.0, 1 - distance / max(sizes))


def adjacency_f1(truth: FoundTable, found: FoundTable) -> float:
    """For a truth without any neighbours, whether the texts are the same."""
    wanted, given = neighbours(truth), neighbours(found)
    if not wanted:
        return float(content_f1(truth, found) == 1.0)
    return _f1(wanted, given)


def content_f1(truth: FoundTable, found: FoundTable) -> float:
    return _f1(_contents(truth), _contents(found))


def is_exact(truth: FoundTable, found: FoundTable) -> bool:
    """The same texts at the same places, rows and columns without any text left out on both sides."""
    return _grid(truth) == _grid(found)


def _f1(truth: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]) -> float:
    both = truth.total() + found.total()
    return 2 * (truth & found).total() / both if both else 1.0


def _paired(truth: Sequence[FoundTable], found: Sequence[FoundTable]) -> dict[int, int]:
    """Position of a true table -> position of its partner; only tables with something in common."""
    if not truth or not found:
        return {}
    gains = np.zeros((len(truth), len(found) + len(truth)), dtype=np.int64)
    for at, table in enumerate(truth):
        for partner, candidate in enumerate(found):
            gains[at, partner] = round(1e6 * _agreement(table, candidate))
    chosen = assign(gains.max() - gains)
    return {at: int(partner) for at, partner in enumerate(chosen) if gains[at, partner] > 0}


def _agreement(truth: FoundTable, found: FoundTable) -> float:
    if truth.page is not None and found.page is not None and truth.page != found.page:
        return 0.0
    return (adjacency_f1(truth, found) + content_f1(truth, found)) / 2


def _occupancy(table: FoundTable) -> Occupancy:
    """Every place that a cell covers; where cells overlap, the first keeps it."""
    places: Occupancy = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for col in range(cell.col, cell.col + cell.col_span):
                places.setdefault((row, col), cell)
    return places


def _extent(places: Occupancy) -> tuple[int, int]:
    return max((row for row, _ in places), default=-1) + 1, max((col for _, col in places), default=-1) + 1


def trimmed(table: FoundTable) -> FoundTable:
    """Without the rows and columns that no text stands in: some count from a row that is not there."""
    covered = [place for place, cell in _occupancy(table).items() if dense(cell.text)]
    kept = sorted({row for row, _ in covered}), sorted({col for _, col in covered})
    cells = []
    for cell in table.cells:
        (row, rows), (col, cols) = (
            (bisect_left(lines, start), bisect_left(lines, start + span))
            for lines, start, span in zip(
                kept, (cell.row, cell.col), (cell.row_span, cell.col_span), strict=True
            )
        )
        if rows > row and cols > col:
            cells.append(Cell(row, col, cell.text, rows - row, cols - col, cell.header))
    return FoundTable(tuple(cells), table.page)


def _tree(table: FoundTable) -> Tree:
    """Table, rows, cells in their order; a place that no cell covers is an empty cell."""
    places = _occupancy(trimmed(table))
    n_rows, n_cols = _extent(places)
    rows = []
    for row in range(n_rows):
        covering = ((col, places.get((row, col))) for col in range(n_cols))
        labels = [
            ("td", cell.row_span, cell.col_span, dense(cell.text)) if cell else ("td", 1, 1, "")
            for col, cell in covering
            if cell is None or (cell.row, cell.col) == (row, col)
        ]
        rows.append(Tree(("tr",), tuple(map(Tree, labels))))
    return Tree(("table",), tuple(rows))


def _renaming(one: Sequence[object], other: Sequence[object], *, texts: bool) -> NDArray[np.float64]:
    """0.0 for the same kind of node and span, plus what the texts differ; 1.0 for any other two."""
    kinds = [[label[:3] for label in labels if isinstance(label, tuple)] for labels in (one, other)]
    numbers = {kind: number for number, kind in enumerate(dict.fromkeys(kinds[0] + kinds[1]))}
    left, right = (np.array([numbers[kind] for kind in side]) for side in kinds)
    costs = np.asarray(left[:, None] != right[None, :], dtype=np.float64)
    if texts:
        contents = [
            [str(label[3]) if len(label) > 3 else "" for label in labels if isinstance(label, tuple)]
            for labels in (one, other)
        ]
        differ = cdist(*contents, scorer=Levenshtein.normalized_distance, dtype=np.float64)
        costs = np.maximum(costs, differ)
    return costs


def neighbours(table: FoundTable, *, touching: bool = False) -> Counter[tuple[str, ...]]:
    """(direction, text, text) of cells with text that are next to each other, or `touching`, with nothing between."""
    places = {place: cell for place, cell in _occupancy(table).items() if dense(cell.text)}
    pairs: set[tuple[str, Cell, Cell]] = set()
    by_row, by_col = sorted(places), sorted(places, key=lambda place: (place[1], place[0]))
    for direction, order, across in (("right", by_row, 0), ("below", by_col, 1)):
        for here, there in pairwise(order):
            apart = here[across] != there[across] or (touching and there[1 - across] - here[1 - across] > 1)
            if not apart and places[here] is not places[there]:
                pairs.add((direction, places[here], places[there]))
    return Counter((direction, dense(one.text), dense(other.text)) for direction, one, other in pairs)


def _contents(table: FoundTable) -> Counter[tuple[str, ...]]:
    return Counter((text,) for cell in table.cells if (text := dense(cell.text)))


def _grid(table: FoundTable) -> list[list[str]]:
    texts = {(cell.row, cell.col): text for cell in table.cells if (text := dense(cell.text))}
    rows, cols = sorted({row for row, _ in texts}), sorted({col for _, col in texts})
    return [[texts.get((row, col), "") for col in cols] for row in rows]
