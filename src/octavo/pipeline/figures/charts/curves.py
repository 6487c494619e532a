"""Lines and points of a chart: which colours draw them, and their values."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.figures.charts.marks import SAME_TINT, Curve, Dot, Rule, Tint
from octavo.pipeline.figures.charts.pixels import Lab, Mask, colour_mask, find_dots, near, trace_curve
from octavo.pipeline.figures.view import Box

_CROSSES = 0.5
"""Share of its columns that a line shows in; a dashed one shows in 0.6, points in a third or less."""
_LONGEST_GAP, _SHORT_GAP, _HIDDEN = 25.0, 8.0, 12.0
"""Pixels of a line that may be hidden: between two parts, where only one of them is straight, beyond its end."""
_PART = 12
"""Columns of a line that tell where it goes on."""
_BITTEN = 5
"""Columns right beside a gap, where a round marker covers a part of the line's height."""
_MEET = 3.0
"""Pixels, that the two sides of a gap may be apart where they meet."""
_SHOWN = 1.5
"""Pixels beside a place, that a line must show to be measured there."""
_TURN = 4
"""Pixels beside a place that its turning point may be."""


def free_ink(lab: Lab, plot: Box, paper: Tint, hidden: Iterable[Box]) -> Mask:
    """What is drawn in the plot outside the boxes given: words, samples of the legend."""
    ink = ~near(lab, paper, 12.0)
    inside = np.zeros(ink.shape, np.bool_)
    inside[max(0, int(plot.y0) + 2) : int(plot.y1) - 1, max(0, int(plot.x0) + 2) : int(plot.x1) - 1] = True
    ink &= inside
    for box in (box.grown(1) for box in hidden):
        ink[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(box.x0)) : int(box.x1) + 1] = False
    return ink


def without_rules(ink: Mask, rules: Iterable[Rule]) -> Mask:
    plain = ink.copy()
    for rule in rules:
        band = slice(max(0, int(rule.at) - 2), int(rule.at) + 3)
        along = slice(max(0, int(rule.start)), int(rule.end) + 1)
        plain[(band, along) if rule.is_level else (along, band)] = False
    return plain


def distinct(tints: list[Tint]) -> list[Tint]:
    kept: list[Tint] = []
    for tint in tints:
        if all(tint.distance(other) > SAME_TINT for other in kept):
            kept.append(tint)
    return kept


def find_tints(lab: Lab, ink: Mask, plot: Box, paper: Tint) -> list[Tint]:
    """The colours that draw something about as long as the plot is wide, the strongest first."""
    colours = lab[ink]
    tints: list[Tint] = []
    while len(colours) > 0.2 * plot.width and len(tints) < 12:
        coarse = np.round(colours / 6).astype(np.int32)
        bins, inverse, counts = np.unique(coarse, axis=0, return_inverse=True, return_counts=True)
        best = colours[inverse.reshape(-1) == int(counts.argmax())].mean(axis=0)
        tint = Tint(float(best[0]), float(best[1]), float(best[2]))
        if counts.max() < 0.08 * plot.width:
            break
        if not any(is_blend(tint, other, paper) for other in tints):
            tints.append(tint)
        colours = colours[np.square(colours - best).sum(axis=1) > SAME_TINT**2]
        del bins
    return [tint for tint in tints if tint.distance(paper) > 2 * SAME_TINT]


def is_blend(tint: Tint, strong: Tint, paper: Tint) -> bool:
    """Whether it lies between the other colour and the paper: a smoothed edge."""
    line = np.array(strong) - np.array(paper)
    share = float(np.dot(np.array(tint) - np.array(paper), line) / max(1e-6, float(np.dot(line, line))))
    off = np.array(tint) - np.array(paper) - share * line
    return 0 <= share <= 1.1 and float(np.sqrt((off**2).sum())) < 12


