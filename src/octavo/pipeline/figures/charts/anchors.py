"""Where the names of a line chart in a picture stand, when they lean: by the lines' own ends."""

from collections.abc import Iterable

import numpy as np

from octavo.pipeline.figures.charts.leaning import box_of
from octavo.pipeline.figures.charts.marks import Curve
from octavo.pipeline.figures.view import Label

_OFF = 0.25
"""Of a step: how far the length of a line may differ from what its names say, with its markers."""
_UNEVEN = 0.2
"""Of a step: how far a name may hang off its place."""


def anchored(names: list[list[Label]], curves: Iterable[Curve]) -> list[float]:
    """The places of names that lean, from left to right; empty where no line runs from the first to the last.

    Which end of such a name hangs at its place is not known, but a line begins at the first place and
    ends at the last, so that its middle is the middle of them all.
    """
    ends = _even_ends(names)
    if ends is None:
        return []
    step = float((ends[-1] - ends[0]) / (len(ends) - 1))
    wanted = float(ends[-1] - ends[0])
    middles = [
        float(curve.xs[0] + curve.xs[-1]) / 2
        for curve in curves
        if abs(float(curve.xs[-1] - curve.xs[0]) - wanted) <= _OFF * step
    ]
    if not middles:
        return []
    middle = float(np.median(middles))
    return [middle + (index - (len(names) - 1) / 2) * step for index in range(len(names))]


def _even_ends(names: list[list[Label]]) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
    """That end, or the middle, that is evenly spaced for all names, put on even places; None where none is."""
    if len(names) < 3:
        return None
    order = np.arange(len(names))
    best, least = None, _UNEVEN
    boxes = [box_of(name) for name in names]
    for at in ([box.x1 for box in boxes], [box.x0 for box in boxes], [box.cx for box in boxes]):
        slope, offset = np.polyfit(order, at, 1)
        off = float(np.abs(slope * order + offset - at).max() / max(1e-6, slope))
        if slope > 0 and off < least:
            best, least = slope * order + offset, off
    return best
