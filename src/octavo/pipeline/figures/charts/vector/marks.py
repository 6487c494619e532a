"""The paths of a chart by what they may be: areas, straight lines, curves."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.domain.drawing import Colour
from octavo.pipeline.figures.charts.marks import Fill, Rule, Tint
from octavo.pipeline.figures.view import Box, Stroke, View

Points = NDArray[np.float64]

ALL_SIDES = frozenset(("left", "right", "top", "bottom"))
_THIN_PT = 1.3
"""A painted area no thicker than this is a line."""
_BACKGROUND = 0.5
"""Of the view: a larger rectangle is what the chart stands on."""
_WHITE = 97.0


@dataclass(frozen=True, slots=True)
class Area:
    """A closed path that is painted."""

    tint: Tint
    points: Points
    box: Box
    is_box: bool
    """Whether it is an upright rectangle."""

    def to_fill(self) -> Fill:
        return Fill(self.box, self.tint, self.box.area, ALL_SIDES)


@dataclass(frozen=True, slots=True)
class Thread:
    """A path of which only the line is drawn."""

    tint: Tint
    points: Points
    box: Box
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """In the order they are painted."""

    areas: tuple[Area, ...]
    threads: tuple[Thread, ...]
    """Straight ones among them."""
    rules: tuple[Rule, ...]
    """Level and upright lines, tick marks too."""

    @property
    def boxes(self) -> list[Area]:
        return [area for area in self.areas if area.is_box]


@cache
def to_tint(colour: Colour) -> Tint:
    pixel = np.array([[colour]], np.float32) / 255.0
    light, a, b = cv2.cvtColor(pixel, cv2.COLOR_RGB2LAB)[0, 0]
    return Tint(float(light), float(a), float(b))


def to_drawing(view: View) -> Drawing:
    thin = _THIN_PT * view.scale
    areas: list[Area] = []
    threads: list[Thread] = []
    for stroke in view.strokes:
        area = _area(stroke, view)
        if area is not None and min(area.box.width, area.box.height) > thin:
            areas.append(area)
        elif (thread := _thread(stroke)) is not None:
            threads.append(thread)
    return Drawing(tuple(_once(areas)), tuple(_joined(threads)), tuple(_rules(threads, thin)))


def _area(stroke: Stroke, view: View) -> Area | None:
    """None where nothing but paper is painted, and for the ground under the chart."""
    path, box = stroke.path, stroke.box
    if path.fill is None or not path.is_closed or len(stroke.points) < 3:
        return None
    tint = to_tint(path.fill)
    if tint.light >= _WHITE and tint.chroma < 2:
        return None
    is_box = _is_box(stroke.points, box)
    if is_box and box.area > _BACKGROUND * view.width * view.height:
        return None
    return Area(tint, stroke.points, box, is_box)


def _thread(stroke: Stroke) -> Thread | None:
    """A thin area is a line as well."""
    path = stroke.path
    colour = path.stroke or path.fill
    if colour is None or (path.stroke is None and max(stroke.box.width, stroke.box.height) < 1):
        return None
    tint = to_tint(colour)
    if tint.light >= _WHITE and tint.chroma < 2:
        return None
    return Thread(tint, stroke.points, stroke.box, path.is_closed)


def _is_box(points: Points, box: Box) -> bool:
    """Every point at a corner, all four of them taken."""
    slack = max(0.5, 0.002 * max(box.width, box.height))
    left, right = np.abs(points[:, 0] - box.x0) <= slack, np.abs(points[:, 0] - box.x1) <= slack
    top, bottom = np.abs(points[:, 1] - box.y0) <= slack, np.abs(points[:, 1] - box.y1) <= slack
    if not ((left | right) & (top | bottom)).all():
        return _is_box_with_steps(left, right, top, bottom)
    return all(bool((x & y).any()) for x in (left, right) for y in (top, bottom))


def _is_box_with_steps(
    left: NDArray[np.bool_], right: NDArray[np.bool_], top: NDArray[np.bool_], bottom: NDArray[np.bool_]
) -> bool:
    """Some programs begin a rectangle in the middle of a side."""
    on_side = left | right | top | bottom
    corners = all(bool((x & y).any()) for x in (left, right) for y in (top, bottom))
    return bool(on_side.all()) and corners


def _once(areas: list[Area]) -> Iterator[Area]:
    """Of areas painted twice in one place, the last."""
    last: dict[tuple[int, ...], int] = {}
    for index, area in enumerate(areas):
        last[tuple(round(edge * 2) for edge in area.box)] = index
    kept = set(last.values())
    return (area for index, area in enumerate(areas) if index in kept or not area.is_box)


def _rules(threads: list[Thread], thin: float) -> Iterator[Rule]:
    for thread in threads:
        box = thread.box
        if box.height <= thin < box.width:
            yield Rule(True, box.cy, box.x0, box.x1)
        elif box.width <= thin < box.height:
            yield Rule(False, box.cx, box.y0, box.y1)


def _joined(threads: list[Thread]) -> Iterator[Thread]:
    """Pieces of one line, each of which begins where the one before ends."""
    current: Thread | None = None
    for thread in threads:
        if current is not None and _goes_on(current, thread):
            points = np.concatenate((current.points, thread.points[1:]))
            current = Thread(current.tint, points, current.box.union(thread.box), is_closed=False)
            continue
        if current is not None:
            yield current
        current = thread
    if current is not None:
        yield current


def _goes_on(one: Thread, other: Thread) -> bool:
    if one.is_closed or other.is_closed or one.tint != other.tint:
        return False
    gap = one.points[-1] - other.points[0]
    # The sides of a frame follow one another as well, but turn by a right angle.
    slants = any(min(part.box.width, part.box.height) > 1 for part in (one, other))
    return slants and float(np.hypot(*gap)) <= 0.3
