"""Tables read line by line: columns from the white between words, rows from rules and spacing."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from octavo.pipeline.tables.columns import Column, columns_of, edges_of, span_of
from octavo.pipeline.tables.grid import Grid, GridCell, Kind, filled_up
from octavo.pipeline.tables.heads import head_cells, head_length
from octavo.pipeline.tables.numbers import is_numeric
from octavo.pipeline.tables.rules import Rule
from octavo.pipeline.tables.tokens import (
    LEAST_GAP_EM,
    Chunk,
    TextRow,
    Token,
    in_chunks,
    in_rows,
    space_limit,
    usual_size,
)
from octavo.pipeline.tables.wraps import Placed, logical_rows

SYMBOLS = frozenset("$€£¥%‰±*†‡§()[]+<>≤≥=")
"""A column of nothing else belongs to its neighbour."""
BEHIND = frozenset(["%", "\u2030", ")", "]", "*"])
"""Those that belong to the left one."""
WIDEST_SIGN_EM = 2.5
_BRACKETED = re.compile(r"[(\u00b1]\W*\d")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a table is looked for: its words, and the level rules among them."""

    tokens: Sequence[Token]
    rules: Sequence[Rule]
    em: float
    kind: Kind


def to_grid(frame: Frame) -> Grid | None:
    """None where the words stand in no two columns."""
    frame = replace(frame, em=usual_size(frame.tokens) or frame.em)
    token_rows = in_rows(frame.tokens)
    limit = space_limit(token_rows, frame.em)
    rows = [in_chunks(row, limit, LEAST_GAP_EM * frame.em) for row in token_rows]
    columns = _settled(columns_of(rows, frame.em), rows, frame.em)
    if len(columns) < 2:
        return None
    return laid_out(rows, columns, frame)


def laid_out(rows: list[TextRow], columns: list[Column], frame: Frame) -> Grid | None:
    """The rows in those columns."""
    xs = edges_of(columns)
    split = [_cut_at_channels(row, columns, xs) for row in rows]
    placed = [[Placed(chunk, *span_of(chunk, columns, xs, frame.em)) for chunk in row] for row in split]
    placed = [row for row in placed if row]
    if len(placed) < 2:
        return None
    head = head_length(placed, frame.rules, columns)
    cells, levels = head_cells(placed[:head], frame.rules, columns, frame.em)
    groups = logical_rows(placed[head:], frame.rules, columns, frame.em)
    for number, group in enumerate(groups, levels):
        cells.extend(_row_cells(group, number))
    n_rows = levels + len(groups)
    xs, ys = _edges(cells, xs, n_rows)
    return Grid(_rising(list(xs)), ys, filled_up(cells, n_rows, len(columns)), frame.kind, levels)


def _row_cells(group: list[list[Placed]], row: int) -> list[GridCell]:
    """The lines of one row as cells; where spans of two lines overlap they are one cell."""
    cells: list[GridCell] = []
    for line in group:
        for placed in line:
            touched = [
                cell for cell in cells if cell.col <= placed.last and placed.first < cell.col + cell.col_span
            ]
            first = min([placed.first, *(cell.col for cell in touched)])
            last = max([placed.last, *(cell.col + cell.col_span - 1 for cell in touched)])
            tokens = [token for cell in touched for token in cell.tokens] + placed.chunk.tokens
            cells = [cell for cell in cells if cell not in touched]
            cells.append(GridCell(row, first, 1, last - first + 1, tokens))
    return cells


def _edges(cells: Sequence[GridCell], columns: list[float], n_rows: int) -> tuple[list[float], list[float]]:
    """Edges of columns and rows in the middle of the white between the words of their cells."""
    filled = [cell for cell in cells if cell.tokens]
    x_spans = [
        (c.col, c.col + c.col_span, min(t.x0 for t in c.tokens), max(t.x1 for t in c.tokens)) for c in filled
    ]
    y_spans = [
        (c.row, c.row + c.row_span, min(t.y0 for t in c.tokens), max(t.y1 for t in c.tokens)) for c in filled
    ]
    xs = _parted(x_spans, len(columns) - 1)
    known = [columns[at] if place is None else place for at, place in enumerate(xs)]
    return known, _rising(_parted(y_spans, n_rows))


