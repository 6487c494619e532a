"""Tables that are the grids of charts: their first column is an axis."""

from itertools import pairwise
from typing import Any

from octavo.pipeline.figures.charts.numbers import to_number
from octavo.pipeline.structure.found import Found

_LEAST_TICKS = 4
_ON_BORDER = 0.22
"""Of a row: how far from a border a tick label's middle stands; a table's words stand about half a row away."""

_LEAST_SHARE = 0.5
"""Share of the labels that stand so: bars cut a grid's rows in two."""


def without_grids(tables: tuple[Found, ...]) -> tuple[Found, ...]:
    """The tables whose first column is no scale that falls by even steps, written on the borders of its rows."""
    return tuple(table for table in tables if not _is_grid(table))


def _is_grid(table: Found) -> bool:
    rows: list[list[str]] = table.body.get("rows") or []
    first = [word for row in rows if row for word in row[0].split()]
    values = [value for word in first if (value := to_number(word)) is not None]
    if len(values) < _LEAST_TICKS or not _falls_evenly(values):
        return False
    borders = sorted({edge for cell in table.body.get("cells", ()) for edge in _edges(cell)})
    numbers = [line.bbox for line in table.lines if to_number(line.text) is not None]
    left = min((box.x0 for box in numbers), default=0.0)
    ticks = [box for box in numbers if box.x0 - left <= 2 * box.height]
    if len(ticks) < _LEAST_TICKS or len(borders) < _LEAST_TICKS:
        return False
    pitch = abs(ticks[0].center[1] - ticks[-1].center[1]) / (len(ticks) - 1)
    near = sum(min(abs(box.center[1] - border) for border in borders) <= _ON_BORDER * pitch for box in ticks)
    return near >= _LEAST_SHARE * len(ticks)


def _edges(cell: dict[str, Any]) -> tuple[float, ...]:
    box = cell.get("bbox")
    return (round(box[1], 4), round(box[3], 4)) if box else ()


def _falls_evenly(values: list[float]) -> bool:
    steps = [before - after for before, after in pairwise(values)]
    return min(steps) > 0 and max(steps) - min(steps) <= 0.02 * max(steps)
