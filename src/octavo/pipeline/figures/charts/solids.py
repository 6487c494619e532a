"""Columns drawn in perspective, in a picture: slanted sides lie against their fronts."""

from octavo.pipeline.figures.charts.marks import Fill
from octavo.pipeline.figures.view import Box

_TOUCHES = 3.5
"""Pixels between a front and its side."""
_RISES = 3.0
"""Pixels that a side begins above its front at least."""
_STEEPEST = 3.0
"""Times its width that it rises at most."""
_SHARE = 0.5
"""Of a front's height that its side stands beside it."""
_LEAST, _FLANKED = 2, 0.2
"""Fronts with a side that is seen, and their share: the next front hides most of a side."""
_ALL = 4


def without_sides(fills: tuple[Fill, ...], plot: Box) -> tuple[Fill, ...] | None:
    """The fills without sides and lids; None where hardly a front has one: the bars are flat."""
    inside = [fill for fill in fills if plot.grown(4).holds(fill.box.cx, fill.box.cy)]
    fronts = [fill for fill in inside if len(fill.flat_sides) == _ALL]
    slanted = [fill for fill in inside if fill.is_solid and not {"top", "bottom"} & set(fill.flat_sides)]
    solid = sum(any(_is_flank(side.box, front.box) for side in slanted) for front in fronts)
    if solid < max(_LEAST, _FLANKED * len(fronts)):
        return None
    others = [fill for fill in inside if not {"top", "bottom"} & set(fill.flat_sides)]
    return tuple(fill for fill in fills if not any(fill is side for side in others))


def _is_flank(side: Box, front: Box) -> bool:
    """Right beside the front, nearly as high, and shifted up against it."""
    is_beside = abs(side.x0 - front.x1) <= _TOUCHES or abs(side.x1 - front.x0) <= _TOUCHES
    shared = min(side.y1, front.y1) - max(side.y0, front.y0)
    rises = front.y0 - side.y0
    return (
        is_beside
        and shared >= _SHARE * front.height
        and _RISES <= rises <= max(side.width, _RISES) * _STEEPEST
    )
