"""Points and bubbles of a drawn chart."""

from typing import Any

from octavo.pipeline.figures.charts.cartesian import labels_of
from octavo.pipeline.figures.charts.marks import Tint
from octavo.pipeline.figures.charts.plot import Plot
from octavo.pipeline.figures.charts.scene import Reading, Scene, rounded
from octavo.pipeline.figures.charts.vector.marks import Area, Drawing
from octavo.pipeline.figures.view import Box

_LARGEST = 1.4
"""Text heights: larger squares are bars; circles may be as large as they like."""
_ALIKE = 0.06


def find_points(drawing: Drawing, plot: Box, text_height: float) -> list[Area]:
    """Markers of one size each colour, and circles of any."""
    groups: dict[Tint, list[Area]] = {}
    for area in drawing.areas:
        if plot.grown(4).holds(area.box.cx, area.box.cy) and _may_be_point(area, text_height):
            groups.setdefault(area.tint, []).append(area)
    return [
        area
        for group in groups.values()
        if len(group) >= 2
        for area in group
        if _is_circle(area) or _is_usual(area, group)
    ]


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


def read_points(scene: Scene, plot: Plot, points: list[Area]) -> Reading | None:
    """None where one of the axes has no scale."""
    level, upright = plot.level, plot.upright
    if level is None or upright is None:
        return None
    tints = list(dict.fromkeys(point.tint for point in points))
    ticks = labels_of(level) | labels_of(upright)
    entries = scene.entries(tints, plot.box, ticks)
    series: list[dict[str, Any]] = []
    kind = "scatter"
    for index, tint in enumerate(tints):
        own = sorted((p for p in points if p.tint == tint), key=lambda point: point.box.cx)
        sizes = [point.box.width for point in own]
        if max(sizes) > 1.2 * min(sizes):
            kind = "bubble"
        name = {"name": entries[index].text} if index in entries else {}
        values = [rounded(upright.value(p.box.cy), upright.step, scene.grain) for p in own]
        xs = [rounded(level.value(p.box.cx), level.step, scene.grain) for p in own]
        series.append({**name, "values": values, "x": xs})
    used = ticks | {label for entry in entries.values() for label in entry.labels}
    legend = tuple(entries[index].text for index in sorted(entries))
    return Reading(kind, (), tuple(series), legend, tuple(used))
