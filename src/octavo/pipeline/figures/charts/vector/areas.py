"""Areas of a drawn chart: what stands on the floor, or on the area painted before."""

from typing import Any

import numpy as np

from octavo.pipeline.figures.charts.cartesian import labels_of
from octavo.pipeline.figures.charts.leaning import box_of
from octavo.pipeline.figures.charts.names import even_places, text_of
from octavo.pipeline.figures.charts.plot import Plot
from octavo.pipeline.figures.charts.scales import Scale
from octavo.pipeline.figures.charts.scene import Reading, Scene, rounded
from octavo.pipeline.figures.charts.vector.curves import Drawn, names_below, numbered, onto, shared_corners
from octavo.pipeline.figures.charts.vector.marks import Area, Drawing, Points
from octavo.pipeline.figures.view import Box, Label

_WIDE = 0.3
"""Of the plot's width: narrower areas are bars or marks."""
_TOUCHES = 1.0
"""Pixels between an area and what it stands on."""


def find_areas(drawing: Drawing, plot: Box) -> list[Area]:
    return [
        area
        for area in drawing.areas
        if not area.is_box
        and area.box.width >= _WIDE * plot.width
        and plot.grown(4).holds(area.box.cx, area.box.cy)
        and _has_floor(area.points)
    ]


def _has_floor(points: Points) -> bool:
    """Whether it is cut straight down at both ends, or comes to a point there: never twice over one place."""
    left, right = int(points[:, 0].argmin()), int(points[:, 0].argmax())
    first, last = sorted((left, right))
    one, other = points[first : last + 1, 0], np.concatenate((points[last:, 0], points[: first + 1, 0]))
    return all(bool((np.diff(part) >= -0.1).all() or (np.diff(part) <= 0.1).all()) for part in (one, other))


def read_areas(scene: Scene, plot: Plot, areas: list[Area]) -> Reading | None:
    """None without a scale along y or fewer than two places along x."""
    scale = plot.upright
    if scale is None:
        return None
    ticks = labels_of(plot.level) | labels_of(scale)
    entries = scene.entries([area.tint for area in areas], plot.box, ticks)
    used = ticks | {label for entry in entries.values() for label in entry.labels}
    words, texts, places = _places(scene, plot, areas, used)
    if len(places) < 2:
        return None
    columns = [_measured(area, areas, places, scale, scene) for area in areas]
    indices = range(len(areas))
    named = sorted(entries, key=lambda index: scene.view.labels.index(entries[index].labels[0]))
    order = named + [index for index in indices if index not in entries]
    series: list[dict[str, Any]] = [
        {**({"name": entries[index].text} if index in entries else {}), "values": columns[index]}
        for index in order
    ]
    is_stacked = len(areas) > 1 and any(_ground(area, areas, places) for area in areas)
    return Reading(
        "area",
        tuple(texts),
        tuple(series),
        tuple(entries[index].text for index in named),
        (*used, *words),
        grouping="stacked" if is_stacked else None,
        has_names_along_x=True,
    )


def _places(
    scene: Scene, plot: Plot, areas: list[Area], used: set[Label]
) -> tuple[list[Label], list[str], list[float]]:
    lines = [Drawn(area.tint, (_top_line(area),)) for area in areas]
    corners = shared_corners(lines)
    if plot.level is not None:
        return numbered(plot.level, corners)
    names = names_below(scene, plot.box, used)
    words = [word for name in names for word in name]
    texts = [text_of(name) for name in names]
    if len(corners) == len(names):
        return words, texts, list(corners)
    return words, texts, onto(even_places([box_of(name).cx for name in names]), corners)


def _top_line(area: Area) -> Points:
    xs = np.unique(np.round(area.points[:, 0], 1))
    return np.array([(x, extent[0]) for x in xs if (extent := _extent(area.points, float(x))) is not None])


def _extent(points: Points, x: float) -> tuple[float, float] | None:
    """The highest and the lowest y of the area at `x`, in this order."""
    if x < points[:, 0].min():
        x = float(points[:, 0].min()) if points[:, 0].min() - x <= _TOUCHES else x
    if x > points[:, 0].max():
        x = float(points[:, 0].max()) if x - points[:, 0].max() <= _TOUCHES else x
    after = np.roll(points, -1, axis=0)
    low, high = np.minimum(points[:, 0], after[:, 0]), np.maximum(points[:, 0], after[:, 0])
    ys: list[float] = []
    for at in np.flatnonzero((low <= x) & (x <= high)):
        (x0, y0), (x1, y1) = points[at], after[at]
        ys += [y0, y1] if abs(x1 - x0) < 1e-6 else [y0 + (y1 - y0) * (x - x0) / (x1 - x0)]
    return (float(min(ys)), float(max(ys))) if ys else None


def _extents(area: Area, places: list[float]) -> list[tuple[float, float] | None]:
    return [_extent(area.points, x) for x in places]


def _ground(area: Area, areas: list[Area], places: list[float]) -> Area | None:
    """The area whose top is this one's bottom."""
    own = _extents(area, places)
    for other in areas:
        pairs = [
            (mine, theirs)
            for mine, theirs in zip(own, _extents(other, places), strict=True)
            if mine is not None and theirs is not None
        ]
        if other is not area and pairs and all(abs(m[1] - t[0]) <= _TOUCHES for m, t in pairs):
            return other
    return None


def _measured(
    area: Area, areas: list[Area], places: list[float], scale: Scale, scene: Scene
) -> list[float | None]:
    """Heights over the floor or over the area below; none where it may stand hidden on another."""
    extents = _extents(area, places)
    if _ground(area, areas, places) is not None:
        values = [None if one is None else scale.value(one[0]) - scale.value(one[1]) for one in extents]
    elif any(_may_hide(area, other, places) for other in areas if other is not area):
        values = [None] * len(places)
    else:
        values = [None if one is None else scale.value(one[0]) for one in extents]
    return [None if value is None else rounded(value, scale.step, scene.grain) for value in values]


def _may_hide(area: Area, other: Area, places: list[float]) -> bool:
    """Whether the other one lies before it everywhere, from the floor up: it may be a stack painted from the back."""
    pairs = [
        (mine, theirs)
        for mine, theirs in zip(_extents(area, places), _extents(other, places), strict=True)
        if mine is not None and theirs is not None
    ]
    return bool(pairs) and all(
        abs(mine[1] - theirs[1]) <= _TOUCHES and theirs[0] >= mine[0] - _TOUCHES for mine, theirs in pairs
    )
