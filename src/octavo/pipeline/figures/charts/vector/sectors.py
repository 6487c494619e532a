"""Pies and doughnuts whose sectors are paths: the angles are those of the arcs."""

from dataclasses import dataclass
from math import degrees

import numpy as np

from octavo.pipeline.figures.charts.pies import Pie, Sector
from octavo.pipeline.figures.charts.vector.marks import Area, Drawing, Points
from octavo.pipeline.figures.view import Box, View

_ROUND = 0.012
"""Of the radius: how far points of an arc may be off it."""
_WHOLE = 0.01
"""How far the shares of all sectors may be from one."""
_LEAST_RADIUS = 1.5
"""Text heights: smaller ones are markers."""


@dataclass(frozen=True, slots=True)
class _Wedge:
    area: Area
    x: float
    y: float
    radius: float
    hole: float
    start: float
    """Degrees clockwise from the top."""
    span: float


def find_sectors(drawing: Drawing, view: View) -> Pie | None:
    """None where the painted areas make no full circle of two sectors or more."""
    least = 2 * _LEAST_RADIUS * view.text_height
    areas = [
        area
        for area in drawing.areas
        if not area.is_box and len(area.points) >= 4 and max(area.box.width, area.box.height) >= 0.4 * least
    ]
    for wedges in (_slices(areas), _ring_parts(areas)):
        kept = _once(wedges)
        total = sum(wedge.span for wedge in kept) / 360
        if len(kept) >= 2 and abs(total - 1) <= _WHOLE and kept[0].radius * 2 >= least:
            return _pie(kept)
    return None


def _slices(areas: list[Area]) -> list[_Wedge]:
    """Areas with one corner that all other points are equally far from; pulled out ones too."""
    found = [wedge for area in areas if (wedge := _slice(area)) is not None]
    if not found:
        return []
    usual = float(np.median([wedge.radius for wedge in found]))
    return [wedge for wedge in found if abs(wedge.radius / usual - 1) <= 2 * _ROUND]


def _slice(area: Area) -> _Wedge | None:
    points = _corners(area.points)
    if len(points) < 4:
        return None
    away = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    np.fill_diagonal(away, np.nan)
    spread = (np.nanmax(away, axis=1) - np.nanmin(away, axis=1)) / np.nanmax(away, axis=1)
    tip = int(spread.argmin())
    if spread[tip] > _ROUND:
        return None
    arc = np.roll(points, -tip, axis=0)[1:]
    x, y = (float(value) for value in points[tip])
    start, span = _turn(arc, x, y)
    return _Wedge(area, x, y, float(np.nanmean(away[tip])), 0.0, start, span)


def _ring_parts(areas: list[Area]) -> list[_Wedge]:
    """Areas between two circles about the middle of them all."""
    if len(areas) < 2:
        return []
    box = areas[0].box
    for area in areas[1:]:
        box = box.union(area.box)
    if abs(box.width / max(1.0, box.height) - 1) > 0.02:
        return []
    return [wedge for area in areas if (wedge := _ring_part(area, box)) is not None]


def _ring_part(area: Area, box: Box) -> _Wedge | None:
    points = _corners(area.points)
    away = np.hypot(points[:, 0] - box.cx, points[:, 1] - box.cy)
    outer, inner = float(away.max()), float(away.min())
    is_outer, is_inner = away >= outer * (1 - _ROUND), away <= inner + outer * _ROUND
    if not (is_outer | is_inner).all() or outer < 0.48 * box.width or inner > 0.97 * outer:
        return None
    # The path runs along one arc and back along the other: begin where the outer one does.
    first = next((at for at in range(len(points)) if is_outer[at] and not is_outer[at - 1]), 0)
    arc = np.roll(points, -first, axis=0)[: int(is_outer.sum())]
    start, span = _turn(arc, box.cx, box.cy)
    return _Wedge(area, box.cx, box.cy, outer, inner / outer, start, span)


def _corners(points: Points) -> Points:
    """Without points that come twice."""
    kept = [points[0]]
    for point in points[1:]:
        if np.hypot(*(point - kept[-1])) > 0.05:
            kept.append(point)
    if len(kept) > 1 and np.hypot(*(kept[0] - kept[-1])) <= 0.05:
        kept.pop()
    return np.array(kept)


def _turn(arc: Points, x: float, y: float) -> tuple[float, float]:
    """Where an arc begins, and how far it goes, both clockwise in degrees."""
    angles = np.unwrap(np.arctan2(arc[:, 0] - x, y - arc[:, 1]))
    first, last = degrees(float(angles[0])), degrees(float(angles[-1]))
    return min(first, last), abs(last - first)


def _once(wedges: list[_Wedge]) -> list[_Wedge]:
    kept: list[_Wedge] = []
    for wedge in wedges:
        same = [
            at
            for at, other in enumerate(kept)
            if abs(other.start - wedge.start) % 360 < 0.3 and abs(other.span - wedge.span) < 0.3
        ]
        if same:
            kept[same[0]] = wedge
        else:
            kept.append(wedge)
    return kept


def _pie(wedges: list[_Wedge]) -> Pie:
    total = sum(wedge.span for wedge in wedges)
    sectors = [
        Sector(wedge.area.tint, wedge.span / total, (wedge.start + wedge.span / 2) % 360) for wedge in wedges
    ]
    x = float(np.mean([wedge.x for wedge in wedges]))
    y = float(np.mean([wedge.y for wedge in wedges]))
    ordered = tuple(sorted(sectors, key=lambda sector: sector.middle))
    return Pie(
        x, y, max(wedge.radius for wedge in wedges), float(np.median([w.hole for w in wedges])), ordered
    )
