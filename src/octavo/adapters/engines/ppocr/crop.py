"""One line cut out of the full-resolution page, 48 pixels high, as the recogniser wants it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.adapters.engines.ppocr.detect import Quad

HEIGHT = 48
_LEAST_WIDTH = 16
_MOST_WIDTH = 3200
"""What the recogniser was built for; a longer line (66 times its height) is squeezed."""
_SKEWED = 0.1
"""Rise over height from which a line is straightened rather than sliced."""


@dataclass(frozen=True, slots=True)
class Crop:
    pixels: NDArray[np.uint8]
    """RGB, `HEIGHT` high."""
    quad: Quad
    """What was cut, in page pixels: a point of `pixels` is a fraction along each of its sides."""

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])


def cut(pixels: NDArray[np.uint8], quad: Quad) -> Crop:
    """The line within `quad`, whose first side is the line's top, straightened."""
    along, across = _length(quad[0], quad[1]), _length(quad[0], quad[3])
    rise = abs(float(quad[0][1] - quad[1][1]))
    upright = quad[0][0] < quad[1][0] and quad[0][1] < quad[3][1]
    if upright and rise < _SKEWED * across + 1 and along >= across / 4:
        return _slice(pixels, quad)
    return _straighten(pixels, quad, along, across)


def turns(quad: Quad) -> list[Quad]:
    """The ways in which a box may be read: as it stands, or turned when it is taller than wide.

    A single letter is taller than wide as well, so "as it stands" is among them up to three times as tall.
    """
    along, across = _length(quad[0], quad[1]), _length(quad[0], quad[3])
    if across < 1.5 * along:
        return [quad]
    downwards, upwards = np.roll(quad, -1, axis=0), np.roll(quad, 1, axis=0)
    return [quad, downwards, upwards] if across < 3 * along else [downwards, upwards]


def _slice(pixels: NDArray[np.uint8], quad: Quad) -> Crop:
    height, width = pixels.shape[:2]
    x0, y0 = np.clip(np.floor(quad.min(axis=0)), 0, [width - 1, height - 1]).astype(int)
    x1, y1 = np.clip(np.ceil(quad.max(axis=0)), [x0 + 1, y0 + 1], [width, height]).astype(int)
    part = pixels[y0:y1, x0:x1]
    corners = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float32)
    return Crop(_resize(part), corners)


def _straighten(pixels: NDArray[np.uint8], quad: Quad, along: float, across: float) -> Crop:
    width, height = max(1, round(along)), max(1, round(across))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    transform = cv2.getPerspectiveTransform(np.ascontiguousarray(quad), target)
    part = cv2.warpPerspective(
        pixels, transform, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return Crop(_resize(part.astype(np.uint8)), quad)


def _resize(part: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = part.shape[:2]
    target = min(_MOST_WIDTH, max(_LEAST_WIDTH, round(HEIGHT * width / height)))
    method = cv2.INTER_AREA if height > 1.25 * HEIGHT else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(part, (target, HEIGHT), interpolation=method), dtype=np.uint8)


def _length(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    return float(np.linalg.norm(b - a))
