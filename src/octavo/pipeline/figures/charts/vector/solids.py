"""Bars drawn in perspective: slanted sides lie against their fronts."""

import numpy as np

from octavo.pipeline.figures.charts.vector.marks import Area, Drawing
from octavo.pipeline.figures.view import Box

_TOUCHES = 1.5
"""Pixels between a corner of a front and that of its side."""
_SHARE = 0.5


def are_solid(drawing: Drawing, plot: Box) -> bool:
    """Whether half of the upright rectangles in the plot or more have a slanted four-sided area on one side."""
    around = plot.grown(4)
    fronts = [area for area in drawing.boxes if around.holds(area.box.cx, area.box.cy)]
    sides = [area for area in drawing.areas if not area.is_box and len(area.points) in {4, 5}]
    with_side = sum(any(_is_side(side, front) for side in sides) for front in fronts)
    return bool(fronts) and with_side >= _SHARE * len(fronts)


def _is_side(side: Area, front: Area) -> bool:
    """Two corners of the front, those of its top or of one of its flanks, are corners of the area."""
    box = front.box
    corners = {
        (x, y): float(np.hypot(side.points[:, 0] - x, side.points[:, 1] - y).min()) <= _TOUCHES
        for x in (box.x0, box.x1)
        for y in (box.y0, box.y1)
    }
    return sum(corners.values()) == 2
