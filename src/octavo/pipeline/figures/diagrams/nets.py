"""The lines between shapes: connected ink, parted where lines cross, with the shapes each one touches."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.figures.diagrams.thin import branches_of
from octavo.pipeline.figures.view import Box

Mask = NDArray[np.uint8]
Points = NDArray[np.int64]

_HEAD = 1.75
"""An arrow head has this many times the ink of the bare line; an elbow has 1.4 times."""
_MOST_TOUCHED = 24


@dataclass(frozen=True, slots=True)
class Ground:
    """Where shapes are."""

    owners: NDArray[np.int32]
    """The number of the shape that a pixel touches or lies in, 0 for none."""
    away: NDArray[np.float32]
    """Pixels to the nearest shape."""
    boxes: tuple[Box, ...]
    """Of the shapes, the first has number 1."""

    def at(self, points: Points) -> NDArray[np.int32]:
        return np.asarray(self.owners[points[:, 1], points[:, 0]], np.int32)

    def contact(self, points: Points) -> NDArray[np.float64]:
        """The middle of those of the points that are nearest to a shape."""
        away = self.away[points[:, 1], points[:, 0]]
        return np.asarray(points[away <= away.min() + 2].mean(axis=0), np.float64)


@dataclass(frozen=True, slots=True)
class End:
    """Where a line meets a shape."""

    node: int
    x: float
    y: float
    has_head: bool


@dataclass(frozen=True, slots=True)
class Net:
    """One line, or several that join."""

    points: Points
    """Its pixels, x and y."""
    ends: tuple[End, ...]


def find_nets(lines: Mask, ground: Ground, gaps: list[Box], text_height: float) -> list[Net]:
    """Nets that touch at least two shapes.

    Args:
        lines: 1 where there is ink of lines, shapes and words taken out.
        ground: The shapes.
        gaps: Boxes of words: a line goes on behind them.
        text_height: In pixels.
    """
    count, marked, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    marks = np.asarray(marked, np.int32)
    # A speck is no line; a piece of a dashed one is three pixels long or more.
    pieces = [
        _pixels(marks, stats[number], number)
        for number in range(1, count)
        if int(stats[number, 4]) >= 5 and max(int(stats[number, 2]), int(stats[number, 3])) >= 3
    ]
    parts = [part for piece in pieces for part in _parted(piece, ground)]
    return [
        net
        for part in _rejoined(parts, ground, gaps, text_height)
        if len((net := _net(part, ground, text_height)).ends) >= 2
    ]


def _pixels(marked: NDArray[np.int32], stats: NDArray[np.int32], number: int) -> Points:
    x, y, width, height = (int(value) for value in stats[:4])
    rows, columns = np.nonzero(marked[y : y + height, x : x + width] == number)
    return np.stack((columns + x, rows + y), axis=1).astype(np.int64)


def touched(points: Points, ground: Ground) -> list[int]:
    numbers = np.unique(ground.at(points))
    return [int(number) for number in numbers if number]


def _parted(points: Points, ground: Ground) -> list[Points]:
    """Lines that cross are parted; lines that meet stay together."""
    shapes = touched(points, ground)
    if len(shapes) <= 2 or len(shapes) > _MOST_TOUCHED:
        return [points]
    parts = branches_of(points)
    ends = [touched(part, ground) for part in parts]
    if any(len(shapes) < 2 for shapes in ends) or any(_is_bar(part, ground) for part in parts):
        return [points]
    return parts


def _is_bar(part: Points, ground: Ground) -> bool:
    """Whether it ends on the same side of two shapes: the bar of a fork that a stem goes through, not a crossing."""
    sides = []
    for number in touched(part, ground):
        contact = ground.contact(part[ground.at(part) == number])
        sides.append(_side(contact, ground.boxes[number - 1]))
    return len(sides) == 2 and sides[0] == sides[1]


def _side(point: NDArray[np.float64], box: Box) -> int:
    """0 to 3: left, right, top, bottom."""
    x, y = point
    return int(np.argmin([abs(x - box.x0), abs(x - box.x1), abs(y - box.y0), abs(y - box.y1)]))


def _net(points: Points, ground: Ground, text_height: float) -> Net:
    reach = max(6.0, 0.75 * text_height)
    places = []
    for number in touched(points, ground):
        x, y = ground.contact(points[ground.at(points) == number])
        places.append((number, float(x), float(y)))
    amounts = [_amount(points, x, y, reach) for _, x, y in places]
    thickness = _thickness(points, places, reach) or min(amounts, default=1.0) / reach
    ends = (
        End(number, x, y, amount >= _HEAD * thickness * reach)
        for (number, x, y), amount in zip(places, amounts, strict=True)
    )
    return Net(points, tuple(ends))


def _amount(points: Points, x: float, y: float, reach: float) -> float:
    return float((np.square(points[:, 0] - x) + np.square(points[:, 1] - y) <= reach * reach).sum())


def _thickness(points: Points, ends: list[tuple[int, float, float]], reach: float) -> float | None:
    """Of the line away from its ends: ink in a small circle about places on it, by the circle's width."""
    far = np.ones(len(points), np.bool_)
    for _, x, y in ends:
        far &= np.square(points[:, 0] - x) + np.square(points[:, 1] - y) > (1.6 * reach) ** 2
    middle = points[far]
    if len(middle) < 10:
        return None
    places = middle[:: max(1, len(middle) // 20)]
    return float(np.median([_amount(points, float(x), float(y), 6.0) for x, y in places])) / 12.0


@dataclass(frozen=True, slots=True)
class _Loose:
    """An end of a piece that touches no shape there."""

    piece: int
    x: float
    y: float
    away: NDArray[np.float64]
    """Unit vector along the piece at its end, either way."""


def _rejoined(parts: list[Points], ground: Ground, gaps: list[Box], text_height: float) -> list[Points]:
    """Pieces of one line: dashes, and what a word on the line has cut."""
    loose = [end for index, part in enumerate(parts) for end in _loose_ends(part, index, ground)]
    groups = list(range(len(parts)))

    def root(index: int) -> int:
        while groups[index] != index:
            index = groups[index]
        return index

    boxes = [box.grown(0.3 * text_height) for box in gaps]
    for at, on in _near_pairs(loose, boxes, max(10.0, 0.8 * text_height), 12 * text_height):
        one, other = loose[at], loose[on]
        if _goes_on(one, other) and root(one.piece) != root(other.piece):
            groups[root(one.piece)] = root(other.piece)
    joined: dict[int, list[Points]] = {}
    for index, part in enumerate(parts):
        joined.setdefault(root(index), []).append(part)
    return [np.concatenate(group) for group in joined.values()]


def _near_pairs(
    loose: list[_Loose], boxes: list[Box], reach: float, furthest: float
) -> list[tuple[int, int]]:
    """Ends of different pieces that are near one another, or cut by one word; the nearest first.

    A halftone leaves thousands of ends, whose pairs are too many to be looked at one by one.
    """
    x, y = np.array([end.x for end in loose]), np.array([end.y for end in loose])
    piece = np.array([end.piece for end in loose])
    edges = np.array(boxes, np.float64).reshape(-1, 4)
    inside = (x[:, None] >= edges[:, 0]) & (x[:, None] <= edges[:, 2])
    inside &= (y[:, None] >= edges[:, 1]) & (y[:, None] <= edges[:, 3])
    found: list[tuple[float, int, int]] = []
    for at in range(1, len(loose)):
        away = np.hypot(x[at] - x[:at], y[at] - y[:at])
        is_cut = inside[:at, inside[at]].any(axis=1)
        wanted = (away <= furthest) & ((away <= reach) | is_cut) & (piece[:at] != piece[at])
        found += [(float(away[on]), at, int(on)) for on in np.flatnonzero(wanted)]
    return [(at, on) for _, at, on in sorted(found)]


def _loose_ends(points: Points, index: int, ground: Ground) -> list[_Loose]:
    """Both ends of a piece on its own; of one that touches a shape, the end away from it; else none."""
    numbers = ground.at(points)
    shapes = np.unique(numbers[numbers > 0])
    if len(shapes) > 1:
        return []
    if len(shapes) == 1:
        contact = ground.contact(points)
        off = points - contact
        along = off.mean(axis=0) / max(1e-6, float(np.hypot(*off.mean(axis=0))))
        end = points[int((off @ along).argmax())]
        return [_Loose(index, float(end[0]), float(end[1]), np.asarray(along, np.float64))]
    first = points[int(np.square(points - points[0]).sum(axis=1).argmax())]
    last = points[int(np.square(points - first).sum(axis=1).argmax())]
    return [_Loose(index, float(x), float(y), _direction(points, x, y)) for x, y in (first, last)]


def _goes_on(one: _Loose, other: _Loose) -> bool:
    """Whether both pieces point along the gap between them."""
    across = np.array([other.x - one.x, other.y - one.y])
    length = float(np.hypot(*across))
    return length < 4 or all(abs(float(np.dot(end.away, across))) >= 0.75 * length for end in (one, other))


def _direction(points: Points, x: float, y: float) -> NDArray[np.float64]:
    near = points[np.hypot(points[:, 0] - x, points[:, 1] - y) <= 14].astype(np.float64)
    if len(near) < 3:
        return np.array([1.0, 0.0])
    _, _, axes = np.linalg.svd(near - near.mean(axis=0), full_matrices=False)
    return np.asarray(axes[0], np.float64)
