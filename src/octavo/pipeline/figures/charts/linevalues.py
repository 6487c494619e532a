"""Lines, areas and points as series of values."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from octavo.pipeline.figures.charts.anchors import anchored
from octavo.pipeline.figures.charts.curves import (
    apart,
    distinct,
    find_tints,
    free_ink,
    height_at,
    to_curve,
    without_rules,
)
from octavo.pipeline.figures.charts.leaning import leaning_names
from octavo.pipeline.figures.charts.legends import Entry
from octavo.pipeline.figures.charts.marks import SAME_TINT, Curve, Dot, Fill, Tint
from octavo.pipeline.figures.charts.names import beside_axis, even_places, first_row, split_row, text_of
from octavo.pipeline.figures.charts.pixels import Mask, near
from octavo.pipeline.figures.charts.plot import Plot
from octavo.pipeline.figures.charts.scales import Scale
from octavo.pipeline.figures.charts.scene import PixelScene, Reading, is_name, rounded
from octavo.pipeline.figures.view import Box, Label

_COLOURFUL = 18.0
_LEAST_NAMES = 3
_BAND = 0.3
"""Of the plot's width: narrower areas are bars."""

Drawn = Curve | list[Dot]


def read_lines(scene: PixelScene, plot: Plot) -> Reading | None:
    """None without a scale along y, or where nothing is drawn in the plot."""
    scale = plot.upright
    if scale is None:
        return None
    ticks = {tick.label for tick in scale.ticks} | (
        {tick.label for tick in plot.level.ticks} if plot.level else set()
    )
    areas = [fill for fill in scene.fills if _is_area(fill, plot.box)]
    if areas:
        return _read_areas(scene, plot, scale, areas + _bands(scene.fills, areas, plot.box), ticks)
    drawn = _drawn(scene, plot, ticks)
    if not drawn:
        return None
    entries = scene.entries([tint for tint, _ in drawn], plot.box, ticks)
    if entries:
        drawn_named = [
            (index, drawn[index])
            for index in sorted(entries, key=lambda index: _place(scene, entries[index]))
        ]
    else:
        drawn_named = list(enumerate(drawn))
    used = ticks | {label for entry in entries.values() for label in entry.labels}
    legend = tuple(entries[index].text for index, _ in drawn_named if index in entries)
    are_points = all(isinstance(marks, list) for _, (_, marks) in drawn_named)
    if are_points and plot.level is not None:
        return _read_points(
            plot.level,
            scale,
            [(entries.get(index), marks) for index, (_, marks) in drawn_named],
            legend,
            used,
        )
    return _read_curves(
        scene, plot, scale, [(entries.get(index), marks) for index, (_, marks) in drawn_named], legend, used
    )


def _read_curves(
    scene: PixelScene,
    plot: Plot,
    scale: Scale,
    drawn: list[tuple[Entry | None, Drawn]],
    legend: tuple[str, ...],
    used: set[Label],
) -> Reading | None:
    """None where no line has a height at any of two names or more, and where solids stand in the plot."""
    if _has_solids(scene, plot):
        return None
    curves = [marks for _, marks in drawn if isinstance(marks, Curve)]
    names, places = _places(scene, plot, used, curves)
    series = tuple(series_of(entry, heights_at(marks, places), scale) for entry, marks in drawn)
    if len(places) < 2 or not any(value is not None for entry in series for value in entry["values"]):
        return None
    words = {word for name in names for word in name}
    categories = tuple(text_of(name) for name in names)
    return Reading("line", categories, series, legend, (*used, *words), has_names_along_x=True)


def has_area(scene: PixelScene, plot: Plot) -> bool:
    """Whether most of what is painted in the plot is one area with a ragged top, or several over it."""
    inside = [fill for fill in scene.fills if plot.box.grown(3).holds(fill.box.cx, fill.box.cy)]
    areas = [fill for fill in inside if _is_area(fill, plot.box)]
    bands = _bands(inside, areas, plot.box)
    return sum(fill.area for fill in (*areas, *bands)) > 0.5 * sum(fill.area for fill in inside)


