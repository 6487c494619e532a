"""Where there is ink on a picture of a page, by comparing each pixel with its surroundings."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.domain.document import Line
from octavo.domain.geometry import BBox
from octavo.ports.engines import PageImage

Gray = NDArray[np.uint8]
Mask = NDArray[np.uint8]
Pixels = NDArray[np.uint8]

_SAMPLED = 64
"""Every so many rows show whether a page may be without colours."""
GLANCE_SIDE = 1200
"""Pixels of the longer side of a page's small copy: 100 dpi on A4, letters are 5 pixels high."""
BLANK_SHARE = 0.00015
"""Of the pixels: a single line of small print on A4 has 0.0008, dust on a clean scan a tenth of that."""
MARGIN = 0.02
"""Left out when looking for blank pages: scanners draw their edges there."""
WORD_SHARE = 0.02
"""Of a word's box; the thinnest print covers 0.06."""
LEAST_CONTRAST = 18
"""Grey levels darker (or, for white on black, the ink's surroundings lighter) than the neighbourhood."""


def shrunk(image: PageImage, longest: int = GLANCE_SIDE) -> PageImage:
    """A small copy, enough to see where ink is; the image itself where it is no larger."""
    scale = longest / max(image.width, image.height)
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return PageImage(_averaged(image.pixels, size), image.dpi * scale)


def _averaged(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """Of a page without colours only one is worked out: it is each of the three, in half the time."""
    part = pixels[::_SAMPLED]
    if np.array_equal(part[..., 0], part[..., 1]) and np.array_equal(part[..., 0], part[..., 2]):
        red, green, blue = cv2.split(pixels)
        if not cv2.countNonZero(cv2.absdiff(red, green)) and not cv2.countNonZero(cv2.absdiff(red, blue)):
            return np.asarray(cv2.merge([cv2.resize(red, size, interpolation=cv2.INTER_AREA)] * 3), np.uint8)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def resized(image: PageImage, dpi: float) -> PageImage:
    """The same picture at fewer dots per inch."""
    return shrunk(image, max(1, round(max(image.width, image.height) * dpi / image.dpi)))


def to_gray(image: PageImage) -> Gray:
    return np.asarray(cv2.cvtColor(image.pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def ink_mask(gray: Gray) -> Mask:
    """1 where a pixel is darker than its neighbourhood."""
    return np.asarray(cv2.subtract(_neighbourhood(gray), gray) > LEAST_CONTRAST, np.uint8)


def contrast_mask(gray: Gray) -> Mask:
    """1 where a pixel is darker or lighter than its neighbourhood: white print on black counts as ink."""
    return np.asarray(cv2.absdiff(_neighbourhood(gray), gray) > LEAST_CONTRAST, np.uint8)


def _neighbourhood(gray: Gray) -> Gray:
    """The mean grey around each pixel."""
    side = max(15, min(gray.shape) // 24) | 1
    return np.asarray(cv2.blur(gray, (side, side), borderType=cv2.BORDER_REPLICATE), np.uint8)


def is_blank(glance: PageImage) -> bool:
    """Whether a small copy of a page shows nothing but paper."""
    mask = ink_mask(to_gray(glance))
    height, width = mask.shape
    inner = mask[
        int(height * MARGIN) : height - int(height * MARGIN),
        int(width * MARGIN) : width - int(width * MARGIN),
    ]
    if not inner.size:
        return True
    # A median filter takes single dark pixels, the noise of a scanner, away.
    return float(cv2.medianBlur(np.ascontiguousarray(inner), 3).mean()) < BLANK_SHARE


@dataclass(frozen=True, slots=True)
class _Rectangle:
    """Pixels of a mask, the end not included."""

    x0: int
    y0: int
    x1: int
    y1: int


def ground(lines: tuple[Line, ...], glance: PageImage) -> tuple[Line, ...]:
    """The lines, with confidence 0.0 for every word that stands where a small copy shows no ink."""
    sums = np.asarray(cv2.integral(contrast_mask(to_gray(glance))), np.int32)
    inked = iter(_have_ink([word.bbox for line in lines for word in line.words], sums))
    return tuple(_grounded(line, [next(inked) for _ in line.words]) for line in lines)


def _grounded(line: Line, inked: list[bool]) -> Line:
    if all(inked):
        return line
    words = (
        word if has_ink else replace(word, confidence=0.0)
        for word, has_ink in zip(line.words, inked, strict=True)
    )
    return replace(line, words=tuple(words))


def _have_ink(boxes: list[BBox], sums: NDArray[np.int32]) -> list[bool]:
    """For many boxes at once; their pixels are those of `_rectangle`."""
    height, width = sums.shape[0] - 1, sums.shape[1] - 1
    edges = np.array([box.to_list() for box in boxes], np.float64).reshape(-1, 4)
    x0 = np.minimum((edges[:, 0] * width).astype(np.int64), width - 1)
    y0 = np.minimum((edges[:, 1] * height).astype(np.int64), height - 1)
    x1 = np.minimum(np.maximum(np.rint(edges[:, 2] * width).astype(np.int64), x0 + 1), width)
    y1 = np.minimum(np.maximum(np.rint(edges[:, 3] * height).astype(np.int64), y0 + 1), height)
    ink = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
    covered: list[bool] = (ink >= WORD_SHARE * (x1 - x0) * (y1 - y0)).tolist()
    return covered


def _rectangle(box: BBox, width: int, height: int) -> _Rectangle:
    x0 = min(int(box.x0 * width), width - 1)
    y0 = min(int(box.y0 * height), height - 1)
    return _Rectangle(
        x0,
        y0,
        min(width, max(x0 + 1, round(box.x1 * width))),
        min(height, max(y0 + 1, round(box.y1 * height))),
    )


def crop(image: PageImage, box: BBox) -> PageImage:
    """The part of the picture under `box`; at least one pixel."""
    area = _rectangle(box, image.width, image.height)
    return PageImage(np.ascontiguousarray(image.pixels[area.y0 : area.y1, area.x0 : area.x1]), image.dpi)


def looks_like_text(image: PageImage) -> bool:
    """Whether it is worth recognising: some rows of small dark shapes. Wrong only at the cost of time."""
    mask = ink_mask(to_gray(image))
    merged = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, 11), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(merged, connectivity=4)
    width, height, area = stats[1:, 2], stats[1:, 3], stats[1:, 4]
    is_row = (height >= 5) & (height <= 60) & (width >= 3 * height) & (area >= 0.3 * width * height)
    return int(is_row.sum()) >= 1
