"""Where each word of a line stands: time steps say roughly, the ink says exactly."""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.adapters.engines.ppocr.crop import HEIGHT, Crop
from octavo.adapters.engines.ppocr.read import Reading, Token
from octavo.adapters.engines.ppocr.spacing import split_words, widest_run

_REACH = 2.0
"""Time steps to either side within which the gap between two words is looked for."""
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
    height: float
    """From its highest to its lowest ink; pixels of the crop, all three."""


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
    groups = split_words(reading, inked_columns)
    if not groups:
        return None
    edges = [0.0]
    for before, after in pairwise(groups):
        middle = (before[-1].last + 1 + after[0].first) / 2 * reading.stride
        edges.append(_gap_near(inked_columns, middle, _REACH * reading.stride))
    edges.append(float(crop.width))
    top, bottom = _rows(ink)
    words = tuple(
        _placed(group, start, stop, ink[top:bottom])
        for group, (start, stop) in zip(groups, pairwise(edges), strict=True)
    )
    return PlacedLine(words, float(top), float(bottom))


def _ink(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """True where the rarer of light and dark is: letters, also white ones on black."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    threshold, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    dark = grey <= threshold
    return ~dark if dark.mean() > 0.5 else dark


def _gap_near(inked: NDArray[np.bool_], x: float, reach: float) -> float:
    """The middle of the widest white run within reach; `x` itself where there is none."""
    start, stop = max(0, int(x - reach)), min(len(inked), int(x + reach) + 1)
    first, length = widest_run(~inked[start:stop])
    return start + first + length / 2 if length else x


def _placed(group: list[Token], start: float, stop: float, ink: NDArray[np.bool_]) -> PlacedWord:
    first = int(start)
    part = ink[:, first : max(first + 1, round(stop))]
    columns, rows = np.flatnonzero(part.any(axis=0)), np.flatnonzero(part.any(axis=1))
    x0, x1 = (first + columns[0], first + columns[-1] + 1) if len(columns) else (start, stop)
    height = rows[-1] + 1 - rows[0] if len(rows) else len(ink)
    confidence = sum(token.probability for token in group) / len(group)
    text = "".join(token.character for token in group)
    return PlacedWord(text, confidence, float(x0), float(x1), float(height))


def _rows(ink: NDArray[np.bool_]) -> tuple[int, int]:
    """The band of inked rows around the middle of the crop."""
    inked = np.flatnonzero(ink.sum(axis=1) >= max(1, ink.shape[1] // 400))
    if not len(inked):
        return 0, HEIGHT
    bands = np.split(inked, np.flatnonzero(np.diff(inked) > _JOINED_ROWS) + 1)
    band = max(bands, key=lambda rows: min(rows[-1], HEIGHT * 3 // 4) - max(rows[0], HEIGHT // 4))
    return int(band[0]), int(band[-1]) + 1
