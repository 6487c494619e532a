"""A diagram's nodes and edges from its view."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from octavo.pipeline.figures.charts.names import text_of
from octavo.pipeline.figures.charts.numbers import to_number
from octavo.pipeline.figures.charts.pixels import Lab, near, on_one_paper, to_lab
from octavo.pipeline.figures.diagrams.beside import is_patchwork, without_strokes, without_titles
from octavo.pipeline.figures.diagrams.drawn import find_drawn_nets, find_nodes
from octavo.pipeline.figures.diagrams.edges import Edge, to_edges
from octavo.pipeline.figures.diagrams.nets import Ground, Mask, Net, find_nets
from octavo.pipeline.figures.diagrams.shapes import Shape, find_shapes, window_of
from octavo.pipeline.figures.view import Box, Label, View

_TOUCHES = 5
"""Pixels that a line may end before a shape."""
_MOST_SHAPES = 300


@dataclass(frozen=True, slots=True)
class Diagram:
    body: dict[str, Any]
    confidence: float


def read_diagram(view: View) -> Diagram | None:
    """None without two shapes with words and a line between them."""
    if len(view.labels) < 2:
        return None
    return read_drawn_diagram(view) or _read_pixels(view)


def read_drawn_diagram(view: View) -> Diagram | None:
    """From its paths, where they are lines between shapes with words; numbers are those of bars."""
    nodes, groups = find_nodes(view) if view.strokes else ([], [])
    if not _may_be_graph(nodes):
        return None
    free = without_titles(_free(view, nodes), groups, view.text_height)
    nets = find_drawn_nets(view, nodes)
    return _graph(view, nodes, nets, free)


def _read_pixels(view: View) -> Diagram | None:
    lab, paper = on_one_paper(to_lab(view.pixels))
    ink = np.asarray(~near(lab, paper, 10.0), np.uint8)
    nodes, groups = find_shapes(view, lab, ink)
    if not _may_be_graph(nodes):
        return None
    lines = _lines(view, lab, ink, nodes, groups)
    free = _free(view, nodes)
    nets = find_nets(lines, _ground(nodes, ink.shape), [label.box for label in free], view.text_height)
    words = without_titles(without_strokes(free, nets), groups, view.text_height)
    return _graph(view, nodes, nets, words)


def _may_be_graph(nodes: list[Shape]) -> bool:
    if not 2 <= len(nodes) <= _MOST_SHAPES or is_patchwork(nodes):
        return False
    return any(to_number(label.text) is None for node in nodes for label in node.labels)


def _free(view: View, nodes: list[Shape]) -> list[Label]:
    """Words that stand in no shape."""
    return [label for label in view.labels if not any(label in node.labels for node in nodes)]


def _graph(view: View, nodes: list[Shape], nets: list[Net], free: list[Label]) -> Diagram | None:
    edges, used = to_edges(nets, [node.box for node in nodes], free, view.text_height)
    if not edges:
        return None
    return Diagram(_body(view, nodes, edges), _confidence(nodes, edges, nets, used))


def _lines(view: View, lab: Lab, ink: Mask, nodes: list[Shape], groups: list[Shape]) -> Mask:
    """The ink without shapes, words, and what frames or underlies groups of shapes."""
    lines = ink.copy()
    for group in groups:
        if group.tint is not None:
            inside = np.zeros(ink.shape, np.uint8)
            cv2.drawContours(inside, [group.contour], -1, 1, -1)
            lines[(inside == 1) & near(lab, group.tint, 6.0)] = 0
        cv2.drawContours(lines, [group.contour], -1, 0, 7)
    for node in nodes:
        cv2.drawContours(lines, [node.contour], -1, 0, -1)
        cv2.drawContours(lines, [node.contour], -1, 0, 2 * _border(node, ink) + 3)
    return _without_words(lines, [label.box for label in view.labels if len(label.text) > 1])


def _without_words(lines: Mask, boxes: list[Box]) -> Mask:
    """Without the letters: pieces of ink within a word's box. What runs out of the box is a line behind the word.

    Single letters stay: dashes and arrow heads are read as such.
    """
    covered = np.zeros(lines.shape, np.uint8)
    for box in boxes:
        covered[window_of(box, lines.shape, 2)] = 1
    _, marked = cv2.connectedComponents(lines, connectivity=8)
    outside = np.zeros(int(marked.max()) + 1, np.bool_)
    outside[np.unique(marked[covered == 0])] = True
    outside[0] = False
    return np.asarray(outside[marked], np.uint8)


def _border(node: Shape, ink: Mask) -> int:
    """The thickness of its outline: how far ink goes on outside its contour, most of the way round."""
    outline = node.contour.reshape(-1, 2)
    middle = np.array([node.box.cx, node.box.cy])
    away = outline - middle
    away = away / np.maximum(1e-6, np.hypot(*away.T))[:, None]
    for step in range(1, 9):
        places = np.round(outline + away * step).astype(int)
        x = np.clip(places[:, 0], 0, ink.shape[1] - 1)
        y = np.clip(places[:, 1], 0, ink.shape[0] - 1)
        if float(ink[y, x].mean()) < 0.5:
            return step - 1
    return 8


def _ground(nodes: list[Shape], shape: tuple[int, ...]) -> Ground:
    owners = np.zeros(shape[:2], np.int32)
    for number, node in enumerate(nodes, 1):
        cv2.drawContours(owners, [node.contour], -1, number, 2 * (_TOUCHES + 6))
    for number, node in enumerate(nodes, 1):
        cv2.drawContours(owners, [node.contour], -1, number, -1)
    outside = np.ones(shape[:2], np.uint8)
    for node in nodes:
        cv2.drawContours(outside, [node.contour], -1, 0, -1)
    away = cv2.distanceTransform(outside, cv2.DIST_L2, 3)
    return Ground(owners, np.asarray(away, np.float32), tuple(node.box for node in nodes))


def _body(view: View, nodes: list[Shape], edges: list[Edge]) -> dict[str, Any]:
    order = sorted(
        range(len(nodes)),
        key=lambda index: (round(nodes[index].box.cy / (2 * view.text_height)), nodes[index].box.x0),
    )
    names = {index: f"n{place}" for place, index in enumerate(order, 1)}
    return {
        "nodes": [_node(view, nodes[index], names[index]) for index in order],
        "edges": [_edge(edge, names) for edge in edges],
    }


def _node(view: View, node: Shape, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {"id": name, "text": text_of(node.labels)}
    if node.kind:
        found["shape"] = node.kind
    found["bbox"] = view.to_page(node.box).to_list()
    return found


def _edge(edge: Edge, names: dict[int, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"from": names[edge.start], "to": names[edge.end], "directed": edge.is_directed}
    if edge.is_both:
        found["both"] = True
    if edge.labels:
        found["label"] = text_of(edge.labels)
    return found


def _confidence(nodes: list[Shape], edges: list[Edge], nets: list[Net], used: set[Label]) -> float:
    """Higher where every shape has a line and every line runs between two."""
    linked = {end for edge in edges for end in (edge.start, edge.end)}
    simple = sum(len(net.ends) == 2 for net in nets) / max(1, len(nets))
    del used
    return round(0.3 + 0.4 * len(linked) / len(nodes) + 0.25 * simple, 2)
