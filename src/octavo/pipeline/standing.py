"""What shows that a page stands upright although its letters say otherwise: charts with names that lean or run up."""

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.domain.document import Line
from octavo.pipeline.ink import Gray, Mask, ink_mask
from octavo.ports.engines import PageImage

Box = NDArray[np.int32]
"""x, y, width, height and area of a run."""

_THICKEST = 3
"""Pixels of a small copy of the page."""
_APART, _MOST_BESIDE = 3, 0.3
"""Pixels from a rule, and how much of what is there may be ink: marks and ticks that stand on it."""
_LEAST_RULE = 0.2
"""Of the page's side: shorter ones are dashes and letters."""
_LEVEL_SHARE, _LEVEL_LINES = 0.25, 4
"""Lines that run level among all, and how many there must be: the head and foot of a page are fewer."""
_SURE = 0.8
_FLAT = 1.15
"""Width over height of a number of two digits that runs level."""


def has_level_rules(gray: Gray, degrees: float) -> bool:
    """Whether a thin straight line runs exactly along the page, longer than it could if the page were `degrees` askew."""
    ink = ink_mask(gray)
    return any(_has_rule(mask, abs(degrees)) for mask in (ink, np.ascontiguousarray(ink.T)))


def _has_rule(ink: Mask, degrees: float) -> bool:
    per_row = 1.0 / np.tan(np.radians(degrees))
    least = max(_LEAST_RULE * ink.shape[1], 1.5 * per_row)
    if least >= ink.shape[1]:
        return False
    runs = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, int(least)), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    return any(
        int(stats[number, 3]) <= _THICKEST
        and int(stats[number, 2]) >= 1.5 * int(stats[number, 3]) * per_row
        and _stands_alone(ink, stats[number])
        for number in range(1, count)
    )


def _stands_alone(ink: Mask, stats: Box) -> bool:
    """With paper on all sides: the ground of a photograph has level runs, the boards of a table from edge to edge."""
    left, top, width, height = (int(value) for value in stats[:4])
    above, below = top - _APART, top + height - 1 + _APART
    if min(left, above) < _APART or below >= ink.shape[0] - _APART or left + width > ink.shape[1] - _APART:
        return False
    sides = ink[[above, below], left : left + width] > 0
    return bool(sides.mean(axis=1).max() <= _MOST_BESIDE)


def has_level_lines(lines: tuple[Line, ...], image: PageImage) -> bool:
    """Whether much of what was read runs level: a page that lies on its side has no such lines but its head and foot."""
    told = [line for line in lines if len(line.text) > 1 and _confidence(line) >= _SURE]
    level = [
        line for line in told if line.bbox.width * image.width >= _FLAT * line.bbox.height * image.height
    ]
    return len(level) >= max(_LEVEL_LINES, _LEVEL_SHARE * len(told))


def _confidence(line: Line) -> float:
    return min((word.confidence or 0.0 for word in line.words), default=0.0)