def _bands(fills: Iterable[Fill], areas: list[Fill], plot: Box) -> list[Fill]:
    """Wide areas with ragged sides over one on the floor: they stand on it, or behind it."""
    if not areas:
        return []
    return [
        fill
        for fill in fills
        if not any(fill is area for area in areas)
        and plot.grown(4).holds(fill.box.cx, fill.box.cy)
        and fill.box.width > _BAND * plot.width
        and not {"top", "bottom"} & set(fill.flat_sides)
        and all(fill.tint.distance(area.tint) > SAME_TINT for area in areas)
    ]


def _has_solids(scene: PixelScene, plot: Plot) -> bool:
    """Bars drawn in perspective and the like: their edges are no lines of a chart."""
    areas = (
        fill.area
        for fill in scene.fills
        if plot.box.holds(fill.box.cx, fill.box.cy)
        and min(fill.box.width, fill.box.height) > 1.5 * scene.view.text_height
    )
    return sum(areas) > 0.03 * plot.box.area


def _place(scene: PixelScene, entry: Entry) -> int:
    return scene.view.labels.index(entry.labels[0])


def _is_area(fill: Fill, plot: Box) -> bool:
    """Wide, on the plot's floor, with a top that is not straight."""
    box = fill.box
    return (
        plot.grown(4).holds(box.cx, box.cy)
        and box.width > 0.45 * plot.width
        and "bottom" in fill.flat_sides
        and "top" not in fill.flat_sides
        and fill.area > 0.05 * plot.area
    )


def _read_areas(scene: PixelScene, plot: Plot, scale: Scale, areas: list[Fill], ticks: set[Label]) -> Reading:
    """The one on the floor is measured; of what shows over it nobody can see whether it stands there or behind."""
    on_floor = [fill for fill in areas if _is_area(fill, plot.box)]
    tints = [fill.tint for fill in areas]
    entries = scene.entries(tints, plot.box, ticks)
    used = ticks | {label for entry in entries.values() for label in entry.labels}
    names, places = _places(scene, plot, used, [])
    places = _from_end_to_end(names, places, on_floor[0].box)
    series: list[dict[str, Any]] = []
    for index, fill in enumerate(areas):
        heights = _tops(scene, fill, places) if len(on_floor) == 1 and fill is on_floor[0] else []
        heights = heights or [None] * len(names)
        series.append(series_of(entries.get(index), heights, scale))
    legend = tuple(entries[index].text for index in sorted(entries))
    return Reading(
        "area",
        tuple(text_of(name) for name in names),
        tuple(series),
        legend,
        tuple(used),
        has_names_along_x=True,
    )


def _from_end_to_end(names: list[list[Label]], places: list[float], area: Box) -> list[float]:
    """Evenly from one end of the area to the other, where the names stand by that: their middles are a bit off."""
    if len(names) < _LEAST_NAMES:
        return places
    even = [float(x) for x in np.linspace(area.x0, area.x1, len(names))]
    slack = 0.25 * (even[1] - even[0])
    if places:
        is_near = all(abs(one - other) <= slack for one, other in zip(places, even, strict=True))
    else:
        is_near = all(
            min(word.box.x0 for word in name) - slack <= x <= max(word.box.x1 for word in name) + slack
            for name, x in zip(names, even, strict=True)
        )
    return even if is_near else places


def _tops(scene: PixelScene, fill: Fill, places: list[float]) -> list[float | None]:
    mask = near(scene.lab, fill.tint, SAME_TINT)
    low, high = max(0, int(fill.box.y0) - 2), int(fill.box.y1) + 1
    tops: list[float | None] = []
    for x in places:
        # Right at its ends an area has no width: a pixel further in it has.
        column = int(min(max(x, fill.box.x0 + 3), fill.box.x1 - 4))
        shown = np.flatnonzero(mask[low:high, column])
        inside = fill.box.x0 - 4 <= x <= fill.box.x1 + 4
        tops.append(float(shown[0] + low) if shown.size and inside else None)
    return tops


