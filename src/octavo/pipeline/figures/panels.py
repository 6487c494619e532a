"""The light ground that some programs draw a chart on: too light to be ink, but as large as the plot."""

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.domain.geometry import BBox
from octavo.pipeline.sight import Sight

_DPI = 72.0
_LIGHT = 200
"""Of 255: darker grounds are ink."""
_OTHER = 4
"""How far from the paper a ground must be, and from itself it may be, of 255 in each colour."""
_AROUND = 8
"""Points around what is drawn, where its ground shows."""
_MOST = 40.0
"""Times the area of what stands on it."""
_LEAST = 0.25
"""Of the area of what stands on it."""
_FULL = 0.8
"""Of a side of the ground; columns may stand on the lowest."""
_BLEND = 6


def with_panel(box: BBox, sight: Sight) -> BBox:
    """The box grown to the even ground around it; the same box where there is none but the paper."""
    pixels = sight.image(_DPI).pixels
    height, width = pixels.shape[:2]
    x0, y0, x1, y1 = (
        int(box.x0 * width),
        int(box.y0 * height),
        int(box.x1 * width) + 1,
        int(box.y1 * height) + 1,
    )
    ground = _usual(pixels[max(0, y0 - _AROUND) : y1 + _AROUND, max(0, x0 - _AROUND) : x1 + _AROUND])
    paper = _usual(np.concatenate((pixels[:3].reshape(-1, 3), pixels[-3:].reshape(-1, 3)))[None])
    if ground is None or paper is None or np.abs(ground - paper).max() <= _OTHER:
        return box
    panel = _piece_around(pixels, ground, (x0, y0, x1, y1))
    if panel is None:
        return box
    left, top, right, bottom = panel
    return box.union(BBox.clamped(left / width, top / height, right / width, bottom / height))


def _usual(pixels: NDArray[np.uint8]) -> NDArray[np.int16] | None:
    """The most frequent light colour."""
    flat = pixels.reshape(-1, 3)
    light = flat[flat.min(axis=1) >= _LIGHT].astype(np.int64)
    if not len(light):
        return None
    codes = (light[:, 0] << 16) + (light[:, 1] << 8) + light[:, 2]
    values, counts = np.unique(codes, return_counts=True)
    best = int(values[int(counts.argmax())])
    return np.array((best >> 16, best >> 8 & 255, best & 255), np.int16)


def _piece_around(
    pixels: NDArray[np.uint8], ground: NDArray[np.int16], inner: tuple[int, int, int, int]
) -> tuple[int, int, int, int] | None:
    """The box of the largest piece of the ground, grid lines closed; None where it is no rectangle around the inner one."""
    x0, y0, x1, y1 = inner
    own = (np.abs(pixels.astype(np.int16) - ground).max(axis=2) <= _OTHER).astype(np.uint8)
    whole = cv2.morphologyEx(own, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=4)
    if count < 2:
        return None
    left, top, across, down, area = (int(value) for value in stats[1 + int(stats[1:, 4].argmax())])
    middle = ((x0 + x1) // 2, (y0 + y1) // 2)
    size = (x1 - x0) * (y1 - y0)
    is_around = left <= middle[0] < left + across and top <= middle[1] < top + down
    if not is_around or area < _LEAST * size or across * down > _MOST * size:
        return None
    part = whole[top : top + down, left : left + across]
    # Tick marks blend with the paper to the same colour, and reach out of it.
    columns, rows = np.flatnonzero(part.mean(axis=0) >= _FULL), np.flatnonzero(part.mean(axis=1) >= _FULL)
    if not len(rows) or not len(columns) or rows[0] > _BLEND or columns[-1] - columns[0] < _FULL * across:
        return None
    return left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + down
