"""Lines of a drawn chart: their corners are the values."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.figures.charts.cartesian import labels_of
from octavo.pipeline.figures.charts.leaning import box_of, hung_at, leaning_names
from octavo.pipeline.figures.charts.legends import Entry
from octavo.pipeline.figures.charts.marks import Tint
from octavo.pipeline.figures.charts.names import (
    beside_axis,
    even_places,
    first_row,
    split_row,
    text_of,
    wrapped,
)
from octavo.pipeline.figures.charts.plot import Plot
from octavo.pipeline.figures.charts.scales import Scale, find_scales
from octavo.pipeline.figures.charts.scene import Reading, Scene, rounded
from octavo.pipeline.figures.charts.vector.marks import Drawing, Points, Thread
from octavo.pipeline.figures.view import Box, Label

_LEAST_WIDTH = 0.12
"""Of the plot's width: shorter lines are arrows and marks."""
_COLOURFUL = 18.0
_SAME_PLACE = 0.6
"""Pixels between the places of one category in two lines."""
_MOST_PLACES = 400
_SMOOTH = 12.0
"""Degrees: corners of a curve drawn in pieces turn less, those between values more."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """All lines of one colour."""

    tint: Tint
    pieces: tuple[Points, ...]

    def at(self, x: float, reach: float) -> float | None:
        """The height of the corner at `x`, or of the line there; None where it does not pass."""
        corners = np.concatenate(self.pieces)
        nearest = corners[int(np.abs(corners[:, 0] - x).argmin())]
        if abs(nearest[0] - x) <= reach:
            return float(nearest[1])
        for piece in self.pieces:
            if piece[0, 0] <= x <= piece[-1, 0] and (np.diff(piece[:, 0]) >= 0).all():
                return float(np.interp(x, piece[:, 0], piece[:, 1]))
        return None

    def value(self, y: float | None, scale: Scale, scene: Scene) -> float | None:
        return None if y is None else rounded(scale.value(float(y)), scale.step_at(float(y)), scene.grain)


def find_curves(drawing: Drawing, plot: Box) -> list[Drawn]:
    """Lines that slant, and coloured level ones, grouped by colour; the first painted first."""
    groups: dict[Tint, list[Thread]] = {}
    for thread in drawing.threads:
        if _may_be_curve(thread, plot):
            groups.setdefault(thread.tint, []).append(thread)
    return [
        Drawn(tint, _pieces(own))
        for tint, threads in groups.items()
        if _is_series(threads, plot)
        for own in _parted(threads)
    ]


def _parted(threads: list[Thread]) -> list[list[Thread]]:
    """Lines of one colour that run over one another are several series: dashes tell them apart, which no path says."""
    parts: list[list[Thread]] = []
    for thread in threads:
        free = next((part for part in parts if not any(_overlaps(thread, other) for other in part)), None)
        if free is None:
            parts.append([thread])
        else:
            free.append(thread)
    return parts


def _overlaps(one: Thread, other: Thread) -> bool:
    shared = min(one.box.x1, other.box.x1) - max(one.box.x0, other.box.x0)
    return shared > 0.1 * min(one.box.width, other.box.width)


def names_of(scene: Scene, plot: Plot, curves: list[Drawn]) -> dict[int, Entry]:
    """The legend entry of each line, by its index; none for lines that share a colour."""
    tints = [curve.tint for curve in curves]
    found = scene.entries(tints, plot.box, labels_of(plot.level) | labels_of(plot.upright))
    return {index: entry for index, entry in found.items() if tints.count(tints[index]) == 1}


def _may_be_curve(thread: Thread, plot: Box) -> bool:
    box = thread.box
    if thread.is_closed or not plot.grown(4).holds(box.cx, box.cy) or box.width < _LEAST_WIDTH * plot.width:
        return False
    if min(box.width, box.height) > 1.0:
        return not _is_staircase(thread.points)
    return box.height <= 1.0 and thread.tint.chroma > _COLOURFUL


def _is_staircase(points: Points) -> bool:
    """Frames and brackets: all pieces run along the page."""
    steps = np.abs(np.diff(points, axis=0))
    return bool((steps.min(axis=1) <= 0.3).all())


def _is_series(threads: list[Thread], plot: Box) -> bool:
    """Many straight slanted lines of one colour are hatching, or a grid drawn in perspective."""
    straight = [thread for thread in threads if len(thread.points) == 2]
    if len(straight) >= 3 and len(straight) > 0.5 * len(threads):
        return False
    low = min(thread.box.x0 for thread in threads)
    return max(thread.box.x1 for thread in threads) - low >= 2 * _LEAST_WIDTH * plot.width


def _pieces(threads: list[Thread]) -> tuple[Points, ...]:
    """Each from left to right."""
    return tuple(t.points if t.points[0, 0] <= t.points[-1, 0] else t.points[::-1] for t in threads)


def read_tracks(scene: Scene, plot: Plot, curves: list[Drawn]) -> Reading | None:
    """Lines through points of two scales: they turn back, or their corners are not evenly apart. Else None."""
    level, upright = plot.level, plot.upright
    if level is None or upright is None:
        return None
    pieces = [piece for curve in curves for piece in curve.pieces]
    if any(len(curve.pieces) > 1 for curve in curves) or not any(map(_is_track, pieces)):
        return None
    ticks = labels_of(level) | labels_of(upright)
    entries = names_of(scene, plot, curves)
    order = _order(scene, entries, len(curves))
    series = tuple(
        {
            **({"name": entries[index].text} if index in entries else {}),
            "values": [curves[index].value(y, upright, scene) for _, y in curves[index].pieces[0]],
            "x": [
                rounded(level.value(float(x)), level.step_at(float(x)), scene.grain)
                for x, _ in curves[index].pieces[0]
            ],
        }
        for index in order
    )
    used = ticks | {label for entry in entries.values() for label in entry.labels}
    legend = tuple(entries[index].text for index in order if index in entries)
    return Reading("scatter", (), series, legend, tuple(used))


def _is_track(piece: Points) -> bool:
    if _is_smooth(piece) or len(piece) < 3:
        return False
    steps = np.diff(piece[:, 0])
    return bool((steps < -0.5).any() or (steps.max() - steps.min() > 0.1 * abs(steps.mean()) + 1.0))


def read_curves(scene: Scene, plot: Plot, curves: list[Drawn]) -> Reading | None:
    """None without a scale along y or fewer than two places along x."""
    scale = plot.upright
    if scale is None:
        return None
    ticks = labels_of(plot.level) | labels_of(scale)
    entries = names_of(scene, plot, curves)
    order = _order(scene, entries, len(curves))
    used = ticks | {label for entry in entries.values() for label in entry.labels}
    words, texts, places = _places(scene, plot, curves, used)
    if len(places) < 2:
        return None
    reach = 0.12 * float(np.min(np.diff(places)))
    series: list[dict[str, Any]] = []
    for index in order:
        values = [curves[index].value(curves[index].at(x, reach), scale, scene) for x in places]
        name = {"name": entries[index].text} if index in entries else {}
        series.append({**name, "values": values})
    if all(value is None for entry in series for value in entry["values"]):
        return None
    legend = tuple(entries[index].text for index in order if index in entries)
    return Reading("line", tuple(texts), tuple(series), legend, (*used, *words), has_names_along_x=True)


def _order(scene: Scene, entries: dict[int, Entry], count: int) -> list[int]:
    """As in the legend; lines that it does not name last."""
    named = sorted(entries, key=lambda index: scene.view.labels.index(entries[index].labels[0]))
    return named + [index for index in range(count) if index not in entries]


def _places(
    scene: Scene, plot: Plot, curves: list[Drawn], used: set[Label]
) -> tuple[list[Label], list[str], list[float]]:
    """The words along x, the name of each place, and the places from left to right."""
    corners = shared_corners(curves)
    if plot.level is not None:
        return numbered(plot.level, corners)
    names = names_below(scene, plot.box, used)
    words = [word for name in names for word in name]
    texts = [text_of(name) for name in names]
    if len(corners) == len(names):
        return words, texts, list(corners)
    middles = [box_of(name).cx for name in names]
    if len(corners) > len(names) or not len(corners):
        hung = hung_at(names, list(corners)) if _is_even(corners) else []
        if sum(bool(name) for name in hung) == len(names) > 1:
            return words, [text_of(name) for name in hung], list(corners)
        return words, texts, even_places(middles)
    return words, texts, onto(even_places(middles), corners)


def names_below(scene: Scene, plot: Box, used: set[Label]) -> list[list[Label]]:
    """The names along x, from left to right."""
    scales = find_scales(scene.view.labels, scene.view.text_height, is_level=False)
    aside = {tick.label for scale in scales for tick in scale.ticks if not plot.x0 < scale.middle < plot.x1}
    free = [label for label in scene.view.labels if label not in used | aside]
    below = beside_axis(free, plot, is_level=True)
    leaning = leaning_names(below, plot.y1, scene.view.text_height)
    if leaning:
        return leaning
    row = first_row(below, is_level=True, text_height=scene.view.text_height)
    names = split_row(row, scene.view.text_height)
    for word in wrapped(below, row, scene.view.text_height, plot):
        min(names, key=lambda name: abs(box_of(name).cx - word.box.cx)).append(word)
    return names


def shared_corners(curves: list[Drawn]) -> NDArray[np.float64]:
    """Where along x the lines turn, if that is at the same places for all; else nothing."""
    if any(_is_smooth(piece) for curve in curves for piece in curve.pieces):
        return np.empty(0)
    xs = np.sort(np.concatenate([piece[:, 0] for curve in curves for piece in curve.pieces]))
    apart = np.flatnonzero(np.diff(xs) > _SAME_PLACE) + 1
    places = np.array([part.mean() for part in np.split(xs, apart)])
    return places if 2 <= len(places) <= _MOST_PLACES else np.empty(0)


def _is_smooth(piece: Points) -> bool:
    """A curve flattened to many short pieces: its corners are nobody's values."""
    if len(piece) < 12:
        return False
    steps = np.diff(piece, axis=0)
    turns = np.abs(np.diff(np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))))
    return float(np.degrees(np.median(turns))) < _SMOOTH


