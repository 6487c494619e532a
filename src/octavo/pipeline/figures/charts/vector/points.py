"""Points and bubbles of a drawn chart."""

from typing import Any

from octavo.pipeline.figures.charts.cartesian import labels_of
from octavo.pipeline.figures.charts.legends import Entry
from octavo.pipeline.figures.charts.marks import SAME_TINT, Tint
from octavo.pipeline.figures.charts.plot import Plot
from octavo.pipeline.figures.charts.scene import Reading, Scene, is_name, rounded
from octavo.pipeline.figures.charts.vector.marks import Area, Drawing
from octavo.pipeline.figures.view import Box

_LARGEST = 1.4
"""Text heights: larger squares are bars; circles may be as large as they like."""
_ALIKE = 0.06
_MOST_CORNERS = 8
"""A path of more is a circle."""

Mark = tuple[Tint, int, float]
"""Colour, number of corners, and where along its height it begins: triangles point up or down."""


def find_points(drawing: Drawing, plot: Box, text_height: float) -> list[Area]:
    """Markers of one size each colour, and circles of any."""
    groups: dict[Mark, list[Area]] = {}
    for area in _once(drawing.areas):
        if plot.grown(4).holds(area.box.cx, area.box.cy) and _may_be_point(area, text_height):
            groups.setdefault(mark_of(area), []).append(area)
    return [
        area
        for group in groups.values()
        if len(group) >= 2
        for area in group
        if _is_circle(area) or _is_usual(area, group)
    ]


def _once(areas: tuple[Area, ...]) -> list[Area]:
    """Some programs paint a marker twice."""
    kept = {tuple(round(edge * 2) for edge in area.box): area for area in areas}
    return list(kept.values())


def mark_of(area: Area) -> Mark:
    """Series differ by colour, or by the shape of their markers."""
    count = len(area.points)
    corners = 0 if count > _MOST_CORNERS else count
    upright = round(float((area.points[0, 1] - area.box.y0) / max(0.01, area.box.height)), 1)
    return area.tint, corners, upright if corners else 0.0


def _may_be_point(area: Area, text_height: float) -> bool:
    width, height = area.box.width, area.box.height
    if not 0.7 <= width / max(0.01, height) <= 1.43:
        return False
    return max(width, height) <= _LARGEST * text_height or _is_circle(area)


def _is_circle(area: Area) -> bool:
    box = area.box
    if area.is_box or len(area.points) < 9 or abs(box.width / max(0.01, box.height) - 1) > 0.03:
        return False
    away = ((area.points[:, 0] - box.cx) ** 2 + (area.points[:, 1] - box.cy) ** 2) ** 0.5
    return bool(away.max() - away.min() <= 0.06 * away.max())


def _is_usual(area: Area, group: list[Area]) -> bool:
    sides = sorted(other.box.height for other in group)
    return abs(area.box.height / max(0.01, sides[len(sides) // 2]) - 1) <= _ALIKE


def read_points(scene: Scene, plot: Plot, points: list[Area], drawing: Drawing) -> Reading | None:
    """None where one of the axes has no scale."""
    level, upright = plot.level, plot.upright
    if level is None or upright is None:
        return None
    marks = list(dict.fromkeys(mark_of(point) for point in points))
    ticks = labels_of(level) | labels_of(upright)
    entries = _entries(scene, plot, marks, drawing)
    series: list[dict[str, Any]] = []
    kind = "scatter"
    for mark in sorted(marks, key=lambda mark: _rank(scene, entries.get(mark))):
        own = sorted((p for p in points if mark_of(p) == mark), key=lambda point: point.box.cx)
        sizes = [point.box.width for point in own]
        if max(sizes) > 1.2 * min(sizes):
            kind = "bubble"
        name = {"name": entries[mark].text} if mark in entries else {}
        values = [rounded(upright.value(p.box.cy), upright.step_at(p.box.cy), scene.grain) for p in own]
        xs = [rounded(level.value(p.box.cx), level.step_at(p.box.cx), scene.grain) for p in own]
        series.append({**name, "values": values, "x": xs})
    used = ticks | {label for entry in entries.values() for label in entry.labels}
    legend = tuple(entry["name"] for entry in series if "name" in entry)
    return Reading(kind, (), tuple(series), legend, tuple(used))


def _rank(scene: Scene, entry: Entry | None) -> int:
    """As in the legend; what it does not name last."""
    return scene.view.labels.index(entry.labels[0]) if entry else len(scene.view.labels)


def _entries(scene: Scene, plot: Plot, marks: list[Mark], drawing: Drawing) -> dict[Mark, Entry]:
    """By the sample's own shape; by colour alone where only one series has it."""
    found: dict[Mark, Entry] = {}
    used = labels_of(plot.level) | labels_of(plot.upright)
    for entry in scene.legend:
        if used & set(entry.labels) or not is_name(entry, plot.box):
            continue
        box = entry.sample.grown(1)
        shown = {
            mark_of(area)
            for area in drawing.areas
            if box.holds(area.box.x0, area.box.y0) and box.holds(area.box.x1, area.box.y1)
        }
        alike = [mark for mark in marks if mark in shown]
        alike = alike or [mark for mark in marks if mark[0].distance(entry.tint) <= SAME_TINT]
        if len(alike) == 1:
            found.setdefault(alike[0], entry)
    return found