def _drawn(scene: PixelScene, plot: Plot, ticks: set[Label]) -> list[tuple[Tint, Drawn]]:
    """The colours of the legend that draw something; without a legend all that do."""
    named = [entry for entry in scene.legend if is_name(entry, plot.box) and not ticks & set(entry.labels)]
    hidden = [label.box for label in scene.view.labels if label not in ticks and len(label.text) > 1]
    hidden += [entry.sample for entry in named]
    ink = free_ink(scene.lab, plot.box, scene.paper, hidden)
    plain = without_rules(ink, scene.rules)
    tints = _used(scene, distinct([entry.tint for entry in named]), plain, plot)
    tints = tints or find_tints(scene.lab, plain, plot.box, scene.paper)
    found: list[tuple[Tint, Drawn]] = []
    for tint in tints:
        # A grey line may be one of the grid; one with a colour is a series, even a level one.
        marks = to_curve(scene.lab, ink if tint.chroma > _COLOURFUL else plain, tint, tints, plot.box)
        if marks is not None:
            found.append((tint, marks))
    return found


def _used(scene: PixelScene, tints: list[Tint], ink: Mask, plot: Plot) -> list[Tint]:
    colours = scene.lab[ink]
    least = 0.08 * plot.box.width
    return [
        tint
        for tint in tints
        if int((np.square(colours - np.array(tint, np.float32)).sum(axis=1) <= SAME_TINT**2).sum()) >= least
    ]


def _places(
    scene: PixelScene, plot: Plot, used: set[Label], curves: list[Curve]
) -> tuple[list[list[Label]], list[float]]:
    """The names along x and where they stand: tick labels where x has a scale, else the first row below."""
    if plot.level is not None:
        ticks = sorted(plot.level.ticks, key=lambda tick: tick.at)
        return [[tick.label] for tick in ticks], [plot.level.place(tick.value) for tick in ticks]
    free = [label for label in scene.view.labels if label not in used]
    below = beside_axis(free, plot.box, is_level=True)
    leaning = leaning_names(below, plot.box.y1, scene.view.text_height)
    if leaning:
        return leaning, anchored(leaning, curves)
    row = first_row(below, is_level=True, text_height=scene.view.text_height)
    names = split_row(row, scene.view.text_height)
    middles = [(name[0].box.x0 + max(word.box.x1 for word in name)) / 2 for name in names]
    return names, even_places(middles)


def heights_at(marks: Drawn, places: Iterable[float]) -> list[float | None]:
    """Pixels; None where nothing is drawn."""
    return [_at(marks, x) for x in places]


def _at(marks: Drawn, x: float) -> float | None:
    if isinstance(marks, Curve):
        height = height_at(marks, x)
        return None if height is None or np.isnan(height) else height
    near_dots = [dot for dot in marks if abs(dot.x - x) <= 8]
    return min(near_dots, key=lambda dot: abs(dot.x - x)).y if near_dots else None


def series_of(entry: Entry | None, heights: list[float | None], scale: Scale) -> dict[str, Any]:
    values = [None if y is None else rounded(scale.value(y), scale.step_at(y)) for y in heights]
    return {**({"name": entry.text} if entry else {}), "values": values}


def _read_points(
    level: Scale,
    upright: Scale,
    drawn: list[tuple[Entry | None, Drawn]],
    legend: tuple[str, ...],
    used: set[Label],
) -> Reading:
    series: list[dict[str, Any]] = []
    chart_type = "scatter"
    for entry, marks in drawn:
        dots = sorted(marks if isinstance(marks, list) else [], key=lambda dot: dot.x)
        areas = [dot.area for dot in dots]
        if len(dots) > 1 and max(areas) > 1.35 * min(areas) and min(areas) > 400:
            chart_type = "bubble"
        else:
            dots = apart(dots)
        values = [rounded(upright.value(dot.y), upright.step_at(dot.y)) for dot in dots]
        xs = [rounded(level.value(dot.x), level.step_at(dot.x)) for dot in dots]
        series.append({**({"name": entry.text} if entry else {}), "values": values, "x": xs})
    return Reading(chart_type, (), tuple(series), legend, tuple(used))
