"""All that is seen of one chart, before it is read."""

import re
from dataclasses import dataclass
from math import floor, log10
from typing import Any

from octavo.pipeline.figures.charts.legends import Entry
from octavo.pipeline.figures.charts.marks import SAME_TINT, Fill, Rule, Tint
from octavo.pipeline.figures.charts.numbers import to_number
from octavo.pipeline.figures.charts.pixels import Lab
from octavo.pipeline.figures.view import Box, Label, View

YEAR = re.compile(r"^(19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Scene:
    view: View
    fills: tuple[Fill, ...]
    rules: tuple[Rule, ...]
    legend: tuple[Entry, ...]
    """Colours with words to their right; some are no entries after all."""
    grain: float
    """How surely a place is known, in pixels of the view: one for a picture, a part of one for a path."""

    @property
    def bounds(self) -> Box:
        return Box(0.0, 0.0, self.view.width, self.view.height)

    @property
    def covered(self) -> Box | None:
        """Where nothing of the marks can be seen; paths are seen whole."""
        return None

    def entries(self, tints: list[Tint], plot: Box, used: set[Label]) -> dict[int, Entry]:
        """The legend entry of each colour, by its index."""
        found: dict[int, Entry] = {}
        for entry in self.legend:
            if any(label in used for label in entry.labels) or not is_name(entry, plot):
                continue
            near = min(range(len(tints)), key=lambda index: tints[index].distance(entry.tint), default=None)
            if near is not None and tints[near].distance(entry.tint) <= SAME_TINT:
                found.setdefault(near, entry)
        return found


@dataclass(frozen=True, slots=True)
class PixelScene(Scene):
    """What is seen on a picture of the chart, with the picture."""

    lab: Lab
    paper: Tint

    @property
    def covered(self) -> Box | None:
        """Where the legend lies: two entries or more in a row or a column, and the frame around them."""
        entries = [
            entry
            for entry in self.legend
            if any(char.isalpha() for char in entry.text) or YEAR.match(entry.text)
        ]
        listed = [
            entry
            for entry in entries
            if any(_in_line(entry, other) for other in entries if other is not entry)
        ]
        if not listed:
            return None
        box = listed[0].sample
        for entry in listed:
            for part in (entry.sample, *(label.box for label in entry.labels)):
                box = box.union(part)
        return box.grown(0.8 * self.view.text_height)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of the marks of a chart with axes."""

    chart_type: str
    categories: tuple[str, ...]
    series: tuple[dict[str, Any], ...]
    legend: tuple[str, ...]
    labels: tuple[Label, ...]
    """The words that were used: names of series and categories, printed values."""
    grouping: str | None = None
    has_names_along_x: bool = False
    places: tuple[float, ...] = ()
    """Of the categories along their axis, pixels, where bars tell them."""


def _in_line(one: Entry, other: Entry) -> bool:
    return abs(one.sample.x0 - other.sample.x0) <= 3 or abs(one.sample.cy - other.sample.cy) <= 3


def is_name(entry: Entry, plot: Box) -> bool:
    """Not a number printed at the end of a short bar; years name series."""
    if to_number(entry.text) is None or YEAR.match(entry.text):
        return bool(entry.text)
    return not plot.holds(entry.labels[0].box.cx, entry.labels[0].box.cy)


def rounded(value: float, step: float, grain: float = 1.0) -> float:
    """To what the drawing can tell: `step` is the value of one pixel, of which `grain` is known.

    Of a path that is the shortest number as near to the place as the place is sure.
    """
    if step <= 0:
        return value
    if grain >= 1.0:
        return round(value, max(0, -floor(log10(step)))) + 0.0
    slack = step * grain
    last = -floor(log10(slack))
    first = -floor(log10(max(abs(value), slack)))
    digits = (digit for digit in range(first, last) if abs(round(value, digit) - value) <= slack)
    return round(value, next(digits, last)) + 0.0