def _parted(spans: list[tuple[int, int, float, float]], count: int) -> list[float | None]:
    """For each edge the middle between what ends before it and what begins after it; None where they overlap."""
    edges: list[float | None] = [min(low for _, _, low, _ in spans)]
    for edge in range(1, count):
        before = max((high for _, stop, _, high in spans if stop == edge), default=None)
        after = min((low for start, _, low, _ in spans if start == edge), default=None)
        if before is None or after is None:
            edges.append(before if after is None else after)
        else:
            edges.append((before + after) / 2)
    return [*edges, max(high for _, _, _, high in spans)]


def _rising(places: list[float | None]) -> list[float]:
    """Without the gaps, never falling."""
    result: list[float] = []
    for place in places:
        last = result[-1] if result else (place or 0.0)
        result.append(last if place is None else max(last, place))
    return result


def _settled(columns: list[Column], rows: Sequence[TextRow], em: float) -> list[Column]:
    """Without columns of signs or of bracketed figures that no head names: they belong to those beside them."""
    found = list(columns)
    at = 0
    while at < len(found) and len(found) > 2:
        texts = [chunk.text for row in rows for chunk in row if _stands_in(chunk, found[at])]
        if at > 0 and _adds_to_figures(found, at, rows):
            low = at - 1
        elif (
            texts
            and found[at].x1 - found[at].x0 <= WIDEST_SIGN_EM * em
            and all(set(t) <= SYMBOLS for t in texts)
        ):
            low = at - 1 if at + 1 == len(found) or (at > 0 and all(t in BEHIND for t in texts)) else at
        else:
            at += 1
            continue
        found[low : low + 2] = [Column(found[low].x0, found[low + 1].x1)]
        at = low
    return found


def _adds_to_figures(columns: Sequence[Column], at: int, rows: Sequence[TextRow]) -> bool:
    """Whether all in the column are in brackets, each with a figure beside it: `12 (3.4 %)` is one cell."""
    count = 0
    for row in rows:
        here = next((chunk for chunk in row if _stands_in(chunk, columns[at])), None)
        if here is None or _covers(here, columns[at - 1]):
            continue
        before = next((chunk for chunk in row if _stands_in(chunk, columns[at - 1])), None)
        if before is None or not is_numeric(before.text) or not _BRACKETED.match(here.text):
            return False
        count += 1
    return count > 1


def _covers(chunk: Chunk, column: Column) -> bool:
    """Whether it stands in that column, too."""
    return chunk.x0 < (column.x0 + column.x1) / 2


def _stands_in(chunk: Chunk, column: Column) -> bool:
    return column.x0 - 1 <= (chunk.x0 + chunk.x1) / 2 <= column.x1 + 1


def _cut_at_channels(row: TextRow, columns: Sequence[Column], xs: Sequence[float]) -> TextRow:
    """Figures set so close together that they are one chunk are cut where they stand in different columns."""
    result: TextRow = []
    for chunk in row:
        tokens = chunk.tokens
        places = [_column_of(token, columns, xs) for token in tokens]
        cuts = [
            at
            for at in range(1, len(tokens))
            if places[at] != places[at - 1]
            and is_numeric(tokens[at].word.text)
            and (is_numeric(tokens[at - 1].word.text) or (places[at - 1] == 0 and len(row) > 1))
        ]
        result.extend(Chunk(tokens[start:stop]) for start, stop in pairwise([0, *cuts, len(tokens)]))
    return result


def _column_of(token: Token, columns: Sequence[Column], xs: Sequence[float]) -> int:
    """The one that it shares most with."""
    shared = [min(token.x1, column.x1) - max(token.x0, column.x0) for column in columns]
    best = max(range(len(columns)), key=shared.__getitem__)
    if shared[best] > 0:
        return best
    return min(len(columns) - 1, max(0, bisect_right(xs, token.center_x) - 1))
