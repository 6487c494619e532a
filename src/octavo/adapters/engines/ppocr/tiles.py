"""At which size a page is shown to the detector, and in which pieces.

A normal page fits one look at 1,280 pixels. A till receipt of 1,000 x 8,000
would shrink to 160 pixels across and lose its text, so what is long or large
is looked at in overlapping tiles whose probabilities are joined again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

LONG_SIDE = 1280
"""960 costs a tenth of a point of character error, 1,600 costs a fifth more time and gains nothing."""
_TILE_SIDE = 960
"""Where one look is not enough: half the memory of a look at 1,280 x 1,280."""
_SHORT_SIDE = 640
"""What at least remains of the shorter side."""
_TRUSTED_DPI = 120
"""72 and 96 are what files say that do not know."""
_LEAST_DPI = 75
"""8-point text is then eight pixels high, the least the detector finds."""
_MOST_PIXELS = 12_000_000
"""Of one page as the detector sees it: about fifteen tiles."""
_OVERLAP = 128
_STEP = 32
"""The network halves its input five times."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One look: what is shown, and the part of the answer that is kept (its seams lie in the overlap)."""

    x0: int
    y0: int
    x1: int
    y1: int
    keep_x0: int
    keep_y0: int
    keep_x1: int
    keep_y1: int


def first_scale(width: int, height: int, dpi: float) -> float:
    """Detector pixels per page pixel, at most 1, before anything is known of the text."""
    scale = LONG_SIDE / max(width, height)
    scale = max(scale, _SHORT_SIDE / min(width, height))
    if dpi >= _TRUSTED_DPI:
        scale = max(scale, _LEAST_DPI / dpi)
    return bounded_scale(min(1.0, scale), width, height)


def bounded_scale(scale: float, width: int, height: int) -> float:
    """The scale, lowered until the page stays within what the detector may be shown."""
    return float(min(scale, (_MOST_PIXELS / (width * height)) ** 0.5))


def whole_steps(length: float) -> int:
    """The nearest length, at least one step, that the network takes."""
    return max(_STEP, round(length / _STEP) * _STEP)


def tiles(width: int, height: int) -> Iterator[Tile]:
    """Cover a picture of whole steps; every pixel is kept from exactly one tile."""
    for y0, y1, keep_y0, keep_y1 in _spans(height):
        for x0, x1, keep_x0, keep_x1 in _spans(width):
            yield Tile(x0, y0, x1, y1, keep_x0, keep_y0, keep_x1, keep_y1)


def _spans(length: int) -> list[tuple[int, int, int, int]]:
    """Along one side: start and stop of each tile, then start and stop of what is kept of it."""
    if length <= LONG_SIDE:
        return [(0, length, 0, length)]
    count = -(-(length - _OVERLAP) // (_TILE_SIDE - _OVERLAP))
    last = length - _TILE_SIDE
    starts = [*(round(i * last / (count - 1)) // _STEP * _STEP for i in range(count - 1)), last]
    seams = [(a + _TILE_SIDE + b) // 2 for a, b in pairwise(starts)]
    return [
        (start, start + _TILE_SIDE, keep_from, keep_to)
        for start, keep_from, keep_to in zip(starts, [0, *seams], [*seams, length], strict=True)
    ]
