"""Tables read line by line: columns from the white between words, rows from rules and spacing."""

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
    """Without columns of currency or per cent signs: they are part of the figures beside them."""
    found = list(columns)
    while len(found) > 2:
        at = next((at for at in range(len(found)) if _is_of_symbols(found, at, rows, em)), None)
        if at is None:
            break
        texts = [chunk.text for row in rows for chunk in row if _stands_in(chunk, found[at])]
        before = at > 0 and (at == len(found) - 1 or all(text in {"%", "‰", ")", "]", "*"} for text in texts))
        low = at - 1 if before else at
        found[low : low + 2] = [Column(found[low].x0, found[low + 1].x1)]
    return found


def _is_of_symbols(columns: list[Column], at: int, rows: Sequence[TextRow], em: float) -> bool:
    if columns[at].x1 - columns[at].x0 > 2.5 * em:
        return False
    texts = [chunk.text for row in rows for chunk in row if _stands_in(chunk, columns[at])]
    return bool(texts) and all(set(text) <= SYMBOLS for text in texts)


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