def to_curve(lab: Lab, ink: Mask, tint: Tint, others: list[Tint], plot: Box) -> Curve | list[Dot] | None:
    """A line where the colour runs across, points where it comes in pieces."""
    mask = colour_mask(lab, tint, others) & ink
    curve = trace_curve(mask, plot, tint)
    if curve is None:
        return None
    span = float(curve.xs[-1] - curve.xs[0])
    dots = find_dots(mask, plot, tint)
    in_dots = sum(dot.area for dot in dots) / max(1.0, float(mask.sum()))
    if len(dots) >= 3 and in_dots > 0.8:
        return dots
    runs_on = len(curve.xs) >= _CROSSES * span and span >= 0.25 * plot.width
    return curve if runs_on and not _is_frame(curve, plot) else dots or None


def _is_frame(curve: Curve, plot: Box) -> bool:
    """The line around the plot, or of its grid: level over the whole width; of a grey one a word may hide a part."""
    low, high = np.percentile(curve.ys, (5, 95))
    least = 0.75 if curve.tint.chroma < 18 else 0.9
    if high - low > 3 or curve.xs[-1] - curve.xs[0] < least * plot.width:
        return False
    return curve.tint.chroma < 18 or min(abs(low - plot.y0), abs(low - plot.y1)) <= 8


def height_at(curve: Curve, x: float) -> float | None:
    """The y of the line at `x`; its turning point where there is one within a few pixels."""
    index = int(np.abs(curve.xs - x).argmin())
    if abs(curve.xs[index] - x) > _SHOWN:
        return _between(curve, x)
    close = np.abs(curve.xs - x) <= _TURN
    ys = curve.ys[close]
    for extreme in (int(ys.argmin()), int(ys.argmax())):
        rise = abs(ys[extreme] - ys[0]), abs(ys[extreme] - ys[-1])
        if 0 < extreme < len(ys) - 1 and min(rise) > 0.5:
            return float(ys[extreme])
    return float(curve.ys[index])


def _between(curve: Curve, x: float) -> float | None:
    """Over a gap of a dashed or hidden line, at most 25 pixels, or right beyond its end.

    A marker of another colour may hide a corner: both sides, drawn on to `x`, must meet there.
    """
    before, after = curve.xs[curve.xs < x], curve.xs[curve.xs > x]
    if not before.size or not after.size:
        return _beyond(curve, x)
    if after[0] - before[-1] > _LONGEST_GAP:
        return None
    left, right = _drawn_on(curve, x, before), _drawn_on(curve, x, after)
    if left is None or right is None:
        is_short = after[0] - before[-1] <= _SHORT_GAP
        return float(np.interp(x, curve.xs, curve.ys)) if is_short else None
    return (left + right) / 2 if abs(left - right) <= _MEET else None


def _beyond(curve: Curve, x: float) -> float | None:
    """Where the line would be right beyond its end, which a marker may hide."""
    away = np.abs(curve.xs - x)
    if away.min() > _HIDDEN:
        return None
    height = _drawn_on(curve, x, curve.xs)
    return height if height is not None else float(curve.ys[int(away.argmin())])


def _drawn_on(curve: Curve, x: float, own: NDArray[np.float64]) -> float | None:
    """The height at `x` of a straight line through the part of `own` nearest to it; None where that bends."""
    near_end = own[np.abs(own - x).argsort()[_BITTEN : _BITTEN + _PART]]
    ys = curve.ys[np.isin(curve.xs, near_end)]
    xs = np.sort(near_end)
    if len(xs) < _PART or not np.isfinite(ys).all():
        return None
    slope, offset = np.polyfit(xs, ys, 1)
    if np.abs(slope * xs + offset - ys).max() > _MEET:
        return None
    return float(slope * x + offset)


def apart(dots: list[Dot]) -> list[Dot]:
    """Without those that have run into one another: their middles are nobody's."""
    if len(dots) < 3:
        return dots
    usual = float(np.median([dot.area for dot in dots]))
    return [dot for dot in dots if 0.5 * usual <= dot.area <= 1.5 * usual]
