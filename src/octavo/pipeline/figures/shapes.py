"""Where on a page something is drawn that is no text: on its paths, or on its ink."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.domain.document import ReadPage
from octavo.domain.drawing import Path
from octavo.domain.geometry import BBox
from octavo.pipeline.ink import to_gray
from octavo.pipeline.sight import Sight
from octavo.ports.engines import PageImage

Mask = NDArray[np.uint8]

_DPI = 72.0
"""One cell of a mask is one point."""
_MOST_PATHS = 20_000
_PAPER_SIDE = 41
"""Points around a pixel in which some paper shows."""
_LEAST_CONTRAST = 36
_LARGEST_BACKING = 0.15
"""Of the page: a larger picture is one, whatever is drawn on it."""
_TICK_PT = (2.0, 9.0)
_LEAST_TICKS = 6
"""Length and number of the marks of an axis."""
_RIM = 0.012
"""Of the page: scanners draw their edges there."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One piece of drawing."""

    bbox: BBox
    ink: float
    """Share of its box that is covered, straight thin lines left out."""
    boxes: int = 0
    """Closed shapes that are no marks: bars, boxes for words."""
    strokes: int = 0
    """Lines that bend or slant, arrow heads, marks: what tables, frames and rules do not have."""


def drawn_shapes(
    page: ReadPage, sight: Sight, taken: tuple[BBox, ...], backing: tuple[BBox, ...] = ()
) -> list[Shape]:
    """Clusters of paths, from the largest on.

    `backing`: pictures that shapes may be painted or shaded with, which join what touches them.
    """
    paths = sight.paths()[:_MOST_PATHS]
    if not paths:
        return []
    size = (max(1.0, page.width_pt), max(1.0, page.height_pt))
    drawn = [_Drawn.of(path, size) for path in paths if path.stroke is not None or path.fill is not None]
    drawn = [one for one in drawn if one.shows and not _holds(taken, one.place)]
    boxes = np.array([one.place for one in drawn if one.is_box] or np.empty((0, 2)))
    strokes = np.array([one.place for one in drawn if one.is_stroke] or np.empty((0, 2)))
    if not len(boxes) + len(strokes) and not _has_ticks(drawn):
        return []
    return [
        replace(shape, boxes=_count_in(shape.bbox, boxes), strokes=_count_in(shape.bbox, strokes))
        for shape in _painted(drawn, size, backing)
    ]


def backing_of(pictures: tuple[BBox, ...], sight: Sight) -> tuple[BBox, ...]:
    """Pictures that paths run through or around from end to end: shadows and shadings of what is drawn."""
    small = [box for box in pictures if box.area <= _LARGEST_BACKING]
    if not small:
        return ()
    drawn = [path.bbox for path in sight.paths()[:_MOST_PATHS] if _is_seen(path)]
    return tuple(box for box in small if any(_runs_through(path, box) for path in drawn))


def _is_seen(path: Path) -> bool:
    return path.stroke is not None or min(path.fill or (255, 255, 255)) < 250


