"""Where each word of a line stands: time steps say roughly, the ink says exactly."""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.adapters.engines.ppocr.crop import HEIGHT, Crop
from octavo.adapters.engines.ppocr.read import Reading, Token

_REACH = 2.0
"""Time steps to either side within which the gap between two words is looked for."""
_WIDE_GAP = 0.8 * HEIGHT
"""White space that parts words even where the recogniser read no space."""
_JOINED_ROWS = 3
"""An accent this close to its letter belongs to the line; the next line's letters are further away."""
_MARGIN = 4
"""Rows at either edge that may show the neighbouring lines."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    text: str
    confidence: float
    """The mean over its characters."""
    x0: float
    x1: float
    """Pixels of the crop."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    words: tuple[PlacedWord, ...]
    y0: float
    y1: float
    """From the top of the highest letter to the bottom of the lowest, in pixels of the crop."""


def place_words(reading: Reading, crop: Crop) -> PlacedLine | None:
    """The words of a line from its start to its end; None where it has none."""
    ink = _ink(crop.pixels)
    inked_columns: NDArray[np.bool_] = np.any(ink[_MARGIN:-_MARGIN], axis=0)
    groups = _split(reading, inked_columns)
    if not groups:
        return None
    edges = [0.0]
    for before, after in pairwise(groups):
        middle = (before[-1].last + 1 + after[0].first) / 2 * reading.stride
        edges.append(_gap_near(inked_columns, middle, _REACH * reading.stride))
    edges.append(float(crop.width))
    words = tuple(
        _placed(group, start, stop, inked_columns)
        for group, (start, stop) in zip(groups, pairwise(edges), strict=True)
    )
    return PlacedLine(words, *_rows(ink))


def _ink(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """True where the rarer of light and dark is: letters, also white ones on black."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    threshold, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    dark = grey <= threshold
    return ~dark if dark.mean() > 0.5 else dark


def _split(reading: Reading, inked: NDArray[np.bool_]) -> list[list[Token]]:
    """Tokens by word: at spaces, and where much white stands between two characters."""
    groups: list[list[Token]] = []
    current: list[Token] = []
    for token in reading.tokens:
        if token.character.isspace():
            groups, current = [*groups, current], []
            continue
        if current and _parted(current[-1], token, reading.stride, inked):
            groups, current = [*groups, current], []
        current.append(token)
    return [group for group in [*groups, current] if group]


def _parted(left: Token, right: Token, stride: float, inked: NDArray[np.bool_]) -> bool:
    start, stop = int((left.last + 0.5) * stride), int((right.first + 0.5) * stride)
    if stop - start < _WIDE_GAP:
        return False
    return _widest_run(~inked[start:stop])[1] >= _WIDE_GAP


def _gap_near(inked: NDArray[np.bool_], x: float, reach: float) -> float:
    """The middle of the widest white run within reach; `x` itself where there is none."""
    start, stop = max(0, int(x - reach)), min(len(inked), int(x + reach) + 1)
    first, length = _widest_run(~inked[start:stop])
    return start + first + length / 2 if length else x


def _widest_run(white: NDArray[np.bool_]) -> tuple[int, int]:
    """Start and length of the longest run of True; length 0 where there is none."""
    if not white.any():
        return 0, 0
    padded = np.concatenate([[False], white, [False]]).astype(np.int8)
    starts, stops = np.flatnonzero(np.diff(padded) == 1), np.flatnonzero(np.diff(padded) == -1)
    widest = int((stops - starts).argmax())
    return int(starts[widest]), int(stops[widest] - starts[widest])


def _placed(group: list[Token], start: float, stop: float, inked: NDArray[np.bool_]) -> PlacedWord:
    columns = np.flatnonzero(inked[int(start) : max(int(start) + 1, round(stop))])
    x0, x1 = (int(start) + columns[0], int(start) + columns[-1] + 1) if len(columns) else (start, stop)
    confidence = sum(token.probability for token in group) / len(group)
    return PlacedWord("".join(token.character for token in group), confidence, float(x0), float(x1))


def _rows(ink: NDArray[np.bool_]) -> tuple[float, float]:
    """The band of inked rows around the middle of the crop."""
    inked = np.flatnonzero(ink.sum(axis=1) >= max(1, ink.shape[1] // 400))
    if not len(inked):
        return 0.0, float(HEIGHT)
    bands = np.split(inked, np.flatnonzero(np.diff(inked) > _JOINED_ROWS) + 1)
    band = max(bands, key=lambda rows: min(rows[-1], HEIGHT * 3 // 4) - max(rows[0], HEIGHT // 4))
    return float(band[0]), float(band[-1] + 1)
