"""Bars and columns: areas that stand on one line, side by side or on one another."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from octavo.pipeline.figures.charts.marks import SAME_TINT, Fill, Tint
from octavo.pipeline.figures.charts.scales import Scale
from octavo.pipeline.figures.view import Box, Label


@dataclass(frozen=True, slots=True)
class Bar:
    tint: Tint
    box: Box
    low: float
    """Pixels across the value axis: where its width begins and ends."""
    high: float
    start: float
    """Pixels along the value axis: nearer the base line, and farther from it."""
    end: float
    is_stacked: bool = False

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Bars:
    bars: tuple[Bar, ...]
    is_level: bool
    """Whether values grow along x."""
    base: float
    grouping: str


def find_bars(fills: Iterable[Fill], plot: Box, scale: Scale | None, *, is_level: bool) -> Bars | None:
    """None where the areas do not stand on one line.

    Args:
        fills: All areas of the chart.
        plot: Where values stand.
        scale: Along the values; None where there is none, then the base is where most areas end.
        is_level: Whether to look for bars (values along x) or columns.
    """
    areas = _alike([fill for fill in fills if _may_be_bar(fill, plot, is_level=is_level)], is_level=is_level)
    spans = [_spans(fill.box, is_level=is_level) for fill in areas]
    if not areas:
        return None
    base = _base(spans, scale, plot, is_level=is_level)
    if base is None:
        return None
    bars = _standing(areas, spans, base, plot, is_level=is_level)
    if sum(bar.box.area for bar in bars) < max(0.7 * sum(fill.box.area for fill in areas), 0.01 * plot.area):
        return None
    grouping = "stacked" if any(bar.is_stacked for bar in bars) else "clustered"
    return Bars(tuple(bars), is_level, base, grouping)


def _alike(areas: list[Fill], *, is_level: bool) -> list[Fill]:
    """Without strips: borders of bars, tick marks. Bars that others hide in part still show a third."""
    if not areas:
        return []
    widths = [fill.box.height if is_level else fill.box.width for fill in areas]
    weights = [fill.area for fill in areas]
    order = np.argsort(widths)
    half = np.searchsorted(np.cumsum(np.array(weights)[order]), sum(weights) / 2)
    usual = widths[int(order[min(len(order) - 1, int(half))])]
    return [fill for fill, width in zip(areas, widths, strict=True) if width >= 0.3 * usual]


def _may_be_bar(fill: Fill, plot: Box, *, is_level: bool) -> bool:
    box = fill.box
    if not plot.grown(3).holds(box.cx, box.cy) or box.area > 0.7 * plot.area:
        return False
    if min(box.width, box.height) < 3:
        return False
    across, along = (box.height, plot.height) if is_level else (box.width, plot.width)
    if across > 0.6 * along and box.area > 0.3 * plot.area:
        return False
    needed = {"left", "right"} if is_level else {"top", "bottom"}
    # What another bar hides in part still has one whole end and one whole side.
    sides = {"top", "bottom"} if is_level else {"left", "right"}
    is_hidden = (
        bool(fill.flat_sides & needed) and bool(fill.flat_sides & sides) and fill.area >= 0.45 * box.area
    )
    return fill.is_solid or is_hidden


def _spans(box: Box, *, is_level: bool) -> tuple[float, float, float, float]:
    """Across from, to; along from, to."""
    return (box.y0, box.y1, box.x0, box.x1) if is_level else (box.x0, box.x1, box.y0, box.y1)


def _base(
    spans: list[tuple[float, float, float, float]], scale: Scale | None, plot: Box, *, is_level: bool
) -> float | None:
    """Where the values begin: at zero, or where most areas end."""
    ends = np.array([edge for span in spans for edge in span[2:]])
    slack = max(3.0, 0.008 * (plot.width if is_level else plot.height))
    counts = [int((np.abs(ends - edge) <= slack).sum()) for edge in ends]
    if scale and scale.reaches_zero:
        zero = scale.place(0)
        if int((np.abs(ends - zero) <= slack).sum()) >= 0.5 * max(counts):
            return zero
    best = max(range(len(counts)), key=lambda index: (counts[index], ends[index] * (-1 if is_level else 1)))
    base = float(np.median(ends[np.abs(ends - ends[best]) <= slack]))
    if scale is None:
        return base
    near_axis = [plot.x0, scale.start] if is_level else [plot.y1, scale.end]
    if scale.reaches_zero:
        near_axis.append(scale.place(0))
    return base if min(abs(base - place) for place in near_axis) <= 3 * slack else None


def _standing(
    areas: list[Fill],
    spans: list[tuple[float, float, float, float]],
    base: float,
    plot: Box,
    *,
    is_level: bool,
) -> list[Bar]:
    slack = max(3.5, 0.01 * (plot.width if is_level else plot.height))
    bars: list[Bar] = []
    waiting: list[tuple[Fill, tuple[float, float, float, float]]] = []
    for fill, span in zip(areas, spans, strict=True):
        low, high, first, last = span
        if abs(first - base) <= slack or abs(last - base) <= slack:
            start, end = (first, last) if abs(first - base) <= abs(last - base) else (last, first)
            bars.append(Bar(fill.tint, fill.box, low, high, start, end))
        else:
            waiting.append((fill, span))
    return bars + _on_others(bars, waiting, base, slack)


def _on_others(
    bars: list[Bar],
    waiting: list[tuple[Fill, tuple[float, float, float, float]]],
    base: float,
    slack: float,
) -> list[Bar]:
    """Those that stand on one of `bars`, or on one that does."""
    found: list[Bar] = []
    ground = list(bars)
    for fill, (low, high, first, last) in sorted(waiting, key=lambda part: abs(sum(part[1][2:]) / 2 - base)):
        start, end = (first, last) if abs(first - base) < abs(last - base) else (last, first)
        under = next(
            (bar for bar in ground if abs(bar.end - start) <= slack and _same_width(bar, low, high)), None
        )
        if under is not None:
            bar = Bar(fill.tint, fill.box, low, high, start, end, is_stacked=True)
            found.append(bar)
            ground.append(bar)
    return found


def _same_width(bar: Bar, low: float, high: float) -> bool:
    return abs(bar.low - low) <= 4 and abs(bar.high - high) <= 4


def to_tints(bars: Iterable[Bar]) -> list[Tint]:
    """The different colours of the bars, in the order they stand."""
    tints: list[Tint] = []
    for bar in sorted(bars, key=lambda bar: (bar.is_stacked, bar.low)):
        if all(tint.distance(bar.tint) > SAME_TINT for tint in tints):
            tints.append(bar.tint)
    return tints


def pitch_of(bars: Iterable[Bar], tints: list[Tint]) -> float | None:
    """From one category to the next: the usual step between neighbours of one colour."""
    steps: list[float] = []
    for tint in tints:
        middles = sorted(bar.middle for bar in bars if bar.tint.distance(tint) <= SAME_TINT)
        steps += [after - before for before, after in pairwise(middles) if after - before > 3]
    return float(np.percentile(steps, 25)) if steps else None


def printed_value(
    bar: Bar, numbers: list[tuple[Label, float]], *, is_level: bool, text_height: float
) -> list[tuple[Label, float]]:
    """Numbers that stand at the end of the bar or in it, the nearest to its end first."""
    found = []
    for label, value in numbers:
        across, along = (label.box.cy, label.box.cx) if is_level else (label.box.cx, label.box.cy)
        half = (label.box.width if is_level else label.box.height) / 2
        if not bar.low - 0.3 * text_height <= across <= bar.high + 0.3 * text_height:
            continue
        inside = min(bar.start, bar.end) <= along <= max(bar.start, bar.end)
        off = abs(along - bar.end)
        if inside or off <= half + 0.9 * text_height:
            found.append((off, label, value))
    return [(label, value) for _, label, value in sorted(found, key=lambda entry: entry[0])]
