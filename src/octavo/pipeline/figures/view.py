"""A part of a page at one scale: its pixels, words and paths, all positions in its pixels."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from octavo.domain.document import Line, Origin, ReadPage
from octavo.domain.drawing import Path
from octavo.domain.geometry import BBox
from octavo.pipeline.ink import crop
from octavo.pipeline.sight import Sight

WANTED_SIDE = 1300
"""Pixels of a figure's longer side: a hair line is one pixel wide or more, and reading stays under a second."""
_LEAST_DPI, _MOST_DPI = 100.0, 400.0
_ENLARGED_DPI = 200.0
"""Above this a picture in a scan or an image file is only blown up."""

_TELLING = 5
"""Letters: the box of a shorter word does not tell how it runs, where its type size is not known."""
_STANDS_OUT = 1.25
"""Type sizes: a box that is higher, and has letters enough, does not run level; accents and tails stay within."""
_UNITS = frozenset("%\u2030\u20ac$\u00a3\u00a5\u00b0")
"""Signs that are words of their own in titles."""
_TORN = 4.0
"""Times the usual type size: no word, but marks that were read as one."""

Pixels = NDArray[np.uint8]


class Box(NamedTuple):
    """Pixels of a view, y downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def cx(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def cy(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    def union(self, other: "Box") -> "Box":
        return Box(
            min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1)
        )

    def grown(self, by: float) -> "Box":
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def shared(self, other: "Box") -> float:
        """The area in both."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        return max(0.0, width) * max(0.0, height)

    def gap(self, other: "Box") -> float:
        """The larger of the distances across and down; 0 where they touch or overlap."""
        across = max(self.x0, other.x0) - min(self.x1, other.x1)
        down = max(self.y0, other.y0) - min(self.y1, other.y1)
        return max(0.0, across, down)


class Label(NamedTuple):
    """A word as it stands in the view."""

    text: str
    box: Box
    line: int
    """Words with the same number were read as one line."""
    size: float | None = None
    """Its type size in pixels, where it was read from ink."""

    @property
    def is_upright(self) -> bool:
        """Whether it reads from left to right: words of one sign count as upright."""
        return len(self.text) < 3 or self.box.height <= 1.3 * self.box.width

    @property
    def is_slanted(self) -> bool:
        """Whether its box is far higher and wider than letters that stand upright or run straight up would have it."""
        count = len(self.text)
        if self.size:
            return count > 2 and min(self.box.width, self.box.height) > _STANDS_OUT * self.size
        if count < _TELLING:
            return False
        usual = 4.0 / count
        return self.box.height > usual * self.box.width and self.box.width > usual * self.box.height


class Stroke(NamedTuple):
    """A path as it stands in the view."""

    points: NDArray[np.float64]
    path: Path

    @property
    def box(self) -> Box:
        low, high = self.points.min(axis=0), self.points.max(axis=0)
        return Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))


@dataclass(frozen=True)
class View:
    """Asked for pixels only where they are needed: drawing a page costs more than the rest."""

    frame: BBox
    """Of the page, in fractions."""
    width: float
    height: float
    scale: float
    """Pixels per point."""
    labels: tuple[Label, ...]
    strokes: tuple[Stroke, ...]
    look: Callable[[], Pixels]

    @classmethod
    def of(cls, frame: BBox, lines: tuple[Line, ...], page: ReadPage, sight: Sight) -> Self:
        dpi = _dpi(frame, page, is_drawn=page.engine is None)
        scale = dpi / 72
        across, down = page.width_pt * scale, page.height_pt * scale
        width, height = frame.width * across, frame.height * down

        def to_pixels(box: BBox) -> Box:
            return Box(
                (box.x0 - frame.x0) * across,
                (box.y0 - frame.y0) * down,
                (box.x1 - frame.x0) * across,
                (box.y1 - frame.y0) * down,
            )

        labels = tuple(
            Label(word.text, to_pixels(word.bbox), number, _size(line) * scale or None)
            for number, line in enumerate(_whole(lines))
            for word in line.words
            # Points and patches are read as bullets.
            if any(char.isalnum() or char in _UNITS for char in word.text)
        )
        corner, size = np.array([frame.x0, frame.y0]), np.array([across, down])
        strokes = tuple(
            Stroke((np.asarray(path.points, np.float64) - corner) * size, path)
            for path in sight.paths()
            if _is_inside(path.bbox, frame)
        )

        def look() -> Pixels:
            part = crop(sight.image(dpi), frame).pixels
            return _resized(part, round(width), round(height))

        return cls(frame, width, height, scale, labels, strokes, look)

    @cached_property
    def pixels(self) -> Pixels:
        """Height x width x 3, RGB."""
        return self.look()

    @cached_property
    def text_height(self) -> float:
        """The usual height of its words; a fortieth of the view where there are none."""
        straight = [label for label in self.labels if not label.is_slanted] or self.labels
        heights = [label.box.height if label.is_upright else label.box.width for label in straight]
        return float(np.median(heights)) if heights else max(self.width, self.height) / 40

    def to_page(self, box: Box) -> BBox:
        across, down = self.frame.width / self.width, self.frame.height / self.height
        return BBox.clamped(
            self.frame.x0 + box.x0 * across,
            self.frame.y0 + box.y0 * down,
            self.frame.x0 + box.x1 * across,
            self.frame.y0 + box.y1 * down,
        )


def _size(line: Line) -> float:
    """0.0 for text layers: their boxes are as high as the font says, which may be nearly twice its size."""
    is_read = bool(line.words) and line.words[0].origin is Origin.OCR
    return (line.font_size or 0.0) if is_read else 0.0


def _whole(lines: tuple[Line, ...]) -> list[Line]:
    """Without bars and the like that were read as a word of letters as large."""
    sizes = [line.font_size for line in lines if line.font_size]
    most = _TORN * float(np.median(sizes)) if sizes else np.inf
    return [
        line for line in lines if (line.font_size or 0.0) <= most or line.words[0].origin is not Origin.OCR
    ]


def _is_inside(box: BBox, frame: BBox) -> bool:
    x, y = box.center
    return frame.x0 <= x <= frame.x1 and frame.y0 <= y <= frame.y1


def _dpi(frame: BBox, page: ReadPage, *, is_drawn: bool) -> float:
    longest_pt = max(frame.width * page.width_pt, frame.height * page.height_pt, 1.0)
    most = _MOST_DPI if is_drawn else _ENLARGED_DPI
    return min(most, max(_LEAST_DPI, WANTED_SIDE * 72 / longest_pt))


def _resized(part: Pixels, width: int, height: int) -> Pixels:
    """A reader may give fewer pixels than asked for; positions stay true."""
    import cv2

    size = (max(1, width), max(1, height))
    if abs(part.shape[1] - size[0]) <= 1 and abs(part.shape[0] - size[1]) <= 1:
        return part
    return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
