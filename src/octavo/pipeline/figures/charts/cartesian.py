"""Charts with axes: which marks they have, and the body that follows."""

from dataclasses import replace
from typing import Any

from octavo.pipeline.figures.charts.bars import Bars, find_bars
from octavo.pipeline.figures.charts.barvalues import read_bars
from octavo.pipeline.figures.charts.linevalues import has_area, read_lines
from octavo.pipeline.figures.charts.multipliers import multiplied
from octavo.pipeline.figures.charts.names import axis_title, find_title, sideways_text, text_of
from octavo.pipeline.figures.charts.overlaid import read_overlaid
from octavo.pipeline.figures.charts.plot import Plot, find_plot
from octavo.pipeline.figures.charts.scales import Scale, find_scales, snapped
from octavo.pipeline.figures.charts.scene import PixelScene, Reading, Scene
from octavo.pipeline.figures.charts.sides import has_two_scales, without_values
from octavo.pipeline.figures.charts.solids import without_sides
from octavo.pipeline.figures.view import Box, Label


def read_cartesian(scene: PixelScene) -> dict[str, Any] | None:
    """None where there are neither scales nor bars with printed values."""
    plot = plot_of(scene)
    if plot is None:
        return None
    flat = without_sides(scene.fills, plot.box)
    if flat is not None:
        return _solid(replace(scene, fills=flat), plot)
    bars = None if has_area(scene, plot) else bars_of(scene, plot)
    reading = read_overlaid(scene, plot, bars) if bars else read_lines(scene, plot)
    if reading is None or _is_stray(reading):
        return None
    if has_two_scales(scene, plot):
        reading = without_values(reading)
    return body_of(scene, plot, reading)


def _solid(scene: PixelScene, plot: Plot) -> dict[str, Any] | None:
    """Columns in perspective: what they are called is known, no height on the paper is a value."""
    bars = bars_of(scene, plot)
    reading = read_bars(scene, plot, bars) if bars else None
    return body_of(scene, plot, without_values(reading)) if reading and any(reading.categories) else None


def _is_stray(reading: Reading) -> bool:
    """One value without a name: a patch that happens to stand on a line, as sides of solids do."""
    return not any(reading.categories) and max((len(one["values"]) for one in reading.series), default=0) < 2


def plot_of(scene: Scene) -> Plot | None:
    view = scene.view
    level = find_scales(view.labels, view.text_height, is_level=True)
    upright = find_scales(view.labels, view.text_height, is_level=False)
    size = (view.width, view.height)
    areas = [fill.box for fill in scene.fills if fill.is_solid and not _is_sample(scene, fill.box)]
    areas = [box for box in areas if min(box.width, box.height) > 4]
    plot = find_plot(level, upright, scene.rules, areas, size=size)
    if plot is None:
        return Plot(Box(0.0, 0.0, view.width, view.height), None, None) if scene.fills else None
    return multiplied(
        Plot(
            plot.box,
            snapped(plot.level, scene.rules, view.text_height) if plot.level else None,
            snapped(plot.upright, scene.rules, view.text_height) if plot.upright else None,
        ),
        view,
    )


def bars_of(scene: Scene, plot: Plot) -> Bars | None:
    """The direction in which more of the areas stand on one line; the one with a scale where both do."""
    fills = [fill for fill in scene.fills if not _is_sample(scene, fill.box)]
    covered = scene.covered
    if covered is not None:
        fills = [fill for fill in fills if fill.box.shared(covered) < 0.9 * fill.box.area]
    found = [
        bars
        for is_level, scale in ((False, plot.upright), (True, plot.level))
        if (scale or not (plot.upright or plot.level))
        and (bars := find_bars(fills, plot.box, scale, is_level=is_level))
    ]
    return max(found, key=_evidence, default=None)


def _evidence(bars: Bars) -> float:
    """Bars of the same width, each: they all have it in the right direction only."""
    widths = sorted(bar.high - bar.low for bar in bars.bars)
    usual = widths[len(widths) // 2]
    return sum(abs(width - usual) <= 0.15 * usual + 2 for width in widths) + 0.1 * (not bars.is_level)


def _is_sample(scene: Scene, box: Box) -> bool:
    """A patch beside a name of the legend."""
    if box.height > 1.8 * scene.view.text_height:
        return False
    return any(
        entry.sample.grown(3).holds(box.x0, box.cy) and entry.sample.grown(3).holds(box.x1, box.cy)
        for entry in scene.legend
        if any(char.isalpha() for char in entry.text)
    )


def body_of(scene: Scene, plot: Plot, reading: Reading) -> dict[str, Any]:
    reading = reading if plot.is_sure else without_values(reading)
    taken = [*reading.labels, *plot.written]
    for scale in (plot.level, plot.upright):
        taken += [tick.label for tick in scale.ticks] if scale else []
    free = [label for label in scene.view.labels if label not in set(taken)]
    title = find_title(free, plot.box, scene.view.text_height)
    body: dict[str, Any] = {"chart_type": reading.chart_type}
    if reading.grouping:
        body["grouping"] = reading.grouping
    if title:
        body["title"] = text_of(title)
    taken += title
    below = axis_title(free, plot.box, taken, is_level=True)
    aside = axis_title(free, plot.box, taken, is_level=False)
    for name, scale, text in (
        ("x_axis", plot.level, text_of(below)),
        ("y_axis", plot.upright, sideways_text(aside)),
    ):
        axis = _axis(
            scale if not (name == "x_axis" and reading.has_names_along_x) else None,
            text,
            is_sure=plot.is_sure,
        )
        if axis:
            body[name] = axis
    if reading.legend:
        body["legend"] = list(reading.legend)
    body["categories"] = list(reading.categories)
    body["series"] = list(reading.series)
    return body


def _axis(scale: Scale | None, title: str, *, is_sure: bool) -> dict[str, Any]:
    axis: dict[str, Any] = {"title": title} if title else {}
    if scale and is_sure:
        axis |= {"min": scale.low, "max": scale.high}
        if scale.is_log:
            axis["is_log"] = True
    return axis


def labels_of(scale: Scale | None) -> set[Label]:
    return {tick.label for tick in scale.ticks} if scale else set()
