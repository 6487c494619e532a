"""Words outside the shapes of a diagram that are no labels of its lines."""

import re
from collections.abc import Iterable

import cv2
import numpy as np

from octavo.pipeline.figures.diagrams.nets import Net
from octavo.pipeline.figures.diagrams.shapes import Shape
from octavo.pipeline.figures.view import Box, Label

_STROKES = re.compile(r"^[AVKYTILJvkyijlt14/|\\<>^()\[\]\u25b2\u25bc\u25b6\u25c0-]{1,2}$")
"""What readers make of arrow heads and of pieces of line."""
_TITLE = 1.5
"""Text heights between a side of a frame and its title."""
_FULL = 3
"""Pixels of a line in the box of a sign: it is that line."""
_SAME, _RAGGED = 0.87, 2
"""How alike a node and itself upside down are at least; how many others make a map."""


def without_titles(labels: Iterable[Label], groups: list[Shape], text_height: float) -> list[Label]:
    """Without what is written along the upper or lower side of a frame around several shapes."""
    labels = list(labels)
    lines: dict[int, Box] = {}
    for label in labels:
        known = lines.get(label.line)
        lines[label.line] = known.union(label.box) if known else label.box
    titles = {
        number
        for number, box in lines.items()
        if any(_is_along(box, group.box, text_height) for group in groups)
    }
    return [label for label in labels if label.line not in titles]


def _is_along(line: Box, frame: Box, text_height: float) -> bool:
    if line.shared(frame) < 0.9 * line.area:
        return False
    return min(line.y0 - frame.y0, frame.y1 - line.y1) <= _TITLE * text_height


def without_strokes(labels: Iterable[Label], nets: list[Net]) -> list[Label]:
    """Without signs that were read from the lines themselves: a head is no `V`."""
    return [
        label
        for label in labels
        if not (_STROKES.match(label.text) and any(_runs_in(net, label.box) for net in nets))
    ]


def _runs_in(net: Net, box: Box) -> bool:
    near = box.grown(_FULL)
    x, y = net.points[:, 0], net.points[:, 1]
    inside = (x >= near.x0) & (x <= near.x1) & (y >= near.y0) & (y <= near.y1)
    return int(inside.sum()) >= _FULL


def is_patchwork(nodes: list[Shape]) -> bool:
    """Areas of a map: most look otherwise when they are turned by half a turn, which hardly any node does."""
    ragged = sum(_sameness(node) < _SAME for node in nodes)
    return ragged >= _RAGGED and 2 * ragged >= len(nodes)


def _sameness(node: Shape) -> float:
    """What a shape and the same shape turned by half a turn share, of both."""
    height, width = max(2, round(node.box.height) + 1), max(2, round(node.box.width) + 1)
    mask = np.zeros((height, width), np.uint8)
    corner = np.array([round(node.box.x0), round(node.box.y0)], np.int32)
    cv2.drawContours(mask, [node.contour - corner], -1, 1, -1)
    turned = mask[::-1, ::-1]
    return float((mask & turned).sum()) / max(1.0, float((mask | turned).sum()))
