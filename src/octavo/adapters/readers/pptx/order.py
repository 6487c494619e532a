"""Reading order of what is on a slide, by where it stands: it is drawn in any order.

The area is cut where white runs through it from side to side. Where both
directions are possible, the wider white decides: columns with a heading over
each read down, a grid of cards reads across, and so do names with values.
"""

from collections.abc import Callable
from dataclasses import dataclass

from octavo.adapters.readers.pptx.draft import Unit
from octavo.domain.geometry import BBox

_OVERLAP = 0.004
"""Neighbours may overlap by this share of the slide and still stand apart."""
_COLUMNS_FIRST = 1.25
"""White between columns must be this much wider than white between rows to be cut first."""
_FORM_ROW = 0.12
"""Rows of a form (a name, a value) are lower than this share of the slide."""
_DEEPEST = 60
_Span = Callable[[BBox], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Cut:
    parts: list[list[Unit]]
    white: float
    """The widest, in heights of the slide."""


def in_reading_order(units: list[Unit], aspect: float, depth: int = 0) -> list[Unit]:
    """`aspect` is the slide's width by its height."""
    if len(units) < 2 or depth > _DEEPEST:
        return _by_place(units)
    rows, columns = _cut(units, _down, 1.0), _cut(units, _across, aspect)
    cut = columns if _columns_first(rows, columns) else rows
    if cut is not None:
        return [unit for part in cut.parts for unit in in_reading_order(part, aspect, depth + 1)]
    backdrop = _backdrop(units)
    if backdrop is None:
        return _by_place(units)
    rest = [unit for unit in units if unit is not backdrop]
    return [backdrop, *in_reading_order(rest, aspect, depth + 1)]


def _columns_first(rows: _Cut | None, columns: _Cut | None) -> bool:
    if rows is None or columns is None:
        return columns is not None
    return columns.white > _COLUMNS_FIRST * rows.white and not _is_form(rows, columns)


def _is_form(rows: _Cut, columns: _Cut) -> bool:
    """Two columns of short rows, each with something on both sides."""
    if len(columns.parts) != 2 or len(rows.parts) < 3:
        return False
    tallest = max(unit.bbox.height for part in rows.parts for unit in part)
    return tallest < _FORM_ROW and all(len(part) == 2 for part in rows.parts)


def _cut(units: list[Unit], span: _Span, scale: float) -> _Cut | None:
    """Parts with white between them, in order; None where there is no such white."""
    ordered = sorted(units, key=lambda unit: span(unit.bbox))
    parts = [[ordered[0]]]
    end, widest = span(ordered[0].bbox)[1], 0.0
    for unit in ordered[1:]:
        start, stop = span(unit.bbox)
        # A thin thing may lie wholly within the overlap that is allowed; its middle tells where it is.
        if start >= end - _OVERLAP and (start + stop) / 2 >= end:
            widest = max(widest, start - end)
            parts.append([])
        parts[-1].append(unit)
        end = max(end, stop)
    return _Cut(parts, widest * scale) if len(parts) > 1 else None


def _backdrop(units: list[Unit]) -> Unit | None:
    """Something large behind the rest: a picture under text, a frame around it."""
    largest = max(units, key=lambda unit: unit.bbox.area)
    behind = sum(_covers(largest.bbox, unit.bbox) for unit in units if unit is not largest)
    return largest if behind else None


def _covers(outer: BBox, inner: BBox) -> bool:
    return inner.area > 0 and outer.intersection_area(inner) >= 0.9 * inner.area


def _by_place(units: list[Unit]) -> list[Unit]:
    return sorted(units, key=lambda unit: (unit.bbox.y0, unit.bbox.x0))


def _down(box: BBox) -> tuple[float, float]:
    return box.y0, box.y1


def _across(box: BBox) -> tuple[float, float]:
    return box.x0, box.x1
