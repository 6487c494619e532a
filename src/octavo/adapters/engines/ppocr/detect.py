"""Where lines of text stand on a page (differentiable binarisation, arXiv 1911.08947)."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.adapters.engines.ppocr.session import Session
from octavo.adapters.engines.ppocr.tiles import bounded_scale, first_scale, tiles, whole_steps

Quad = NDArray[np.float32]
"""Four corners in page pixels, in reading direction: start-top, end-top, end-bottom, start-bottom."""

_INK_PROBABILITY = 0.3
_LINE_PROBABILITY = 0.5
"""Mean within the box."""
_GROWTH = 1.6
"""The network marks the core of a line; area x growth / perimeter is added on every side."""
_LEAST_CORE = 3.0
_SMALL_TEXT = 10.0
_GOOD_TEXT = 18.0
"""Height in detector pixels below which a page deserves a closer look, and what that look aims at."""
_MOST_ENLARGED = 3.0


class Detector:
    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, pixels: NDArray[np.uint8], dpi: float) -> list[Quad]:
        """Lines from top to bottom; `pixels` is RGB. Twice at most: again, larger, where text is small."""
        height, width = pixels.shape[:2]
        scale = first_scale(width, height, dpi)
        quads = self._find_at(pixels, scale)
        if not quads:
            return quads
        typical = float(np.median([_thickness(quad) for quad in quads])) * scale
        closer = min(scale * _GOOD_TEXT / typical, _MOST_ENLARGED)
        closer = bounded_scale(closer, width, height)
        if typical < _SMALL_TEXT and closer > 1.25 * scale:
            quads = self._find_at(pixels, closer)
        return quads

    def _find_at(self, pixels: NDArray[np.uint8], scale: float) -> list[Quad]:
        height, width = pixels.shape[:2]
        shown_width, shown_height = whole_steps(width * scale), whole_steps(height * scale)
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        shown = cv2.resize(pixels, (shown_width, shown_height), interpolation=method)
        quads = _boxes(self._probabilities(shown.astype(np.uint8, copy=False)))
        ratio = np.array([width / shown_width, height / shown_height], dtype=np.float32)
        return sorted((quad * ratio for quad in quads), key=lambda quad: (quad[:, 1].min(), quad[:, 0].min()))

    def _probabilities(self, shown: NDArray[np.uint8]) -> NDArray[np.float32]:
        height, width = shown.shape[:2]
        joined = np.zeros((height, width), dtype=np.float32)
        for tile in tiles(width, height):
            part = shown[tile.y0 : tile.y1, tile.x0 : tile.x1, ::-1]  # the network learned on BGR
            tensor = (part.astype(np.float32) * (2 / 255) - 1).transpose(2, 0, 1)[None]
            found = self._session.run(np.ascontiguousarray(tensor))[0, 0]
            joined[tile.keep_y0 : tile.keep_y1, tile.keep_x0 : tile.keep_x1] = found[
                tile.keep_y0 - tile.y0 : tile.keep_y1 - tile.y0,
                tile.keep_x0 - tile.x0 : tile.keep_x1 - tile.x0,
            ]
        return joined


def _boxes(probabilities: NDArray[np.float32]) -> list[Quad]:
    ink = cv2.dilate((probabilities > _INK_PROBABILITY).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    quads = []
    for contour in contours:
        center, (width, height), angle = cv2.minAreaRect(contour)
        if min(width, height) < _LEAST_CORE:
            continue
        if _mean_within(probabilities, _corners(center, width, height, angle)) < _LINE_PROBABILITY:
            continue
        growth = width * height * _GROWTH / (width + height)
        quads.append(_in_reading_direction(_corners(center, width + growth, height + growth, angle)))
    return quads


def _corners(center: Sequence[float], width: float, height: float, angle: float) -> Quad:
    return np.asarray(cv2.boxPoints((center, (width, height), angle)), dtype=np.float32)


def _mean_within(probabilities: NDArray[np.float32], corners: NDArray[np.float32]) -> float:
    height, width = probabilities.shape
    x0, y0 = np.clip(np.floor(corners.min(axis=0)), 0, [width - 1, height - 1]).astype(int)
    x1, y1 = np.clip(np.ceil(corners.max(axis=0)), 0, [width - 1, height - 1]).astype(int)
    mask = np.zeros((y1 - y0 + 1, x1 - x0 + 1), dtype=np.uint8)
    cv2.fillPoly(mask, [(corners - [x0, y0]).astype(np.int32)], (1,))
    return float(cv2.mean(probabilities[y0 : y1 + 1, x0 : x1 + 1], mask)[0])


def _in_reading_direction(corners: Quad) -> Quad:
    """As a person holds the page: the two leftmost corners start the line."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left, right = by_x[:2], by_x[2:]
    left, right = left[np.argsort(left[:, 1])], right[np.argsort(right[:, 1])]
    return np.stack([left[0], right[0], right[1], left[1]])


def _thickness(quad: Quad) -> float:
    """The shorter side, less what was grown: about the height of the letters."""
    along = float(np.linalg.norm(quad[1] - quad[0]))
    across = float(np.linalg.norm(quad[3] - quad[0]))
    return min(along, across) / 1.8
