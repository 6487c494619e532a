"""A chart's body from its paths."""

from dataclasses import replace
from typing import Any

from octavo.pipeline.figures.charts.cartesian import body_of, plot_of
from octavo.pipeline.figures.charts.marks import Rule
from octavo.pipeline.figures.charts.plot import Plot
from octavo.pipeline.figures.charts.round import read_pie
from octavo.pipeline.figures.charts.scales import snapped
from octavo.pipeline.figures.charts.scene import Scene
from octavo.pipeline.figures.charts.vector.legend import find_entries
from octavo.pipeline.figures.charts.vector.marks import Drawing, to_drawing
from octavo.pipeline.figures.charts.vector.radar import read_radar
from octavo.pipeline.figures.charts.vector.sectors import find_sectors
from octavo.pipeline.figures.charts.vector.series import read_series
from octavo.pipeline.figures.view import View

_GRAIN_PT = 0.03
"""How surely a path's place is known: office programs draw on a grid of a hundredth of a millimetre."""
_LONG = 0.1
"""Of the view: shorter lines are tick marks and samples, which do not bound the plot."""


def read_drawn(view: View) -> dict[str, Any] | None:
    """None where the paths are no marks of a chart: its picture may tell more."""
    drawing = to_drawing(view)
    if not drawing.areas and not drawing.threads:
        return None
    scene = _scene(view, drawing)
    pie = find_sectors(drawing, view)
    if pie is not None:
        return read_pie(scene, pie)
    radar = read_radar(scene, drawing)
    if radar is not None:
        return radar
    plot = plot_of(_bounded(scene))
    if plot is None or not (plot.level or plot.upright):
        return None
    plot = _on_ticks(plot, scene)
    reading = read_series(scene, plot, drawing)
    return body_of(scene, plot, reading) if reading is not None else None


def _scene(view: View, drawing: Drawing) -> Scene:
    return Scene(
        view=view,
        fills=tuple(area.to_fill() for area in drawing.boxes),
        rules=drawing.rules,
        legend=tuple(find_entries(drawing, view)),
        grain=_GRAIN_PT * view.scale,
    )


def _on_ticks(plot: Plot, scene: Scene) -> Plot:
    """With its scales through the tick marks, which are as sure as grid lines."""
    height = scene.view.text_height
    return replace(
        plot,
        level=snapped(plot.level, scene.rules, height) if plot.level else None,
        upright=snapped(plot.upright, scene.rules, height) if plot.upright else None,
    )


def _bounded(scene: Scene) -> Scene:
    """Without samples of the legend and without short lines, unless these are all that is there."""
    least = _LONG * min(scene.view.width, scene.view.height)
    rules = tuple(rule for rule in scene.rules if not _is_sample(rule, scene))
    long = tuple(rule for rule in rules if rule.end - rule.start >= least)
    return Scene(scene.view, scene.fills, long or rules, scene.legend, scene.grain)


def _is_sample(rule: Rule, scene: Scene) -> bool:
    middle = (rule.start + rule.end) / 2
    x, y = (middle, rule.at) if rule.is_level else (rule.at, middle)
    return any(entry.sample.grown(1).holds(x, y) for entry in scene.legend)
