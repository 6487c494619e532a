"""The marks of a chart on its picture: areas of one colour, thin straight lines, curves and dots."""

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.figures.charts.marks import SAME_TINT, Curve, Dot, Fill, Rule, Tint
from octavo.pipeline.figures.view import Box, Label, Pixels

Lab = NDArray[np.float32]
Mask = NDArray[np.bool_]

_STEP = 5.0
"""Between neighbouring pixels of one fill: a gradient over a bar changes by 1, a border by 15."""
_PAPER = 5.0
"""Around the paper's own colour."""
_LEAST_AREA = 16
_MOST_FILLS = 600
_TWO_LINES = 0.06
_MOST_DOUBLED = 0.3
"""Of the plot's height and of its columns: a colour at two places so far apart, so often, draws two lines."""


def to_lab(pixels: Pixels) -> Lab:
    return np.asarray(cv2.cvtColor(pixels.astype(np.float32) / 255.0, cv2.COLOR_RGB2LAB), np.float32)


def on_one_paper(lab: Lab) -> tuple[Lab, Tint]:
    """The picture with the background of its plot painted as what is around it, and that colour."""
    lab, paper, _ = without_ground(lab)
    return lab, paper


def without_ground(lab: Lab) -> tuple[Lab, Tint, Box | None]:
    """The same, and where the background lies; None where there is none."""
    ground: Box | None = None
    height, width = lab.shape[:2]
    rim = max(2, min(height, width) // 160)  # a view has a margin of a few pixels around what is drawn
    around = [lab[:rim], lab[-rim:], lab[:, :rim], lab[:, -rim:]]
    paper = _most_frequent(np.concatenate([part.reshape(-1, 3) for part in around]))
    others = lab[~near(lab, paper, _PAPER)]
    middle = lab[height // 4 : -height // 4]
    for colours in (lab.reshape(-1, 3), middle.reshape(-1, 3), others):
        if len(colours) < 2:
            continue
        tint = _most_frequent(colours)
        found = _background(lab, tint) if tint.distance(paper) > 1.5 else None
        if found is not None:
            ground = ground or found
            lab = lab.copy()
            lab[near(lab, tint, 3.5)] = np.array(paper, np.float32)
    return lab, paper, ground


def _most_frequent(colours: Lab) -> Tint:
    coarse = np.round(colours[::2] * 1.5).astype(np.int64)
    codes = (coarse[:, 0] * 1024 + coarse[:, 1] + 512) * 1024 + coarse[:, 2] + 512
    values, counts = np.unique(codes, return_counts=True)
    light, a, b = np.median(colours[::2][codes == values[int(counts.argmax())]], axis=0)
    return Tint(float(light), float(a), float(b))


def _background(lab: Lab, tint: Tint) -> Box | None:
    """Light, a fifth of the view or more, straight on all sides, with something on it."""
    if tint.light < 70 or tint.chroma > 25:
        return None
    # Grid lines cut it in pieces.
    own = near(lab, tint, 3.5)
    whole = cv2.dilate(own.astype(np.uint8), np.ones((7, 7), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=4)
    if count < 2:
        return None
    x, y, width, height, area = (int(value) for value in stats[1 + int(stats[1:, 4].argmax())])
    if area < 0.985 * width * height:
        is_ground = width * height >= 0.2 * lab.shape[0] * lab.shape[1]
    else:
        # Thin lines alone are closed, too: no column is as wide and as high as a plot.
        is_plot = width >= 0.6 * lab.shape[1] and height >= 0.5 * lab.shape[0]
        is_ground = is_plot and float(np.mean(own[y : y + height, x : x + width])) < 0.985
    return Box(x + 3, y + 3, x + width - 3, y + height - 3) if is_ground else None


def near(lab: Lab, tint: Tint, reach: float) -> Mask:
    return np.asarray(np.square(lab - np.array(tint, np.float32)).sum(axis=2) <= reach * reach, np.bool_)


def find_fills(lab: Lab, labels: Iterable[Label], paper: Tint) -> tuple[Fill, ...]:
    """Areas at least three pixels wide and high, the largest first."""
    flat = _flat(lab) & ~near(lab, paper, _PAPER)
    count, marked, stats, _ = cv2.connectedComponentsWithStats(flat.astype(np.uint8), connectivity=4)
    marks = np.asarray(marked, np.int32)
    order = sorted(range(1, count), key=lambda number: -int(stats[number, 4]))[:_MOST_FILLS]
    print_mask = _print_mask(lab.shape[:2], labels)
    fills = (_fill(lab, marks, stats[number], number, print_mask) for number in order)
    return tuple(
        _merged(
            [
                fill
                for fill in fills
                if fill.area >= _LEAST_AREA and min(fill.box.width, fill.box.height) >= 4
            ],
            list(labels),
        )
    )


def _flat(lab: Lab) -> Mask:
    """Pixels that look like all four neighbours."""
    across = np.abs(np.diff(lab, axis=1)).max(axis=2) < _STEP
    down = np.abs(np.diff(lab, axis=0)).max(axis=2) < _STEP
    flat = np.ones(lab.shape[:2], np.bool_)
    flat[:, 1:] &= across
    flat[:, :-1] &= across
    flat[1:] &= down
    flat[:-1] &= down
    return flat


def _print_mask(shape: tuple[int, ...], labels: Iterable[Label]) -> Mask:
    mask = np.zeros(shape[:2], np.bool_)
    for label in labels:
        box = label.box
        mask[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(box.x0)) : int(box.x1) + 1] = True
    return mask


def _fill(lab: Lab, marked: NDArray[np.int32], stats: NDArray[np.int32], number: int, printed: Mask) -> Fill:
    x, y, width, height, area = (int(value) for value in stats[:5])
    own = marked[y : y + height, x : x + width] == number
    light, a, b = np.median(lab[y : y + height, x : x + width][own], axis=0)
    under_print = int((printed[y : y + height, x : x + width] & ~own).sum())
    shown = own | printed[y : y + height, x : x + width]
    box = _to_its_borders(lab, Box(x, y, x + width, y + height), np.array((light, a, b)))
    share = min(1.0, (area + under_print) / (width * height))
    return Fill(box, Tint(float(light), float(a), float(b)), share * box.area, _flat_sides(shown))


def _to_its_borders(lab: Lab, inner: Box, tint: NDArray[np.float64]) -> Box:
    """The flat part lacks the pixels at its borders, whose blend tells where the border runs."""
    x0, y0, x1, y1 = (int(edge) for edge in inner)
    rows, columns = (
        slice(y0 + (y1 - y0) // 4, y1 - (y1 - y0) // 4),
        slice(x0 + (x1 - x0) // 4, x1 - (x1 - x0) // 4),
    )
    width = lab.shape[1]
    height = lab.shape[0]
    return Box(
        x0 - _share(lab[rows, max(0, x0 - 4) : x0][:, ::-1].mean(axis=0), tint),
        y0 - _share(lab[max(0, y0 - 4) : y0, columns][::-1].mean(axis=1), tint),
        x1 + _share(lab[rows, x1 : min(width, x1 + 4)].mean(axis=0), tint),
        y1 + _share(lab[y1 : min(height, y1 + 4), columns].mean(axis=1), tint),
    )


def _share(outward: NDArray[np.float32], tint: NDArray[np.float64]) -> float:
    """How many of the next pixels belong to the area: each as far as its colour is the area's, not the last one's."""
    if len(outward) < 4 or not np.isfinite(outward).all():
        return 1.0
    across = tint - outward[3]
    length = float((across**2).sum())
    if length < 25:
        return 1.0
    shares = np.clip(((outward[:3] - outward[3]) * across).sum(axis=1) / length, 0.0, 1.0)
    return float(min(3.0, max(0.5, shares.sum())))


def _flat_sides(own: Mask) -> frozenset[str]:
    """Sides of the box that the area follows over nearly their whole length."""
    height, width = own.shape
    columns, rows = own.any(axis=0), own.any(axis=1)
    top, bottom = own.argmax(axis=0), own[::-1].argmax(axis=0)
    left, right = own.argmax(axis=1), own[:, ::-1].argmax(axis=1)
    slack_y, slack_x = max(2, 0.01 * height), max(2, 0.01 * width)
    sides = {
        "top": (top <= slack_y) & columns,
        "bottom": (bottom <= slack_y) & columns,
        "left": (left <= slack_x) & rows,
        "right": (right <= slack_x) & rows,
    }
    return frozenset(name for name, straight in sides.items() if straight.mean() >= 0.9)


def _merged(fills: list[Fill], labels: list[Label]) -> list[Fill]:
    """Parts of one bar that grid lines or words over it have cut: rows of parts first, then those beside one another."""
    while True:
        result = _merged_once(fills, labels)
        if len(result) == len(fills):
            return result
        fills = result


def _merged_once(fills: list[Fill], labels: list[Label]) -> list[Fill]:
    result: list[Fill] = []
    for fill in fills:
        for index, other in enumerate(result):
            if other.tint.distance(fill.tint) <= SAME_TINT and _is_cut(fill.box, other.box, labels):
                box = fill.box.union(other.box)
                sides = frozenset(("left", "right", "top", "bottom"))
                gap = box.area - fill.box.area - other.box.area
                result[index] = Fill(
                    box,
                    other.tint,
                    fill.area + other.area + gap,
                    (fill.flat_sides | other.flat_sides) & sides,
                )
                break
        else:
            result.append(fill)
    return result


def _is_cut(one: Box, other: Box, labels: list[Label]) -> bool:
    gap = one.gap(other)
    beside = abs(one.y0 - other.y0) <= 2 and abs(one.y1 - other.y1) <= 2
    above = abs(one.x0 - other.x0) <= 2 and abs(one.x1 - other.x1) <= 2
    if not (beside or above):
        return False
    if gap <= 4:
        return True
    x, y = (
        (max(one.x0, other.x0) + min(one.x1, other.x1)) / 2,
        (max(one.y0, other.y0) + min(one.y1, other.y1)) / 2,
    )
    return gap <= 40 and any(label.box.grown(2).holds(x, y) for label in labels)


def find_rules(lab: Lab, paper: Tint, fills: Iterable[Fill]) -> tuple[Rule, ...]:
    """Lines at most four pixels thick and at least an eighth of the view long."""
    ink = ~near(lab, paper, _PAPER)
    for fill in fills:
        if fill.is_solid and min(fill.box.width, fill.box.height) > 6:
            box = fill.box
            ink[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(box.x0)) : int(box.x1) + 1] = False
    return (*_runs(ink, is_level=True), *_runs(ink.T, is_level=False))


def _runs(ink: Mask, *, is_level: bool) -> Iterable[Rule]:
    width = ink.shape[1]
    # Dashed lines are closed first, by gaps up to a hundredth of the length.
    bridge = np.ones((1, max(3, width // 90)), np.uint8)
    joined = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, bridge)
    long = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, max(12, width // 8)), np.uint8))
    count, _, stats, centers = cv2.connectedComponentsWithStats(long, connectivity=8)
    for number in range(1, count):
        x, _, across, thick, _ = (int(value) for value in stats[number])
        if thick <= 4:
            yield Rule(is_level, float(centers[number][1]) + 0.5, float(x), float(x + across))


def colour_mask(lab: Lab, tint: Tint, others: Iterable[Tint]) -> Mask:
    """Pixels of `tint`: nearer to it than to any other colour of the chart, blended borders included."""
    distance = np.square(lab - np.array(tint, np.float32)).sum(axis=2)
    mask = distance <= (1.6 * SAME_TINT) ** 2
    for other in others:
        if other.distance(tint) > 1:
            mask &= distance < np.square(lab - np.array(other, np.float32)).sum(axis=2)
    return np.asarray(mask, np.bool_)


def trace_curve(mask: Mask, plot: Box, tint: Tint) -> Curve | None:
    """One height a column: where the colour is there twice, the one nearer to where the line came from.

    Where it is there twice over much of the plot, two lines look alike, and no height is known: all are NaN.
    """
    x0, x1, y0, y1 = int(plot.x0), int(plot.x1) + 1, int(plot.y0), int(plot.y1) + 1
    part = mask[max(0, y0) : y1, max(0, x0) : x1]
    xs: list[float] = []
    ys: list[float] = []
    doubled = 0
    for column in np.flatnonzero(part.any(axis=0)):
        runs = _column_runs(part[:, column])
        doubled += runs[-1] - runs[0] > _TWO_LINES * plot.height
        middle = min(runs, key=lambda run: abs(run - ys[-1])) if ys else runs[0]
        xs.append(float(column) + max(0, x0) + 0.5)
        ys.append(middle)
    if not xs:
        return None
    heights = np.array(ys) + max(0, y0)
    return Curve(tint, np.array(xs), heights if doubled <= _MOST_DOUBLED * len(xs) else heights * np.nan)


def _column_runs(column: Mask) -> list[float]:
    padded = np.diff(np.concatenate(([0], column.astype(np.int8), [0])))
    starts, ends = np.flatnonzero(padded == 1), np.flatnonzero(padded == -1)
    return [float(start + end) / 2 for start, end in zip(starts, ends, strict=True)]


def find_dots(mask: Mask, plot: Box, tint: Tint) -> list[Dot]:
    """Separate pieces of the colour, about as high as wide."""
    x0, y0 = max(0, int(plot.x0)), max(0, int(plot.y0))
    part = mask[y0 : int(plot.y1) + 1, x0 : int(plot.x1) + 1]
    count, _, stats, centers = cv2.connectedComponentsWithStats(part.astype(np.uint8), connectivity=8)
    dots = []
    for number in range(1, count):
        _, _, width, height, area = (int(value) for value in stats[number])
        if area >= _LEAST_AREA and 0.6 <= width / height <= 1.7 and area >= 0.35 * width * height:
            x, y = centers[number]
            dots.append(Dot(tint, float(x) + x0 + 0.5, float(y) + y0 + 0.5, float(area)))
    return dots
