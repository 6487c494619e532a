"""Columns of running text side by side: between rules they have the looks of a table."""

from collections.abc import Sequence

from octavo.pipeline.tables.grid import Grid
from octavo.pipeline.tables.tokens import Token, in_rows

NARROWEST_EM = 10.0
"""Of a column of running text; cells of figures and names are narrower."""
FLUSH_LEFT_EM, FLUSH_RIGHT_EM = 1.0, 0.8
NEXT_LINE_EM = 2.6
"""From the middle of a line to that of the next."""
SHORT_RUN, LONG_RUN = 3, 6
"""Lines set to both sides: in two columns at least, in a single one."""


def gutters(grid: Grid, em: float) -> list[float]:
    """Where the page should be parted, left to right; empty where this is no text in columns."""
    runs = [_longest_run(_lines(grid, col), em) for col in range(grid.n_cols)]
    if sum(run >= SHORT_RUN for run in runs) < 2 and max(runs, default=0) < LONG_RUN:
        return []
    sides = {edge for col, run in enumerate(runs) if run >= SHORT_RUN for edge in (col, col + 1)}
    return [grid.xs[edge] for edge in sorted(sides) if 0 < edge < grid.n_cols]


def _lines(grid: Grid, col: int) -> list[list[Token]]:
    cells = (cell for cell in grid.cells if cell.col == col and cell.col_span == 1)
    return in_rows(token for cell in cells for token in cell.tokens)


def _longest_run(lines: Sequence[Sequence[Token]], em: float) -> int:
    """Lines below one another that begin and end where the column does."""
    if not lines:
        return 0
    starts, ends = [line[0].x0 for line in lines], [max(token.x1 for token in line) for line in lines]
    left, right = min(starts), max(ends)
    if right - left < NARROWEST_EM * em:
        return 0
    best = run = 0
    last = 0.0
    for line, start, end in zip(lines, starts, ends, strict=True):
        middle = line[0].center_y
        is_flush = start - left <= FLUSH_LEFT_EM * em and right - end <= FLUSH_RIGHT_EM * em
        follows = run > 0 and middle - last <= NEXT_LINE_EM * em
        run = (run + 1 if follows else 1) if is_flush else 0
        best, last = max(best, run), middle
    return best
