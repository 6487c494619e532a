"""Diagrams that are drawn with paths: closed ones with words in them, lines that end at them, small filled heads."""

from collections.abc import Iterator
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.figures.diagrams.nets import End, Net
from octavo.pipeline.figures.diagrams.shapes import Shape, holds, is_within, kind_of
from octavo.pipeline.figures.view import Box, Stroke, View

Points = NDArray[np.float64]

_LEAST_SIDE = 1.1
_LARGEST = 0.6
"""Text heights, and share of the view, between which a closed path may be a node."""
_HEAD = 1.9
"""Text heights: larger closed paths are no arrow heads."""
_TOUCHES = 0.55
"""Text heights between a line's end and the node it belongs to."""
_HEAD_GAP = 0.5
"""Text heights between a line's end and its head: the gap after the last dash."""
_JOINED_PX = 2.0
"""Between the ends of pieces that are one line."""
_ON_BORDER_PX = 2.0
_DASH_GAP = 1.0
"""Text heights between the dashes of one line."""


def find_nodes(view: View) -> tuple[list[Shape], list[Shape]]:
    """Closed paths with words of their own, and those that hold others."""
    shapes = _distinct([stroke for stroke in view.strokes if _may_be_node(stroke, view)])
    groups = [
        shape for shape in shapes if any(is_within(other, shape) for other in shapes if other is not shape)
    ]
    nodes = [shape for shape in shapes if not any(shape is group for group in groups)]
    for label in view.labels:
        holding = [node for node in nodes if holds(node, label)]
        if holding:
            min(holding, key=lambda node: node.area).labels.append(label)
    return [node for node in nodes if node.labels], groups


def _may_be_node(stroke: Stroke, view: View) -> bool:
    box, path = stroke.box, stroke.path
    if not path.is_closed or min(box.width, box.height) < _LEAST_SIDE * view.text_height:
        return False
    is_seen = path.stroke is not None or (path.fill is not None and min(path.fill) < 250)
    return is_seen and box.area <= _LARGEST * view.width * view.height


def _shape(stroke: Stroke) -> Shape:
    contour = np.round(stroke.points).astype(np.int32).reshape(-1, 1, 2)
    area = float(cv2.contourArea(contour))
    return Shape(contour, stroke.box, area, kind_of(contour, area))


def _distinct(strokes: list[Stroke]) -> list[Shape]:
    """One of an area and its outline, and of double outlines the outer; not the bands of a shading."""
    kept: list[Stroke] = []
    for stroke in sorted(strokes, key=lambda one: (-round(one.box.area / 100), one.path.stroke is None)):
        own = stroke.box
        same = any(own.shared(other.box) >= 0.8 * other.box.area for other in kept)
        is_band = stroke.path.stroke is None and any(_is_band(own, other.box) for other in kept)
        if not same and not is_band:
            kept.append(stroke)
    return [_shape(stroke) for stroke in kept]


def _is_band(box: Box, whole: Box) -> bool:
    """Whether it lies in the other one, from side to side."""
    if box.shared(whole) < 0.95 * box.area:
        return False
    return box.width >= 0.97 * whole.width or box.height >= 0.97 * whole.height


def find_drawn_nets(view: View, nodes: list[Shape]) -> list[Net]:
    """Lines between nodes, with those that run into one another as one."""
    strokes = [stroke for stroke in view.strokes if not _is_border(stroke, nodes)]
    heads = [stroke.points for stroke in strokes if _is_head(stroke, view)]
    lines = [stroke.points for stroke in strokes if _is_line(stroke, view)]
    barbs, lines = _open_heads(lines, view.text_height)
    chains = list(_chains(lines, view.text_height))
    owned = _owned(chains, heads + barbs, view.text_height)
    nets = (_net(group, owned, nodes, view.text_height) for group in _meeting(chains))
    return [net for net in nets if len(net.ends) >= 2]


def _is_border(stroke: Stroke, nodes: list[Shape]) -> bool:
    """A node's own path, or lines within it; a head may lie in the corner of a round one's box, beside it."""
    return any(
        stroke.box.shared(node.box.grown(1)) >= 0.98 * max(stroke.box.area, 1e-6)
        and node.box.grown(1.5).holds(stroke.box.x0, stroke.box.y0)
        and node.box.grown(1.5).holds(stroke.box.x1, stroke.box.y1)
        and sum(_to_node(point, node) <= _ON_BORDER_PX for point in stroke.points) > 0.5 * len(stroke.points)
        for node in nodes
    )


def _is_head(stroke: Stroke, view: View) -> bool:
    box = stroke.box
    if not stroke.path.is_closed or max(box.width, box.height) > _HEAD * view.text_height:
        return False
    return min(box.width, box.height) > 1.5


def _is_line(stroke: Stroke, view: View) -> bool:
    path = stroke.path
    if path.stroke is not None and not path.is_closed:
        return max(stroke.box.width, stroke.box.height) >= 1.0
    thin = 1.3 * view.scale
    is_thin = min(stroke.box.width, stroke.box.height) <= thin
    return path.fill is not None and is_thin and max(stroke.box.width, stroke.box.height) >= 3 * thin


def _open_heads(lines: list[Points], text_height: float) -> tuple[list[Points], list[Points]]:
    """Short lines bent to a tip, and what remains."""
    barbs = [line for line in lines if _is_barb(line, text_height)]
    return barbs, [line for line in lines if not any(line is barb for barb in barbs)]


def _is_barb(line: Points, text_height: float) -> bool:
    low, high = line.min(axis=0), line.max(axis=0)
    if len(line) != 3 or max(high - low) > _HEAD * text_height:
        return False
    one, other = line[0] - line[1], line[2] - line[1]
    cosine = float(one @ other) / max(1e-6, float(np.hypot(*one) * np.hypot(*other)))
    alike = float(np.hypot(*one)) / max(1e-6, float(np.hypot(*other)))
    return cosine > -0.2 and 0.8 <= alike <= 1.25


