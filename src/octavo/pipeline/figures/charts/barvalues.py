"""Bars as series of values: by colour the series, by place the category, by length the value."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from octavo.pipeline.figures.charts.bars import Bar, Bars, pitch_of, printed_value, to_tints
from octavo.pipeline.figures.charts.leaning import hung_at, leaning_names
from octavo.pipeline.figures.charts.legends import Entry
from octavo.pipeline.figures.charts.marks import Tint
from octavo.pipeline.figures.charts.names import at_places, beside_axis, first_row, text_of, wrapped
from octavo.pipeline.figures.charts.numbers import to_number
from octavo.pipeline.figures.charts.plot import Plot
from octavo.pipeline.figures.charts.scales import Scale
from octavo.pipeline.figures.charts.scene import Reading, Scene, rounded
from octavo.pipeline.figures.view import Box, Label

_AGREES = 0.04
"""Of the scale: how far a printed value may be from the measured one and still belong to the bar."""


@dataclass(frozen=True, slots=True)
class _Slots:
    """The places of the categories along their axis, from the origin outward."""

    start: float
    step: float
    count: int

    def of(self, at: float) -> int:
        return min(self.count - 1, max(0, int((at - self.start) // self.step)))

    @property
    def middles(self) -> list[float]:
        return [self.start + (index + 0.5) * self.step for index in range(self.count)]


def read_bars(scene: Scene, plot: Plot, bars: Bars) -> Reading | None:
    scale = plot.level if bars.is_level else plot.upright
    tints = to_tints(bars.bars)
    ticks = {tick.label for tick in scale.ticks} if scale else set()
    if _is_one_series(scene, bars, tints):
        tints = tints[:1]
        own = {0: list(bars.bars)}
    else:
        own = {
            index: [bar for bar in bars.bars if _nearest(tints, bar.tint) == index]
            for index in range(len(tints))
        }
    slots = _slots(bars, own)
    entries = scene.entries(tints, plot.box, ticks) if len(own) == len(tints) else {}
    names = _names(scene, plot, bars, slots, ticks)
    used = (
        ticks
        | {label for entry in entries.values() for label in entry.labels}
        | {word for name in names for word in name}
    )
    values, printed = _values(scene, bars, own, scale, used)
    if scale is None and not printed:
        return None
    order = _order(scene, entries, tints, bars)
    series = tuple(_series(own[index], values, slots, entries.get(index)) for index in order)
    indices = range(slots.count - 1, -1, -1) if bars.is_level else range(slots.count)
    kept = [
        index
        for index in indices
        if names[index] or any(entry["values"][index] is not None for entry in series)
    ]
    return Reading(
        chart_type="bar" if bars.is_level else "column",
        categories=tuple(text_of(names[index]) for index in kept) if any(names) else (),
        series=tuple({**entry, "values": [entry["values"][index] for index in kept]} for entry in series),
        legend=tuple(entries[index].text for index in order if index in entries),
        labels=(*used, *printed),
        grouping=_grouping(bars, series, scale) if len(series) > 1 else None,
        has_names_along_x=not bars.is_level,
        places=tuple(slots.middles[index] for index in kept),
    )


def _nearest(tints: list[Tint], tint: Tint) -> int:
    return min(range(len(tints)), key=lambda index: tints[index].distance(tint))


def _is_one_series(scene: Scene, bars: Bars, tints: list[Tint]) -> bool:
    """Each bar has its own colour, and they stand evenly: the colours only tell the categories apart."""
    if len(tints) < 3 or len(tints) != len(bars.bars) or bars.grouping != "clustered":
        return False
    middles = np.array(sorted(bar.middle for bar in bars.bars))
    steps = np.diff(middles)
    widths = [bar.high - bar.low for bar in bars.bars]
    named = scene.entries(tints, scene.bounds, set())
    return bool(steps.max() - steps.min() <= 4 and steps.min() > 1.08 * max(widths)) and len(named) < len(
        tints
    )


def _slots(bars: Bars, own: dict[int, list[Bar]]) -> _Slots:
    """Cut where the fewest bars are, at the step in which one colour comes again."""
    low, high = min(bar.low for bar in bars.bars), max(bar.high for bar in bars.bars)
    steps = [step for group in own.values() if (step := _step(group))]
    if not steps:
        return _Slots(low - 1, high - low + 2, 1)
    step = _refined(float(np.median(steps)), own)
    covered = np.zeros(200, np.bool_)
    for bar in bars.bars:
        reach = np.arange(bar.low, bar.high, step / 400) % step
        covered[np.minimum(199, (reach / step * 200).astype(int))] = True
    cut = _widest_gap(covered) / 200 * step
    start = (
        cut + np.floor((low - cut) / step) * step if cut <= low else cut - np.ceil((cut - low) / step) * step
    )
    count = max(1, round((high - start) / step + 0.49))
    return _Slots(float(start), step, count)


def _step(group: list[Bar]) -> float | None:
    """The smallest usual distance between bars of one colour that do not stand on one another."""
    return pitch_of(group, [bar.tint for bar in group[:1]]) or (
        float(min(np.diff(sorted({round(bar.middle) for bar in group}))))
        if len({round(bar.middle) for bar in group}) > 1
        else None
    )


def _refined(step: float, own: dict[int, list[Bar]]) -> float:
    """The step that fits all bars of the longest series."""
    group = max(own.values(), key=len)
    middles = np.array(sorted(bar.middle for bar in group))
    order = np.round((middles - middles[0]) / step)
    if len(set(order.tolist())) < 2:
        return step
    return float(np.polyfit(order, middles, 1)[0])


def _widest_gap(covered: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    """The middle of the longest uncovered run of a ring; its start where all is covered."""
    if covered.all():
        return 0.0
    doubled = np.concatenate((covered, covered))
    best_start, best_length, start = 0, 0, -1
    for index, is_covered in enumerate(doubled):
        if is_covered:
            start = index
        elif index - start > best_length:
            best_start, best_length = start + 1, index - start
    return (best_start + best_length / 2) % len(covered)


def _names(scene: Scene, plot: Plot, bars: Bars, slots: _Slots, ticks: set[Label]) -> list[list[Label]]:
    is_level = not bars.is_level
    free = [label for label in scene.view.labels if label not in ticks]
    middles = slots.middles
    leaning = _leaning(free, plot, bars, scene.view.text_height) if is_level else []
    if leaning:
        return hung_at(leaning, middles)
    if is_level:
        frame = plot.box._replace(y1=max(bar.box.y1 for bar in bars.bars))
    else:
        frame = plot.box._replace(x0=min(bar.box.x0 for bar in bars.bars))
    reach = 0.6 * slots.step
    beside = [
        label
        for label in beside_axis(free, frame, is_level=is_level)
        if middles[0] - reach <= (label.box.cx if is_level else label.box.cy) <= middles[-1] + reach
    ]
    row = first_row(beside, is_level=is_level, text_height=scene.view.text_height)
    more = wrapped(beside, row, scene.view.text_height, plot.box) if is_level else []
    return at_places(row + more, middles, is_level=is_level)


def _leaning(free: list[Label], plot: Plot, bars: Bars, text_height: float) -> list[list[Label]]:
    floor = max(plot.box.y1, *(bar.box.y1 for bar in bars.bars))
    return leaning_names(beside_axis(free, plot.box._replace(y1=floor), is_level=True), floor, text_height)


def _values(
    scene: Scene, bars: Bars, own: dict[int, list[Bar]], scale: Scale | None, used: set[Label]
) -> tuple[dict[int, float], list[Label]]:
    """The value of each bar by its identity, and the words that were printed for them."""
    numbers = [
        (label, value)
        for label in scene.view.labels
        if label not in used and (value := to_number(label.text)) is not None
    ]
    values: dict[int, float] = {}
    printed: list[Label] = []
    for bar in (bar for group in own.values() for bar in group):
        measured = (
            _measured(bar, bars, scale) if scale and not _ends_under(scene.covered, bar, bars) else None
        )
        near = printed_value(bar, numbers, is_level=bars.is_level, text_height=scene.view.text_height)
        if measured is not None and scale is not None:
            span = abs(scale.high - scale.low)
            near = [(label, value) for label, value in near if abs(value - measured) <= _AGREES * span]
            near.sort(key=lambda entry: abs(entry[1] - measured))
            values[id(bar)] = rounded(measured, scale.step_at(bar.end), scene.grain)
        near = [(label, value) for label, value in near if label not in printed]
        if near:
            printed.append(near[0][0])
            values[id(bar)] = near[0][1]
    if scale is None and not _in_proportion(own, values):
        return {}, []
    return values, printed


def _ends_under(covered: Box | None, bar: Bar, bars: Bars) -> bool:
    """Whether the legend may hide how far the bar goes."""
    if covered is None:
        return False
    middle = bar.middle
    return covered.holds(bar.end, middle) if bars.is_level else covered.holds(middle, bar.end)


def _measured(bar: Bar, bars: Bars, scale: Scale) -> float:
    if bar.is_stacked:
        return scale.value(bar.end) - scale.value(bar.start)
    return scale.value(bar.end) - (0.0 if bars.grouping == "clustered" else _floor(bars, scale))


def _floor(bars: Bars, scale: Scale) -> float:
    """The value at the base of stacks: 0, unless the axis begins elsewhere."""
    value = scale.value(bars.base)
    return 0.0 if abs(value) <= 2 * scale.step else value


def _in_proportion(own: dict[int, list[Bar]], values: dict[int, float]) -> bool:
    """Whether printed numbers grow as the bars do: without a scale they are all there is."""
    pairs = [(abs(bar.end - bar.start), values.get(id(bar))) for group in own.values() for bar in group]
    known = [(length, value) for length, value in pairs if value and length > 3]
    if len(known) < max(2, 0.8 * len(pairs)):
        return False
    ratios = np.array([abs(value) / length for length, value in known])
    return bool((np.abs(ratios / np.median(ratios) - 1) <= 0.08).mean() >= 0.8)


def _order(scene: Scene, entries: dict[int, Entry], tints: list[Tint], bars: Bars) -> list[int]:
    """As in the legend where all have a name there, else as they stand."""
    indices = list(range(len(tints)))
    if len(entries) < len(tints):
        return indices[::-1] if bars.is_level and bars.grouping == "clustered" else indices
    places = {index: scene.view.labels.index(entries[index].labels[0]) for index in indices}
    return sorted(indices, key=lambda index: places[index])


def _series(group: list[Bar], values: dict[int, float], slots: _Slots, entry: Entry | None) -> dict[str, Any]:
    row: list[float | None] = [None] * slots.count
    for bar in group:
        row[slots.of(bar.middle)] = values.get(id(bar))
    return {**({"name": entry.text} if entry else {}), "values": row}


def _grouping(bars: Bars, series: tuple[dict[str, Any], ...], scale: Scale | None) -> str:
    if bars.grouping != "stacked" or scale is None:
        return bars.grouping
    totals = [
        sum(value or 0.0 for value in column)
        for column in zip(*(entry["values"] for entry in series), strict=True)
    ]
    totals = [total for total in totals if total]
    whole = scale.high if scale.high in {1.0, 100.0} else None
    if whole and len(totals) > 1 and all(abs(total - whole) <= 0.02 * whole for total in totals):
        return "percent_stacked"
    return "stacked"
