"""Rules on a page that is a picture."""

from operator import itemgetter

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.sight import BEST_DPI, Sight
from octavo.pipeline.tables.rules import Rule, Rules, joined
from octavo.ports.engines import PageImage

DPI = 150.0
SHORTEST_INCH = 0.25
"""Letters have no straight stroke as long, dashes of titles hardly."""
THICKEST_INCH = 0.05
BLOCK = 31
"""Pixels around each that say what is paper there; odd."""
DARKER = 14
"""Grey levels below the paper."""
LEAST_MAGNIFIED = 1.5
MOST_PIXELS = 16_000_000

Mask = NDArray[np.uint8]


def magnified(sight: Sight, width: float) -> PageImage:
    """The page at DPI as if it were so many points wide, at its own where it would be too large."""
    image = sight.image(DPI)
    by = DPI * width / 72 / image.width
    if by <= LEAST_MAGNIFIED or by * by * image.width * image.height > MOST_PIXELS:
        return image
    image = sight.image(min(BEST_DPI, DPI * by))
    size = (round(DPI * width / 72), round(image.height * DPI * width / 72 / image.width))
    return PageImage(
        np.asarray(cv2.resize(image.pixels, size, interpolation=cv2.INTER_CUBIC), np.uint8), dpi=DPI
    )


def ink_rules(image: PageImage, width: float, height: float) -> Rules:
    """The straight strokes of an upright page, in points of a page of that size."""
    gray = cv2.cvtColor(image.pixels, cv2.COLOR_RGB2GRAY)
    ink = np.asarray(
        cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, BLOCK, DARKER),
        np.uint8,
    )
    shortest = max(12, round(SHORTEST_INCH * image.dpi))
    thickest = max(4, round(THICKEST_INCH * image.dpi))
    x_scale, y_scale = width / image.width, height / image.height
    across = [
        Rule((y + h / 2) * y_scale, x * x_scale, (x + w) * x_scale)
        for x, y, w, h in _strokes(ink, shortest, thickest)
    ]
    down = [
        Rule((y + h / 2) * x_scale, x * y_scale, (x + w) * y_scale)
        for x, y, w, h in _strokes(np.ascontiguousarray(ink.T), shortest, thickest)
    ]
    return joined(across, down)


def _strokes(ink: Mask, shortest: int, thickest: int) -> list[tuple[int, int, int, int]]:
    """x, y, width, height of level strokes. Small breaks are closed first, slight slopes allowed."""
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8))
    thick = cv2.dilate(closed, np.ones((3, 1), np.uint8))
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    strokes = cv2.bitwise_and(opened, cv2.dilate(closed, np.ones((1, 3), np.uint8)))
    # By their outlines: to label every pixel of a page takes ten times as long.
    outlines, nesting = cv2.findContours(strokes, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    inner = nesting[0][:, 3] >= 0 if outlines else ()
    boxes = [
        cv2.boundingRect(outline) for outline, is_hole in zip(outlines, inner, strict=True) if not is_hole
    ]
    boxes.sort(key=itemgetter(1, 0))
    return [(x, y, w, h) for x, y, w, h in boxes if h <= thickest and w >= shortest * 0.8]
