"""From tick labels to a scale: which numbers stand along a line, and how they grow with the position."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product
from math import log10

import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.figures.charts.marks import Rule
from octavo.pipeline.figures.charts.numbers import has_small_m, to_number
from octavo.pipeline.figures.view import Label

_OFF = 0.28
"""Text heights a tick label may stand off its place."""
_LEAST_TICKS = 3
_MOST_TICKS = 40


@dataclass(frozen=True, slots=True)
class Tick:
    label: Label
    at: float
    """Pixels along the axis."""
    value: float


@dataclass(frozen=True, slots=True)
class Scale:
    """`value = slope * at + offset`, of the logarithm where `is_log`."""

    slope: float
    offset: float
    ticks: tuple[Tick, ...]
    is_level: bool
    """Whether it runs along x."""
    is_log: bool = False
    is_multiplied: bool = False
    """Whether its values are not what its labels say: a factor stands at its end."""

    def value(self, at: float) -> float:
        linear = self.slope * at + self.offset
        return float(10**linear) if self.is_log else linear

    def place(self, value: float) -> float:
        """The pixel where `value` stands; the value must be above 0 where the scale is logarithmic."""
        return ((log10(value) if self.is_log else value) - self.offset) / self.slope

    def text(self, tick: Tick) -> str:
        """The tick as a category."""
        return f"{tick.value:.10g}" if self.is_multiplied else tick.label.text

    @property
    def low(self) -> float:
        return min(tick.value for tick in self.ticks)

    @property
    def high(self) -> float:
        return max(tick.value for tick in self.ticks)

    @property
    def reaches_zero(self) -> bool:
        """Whether 0 is among its values, or the next tick below or above them: readers miss single digits."""
        values = sorted(tick.value for tick in self.ticks)
        step = 1.01 * min(after - before for before, after in pairwise(values))
        return not self.is_log and self.low - step <= 0 <= self.high + step

    @property
    def start(self) -> float:
        return min(tick.at for tick in self.ticks)

    @property
    def end(self) -> float:
        return max(tick.at for tick in self.ticks)

    @property
    def middle(self) -> float:
        """Across the axis: where its labels stand."""
        boxes = [tick.label.box for tick in self.ticks]
        return float(np.median([box.cy if self.is_level else box.cx for box in boxes]))

    @property
    def step(self) -> float:
        """The smallest value one pixel tells apart, half way up."""
        middle = (self.start + self.end) / 2
        return abs(self.value(middle + 0.5) - self.value(middle - 0.5))

    def step_at(self, place: float) -> float:
        """The same at a place: a logarithmic scale tells small values more finely than large ones."""
        return abs(self.value(place + 0.5) - self.value(place - 0.5)) if self.is_log else self.step


def find_scales(labels: Iterable[Label], text_height: float, *, is_level: bool) -> list[Scale]:
    """Scales along x or along y, those with most ticks first."""
    labels = list(labels)
    numbers = [
        label
        for label in labels
        if any(char.isdigit() for char in label.text) and not _is_part_of_a_name(label, labels)
    ]
    groups = _aligned(numbers, text_height, is_level=is_level)
    scales = [scale for group in groups if (scale := _scale(group, text_height, is_level=is_level))]
    return sorted(_distinct(scales), key=lambda scale: -len(scale.ticks))


def _is_part_of_a_name(label: Label, labels: list[Label]) -> bool:
    """`Category 1`: a word with letters right beside it, on the same line."""
    return any(
        other.line == label.line
        and other is not label
        and sum(char.isalpha() for char in other.text) > 1
        and other.box.gap(label.box) < 0.7 * label.box.height
        for other in labels
    )


def snapped(scale: Scale, rules: Iterable[Rule], text_height: float) -> Scale:
    """The scale through its grid lines instead of its labels, where most labels have one.

    A label may have several lines near it, its own and that of the axis: those count that lie on one scale.
    """
    places = np.array(sorted({rule.at for rule in rules if rule.is_level != scale.is_level}))
    values = [log10(tick.value) if scale.is_log else tick.value for tick in scale.ticks]
    near = [
        (place, value)
        for tick, value in zip(scale.ticks, values, strict=True)
        for place in places[np.abs(places - tick.at) <= 0.45 * text_height]
    ]
    kept = _on_one_line(np.array(near), 0.04 * text_height) if near else []
    if len({value for _, value in kept}) < max(2, 0.6 * len(values)):
        return scale
    at, numbers = np.array(kept).T
    slope, offset = np.polyfit(at, numbers, 1)
    drift = max(abs(slope * place + offset - value) for place, value in kept)
    if slope * scale.slope <= 0 or drift > abs(slope) * 0.2 * text_height:
        return scale
    return replace(scale, slope=float(slope), offset=float(offset))


def _on_one_line(near: NDArray[np.float64], reach: float) -> list[tuple[float, float]]:
    """The largest set of places whose values grow evenly; all of them where no three do."""
    best: NDArray[np.bool_] = np.ones(len(near), np.bool_)
    most = 2
    for one, other in combinations(range(len(near)), 2):
        (at, value), (on, end) = near[one], near[other]
        if value == end or at == on:
            continue
        slope = (end - value) / (on - at)
        inside = np.abs((near[:, 1] - value) / slope + at - near[:, 0]) <= reach
        if int(inside.sum()) > most:
            best, most = np.asarray(inside, np.bool_), int(inside.sum())
    return [(float(place), float(value)) for place, value in near[best]]


def _middle_x(label: Label) -> float:
    return label.box.cx


def _middle_y(label: Label) -> float:
    return label.box.cy


def _left(label: Label) -> float:
    return label.box.x0


def _right(label: Label) -> float:
    return label.box.x1


def _aligned(labels: list[Label], text_height: float, *, is_level: bool) -> list[list[Label]]:
    """Groups that share an edge or their middle across the axis."""
    groups: list[list[Label]] = []
    for edge in (_middle_y,) if is_level else (_right, _left, _middle_x):
        group: list[Label] = []
        for label in sorted(labels, key=edge):
            if group and edge(label) - edge(group[-1]) > 0.5 * text_height:
                groups.append(group)
                group = []
            group.append(label)
        groups.append(group)
    return [group for group in groups if _LEAST_TICKS <= len(group) <= _MOST_TICKS]


def _scale(group: list[Label], text_height: float, *, is_level: bool) -> Scale | None:
    best: Scale | None = None
    milli = (False, True) if any(has_small_m(label.text) for label in group) else (False,)
    for comma, is_milli in product((None, True, False), milli):
        ticks = [
            Tick(label, label.box.cx if is_level else label.box.cy, value)
            for label in group
            if (value := to_number(label.text, comma_is_decimal=comma, m_is_milli=is_milli)) is not None
        ]
        for is_log in (False, True):
            scale = _fit(ticks, text_height, is_level=is_level, is_log=is_log)
            if scale and (best is None or len(scale.ticks) > len(best.ticks)):
                best = scale
    return best


def _fit(ticks: list[Tick], text_height: float, *, is_level: bool, is_log: bool) -> Scale | None:
    """The straight line through most ticks; each pair of them is tried."""
    if is_log:
        ticks = [tick for tick in ticks if tick.value > 0]
    if len(ticks) < _LEAST_TICKS:
        return None
    at = np.array([tick.at for tick in ticks])
    values = np.array([log10(tick.value) if is_log else tick.value for tick in ticks])
    reach = _OFF * text_height
    best: list[int] = []
    for one, other in combinations(range(len(ticks)), 2):
        if abs(at[one] - at[other]) < text_height or values[one] == values[other]:
            continue
        slope = (values[other] - values[one]) / (at[other] - at[one])
        off = np.abs((values - values[one]) / slope + at[one] - at)
        inside = [int(index) for index in np.flatnonzero(off <= reach)]
        if len(inside) > len(best):
            best = inside
    if len(best) < _LEAST_TICKS or len({round(values[index], 9) for index in best}) < len(best):
        return None
    slope, offset = np.polyfit(at[best], values[best], 1)
    return Scale(float(slope), float(offset), tuple(ticks[index] for index in best), is_level, is_log)


def _distinct(scales: list[Scale]) -> list[Scale]:
    """Without those that are part of a longer one."""
    kept: list[Scale] = []
    for scale in sorted(scales, key=lambda scale: -len(scale.ticks)):
        labels = {tick.label for tick in scale.ticks}
        if not any(labels & {tick.label for tick in other.ticks} for other in kept):
            kept.append(scale)
    return kept
