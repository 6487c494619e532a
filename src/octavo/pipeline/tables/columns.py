"""Columns of a table without upright rules: the white channels that run down through its rows."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from octavo.pipeline.tables.tokens import Chunk, TextRow

STEP_EM = 0.1
"""How finely the width is looked at."""
TOLERATED = 0.1
"""Share of the rows that may run across a channel."""
FULL = 0.55
"""Share of the fullest rows' chunks that a row must have to say where columns are."""
SUPPORTED = 0.25
"""Share of the rows that must have words on both sides of a channel."""
RARE_GAP_EM = 1.0
"""White on both sides of a word that stands in a column of its own."""
MOST = 60
"""Columns."""


@dataclass(frozen=True, slots=True)
class Column:
    x0: float
    x1: float


def columns_of(rows: Sequence[TextRow], em: float) -> list[Column]:
    """Left to right, not overlapping; fewer than two where the rows have no common channel."""
    voters = _voters(rows)
    if not voters:
        return []
    left = min(row[0].x0 for row in rows)
    right = max(chunk.x1 for row in rows for chunk in row)
    step = STEP_EM * em
    cover = np.zeros(int((right - left) / step) + 2, np.int32)
    for row in voters:
        for chunk in row:
            cover[int((chunk.x0 - left) / step) : int(np.ceil((chunk.x1 - left) / step))] += 1
    tolerated = int(TOLERATED * len(voters)) if len(voters) >= 6 else 0
    white = cover <= tolerated
    changes = np.flatnonzero(np.diff(np.concatenate(([True], white, [True])).astype(np.int8)))
    cuts = []
    for start, stop in zip(changes[1::2], changes[2::2], strict=False):
        low, high = left + start * step, left + stop * step
        if high - low >= _narrowest(len(voters)) * em and _is_supported((low + high) / 2, voters):
            cuts.append((low + high) / 2)
    if len(cuts) >= MOST:
        return []
    return _extents(cuts, voters, rows, em)


def _voters(rows: Sequence[TextRow]) -> list[TextRow]:
    counts = sorted(len(row) for row in rows)
    if not counts or counts[-1] < 2:
        return []
    most = counts[int(0.9 * (len(counts) - 1))]
    return [row for row in rows if len(row) >= max(2, FULL * most)]


def _narrowest(voters: int) -> float:
    """In em: few rows have a white channel by chance."""
    return 0.15 if voters >= 8 else 0.3 if voters >= 4 else 0.6


def _is_supported(x: float, voters: Sequence[TextRow]) -> bool:
    parted = sum(
        any(chunk.x1 <= x for chunk in row) and any(chunk.x0 >= x for chunk in row) for row in voters
    )
    return parted >= max(2 if len(voters) > 2 else 1, SUPPORTED * len(voters))


def _extents(
    cuts: list[float], voters: Sequence[TextRow], rows: Sequence[TextRow], em: float
) -> list[Column]:
    """Each column as wide as the chunks in it; what no row fills is none."""
    spans: list[list[float]] = [[] for _ in range(len(cuts) + 1)]
    for row in voters:
        for chunk in row:
            at = bisect_left(cuts, (chunk.x0 + chunk.x1) / 2)
            inside = (at == 0 or chunk.x0 >= cuts[at - 1]) and (at == len(cuts) or chunk.x1 <= cuts[at])
            if inside:
                spans[at] += [chunk.x0, chunk.x1]
    columns = [Column(min(span), max(span)) for span in spans if span]
    return _with_rare(columns, rows, em) if columns else []


def _with_rare(columns: list[Column], rows: Sequence[TextRow], em: float) -> list[Column]:
    """Chunks of sparse rows that stand in the white between columns have one of their own."""
    found = list(columns)
    for row in rows:
        for at, chunk in enumerate(row):
            touched = any(chunk.x0 < column.x1 and column.x0 < chunk.x1 for column in found)
            apart = (at == 0 or chunk.x0 - row[at - 1].x1 >= RARE_GAP_EM * em) and (
                at + 1 == len(row) or row[at + 1].x0 - chunk.x1 >= RARE_GAP_EM * em
            )
            if not touched and apart and len(row) > 1 and columns[0].x0 < chunk.x0:
                found.append(Column(chunk.x0, chunk.x1))
                found.sort(key=lambda column: column.x0)
    return found


def edges_of(columns: Sequence[Column]) -> list[float]:
    """The middles of the white between columns, and the outer ends."""
    inner = [(one.x1 + other.x0) / 2 for one, other in pairwise(columns)]
    return [columns[0].x0, *inner, columns[-1].x1]


def span_of(chunk: Chunk, columns: Sequence[Column], xs: Sequence[float], em: float) -> tuple[int, int]:
    """First and last column the chunk stands in: those that it shares more than a letter with."""
    slack = 0.4 * em
    inside = [
        at
        for at, column in enumerate(columns)
        if min(chunk.x1, column.x1) - max(chunk.x0, column.x0) > min(slack, 0.5 * (column.x1 - column.x0))
    ]
    if inside:
        return inside[0], inside[-1]
    middle = (chunk.x0 + chunk.x1) / 2
    nearest = min(range(len(columns)), key=lambda at: max(xs[at] - middle, middle - xs[at + 1]))
    return nearest, nearest
