"""The words of a chart that are no numbers: categories, titles of the chart and of its axes."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from octavo.pipeline.figures.view import Box, Label


def text_of(labels: Iterable[Label]) -> str:
    """Row by row, as it is read; one line that leans or runs up, along it."""
    labels = list(labels)
    if len({label.line for label in labels}) == 1:
        if all(label.is_upright for label in labels):
            return " ".join(label.text for label in sorted(labels, key=lambda label: label.box.x0))
        return sideways_text(labels)
    if any(label.is_slanted for label in labels):
        return " ".join(label.text for label in labels)
    rows: list[list[Label]] = []
    for label in sorted(labels, key=lambda label: label.box.cy):
        if rows and label.box.cy - rows[-1][0].box.cy < 0.6 * label.box.height:
            rows[-1].append(label)
        else:
            rows.append([label])
    return " ".join(label.text for row in rows for label in sorted(row, key=lambda label: label.box.x0))


def beside_axis(labels: Iterable[Label], plot: Box, *, is_level: bool) -> list[Label]:
    """Words below the plot (along x) or to its left (along y)."""
    if is_level:
        return [
            label
            for label in labels
            if label.box.cy > plot.y1 - 2
            and plot.x0 - 0.1 * plot.width <= label.box.cx <= plot.x1 + 0.1 * plot.width
        ]
    return [
        label
        for label in labels
        if label.box.x1 < plot.x0 + 0.03 * plot.width and plot.y0 - 3 <= label.box.cy <= plot.y1 + 3
    ]


def first_row(labels: list[Label], *, is_level: bool, text_height: float) -> list[Label]:
    """Those nearest to the axis; labels that run up or down reach farther."""
    if not labels:
        return []
    if is_level:
        top = min(label.box.y0 for label in labels)
        return [label for label in labels if label.box.y0 <= top + 0.9 * text_height]
    # To the left of a plot all words of a category stand beside one another, up to a wide gap.
    kept: list[Label] = []
    for label in sorted(labels, key=lambda label: -label.box.x1):
        left = min((other.box.x0 for other in kept), default=None)
        if left is None or label.box.x1 >= left - 1.2 * text_height:
            kept.append(label)
    return [label for label in kept if label.is_upright]


def at_places(labels: list[Label], places: list[float], *, is_level: bool) -> list[list[Label]]:
    """Each word with the place it is nearest to, if that is within reach of half a step."""
    if not places:
        return []
    step = (
        float(np.median([after - before for before, after in pairwise(places)])) if len(places) > 1 else 1e9
    )
    found: list[list[Label]] = [[] for _ in places]
    for label in labels:
        at = label.box.cx if is_level else label.box.cy
        index = min(range(len(places)), key=lambda place: abs(places[place] - at))
        if abs(places[index] - at) <= 0.6 * abs(step):
            found[index].append(label)
    return found


def split_row(labels: list[Label], text_height: float) -> list[list[Label]]:
    """Names along x, told apart by the gaps between their words."""
    row = sorted(labels, key=lambda label: label.box.x0)
    groups: list[list[Label]] = []
    for label in row:
        if groups and label.box.x0 - max(other.box.x1 for other in groups[-1]) < 0.55 * text_height:
            groups[-1].append(label)
        else:
            groups.append([label])
    return groups


def wrapped(beside: list[Label], row: list[Label], text_height: float, plot: Box) -> list[Label]:
    """The further lines of names that did not fit in one: words right below a word of the line above, about its middle."""
    found: list[Label] = []
    above = [label for label in row if label.is_upright]
    free = [label for label in beside if label not in row and label.is_upright]
    while above:
        below = [label for label in free if any(_is_under(label, other, text_height) for other in above)]
        if (
            below
            and len({label.line for label in below}) == 1
            and abs(_box(below).cx - plot.cx) <= text_height
        ):
            break  # the axis's own title
        found += below
        free = [label for label in free if label not in below]
        above = below
    return found


def _is_under(label: Label, other: Label, text_height: float) -> bool:
    if not -0.5 * text_height < label.box.y0 - other.box.y1 < 0.45 * text_height:
        return False
    shared = min(label.box.x1, other.box.x1) - max(label.box.x0, other.box.x0)
    is_centred = abs(label.box.cx - other.box.cx) <= 0.6 * text_height
    # Words of a longer line stand beside the middle of the one above.
    return label.line == other.line or is_centred or shared >= 0.7 * min(label.box.width, other.box.width)


def even_places(places: list[float]) -> list[float]:
    """Places that are nearly evenly spaced, made so: the labels' own middles are a pixel or two off."""
    if len(places) < 3:
        return places
    order = np.arange(len(places))
    slope, offset = np.polyfit(order, np.array(places), 1)
    even = slope * order + offset
    if np.abs(even - places).max() > 0.12 * abs(slope):
        return places
    return [float(place) for place in even]


def find_title(labels: Iterable[Label], plot: Box, text_height: float) -> list[Label]:
    """The line or lines in the middle above the plot, nearest to it."""
    above = [label for label in labels if label.box.y1 <= plot.y0 + 0.2 * text_height and label.is_upright]
    lines = sorted(_by_line(above), key=lambda line: -_box(line).cy)
    title: list[Label] = []
    top: float | None = None
    for line in lines:
        box = _box(line)
        if abs(box.cx - plot.cx) > 0.3 * plot.width:
            continue
        if top is None and plot.y0 - box.y1 > 6 * text_height:
            break
        if top is not None and (top - box.y1 > 0.5 * box.height or box.height > 1.25 * _box(title).height):
            break
        title += line
        top = box.y0
    return title


def axis_title(labels: Iterable[Label], plot: Box, taken: list[Label], *, is_level: bool) -> list[Label]:
    """Below the labels along x; to the left of those along y, where it runs upwards."""
    free = [label for label in labels if label not in taken]
    if is_level:
        edge = max((label.box.cy for label in taken if label.box.cy > plot.y1), default=plot.y1)
        rows = [line for line in _by_line(free) if _box(line).cy > edge]
        rows = [line for line in rows if abs(_box(line).cx - plot.cx) <= 0.2 * plot.width]
        return min(rows, key=lambda line: _box(line).cy, default=[])
    upright = [
        label
        for label in free
        if not label.is_upright and label.box.cx < plot.x0 and plot.y0 - 5 <= label.box.cy <= plot.y1 + 5
    ]
    column = min((label.box.x0 for label in upright), default=0.0)
    return [label for label in upright if label.box.x0 <= column + label.box.width]


def sideways_text(labels: list[Label]) -> str:
    """From the bottom up."""
    return " ".join(label.text for label in sorted(labels, key=lambda label: -label.box.cy))


def _by_line(labels: Iterable[Label]) -> list[list[Label]]:
    lines: dict[int, list[Label]] = {}
    for label in labels:
        lines.setdefault(label.line, []).append(label)
    return list(lines.values())


def _box(labels: list[Label]) -> Box:
    return Box(
        min(label.box.x0 for label in labels),
        min(label.box.y0 for label in labels),
        max(label.box.x1 for label in labels),
        max(label.box.y1 for label in labels),
    )
