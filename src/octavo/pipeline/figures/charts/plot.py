"""The rectangle that a chart's values stand in."""

from dataclasses import dataclass
from itertools import pairwise

from octavo.pipeline.figures.charts.marks import Rule
from octavo.pipeline.figures.charts.scales import Scale
from octavo.pipeline.figures.view import Box, Label


@dataclass(frozen=True, slots=True)
class Plot:
    box: Box
    level: Scale | None
    """Along x."""
    upright: Scale | None
    """Along y."""
    written: tuple[Label, ...] = ()
    """Factors at the ends of the axes, which the scales know of."""
    is_sure: bool = True
    """False: a factor is written that could not be told, and no value is known."""


def find_plot(
    level: list[Scale],
    upright: list[Scale],
    rules: tuple[Rule, ...],
    areas: list[Box],
    *,
    size: tuple[float, float],
) -> Plot | None:
    """None without any scale: nothing can be measured then.

    Args:
        level: Scales along x, the best first.
        upright: Scales along y, the best first.
        rules: Straight lines, grid and axes among them.
        areas: Boxes of what may be bars.
        size: Width and height of the view.
    """
    y_scale = upright[0] if upright else None
    x_scale = next((scale for scale in level if _is_outside(scale, y_scale)), None)
    if y_scale is None and x_scale is None:
        return None
    x0, x1 = _span(rules, areas, x_scale, y_scale, is_level=True, most=size[0])
    y0, y1 = _span(rules, areas, y_scale, x_scale, is_level=False, most=size[1])
    if y_scale and not x_scale:
        x0, x1 = _beside(y_scale, x0, x1)
    return Plot(Box(x0, y0, x1, y1), x_scale, y_scale)


def _is_outside(level: Scale, upright: Scale | None) -> bool:
    """Tick labels along x stand below the axis of y or above it, not among its grid lines."""
    if upright is None:
        return True
    slack = 0.25 * abs(upright.end - upright.start) / max(1, len(upright.ticks) - 1)
    return not upright.start + slack < level.middle < upright.end - slack


def _span(
    rules: tuple[Rule, ...],
    areas: list[Box],
    own: Scale | None,
    other: Scale | None,
    *,
    is_level: bool,
    most: float,
) -> tuple[float, float]:
    """From where to where the lines and areas run that lie within the other scale.

    Beyond the first and last tick they count for two steps, one for a label that was not read: what goes on farther parts names, not values.
    """
    spans = [(rule.start, rule.end, rule.at) for rule in rules if rule.is_level == is_level]
    spans += [(box.x0, box.x1, box.cy) if is_level else (box.y0, box.y1, box.cx) for box in areas]
    if other:
        slack = 1.2 * _step(other)
        spans = [span for span in spans if other.start - slack <= span[2] <= other.end + slack]
    if own is None:
        starts, ends = [span[0] for span in spans], [span[1] for span in spans]
        return (min(starts), max(ends)) if spans else (0.0, most)
    reach = 2.1 * _step(own)
    near = [span for span in spans if span[1] > own.start and span[0] < own.end]
    return (
        min([own.start, *(span[0] for span in near if span[0] >= own.start - reach)]),
        max([own.end, *(span[1] for span in near if span[1] <= own.end + reach)]),
    )


def _step(scale: Scale) -> float:
    """Pixels from tick to tick, where the reader missed none."""
    places = sorted(tick.at for tick in scale.ticks)
    return min(after - before for before, after in pairwise(places))


def _beside(scale: Scale, x0: float, x1: float) -> tuple[float, float]:
    """Without the tick labels themselves."""
    right = max(tick.label.box.x1 for tick in scale.ticks)
    left = min(tick.label.box.x0 for tick in scale.ticks)
    if right < (x0 + x1) / 2:
        return max(x0, right), x1
    return x0, min(x1, left) if left > (x0 + x1) / 2 else x1
