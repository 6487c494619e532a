"""Closed shapes with words in them: outlines and coloured areas."""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.figures.charts.marks import Tint
from octavo.pipeline.figures.charts.pixels import Lab, near
from octavo.pipeline.figures.view import Box, Label, View

Mask = NDArray[np.uint8]
Contour = NDArray[np.int32]

_LEAST_SIDE = 1.2
"""Text heights: a smaller shape has no room for a word."""
_LARGEST = 0.6
"""Of the view: a larger shape is its frame."""
_CONVEX = 0.9
"""Share of its hull that a shape fills; areas that lines between shapes enclose are ragged."""
_LEAST_AREA_TEXT = 0.015


@dataclass(slots=True)
class Shape:
    contour: Contour
    box: Box
    area: float
    kind: str | None
    labels: list[Label] = field(default_factory=list)
    tint: Tint | None = None
    """Of its area, where it is painted."""


def find_shapes(view: View, lab: Lab, ink: Mask) -> tuple[list[Shape], list[Shape]]:
    """Shapes with words of their own, and shapes that hold other shapes."""
    whole, cut, dashed = _closed(ink, view)
    sources = (whole, cut, _painted(view, lab), dashed)
    shapes = _distinct([[shape for shape in source if _may_be_node(shape, view)] for source in sources])
    groups = [
        shape for shape in shapes if any(is_within(other, shape) for other in shapes if other is not shape)
    ]
    nodes = [shape for shape in shapes if not any(shape is group for group in groups)]
    for label in view.labels:
        holding = [node for node in nodes if holds(node, label)]
        if holding:
            min(holding, key=lambda node: node.area).labels.append(label)
    return [node for node in nodes if node.labels and _fits(node)], groups


def _closed(ink: Mask, view: View) -> tuple[list[Shape], list[Shape], list[Shape]]:
    """Holes in the ink, whole outlines first, then dashed ones with their gaps closed."""
    without_words = ink.copy()
    for label in view.labels:
        rows, columns = window_of(label.box, ink.shape)
        without_words[rows, columns] = is_on_paint(ink, label.box)
    gap = max(5, int(0.35 * view.text_height)) | 1
    dashed = cv2.morphologyEx(without_words, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    # Words that touch an outline must not cut it: the ink with them is looked at as well.
    return _holes(ink), _holes(without_words), _holes(np.asarray(dashed, np.uint8))


def window_of(box: Box, shape: tuple[int, ...], by: int = 0) -> tuple[slice, slice]:
    """The rows and columns of a box, at least one of each."""
    return (
        slice(max(0, int(box.y0) - by), min(shape[0], int(box.y1) + 1 + by)),
        slice(max(0, int(box.x0) - by), min(shape[1], int(box.x1) + 1 + by)),
    )


def is_on_paint(ink: Mask, box: Box) -> bool:
    """Whether the ground around a word is ink itself."""
    outer, inner = ink[window_of(box, ink.shape, 3)], ink[window_of(box, ink.shape)]
    rim = outer.size - inner.size
    return bool(rim > 0 and (int(outer.sum()) - int(inner.sum())) / rim > 0.6)


def _holes(mask: Mask) -> list[Shape]:
    contours, tree = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return []
    return [
        _shape(np.asarray(contour, np.int32))
        for contour, links in zip(contours, tree[0], strict=True)
        if links[3] >= 0 and len(contour) >= 4
    ]


def _painted(view: View, lab: Lab) -> list[Shape]:
    """The areas of one colour under each word."""
    shapes: list[Shape] = []
    tints: list[Tint] = []
    for label in view.labels:
        tint = _ground(lab, label)
        if tint is not None and all(tint.distance(other) > 3 for other in tints):
            tints.append(tint)
    for tint in tints[:12]:
        mask = near(lab, tint, 5.0).astype(np.uint8)
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            if len(contour) >= 4:
                shape = _shape(np.asarray(contour, np.int32))
                shape.tint = tint
                shapes.append(shape)
    return shapes


def _ground(lab: Lab, label: Label) -> Tint | None:
    """The colour most of the word's box has."""
    box = label.box
    part = lab[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(box.x0)) : int(box.x1) + 1].reshape(-1, 3)
    if len(part) < 12:
        return None
    coarse = np.round(part / 3).astype(np.int32)
    _, inverse, counts = np.unique(coarse, axis=0, return_inverse=True, return_counts=True)
    light, a, b = np.median(part[inverse.reshape(-1) == int(counts.argmax())], axis=0)
    tint = Tint(float(light), float(a), float(b))
    return tint if tint.light < 97 or tint.chroma > 3 else None


def _shape(contour: Contour) -> Shape:
    x, y, width, height = cv2.boundingRect(contour)
    area = float(cv2.contourArea(contour))
    return Shape(
        contour, Box(float(x), float(y), float(x + width), float(y + height)), area, kind_of(contour, area)
    )


def kind_of(contour: Contour, area: float) -> str | None:
    """A word of the document's own vocabulary, or None where it is none of them."""
    hull = cv2.convexHull(contour)
    _, _, width, height = cv2.boundingRect(contour)
    share = float(cv2.contourArea(hull)) / max(1.0, (width - 1) * (height - 1))
    corners = len(cv2.approxPolyDP(hull, 0.025 * float(cv2.arcLength(hull, closed=True)), closed=True))
    del area
    if share >= 0.985:
        return "rectangle"
    if corners == 4:
        return "diamond" if share < 0.62 else "parallelogram"
    if 0.74 <= share <= 0.82 and corners >= 6:
        return "ellipse"
    if corners == 6 and share < 0.95:
        return "hexagon"
    return "rounded" if share > 0.82 else None


def _may_be_node(shape: Shape, view: View) -> bool:
    least = _LEAST_SIDE * view.text_height
    if min(shape.box.width, shape.box.height) < least or shape.box.area > _LARGEST * view.width * view.height:
        return False
    hull = float(cv2.contourArea(cv2.convexHull(shape.contour)))
    # What lines of a drawing enclose besides shapes has the shapes' corners cut out of it.
    return shape.area >= _CONVEX * hull


def _distinct(sources: list[list[Shape]]) -> list[Shape]:
    """One of each, from the surest source; the inner of double borders."""
    kept: list[Shape] = []
    ordered = (shape for source in sources for shape in sorted(source, key=lambda shape: shape.area))
    for shape in ordered:
        same = next((other for other in kept if _same(shape.box, other.box)), None)
        if same is None:
            kept.append(shape)
        elif same.tint is None:
            same.tint = shape.tint
    return kept


def _same(one: Box, other: Box) -> bool:
    shared = one.shared(other)
    return shared >= 0.75 * max(one.area, other.area)


def is_within(inner: Shape, outer: Shape) -> bool:
    return outer.area > 1.2 * inner.area and inner.box.shared(outer.box) >= 0.95 * inner.box.area


def holds(shape: Shape, label: Label) -> bool:
    return cv2.pointPolygonTest(shape.contour, (label.box.cx, label.box.cy), measureDist=False) >= 0


def _fits(node: Shape) -> bool:
    """Its words stand about its middle and fill some of it."""
    box = node.labels[0].box
    for label in node.labels[1:]:
        box = box.union(label.box)
    fills = sum(label.box.area for label in node.labels) >= _LEAST_AREA_TEXT * node.box.area
    return fills and abs(box.cx - node.box.cx) <= 0.35 * node.box.width