def _chains(lines: list[Points], text_height: float) -> Iterator[Points]:
    """Pieces of one line put together: those whose ends meet, and dashes."""
    left = sorted(lines, key=len, reverse=True)
    while left:
        chain, left = left[0], left[1:]
        while True:
            found = next(
                (
                    (at, joined)
                    for at, piece in enumerate(left)
                    if (joined := _joined(chain, piece, text_height)) is not None
                ),
                None,
            )
            if found is None:
                break
            at, chain = found
            left = left[:at] + left[at + 1 :]
        yield chain


def _joined(chain: Points, piece: Points, text_height: float) -> Points | None:
    """Both as one line, if an end of the one meets an end of the other or points at it across a short gap."""
    for one in (chain, chain[::-1]):
        for other in (piece, piece[::-1]):
            gap = other[0] - one[-1]
            length = float(np.hypot(*gap))
            is_dash = length <= _DASH_GAP * text_height and _is_straight_on(one, gap, other)
            if length <= _JOINED_PX or is_dash:
                return np.concatenate((one, other))
    return None


def _is_straight_on(one: Points, gap: Points, other: Points) -> bool:
    before, after = one[-1] - one[-2], other[1] - other[0]
    return _cosine(before, gap) > 0.97 and _cosine(gap, after) > 0.97


def _cosine(one: Points, other: Points) -> float:
    return float(one @ other) / max(1e-6, float(np.hypot(*one) * np.hypot(*other)))


def _meeting(chains: list[Points]) -> list[list[Points]]:
    """Lines of which one ends on the other, as the bar of a fork and its stem."""
    groups = list(range(len(chains)))

    def root(index: int) -> int:
        while groups[index] != index:
            index = groups[index]
        return index

    for index, chain in enumerate(chains):
        for end in (chain[0], chain[-1]):
            for on, other in enumerate(chains):
                if root(on) != root(index) and _away_from(other, end) <= _JOINED_PX:
                    groups[root(index)] = root(on)
    found: dict[int, list[Points]] = {}
    for index, chain in enumerate(chains):
        found.setdefault(root(index), []).append(chain)
    return list(found.values())


def _away_from(line: Points, point: Points) -> float:
    """From a point to the nearest place on the line."""
    start, along = line[:-1], np.diff(line, axis=0)
    length = np.maximum(1e-9, (along**2).sum(axis=1))
    share = np.clip(((point - start) * along).sum(axis=1) / length, 0.0, 1.0)
    nearest = start + share[:, None] * along
    return float(np.hypot(*(nearest - point).T).min())


Ends = dict[tuple[float, float], Points]
"""The head at each end of a line that has one."""


def _owned(chains: list[Points], heads: list[Points], text_height: float) -> Ends:
    """Each head with the one end that runs into its middle: another line may begin at its tip."""
    ends = [end for chain in chains for end in (chain[0], chain[-1])]
    owned: Ends = {}
    for head in heads:
        near = [end for end in ends if _is_at(head, end, _HEAD_GAP * text_height)]
        middle = head.mean(axis=0)
        if near:
            own = min(near, key=lambda end: float(np.hypot(*(end - middle))))
            owned[_key(own)] = head
    return owned


def _key(end: Points) -> tuple[float, float]:
    return float(end[0]), float(end[1])


def _net(group: list[Points], owned: Ends, nodes: list[Shape], text_height: float) -> Net:
    ends: list[End] = []
    for chain in group:
        for end in (chain[0], chain[-1]):
            found = _end(end, owned.get(_key(end)), nodes, text_height)
            if found is not None and all(found.node != other.node for other in ends):
                ends.append(found)
    return Net(np.concatenate([_sampled(chain) for chain in group]), tuple(ends))


def _end(end: Points, head: Points | None, nodes: list[Shape], text_height: float) -> End | None:
    """None where the end is near no node; a head reaches from the end to the node."""
    tips = [end] if head is None else [end, *head]
    numbers = [(min(_to_node(tip, node) for tip in tips), number) for number, node in enumerate(nodes, 1)]
    away, number = min(numbers, default=(np.inf, 0))
    if away > _TOUCHES * text_height:
        return None
    has_head = head is not None and _points_at(head, nodes[number - 1])
    return End(number, float(end[0]), float(end[1]), has_head)


def _is_at(head: Points, end: Points, reach: float) -> bool:
    """Whether the line ends in the head or right at it."""
    contour = head.astype(np.float32).reshape(-1, 1, 2)
    return cv2.pointPolygonTest(contour, (float(end[0]), float(end[1])), measureDist=True) >= -reach


def _points_at(head: Points, node: Shape) -> bool:
    """Whether the head's tip is nearer to the node than its other corners: feathers are no heads."""
    away = np.array([_to_node(corner, node) for corner in head])
    return bool(away.min() + 1.0 < np.median(away)) or bool(away.max() <= 1.0)


def _to_node(point: Points, node: Shape) -> float:
    """0 within the node."""
    inside = cv2.pointPolygonTest(node.contour, (float(point[0]), float(point[1])), measureDist=True)
    return max(0.0, -float(inside))


def _sampled(chain: Points) -> NDArray[np.int64]:
    """Places along the line, four pixels apart: what labels are measured against."""
    parts = []
    for start, stop in pairwise(chain):
        count = max(2, int(np.hypot(*(stop - start)) / 4))
        parts.append(start + np.linspace(0, 1, count)[:, None] * (stop - start))
    return np.concatenate(parts).round().astype(np.int64)