def _is_even(places: NDArray[np.float64]) -> bool:
    steps = np.diff(places)
    return bool(len(steps) > 1 and steps.max() - steps.min() <= 0.03 * steps.mean() + 0.5)


def onto(middles: list[float], corners: NDArray[np.float64]) -> list[float]:
    """Names' middles are a bit off their places; corners are not."""
    step = float(np.min(np.diff(middles))) if len(middles) > 1 else 0.0
    moved = []
    for middle in middles:
        nearest = float(corners[int(np.abs(corners - middle).argmin())]) if len(corners) else middle
        moved.append(nearest if abs(nearest - middle) <= 0.25 * step else middle)
    return moved


def numbered(level: Scale, corners: NDArray[np.float64]) -> tuple[list[Label], list[str], list[float]]:
    """Ticks, or all corners where each stands at a whole step of the scale, as years between labels do."""
    ticks = sorted(level.ticks, key=lambda tick: tick.at)
    words = [tick.label for tick in ticks]
    if len(corners) and not level.is_log:
        values = np.array([level.value(float(at)) for at in corners])
        whole = np.round(values)
        slack = max(0.02, 0.6 * level.step)
        if len(set(whole.tolist())) == len(whole) and np.abs(values - whole).max() <= slack < 0.25:
            return words, [f"{value:.0f}" for value in whole], list(corners)
    return words, [level.text(tick) for tick in ticks], [level.place(tick.value) for tick in ticks]
