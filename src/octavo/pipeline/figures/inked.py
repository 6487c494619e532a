"""The ink of a picture by its shape: pen strokes, the ring of a stamp, a few flat colours."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.figures.view import View

_SIDE = 240
"""Pixels of the longer side of what is looked at."""
_DARKER = 40
_RAYS = 72
_COLOURED = 40
_FLAT_COLOURS = 6


@dataclass(frozen=True, slots=True)
class Ink:
    is_stamp: bool
    """A ring of one colour that is no black, on paper."""
    is_signature: bool
    """A few thin lines that bend, one of them over much of the width."""
    is_flat: bool
    """Painted with a few colours."""


def ink_of(view: View) -> Ink:
    pixels = view.pixels
    share = _SIDE / max(pixels.shape[:2])
    size = (max(8, round(pixels.shape[1] * share)), max(8, round(pixels.shape[0] * share)))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    paper = np.median(np.concatenate((small[0], small[-1], small[:, 0], small[:, -1])), axis=0)
    mask = np.abs(small.astype(np.int16) - paper).max(axis=2) > _DARKER
    on_paper = float(paper.min()) > 200
    return Ink(
        is_stamp=on_paper and _is_ring(mask) and _is_coloured(small, mask),
        is_signature=on_paper and _is_written(mask),
        is_flat=_is_flat(small),
    )


def _is_coloured(small: NDArray[np.uint8], mask: NDArray[np.bool_]) -> bool:
    ink = small[mask].astype(np.int16)
    return bool(len(ink) and (np.ptp(ink, axis=1) > _COLOURED).mean() > 0.7)


def _is_ring(mask: NDArray[np.bool_]) -> bool:
    """As high as wide, with ink near the rim in nearly every direction, and paper between rim and rim."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if len(rows) < 20 or len(columns) < 20:
        return False
    high, wide = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    if not 0.85 <= wide / high <= 1.18 or float(mask.mean()) > 0.5:
        return False
    middle = (float(columns[0] + columns[-1]) / 2, float(rows[0] + rows[-1]) / 2)
    radii = (wide / 2, high / 2)
    rim = _ring(mask, middle, radii, np.linspace(0.86, 1.0, 8)).any(axis=0).mean()
    inside = _ring(mask, middle, radii, np.linspace(0.5, 0.84, 8)).mean()
    return bool(rim >= 0.85 and inside <= 0.6)


def _ring(
    mask: NDArray[np.bool_],
    middle: tuple[float, float],
    radii: tuple[float, float],
    away: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Where there is ink, at shares of the radius by directions."""
    angles = np.arange(_RAYS) * 2 * np.pi / _RAYS
    across = middle[0] + away[:, None] * radii[0] * np.cos(angles)
    down = middle[1] + away[:, None] * radii[1] * np.sin(angles)
    columns = np.clip(across.astype(int), 0, mask.shape[1] - 1)
    rows = np.clip(down.astype(int), 0, mask.shape[0] - 1)
    return np.asarray(mask[rows, columns], np.bool_)


def _is_written(mask: NDArray[np.bool_]) -> bool:
    """Wide, thin, of few pieces, the longest of which is far from straight."""
    high, wide = mask.shape
    share = float(mask.mean())
    if not (1.3 <= wide / high <= 7 and 0.01 <= share <= 0.18):
        return False
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    if not 2 <= count <= 16:
        return False
    widest = stats[1 + int(stats[1:, cv2.CC_STAT_WIDTH].argmax())]
    box = int(widest[cv2.CC_STAT_WIDTH]) * int(widest[cv2.CC_STAT_HEIGHT])
    bends = widest[cv2.CC_STAT_HEIGHT] >= 0.25 * high
    inner = cv2.erode(mask.astype(np.uint8), np.ones((7, 7), np.uint8))
    is_thin = float(inner.mean()) < 0.03 * share
    wanders = int(widest[cv2.CC_STAT_AREA]) < 0.35 * box
    has_rules = bool((mask.mean(axis=1) > 0.8).any() or (mask.mean(axis=0) > 0.9).any())
    return bool(widest[cv2.CC_STAT_WIDTH] >= 0.4 * wide and bends and wanders and is_thin and not has_rules)


def _is_flat(small: NDArray[np.uint8]) -> bool:
    coarse = (small // 32).reshape(-1, 3).astype(np.int32)
    codes = coarse[:, 0] * 64 + coarse[:, 1] * 8 + coarse[:, 2]
    counts = np.sort(np.bincount(codes))[::-1]
    return bool(counts[:_FLAT_COLOURS].sum() >= 0.85 * len(codes))
