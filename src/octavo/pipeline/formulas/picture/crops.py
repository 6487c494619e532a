"""One symbol's ink as the network wants it."""

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE = 32
"""Pixels of the square a symbol is shown in."""
LONGEST = 28
"""Of its longer side there."""


def boxed(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink (255 on 0, cut to its edges) in the middle of a square, as large as fits."""
    height, width = ink.shape
    scale = LONGEST / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = np.asarray(cv2.resize(ink, size, interpolation=interpolation), np.uint8)
    square = np.zeros((SIDE, SIDE), np.uint8)
    top, left = (SIDE - size[1]) // 2, (SIDE - size[0]) // 2
    square[top : top + size[1], left : left + size[0]] = small
    return square
