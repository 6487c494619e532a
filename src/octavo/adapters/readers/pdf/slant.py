"""How long slanted text is: the box around it, which stands upright, tells only in part."""

import numpy as np
from numpy.typing import NDArray

_USUAL_HEIGHT = 1.0
"""Of the font size: from the lowest tail to the highest accent, as fonts state it."""
_HALF_WAY = 0.25
"""Difference of the squares of cosine and sine, below which a box does not tell its text's length."""

Floats = NDArray[np.float64]


def advances(boxes: Floats, size: Floats, cos: Floats, sin: Floats) -> Floats:
    """How far the pen moved for each box, points; `cos` and `sin` of the angle the text runs at.

    A box is as wide and high as advance and height of its text together, each turned: two equations for
    both, but at half a right angle, where the height has to be the usual one.
    """
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    cos, sin = np.abs(cos), np.abs(sin)
    lean = cos**2 - sin**2
    is_told = np.abs(lean) >= _HALF_WAY
    told = (width * cos - height * sin) / np.where(is_told, lean, 1.0)
    return np.where(is_told, told, (width + height) / (cos + sin) - _USUAL_HEIGHT * size)
