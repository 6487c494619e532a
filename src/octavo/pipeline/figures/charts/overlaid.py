"""Columns in a picture with lines drawn over them."""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.figures.charts.bars import Bars, find_bars, to_tints
from octavo.pipeline.figures.charts.barvalues import read_bars
from octavo.pipeline.figures.charts.curves import find_tints, free_ink, is_blend, to_curve, without_rules
from octavo.pipeline.figures.charts.legends import Entry
from octavo.pipeline.figures.charts.linevalues import heights_at, series_of
from octavo.pipeline.figures.charts.marks import SAME_TINT, Curve, Tint
from octavo.pipeline.figures.charts.pixels import Lab, colour_mask, find_fills
from octavo.pipeline.figures.charts.plot import Plot
from octavo.pipeline.figures.charts.scene import PixelScene, Reading, is_name
from octavo.pipeline.figures.view import Label

_COLOURFUL = 18.0
_REACHES = 0.6
"""Of the way from the first column to the last: a shorter line is no series."""
_BLUR = 5
"""Pixels across, that a line's edges blend with what is under it."""


def read_overlaid(scene: PixelScene, plot: Plot, bars: Bars) -> Reading | None:
    """Columns alone where no line runs over them; a `combo` where one does."""
    lines = [] if bars.is_level or plot.upright is None else _lines_over(scene, plot, bars)
    if not lines:
        return read_bars(scene, plot, bars)
    plain = _without(scene, [tint for tint, _ in lines])
    whole = find_bars(plain.fills, plot.box, plot.upright, is_level=False) or bars
    reading = read_bars(plain, plot, whole)
    return _combined(reading, scene, plot, lines) if reading is not None else None


def _combined(
    reading: Reading, scene: PixelScene, plot: Plot, lines: list[tuple[Tint, Curve]]
) -> Reading | None:
    scale = plot.upright
    if scale is None:
        return None
    entries = _entries(scene, plot, [tint for tint, _ in lines])
    order = sorted(range(len(lines)), key=lambda at: _rank(scene, entries.get(at)))
    drawn = [
        {**series_of(entries.get(at), heights_at(lines[at][1], reading.places), scale), "type": "line"}
        for at in order
    ]
    names = {label for entry in entries.values() for label in entry.labels}
    legend = (*reading.legend, *(entries[at].text for at in order if at in entries))
    return replace(
        reading,
        chart_type="combo",
        series=(*({**entry, "type": reading.chart_type} for entry in reading.series), *drawn),
        legend=tuple(dict.fromkeys(legend)),
        labels=(*reading.labels, *names),
    )


def _rank(scene: PixelScene, entry: Entry | None) -> int:
    return scene.view.labels.index(entry.labels[0]) if entry else len(scene.view.labels)


def _lines_over(scene: PixelScene, plot: Plot, bars: Bars) -> list[tuple[Tint, Curve]]:
    """What the legend names besides the columns, and what else is colourful, where it runs over most of them."""
    solid = to_tints(bars.bars)
    named = [entry.tint for entry in scene.legend if is_name(entry, plot.box)]
    hidden = [label.box for label in scene.view.labels if len(label.text) > 1]
    hidden += [entry.sample for entry in scene.legend if is_name(entry, plot.box)]
    ink = free_ink(scene.lab, plot.box, scene.paper, hidden)
    plain = without_rules(ink, scene.rules)
    for bar in bars.bars:
        box = bar.box.grown(2)
        plain[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(box.x0)) : int(box.x1) + 1] = False
    others = [
        tint
        for tint in find_tints(scene.lab, plain, plot.box, scene.paper)
        if tint.chroma > _COLOURFUL and not any(is_blend(tint, one, scene.paper) for one in solid)
    ]
    tints: list[Tint] = []
    for tint in (*named, *others):
        if all(tint.distance(other) > SAME_TINT for other in (*solid, *tints)):
            tints.append(tint)
    low, high = min(bar.middle for bar in bars.bars), max(bar.middle for bar in bars.bars)
    found = []
    for tint in tints:
        curve = to_curve(scene.lab, ink, tint, [*solid, *tints], plot.box)
        if isinstance(curve, Curve) and float(np.ptp(curve.xs)) >= _REACHES * (high - low) > 0:
            found.append((tint, curve))
    return found


def _entries(scene: PixelScene, plot: Plot, tints: list[Tint]) -> dict[int, Entry]:
    ticks: set[Label] = set()
    for scale in (plot.level, plot.upright):
        ticks |= {tick.label for tick in scale.ticks} if scale else set()
    return scene.entries(tints, plot.box, ticks)


def _without(scene: PixelScene, tints: list[Tint]) -> PixelScene:
    """The picture with lines of these colours painted over, so that columns are whole."""
    mask = np.zeros(scene.lab.shape[:2], np.uint8)
    for tint in tints:
        mask |= colour_mask(scene.lab, tint, [scene.paper]).astype(np.uint8)
    mask = np.asarray(cv2.dilate(mask, np.ones((_BLUR, _BLUR), np.uint8)), np.uint8)
    lab = _filled(scene.lab, mask, scene.paper)
    return replace(scene, lab=lab, fills=find_fills(lab, scene.view.labels, scene.paper))


def _filled(lab: Lab, mask: NDArray[np.uint8], paper: Tint) -> Lab:
    """Each run of the mask down a column as what is above and below it, where that is the same; else as paper.

    So no column grows beyond its sides or its top: at most it gets a notch.
    """
    filled = lab.copy()
    for x in np.flatnonzero(mask.any(axis=0)).tolist():
        edges = np.diff(np.concatenate(([0], mask[:, x].astype(np.int8), [0])))
        for top, end in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True):
            above, below = lab[max(0, int(top) - 1), x], lab[min(len(lab) - 1, int(end)), x]
            is_one = float(np.square(above - below).sum()) <= SAME_TINT**2
            filled[top:end, x] = below if is_one else np.array(paper, np.float32)
    return filled
