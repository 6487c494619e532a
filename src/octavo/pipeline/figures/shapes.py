"""Where on a page something is drawn that is no text: on its paths, or on its ink."""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.domain.document import ReadPage
from octavo.domain.drawing import Path
from octavo.domain.geometry import BBox
from octavo.pipeline.ink import to_gray
from octavo.pipeline.sight import Sight

Mask = NDArray[np.uint8]

_DPI = 72.0
"""One cell of a mask is one point."""
_MOST_PATHS = 20_000
_PAPER_SIDE = 41
"""Points around a pixel in which some paper shows."""
_LEAST_CONTRAST = 28
_RIM = 0.012
"""Of the page: scanners draw their edges there."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One piece of drawing."""

    bbox: BBox
    ink: float
    """Share of its box that is covered, straight thin lines left out."""
    free: int
    """Strokes that run neither level nor upright, coloured areas; on ink, separate pieces."""


def drawn_shapes(page: ReadPage, sight: Sight, taken: tuple[BBox, ...]) -> list[Shape]:
    """Clusters of paths, from the largest on."""
    paths = [path for path in sight.paths()[:_MOST_PATHS] if _shows(path) and not _is_inside(path.bbox, taken)]
    size = (max(1, round(page.height_pt)), max(1, round(page.width_pt)))
    solid = [path for path in paths if not is_rule(path, page)]
    if len(solid) < 2:
        return []
    mask = np.zeros(size, np.uint8)
    heavy = np.zeros(size, np.uint8)
    places = np.zeros(size, np.int32)
    for path in paths:
        points = np.round(np.asarray(path.points) * (size[1], size[0])).astype(np.int32)
        cv2.polylines(mask, [points], path.is_closed, 1)
        if path.fill is not None and path.is_closed:
            cv2.fillPoly(mask, [points], 1)
            cv2.fillPoly(heavy, [points], 1)
    for path in solid:
        x, y = path.bbox.center
        places[min(size[0] - 1, int(y * size[0])), min(size[1] - 1, int(x * size[1]))] += 1
    return _clusters(mask, heavy, places, gap=9)


def _shows(path: Path) -> bool:
    box = path.bbox
    if box.width * box.height > 0.6 or (path.stroke is None and path.fill is None):
        return False
    return path.stroke is not None or min(path.fill or (0, 0, 0)) < 250


def is_rule(path: Path, page: ReadPage) -> bool:
    """Level or upright and thin, or nothing but a box around something large."""
    box = path.bbox
    width, height = box.width * page.width_pt, box.height * page.height_pt
    return min(width, height) <= 2.5


def _is_inside(box: BBox, taken: Iterable[BBox]) -> bool:
    x, y = box.center
    return any(other.x0 <= x <= other.x1 and other.y0 <= y <= other.y1 for other in taken)


def inked_shapes(page: ReadPage, sight: Sight, taken: tuple[BBox, ...]) -> list[Shape]:
    """Clusters of ink that was not read as words, from the largest on."""
    image = sight.image(_DPI)
    size = (max(1, round(page.height_pt)), max(1, round(page.width_pt)))
    pixels = cv2.resize(image.pixels, (size[1], size[0]), interpolation=cv2.INTER_AREA)
    ink = _ink(np.asarray(pixels, np.uint8), page)
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
    count, _, _, centers = cv2.connectedComponentsWithStats(ink, connectivity=8)
    places = np.zeros(size, np.int32)
    for x, y in centers[1:count]:
        places[int(y), int(x)] += 1
    return _clusters(ink, np.asarray(heavy, np.uint8), places, gap=9)


def _ink(pixels: NDArray[np.uint8], page: ReadPage) -> Mask:
    del page
    from octavo.ports.engines import PageImage

    gray = to_gray(PageImage(pixels, _DPI))
    paper = cv2.morphologyEx(gray, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    paper = cv2.blur(cv2.dilate(paper, np.ones((_PAPER_SIDE, _PAPER_SIDE), np.uint8)), (_PAPER_SIDE, _PAPER_SIDE))
    colour = pixels.max(axis=2).astype(np.int16) - pixels.min(axis=2)
    dark = cv2.subtract(paper, gray) > _LEAST_CONTRAST
    return np.asarray(dark | (colour > 60), np.uint8)


def _blank(mask: Mask, box: BBox, by: int) -> None:
    height, width = mask.shape
    mask[
        max(0, int(box.y0 * height) - by) : int(box.y1 * height) + by + 1,
        max(0, int(box.x0 * width) - by) : int(box.x1 * width) + by + 1,
    ] = 0


def _clusters(mask: Mask, heavy: Mask, places: NDArray[np.int32], *, gap: int) -> list[Shape]:
    joined = cv2.dilate(mask, np.ones((gap, gap), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    height, width = mask.shape
    shapes: list[Shape] = []
    for x, y, across, down, _ in stats[1:count].tolist():
        inner = mask[y : y + down, x : x + across]
        rows, columns = np.flatnonzero(inner.any(axis=1)), np.flatnonzero(inner.any(axis=0))
        if not rows.size:
            continue
        x0, x1, y0, y1 = x + int(columns[0]), x + int(columns[-1]) + 1, y + int(rows[0]), y + int(rows[-1]) + 1
        box = BBox.clamped(x0 / width, y0 / height, x1 / width, y1 / height)
        share = float(heavy[y0:y1, x0:x1].mean())
        shapes.append(Shape(box, share, int(places[y0:y1, x0:x1].sum())))
    return sorted(shapes, key=lambda shape: -shape.bbox.area)
