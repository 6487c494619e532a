"""Tables without lines: neighbouring rows whose cells stand in the same columns."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter
from statistics import median
from typing import Any

from octavo.domain.document import BlockType
from octavo.pipeline.structure.lists import Draft
from octavo.pipeline.structure.rows import Cell, Row

FURTHEST_EM = 3.0
"""White between two rows of one table."""
FURTHER_EM = 0.5
"""More white than this above what is usual in the table begins another."""
MOST_COLUMNS = 40
LONGEST_LOOK = 5
"""Rows."""
LEAST_FILLED = 0.5
"""Share of a table's places that hold something: fewer make a form."""
LONGEST_CELL = 45
"""Letters: where the middle cell is longer, two columns of prose stand side by side."""
LEAST_HEADED = 0.6
"""Share of the columns that a header row names."""


@dataclass(slots=True)
class _Grid:
    """Rows so far, and the extent of each column in x."""

    rows: list[Row] = field(default_factory=list)
    extents: list[tuple[float, float]] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)

    def takes(self, row: Row) -> bool:
        """Adds the row if each of its cells stands in a column of its own; says whether it did."""
        cells = row.cells or (_whole(row),)
        if len(cells) > MOST_COLUMNS or not _are_apart(cells) or (self.rows and not self._is_near(row)):
            return False
        places = [self._columns_of(cell) for cell in cells]
        used = [column for columns in places for column in columns]
        if any(len(columns) > 1 for columns in places) or len(used) != len(set(used)):
            return False
        if self.rows and not used:
            return False
        self._add(row)
        return True

    def place(self, row: Row) -> list[str]:
        """The row's texts by column."""
        texts = [""] * len(self.extents)
        for cell in row.cells or (_whole(row),):
            texts[self._columns_of(cell)[0]] = cell.text
        return texts

    def _is_near(self, row: Row) -> bool:
        above = self.rows[-1]
        gap = row.y0 - above.y1
        usual = median(self.gaps) if self.gaps else FURTHEST_EM * row.size
        return (
            row.column == above.column
            and -0.5 * row.height < gap <= FURTHEST_EM * row.size
            and gap <= usual + FURTHER_EM * row.size
            and (bool(row.cells) or row.is_bold == above.is_bold)
        )

    def _columns_of(self, cell: Cell) -> list[int]:
        """Which columns the cell stands in: they are in order and do not overlap."""
        first = last = bisect_right(self.extents, cell.x0, key=itemgetter(1))
        while last < len(self.extents) and self.extents[last][0] < cell.x1:
            last += 1
        return list(range(first, last))

    def _add(self, row: Row) -> None:
        if self.rows:
            self.gaps.append(row.y0 - self.rows[-1].y1)
        self.rows.append(row)
        for cell in row.cells or (_whole(row),):
            known = self._columns_of(cell)
            if known:
                x0, x1 = self.extents[known[0]]
                self.extents[known[0]] = (min(x0, cell.x0), max(x1, cell.x1))
            else:
                self.extents.append((cell.x0, cell.x1))
                self.extents.sort()


def part_tables(rows: list[Row]) -> Iterator[list[Row] | Draft]:
    """The rows in their order: tables as drafts, the stretches between them as they are."""
    stretch: list[Row] = []
    at = 0
    while at < len(rows):
        grid = _grid_from(rows, at) if rows[at].cells else _Grid()
        if _is_table(grid):
            if stretch:
                yield stretch
            yield Draft(BlockType.TABLE, [grid.rows], _body(grid))
            stretch = []
            at += len(grid.rows)
        else:
            # A few rows further down a table may begin; looking from every row would be slow on hostile pages.
            taken = max(1, len(grid.rows) - LONGEST_LOOK)
            stretch.extend(rows[at : at + taken])
            at += taken
    if stretch:
        yield stretch


def table_of(rows: list[Row]) -> Draft:
    """Rows that are known to be a table, in the columns that their cells make."""
    extents = _columns([cell for row in rows for cell in row.cells or (_whole(row),)])
    texts = [_placed(row, extents) for row in rows]
    headed = len(rows) > 1 and _has_header(rows, texts)
    body = {"headers": texts[0] if headed else [], "rows": texts[1:] if headed else texts}
    return Draft(BlockType.TABLE, [rows], body)


def _columns(cells: list[Cell]) -> list[float]:
    """Where columns begin but the first: in white that hardly any cell crosses."""
    edges = sorted({cell.x0 for cell in cells})
    most = len(cells) // 10
    return [
        x for x in edges[1:] if sum(cell.x0 < x - 1 < cell.x1 for cell in cells) <= most and _opens(x, cells)
    ]


def _opens(x: float, cells: list[Cell]) -> bool:
    """Whether something ends between this start and the one before it."""
    before = max((cell.x0 for cell in cells if cell.x0 < x - 1), default=x)
    return any(before < cell.x1 <= x for cell in cells)


def _placed(row: Row, starts: list[float]) -> list[str]:
    texts = [""] * (len(starts) + 1)
    for cell in row.cells or (_whole(row),):
        at = bisect_right(starts, cell.x0 + 1)
        texts[at] = f"{texts[at]} {cell.text}".strip()
    return texts


def _grid_from(rows: list[Row], start: int) -> _Grid:
    """The longest run of rows in common columns that begins with this row."""
    grid = _Grid()
    for row in rows[start:]:
        if row.line is None or not grid.takes(row):
            break
    last = max((at for at, row in enumerate(grid.rows) if row.cells), default=-1)
    if last + 1 < len(grid.rows):
        # A line of one cell below the last full row is no part of the table: it begins what follows.
        grid = _regrown(grid.rows[: last + 1])
    return grid


def _regrown(rows: Iterable[Row]) -> _Grid:
    grid = _Grid()
    for row in rows:
        grid.takes(row)
    return grid


def _is_table(grid: _Grid) -> bool:
    columns = len(grid.extents)
    full = sum(bool(row.cells) for row in grid.rows)
    if full < 2 or (full < 3 and columns < 3) or 2 * full < len(grid.rows):
        return False
    cells = [cell for row in grid.rows for cell in row.cells or (_whole(row),)]
    return (
        len(cells) >= LEAST_FILLED * columns * len(grid.rows)
        and median(len(cell.text) for cell in cells) <= LONGEST_CELL
    )


def _are_apart(cells: tuple[Cell, ...]) -> bool:
    """Boxes on real pages may be empty or lie over one another; such cells have no columns."""
    return all(cell.x0 < cell.x1 for cell in cells) and all(
        left.x1 <= right.x0 for left, right in pairwise(cells)
    )


def _whole(row: Row) -> Cell:
    return Cell(row.x0, row.x1, row.text)


def _body(grid: _Grid) -> dict[str, Any]:
    """`headers` is empty where no row is sure to name the columns."""
    rows = [grid.place(row) for row in grid.rows]
    headed = _has_header(grid.rows, rows)
    return {"headers": rows[0] if headed else [], "rows": rows[1:] if headed else rows}


def _has_header(rows: list[Row], texts: list[list[str]]) -> bool:
    named = sum(bool(text) for text in texts[0])
    if named < LEAST_HEADED * len(texts[0]):
        return False
    if rows[0].is_bold and not all(row.is_bold for row in rows):
        return True
    if any(char.isdigit() for text in texts[0] for char in text):
        return False
    return 2 * sum(any(char.isdigit() for char in "".join(row)) for row in texts[1:]) > len(texts) - 1