def _runs_through(path: BBox, picture: BBox) -> bool:
    x, y = path.center
    if not (picture.x0 <= x <= picture.x1 and picture.y0 <= y <= picture.y1):
        return False
    wide, high = path.width / max(1e-6, picture.width), path.height / max(1e-6, picture.height)
    return max(wide, high) >= 0.6 and max(wide, high) <= 1.5


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A path in points of the page."""

    path: Path
    size: tuple[float, float]
    """Of the page."""
    middle: tuple[float, float]
    extent: tuple[float, float]
    """Width and height."""

    @classmethod
    def of(cls, path: Path, size: tuple[float, float]) -> Self:
        xs, ys = zip(*path.points, strict=True)
        left, top = min(xs) * size[0], min(ys) * size[1]
        wide, high = max(xs) * size[0] - left, max(ys) * size[1] - top
        return cls(path, size, (left + wide / 2, top + high / 2), (wide, high))

    @property
    def points(self) -> list[tuple[float, float]]:
        return [(x * self.size[0], y * self.size[1]) for x, y in self.path.points]

    @property
    def place(self) -> tuple[float, float]:
        """Its middle as fractions of the page."""
        return self.middle[0] / self.size[0], self.middle[1] / self.size[1]

    @property
    def shows(self) -> bool:
        """Not white on white, and no background of the page."""
        if self.path.is_closed and self.extent[0] * self.extent[1] > 0.6 * (self.size[0] * self.size[1]):
            return False
        return self.path.stroke is not None or min(self.path.fill or (0, 0, 0)) < 250

    @property
    def is_box(self) -> bool:
        return self.path.is_closed and min(self.extent) >= 5 and max(self.extent) >= 14

    @property
    def is_stroke(self) -> bool:
        """Bent or slanted; of small closed ones all: marks and arrow heads."""
        if min(self.extent) <= 2.5:
            return False
        if not self.path.is_closed or max(self.extent) < 14:
            return True
        steps = pairwise([*self.points, self.points[0]])
        return any(min(abs(x1 - x0), abs(y1 - y0)) > 1.0 for (x0, y0), (x1, y1) in steps)


def _has_ticks(drawn: list[_Drawn]) -> bool:
    """Whether the lines are those of an axis: many short ones of one length."""
    short = [round(max(one.extent) * 2) for one in drawn if _TICK_PT[0] <= max(one.extent) <= _TICK_PT[1]]
    return len(short) >= _LEAST_TICKS and max(map(short.count, set(short))) >= _LEAST_TICKS


def _painted(drawn: list[_Drawn], size: tuple[float, float], backing: tuple[BBox, ...]) -> list[Shape]:
    shape = (round(size[1]), round(size[0]))
    mask, heavy = np.zeros(shape, np.uint8), np.zeros(shape, np.uint8)
    for box in backing:
        y0, y1, x0, x1 = box.y0 * shape[0], box.y1 * shape[0], box.x0 * shape[1], box.x1 * shape[1]
        mask[round(y0) : round(y1), round(x0) : round(x1)] = 1
    for one in drawn:
        points = [np.round(one.points).astype(np.int32)]
        cv2.polylines(mask, points, one.path.is_closed, 1)
        if one.path.fill is not None and one.path.is_closed:
            cv2.fillPoly(mask, points, 1)
            cv2.fillPoly(heavy, points, 1)
    return _clusters(mask, heavy, gap=9)


def _count_in(box: BBox, middles: NDArray[np.float64]) -> int:
    x, y = middles[:, 0], middles[:, 1]
    return int(((x >= box.x0) & (x <= box.x1) & (y >= box.y0) & (y <= box.y1)).sum())


def _holds(boxes: Iterable[BBox], point: tuple[float, float]) -> bool:
    x, y = point
    return any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in boxes)


def inked_shapes(page: ReadPage, sight: Sight, taken: tuple[BBox, ...]) -> list[Shape]:
    """Clusters of ink that was not read as words, from the largest on."""
    image = sight.image(_DPI)
    size = (max(1, round(page.height_pt)), max(1, round(page.width_pt)))
    # The darkest of each pixel's neighbours: a hair line keeps its contrast in a small picture.
    side = max(1, round(image.width / size[1]))
    pixels = cv2.erode(image.pixels, np.ones((side, side), np.uint8))
    pixels = cv2.resize(pixels, (size[1], size[0]), interpolation=cv2.INTER_NEAREST)
    ink = _ink(np.asarray(pixels, np.uint8))
    for line in page.lines:
        for word in line.words:
            if any(char.isalnum() for char in word.text):
                _blank(ink, word.bbox, 2)
    for box in taken:
        _blank(ink, box, 3)
    rim = max(2, round(_RIM * max(size)))
    ink[:rim] = ink[-rim:] = 0
    ink[:, :rim] = ink[:, -rim:] = 0
    heavy = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    return _clusters(ink, np.asarray(heavy, np.uint8), gap=13)


def _ink(pixels: NDArray[np.uint8]) -> Mask:
    gray = to_gray(PageImage(pixels, _DPI))
    paper = cv2.morphologyEx(gray, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    paper = cv2.blur(
        cv2.dilate(paper, np.ones((_PAPER_SIDE, _PAPER_SIDE), np.uint8)), (_PAPER_SIDE, _PAPER_SIDE)
    )
    red, green, blue = cv2.split(pixels)
    brightest, darkest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    colour = cv2.subtract(brightest, darkest)
    dark = cv2.subtract(paper, gray) > _LEAST_CONTRAST
    return np.asarray(dark | (colour > 60), np.uint8)


def _blank(mask: Mask, box: BBox, by: int) -> None:
    height, width = mask.shape
    mask[
        max(0, int(box.y0 * height) - by) : int(box.y1 * height) + by + 1,
        max(0, int(box.x0 * width) - by) : int(box.x1 * width) + by + 1,
    ] = 0


def _clusters(mask: Mask, heavy: Mask, *, gap: int) -> list[Shape]:
    joined = cv2.dilate(mask, np.ones((gap, gap), np.uint8))
    height, width = mask.shape
    shapes: list[Shape] = []
    for x, y, across, down in _pieces(np.asarray(joined, np.uint8)):
        inner = mask[y : y + down, x : x + across]
        rows, columns = np.flatnonzero(inner.any(axis=1)), np.flatnonzero(inner.any(axis=0))
        if not rows.size:
            continue
        x0, x1, y0, y1 = (
            x + int(columns[0]),
            x + int(columns[-1]) + 1,
            y + int(rows[0]),
            y + int(rows[-1]) + 1,
        )
        box = BBox.clamped(x0 / width, y0 / height, x1 / width, y1 / height)
        share = float(heavy[y0:y1, x0:x1].mean())
        shapes.append(Shape(box, share))
    return sorted(shapes, key=lambda shape: -shape.bbox.area)


def _pieces(mask: Mask) -> list[tuple[int, int, int, int]]:
    """Box (x, y, width, height) of each connected piece, from the top down.

    By their outlines: labelling every pixel of a page takes fifteen times as long.
    """
    outlines, nesting = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    outer = (
        [outline for outline, (*_, parent) in zip(outlines, nesting[0], strict=True) if parent < 0]
        if outlines
        else []
    )
    boxes = [cv2.boundingRect(outline) for outline in outer]
    return sorted(
        ((x, y, across, down) for x, y, across, down in boxes), key=lambda box: (box[1] // 2, box[0])
    )
