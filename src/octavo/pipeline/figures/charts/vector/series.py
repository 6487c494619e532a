"""The series of a drawn chart with axes: bars, lines, areas, points, and bars with lines over them."""

from dataclasses import replace
from typing import Any

from octavo.pipeline.figures.charts.barvalues import read_bars
from octavo.pipeline.figures.charts.cartesian import bars_of, labels_of
from octavo.pipeline.figures.charts.legends import Entry
from octavo.pipeline.figures.charts.marks import Fill
from octavo.pipeline.figures.charts.plot import Plot
from octavo.pipeline.figures.charts.scene import Reading, Scene, is_name
from octavo.pipeline.figures.charts.sides import has_two_scales, without_values
from octavo.pipeline.figures.charts.vector.areas import find_areas, read_areas
from octavo.pipeline.figures.charts.vector.curves import (
    Drawn,
    find_curves,
    names_of,
    read_curves,
    read_tracks,
)
from octavo.pipeline.figures.charts.vector.marks import Area, Drawing
from octavo.pipeline.figures.charts.vector.points import find_points, read_points
from octavo.pipeline.figures.charts.vector.solids import are_solid
from octavo.pipeline.figures.view import Box


def read_series(scene: Scene, plot: Plot, drawing: Drawing) -> Reading | None:
    """None where nothing in the plot is a mark that is known."""
    shown = without(drawing, samples(scene, plot))
    areas = find_areas(shown, plot.box)
    if areas:
        return read_areas(scene, plot, areas)
    points = find_points(shown, plot.box, scene.view.text_height)
    curves = find_curves(shown, plot.box)
    bars = _read_bars(scene, plot, points)
    if bars is not None and are_solid(shown, plot.box):
        return without_values(bars)
    if bars is not None and curves:
        return _combined(bars, curves, scene, plot)
    if bars is not None:
        return bars
    if curves:
        reading = read_tracks(scene, plot, curves) or read_curves(scene, plot, curves)
        return without_values(reading) if reading and has_two_scales(scene, plot) else reading
    return read_points(scene, plot, points, drawing) if points else None


def samples(scene: Scene, plot: Plot) -> list[Box]:
    used = labels_of(plot.level) | labels_of(plot.upright)
    return [
        entry.sample.grown(1)
        for entry in scene.legend
        if is_name(entry, plot.box) and not used & set(entry.labels)
    ]


def without(drawing: Drawing, hidden: list[Box]) -> Drawing:
    def is_seen(box: Box) -> bool:
        return not any(one.holds(box.x0, box.y0) and one.holds(box.x1, box.y1) for one in hidden)

    return replace(
        drawing,
        areas=tuple(area for area in drawing.areas if is_seen(area.box)),
        threads=tuple(thread for thread in drawing.threads if is_seen(thread.box)),
    )


def _read_bars(scene: Scene, plot: Plot, points: list[Area]) -> Reading | None:
    """Bars of whole boxes: markers of lines are none."""
    marked = {point.box for point in points}
    fills = tuple(fill for fill in scene.fills if fill.box not in marked)
    plain = replace(scene, fills=tuple(_outward(fills)))
    bars = bars_of(plain, plot)
    return read_bars(plain, plot, bars) if bars is not None else None


def _outward(fills: tuple[Fill, ...]) -> list[Fill]:
    return sorted(fills, key=lambda fill: -fill.area)


def _combined(bars: Reading, curves: list[Drawn], scene: Scene, plot: Plot) -> Reading:
    """Lines have one point for each category, or their values are not known."""
    used = set(bars.labels)
    entries = names_of(scene, plot, curves)
    lines = [_line(curve, entries.get(index), bars, plot, scene) for index, curve in enumerate(curves)]
    series = tuple({**entry, "type": bars.chart_type} for entry in bars.series) + tuple(lines)
    names = {label for entry in entries.values() for label in entry.labels}
    legend = (*bars.legend, *(entry.text for entry in entries.values() if entry.text not in bars.legend))
    reading = replace(bars, chart_type="combo", series=series, legend=legend, labels=(*used, *names))
    return without_values(reading) if has_two_scales(scene, plot) else reading


def _line(curve: Drawn, entry: Entry | None, bars: Reading, plot: Plot, scene: Scene) -> dict[str, Any]:
    count = max((len(one["values"]) for one in bars.series), default=0)
    values: list[float | None] = [None] * count
    scale = plot.upright
    if scale is not None and len(curve.pieces) == 1 and len(curve.pieces[0]) == count:
        values = [curve.value(y, scale, scene) for _, y in curve.pieces[0]]
    return {**({"name": entry.text} if entry else {}), "values": values, "type": "line"}
