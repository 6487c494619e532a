"""What looks like a table and is none: columns of prose, lists, forms, contents, code, drawings."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from octavo.pipeline.tables.grid import Grid, GridCell
from octavo.pipeline.tables.numbers import is_numeric, number_in

LONG_CELL = 60
"""Letters."""
LEAST_FILLED = 0.4
"""Share of the places, of a table without rules."""
LEAST_FILLED_WORDS = 0.7
"""Of one without rules or figures."""
LEAST_FILLED_RULED = 0.5
LEAST_FILLED_HEADED = 0.12
HEADED = 0.75
"""Share of the first row or the first column that is filled."""
MOST_INDEX_COLUMNS = 4
"""Names and page numbers, twice side by side."""
MOST_CROSSING = 0.15
"""Share of the words that stand across a rule: the labels of a drawing do."""
MOST_SPANS = 0.15
"""Share of the body cells over several columns, of a table without rules."""
LEAST_WIDE = 0.4
"""Share of the rows with at least two filled cells."""
LEAST_REGULAR = 0.3
"""Cells over places of a lattice: forms and drawings merge most of them."""
ALIGNED_EM = 0.6
_MARK = re.compile(
    r"(?:[•◦▪▫■□●○∙·‣\u2043➢►▶✓✔❖\-\u2013\u2014*\uf0b7\uf0a7]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\[\d{1,3}\]|\d{1,2}(?:\.\d{1,2})+\.?)"
)
_NAMED = re.compile(r"[^\W\d][^:]{1,40}:(?:\s|$)")
_MATHS = re.compile(r"[=\u2190-\u21ff\u2200-\u2211\u2213-\u22ff\u27c0-\u27ff]")
_CODE = re.compile(r"[{};]|==|=>|->|\(\)|</|/>|::|\bdef\b|\breturn\b|&&|\|\|")


def is_table(grid: Grid, em: float, led: int = 0) -> bool:
    """`led` is how many of its rows have dots that lead to their last cell."""
    if grid.n_rows < 2 or grid.n_cols < 2:
        return False
    filled = [cell for cell in grid.cells if cell.tokens]
    if len(filled) < 4 or len({cell.row for cell in filled}) < 2 or len({cell.col for cell in filled}) < 2:
        return False
    if grid.kind == "ruled":
        return _is_ruled_table(grid, filled) and _crossing(grid, em) <= MOST_CROSSING
    if _is_contents(grid, led) or _is_code(grid) or _is_list(grid) or _is_form(filled):
        return False
    if grid.kind == "half_ruled":
        return _is_dense(grid, filled, LEAST_FILLED) and not _is_prose(filled, most=0.5)
    return _is_open_table(grid, filled, em)


def _is_ruled_table(grid: Grid, filled: Sequence[GridCell]) -> bool:
    """Regular, and filled for the most part or at its head or side, so that the rest is known to be empty."""
    places = grid.n_rows * grid.n_cols
    held = {place for cell in filled for place in ((row, col) for row in cell.rows for col in cell.cols)}
    is_headed = sum((0, col) in held for col in range(grid.n_cols)) >= HEADED * grid.n_cols
    is_labelled = sum((row, 0) in held for row in range(grid.n_rows)) >= HEADED * grid.n_rows
    least = LEAST_FILLED_HEADED if is_headed or is_labelled else LEAST_FILLED_RULED
    return (
        len(grid.cells) >= LEAST_REGULAR * places
        and len(held) >= least * places
        and median(len(cell.text) for cell in filled) <= 250
    )


def _crossing(grid: Grid, em: float) -> float:
    """Share of the words that reach out of their cell on both sides of one of its edges."""
    tokens = crossing = 0
    for cell in grid.cells:
        left, right = grid.xs[cell.col], grid.xs[cell.col + cell.col_span]
        for token in cell.tokens:
            tokens += 1
            crossing += token.x0 < left - 0.5 * em or token.x1 > right + 0.5 * em
    return crossing / tokens if tokens else 0.0


def _is_open_table(grid: Grid, filled: Sequence[GridCell], em: float) -> bool:
    """Without any rule the words alone must show it."""
    if not _is_dense(grid, filled, LEAST_FILLED) or _is_prose(filled, most=0.15) or _is_mathematics(filled):
        return False
    body = [cell for cell in filled if cell.row >= grid.header_rows]
    if sum(cell.col_span > 1 for cell in body) > MOST_SPANS * len(body):
        return False
    figures = _figure_columns(grid)
    if grid.n_cols == 2:
        return _is_pair_table(grid, figures, em)
    rows = grid.n_rows - grid.header_rows
    if figures == 0 and (rows < 3 or not _is_dense(grid, filled, LEAST_FILLED_WORDS)):
        return False
    return rows >= 2 and _aligned_share(grid, em) >= (0.5 if figures else 0.75)


def _is_mathematics(filled: Sequence[GridCell]) -> bool:
    return sum(_MATHS.search(cell.text) is not None for cell in filled) > 0.2 * len(filled)


def _is_form(filled: Sequence[GridCell]) -> bool:
    """Names with a colon and what is filled in beside them."""
    named = sum(_NAMED.match(cell.text) is not None for cell in filled)
    return named >= 0.35 * len(filled)


def _is_pair_table(grid: Grid, figures: int, em: float) -> bool:
    """Two columns are a table where they have heads or figures, and are no form."""
    body = [cell for cell in grid.cells if cell.row >= grid.header_rows and cell.tokens]
    labels = [cell.text for cell in body if cell.col == 0]
    if grid.n_rows - grid.header_rows < 3 or not labels:
        return False
    if sum(text.rstrip().endswith(":") for text in labels) >= 0.3 * len(labels):
        return False
    if figures and grid.header_rows:
        return _aligned_share(grid, em) >= 0.5
    return figures > 0 and len(labels) >= 4 and _aligned_share(grid, em) >= 0.75


def _figure_columns(grid: Grid) -> int:
    """Columns after the first whose body cells are mostly figures."""
    count = 0
    for col in range(1, grid.n_cols):
        texts = [
            cell.text
            for cell in grid.cells
            if cell.col == col and cell.col_span == 1 and cell.row >= grid.header_rows and cell.tokens
        ]
        count += len(texts) >= 2 and sum(map(is_numeric, texts)) >= 0.6 * len(texts)
    return count


def wide_share(grid: Grid) -> float:
    """Share of the rows with at least two filled cells."""
    counts = Counter(cell.row for cell in grid.cells if cell.tokens)
    return sum(count > 1 for count in counts.values()) / max(1, len(counts))


def _is_dense(grid: Grid, filled: Sequence[GridCell], least: float) -> bool:
    """Rows that only name a group do not count, but not most rows may be so."""
    counts = Counter(cell.row for cell in filled)
    wide = {row for row, count in counts.items() if count > 1}
    covered = sum(cell.col_span if cell.row < grid.header_rows else 1 for cell in filled if cell.row in wide)
    return len(wide) >= max(2, LEAST_WIDE * grid.n_rows) and covered >= least * len(wide) * grid.n_cols


def _is_prose(filled: Sequence[GridCell], *, most: float) -> bool:
    return sum(len(cell.text) > LONG_CELL for cell in filled) > most * len(filled)


def _is_contents(grid: Grid, led: int) -> bool:
    """Entries with a page number at the end, not falling from one to the next."""
    if grid.n_cols <= MOST_INDEX_COLUMNS and led >= 0.3 * grid.n_rows:
        return True
    if grid.n_cols > 3:
        return False
    last = [cell for cell in grid.cells if cell.col + cell.col_span == grid.n_cols and cell.tokens]
    pages = [int(n.value) for cell in last if (n := number_in(cell.text)) is not None and not n.decimals]
    if grid.header_rows or len(pages) < 0.9 * len(last) or len(pages) < max(3, 0.7 * grid.n_rows):
        return False
    labels = [cell.text for cell in grid.cells if cell.col + cell.col_span < grid.n_cols and cell.tokens]
    wordy = sum(any(char.isalpha() for char in text) for text in labels) >= 0.5 * len(labels)
    return wordy and all(one <= other for one, other in pairwise(pages)) and pages[0] < pages[-1]


def _is_code(grid: Grid) -> bool:
    tokens = grid.tokens
    monospace = sum(token.line.monospace is True for token in tokens)
    texts = [cell.text for cell in grid.cells if cell.tokens]
    signs = sum(_CODE.search(text) is not None for text in texts)
    return monospace > 0.7 * len(tokens) and signs > 0.15 * len(texts)


def _is_list(grid: Grid) -> bool:
    """Marks in the first column and text beside them."""
    first = [cell.text for cell in grid.cells if cell.col == 0 and cell.tokens and cell.col_span == 1]
    marks = sum(_MARK.fullmatch(text) is not None for text in first)
    return grid.n_cols == 2 and marks >= 0.5 * max(1, len(first))


def _aligned_share(grid: Grid, em: float) -> float:
    """Share of the columns whose cells have their left, right or middle on one line."""
    aligned = 0
    for col in range(grid.n_cols):
        cells = [
            c
            for c in grid.cells
            if c.col == col and c.col_span == 1 and c.tokens and c.row >= grid.header_rows
        ]
        if len(cells) < 2:
            aligned += 1
            continue
        left = [min(t.x0 for t in c.tokens) for c in cells]
        right = [max(t.x1 for t in c.tokens) for c in cells]
        middle = [(a + b) / 2 for a, b in zip(left, right, strict=True)]
        aligned += max(_on_line(places, ALIGNED_EM * em) for places in (left, right, middle)) >= 0.6
    return aligned / grid.n_cols


def _on_line(places: Sequence[float], slack: float) -> float:
    """Share of the places near the one that most are near."""
    ordered = sorted(places)
    best = 0
    for at in range(len(ordered)):
        stop = at
        while stop < len(ordered) and ordered[stop] - ordered[at] <= slack:
            stop += 1
        best = max(best, stop - at)
    return best / len(ordered)
