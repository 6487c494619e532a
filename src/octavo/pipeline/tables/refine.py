"""A lattice whose rules do not part everything: frames to take off, rows and columns without rules to find."""

from collections.abc import Iterable
from itertools import pairwise

from octavo.pipeline.tables.grid import Grid, GridCell, without_rows
from octavo.pipeline.tables.lattice import to_grid
from octavo.pipeline.tables.notes import is_beside_table
from octavo.pipeline.tables.numbers import is_numeric
from octavo.pipeline.tables.rules import Area, Rule, Rules
from octavo.pipeline.tables.tokens import Token, in_chunks, in_rows, usual_size

ALL_LINES = 3
"""Lines that every filled cell of a row must have to be rows of their own, where they are no figures."""
INNER_GAP_EM = 0.5
INNER_SHARE = 0.6
"""Of a column's cells."""


def refined(grid: Grid, rules: Rules) -> Grid | None:
    """None where the lattice is only a frame around one column."""
    trimmed = _trimmed(grid)
    if trimmed is None:
        return None
    more = _implicit(trimmed)
    if more:
        box = Area(trimmed.xs[0], trimmed.ys[0], trimmed.xs[-1], trimmed.ys[-1])
        tokens = [token for cell in trimmed.cells for token in cell.tokens]
        inside = Rules(
            tuple(rule for rule in rules.across if box.y0 - 3 <= rule.at <= box.y1 + 3) + tuple(more),
            rules.down,
        )
        again = to_grid(inside, box, tokens, usual_size(tokens))
        if again is not None:
            trimmed = again
    return trimmed


def _trimmed(grid: Grid) -> Grid | None:
    """Without a title at the top, notes at the bottom and empty rows around: they are no cells."""
    first, last = 0, grid.n_rows
    while first < last and _is_outside(grid, first, at_top=True):
        first += 1
    while last > first and _is_outside(grid, last - 1, at_top=False):
        last -= 1
    if last - first < 1:
        return None
    return without_rows(grid, first, last) if (first, last) != (0, grid.n_rows) else grid


def _is_outside(grid: Grid, row: int, *, at_top: bool) -> bool:
    cells = [cell for cell in grid.cells if row in cell.rows]
    if len(cells) > 1 or cells[0].row_span > 1:
        return False
    text = cells[0].text
    return not text or is_beside_table(text, at_top=at_top)


def _implicit(grid: Grid) -> list[Rule]:
    """Rules that nobody drew between lines of a row whose cells are figures, line by line."""
    added: list[Rule] = []
    for band in _bands(grid):
        columns: dict[int, list[Token]] = {}
        for cell in band:
            columns.setdefault(cell.col, []).extend(cell.tokens)
        lines = [in_rows(tokens) for tokens in columns.values() if tokens]
        if len(lines) < 2 or max(map(len, lines)) < 2:
            continue
        is_broken = any(cell.row_span > 1 for cell in band)
        if not (_all_lined(lines) or (not is_broken and _stacks_figures(lines))):
            continue
        every = in_rows([token for tokens in columns.values() for token in tokens])
        for above, below in pairwise(every):
            at = (max(t.y1 for t in above) + min(t.y0 for t in below)) / 2
            added.append(Rule(at, grid.xs[0], grid.xs[-1]))
    return added


def _bands(grid: Grid) -> Iterable[list[GridCell]]:
    """The cells of each row; of rows that cells span together, those of all of them.

    A scan loses pieces of thin rules: what is left of one parts some columns, and in the others its rows are
    one cell.
    """
    band: list[GridCell] = []
    last = 0
    for row in range(grid.n_rows):
        if band and row >= last:
            yield band
            band = []
        for cell in grid.row_cells(row):
            if cell.row == row:
                band.append(cell)
                last = max(last, row + cell.row_span)
    if band:
        yield band


def _stacks_figures(cells: Iterable[list[list[Token]]]) -> bool:
    """Whether a cell is figures on at least two lines, each line one figure."""
    for lines in cells:
        texts = [" ".join(token.word.text for token in line) for line in lines]
        if len(texts) >= 2 and all(is_numeric(text) for text in texts):
            return True
    return False


def _all_lined(cells: list[list[list[Token]]]) -> bool:
    """Whether all cells have the same lines, three at least."""
    counts = {len(lines) for lines in cells}
    if len(counts) != 1 or counts.pop() < ALL_LINES or len(cells) < 2:
        return False
    tops = [[min(t.center_y for t in line) for line in lines] for lines in cells]
    return all(abs(a - b) < 2.5 for other in tops[1:] for a, b in zip(tops[0], other, strict=True))


def has_inner_columns(grid: Grid, em: float) -> bool:
    """Whether most cells of some column are two figures or more side by side."""
    for col in range(grid.n_cols):
        cells = [c for c in grid.cells if c.col == col and c.col_span == 1 and c.tokens]
        parted = 0
        for cell in cells:
            rows = in_rows(cell.tokens)
            chunks = in_chunks(rows[0], INNER_GAP_EM * em)
            parted += len(rows) == 1 and len(chunks) > 1 and all(is_numeric(chunk.text) for chunk in chunks)
        if parted >= max(3, INNER_SHARE * len(cells)):
            return True
    return False
