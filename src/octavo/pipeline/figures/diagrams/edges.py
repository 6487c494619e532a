"""From lines that touch shapes to edges with a direction and a label."""

from dataclasses import dataclass, field

import numpy as np

from octavo.pipeline.figures.diagrams.nets import End, Net
from octavo.pipeline.figures.view import Box, Label

_NEAR = 1.3
"""Text heights between a line and its label."""


@dataclass(slots=True)
class Edge:
    start: int
    """Index of a node, from 0."""
    end: int
    is_directed: bool
    is_both: bool
    net: Net
    labels: list[Label] = field(default_factory=list)


def to_edges(
    nets: list[Net], nodes: list[Box], free: list[Label], text_height: float
) -> tuple[list[Edge], set[Label]]:
    """The edges, and the words that became labels of edges."""
    edges = [edge for net in nets for edge in _edges_of(net, nodes)]
    edges = _once(edges)
    used: set[Label] = set()
    for line in _lines(free):
        edge = _nearest(line, edges, text_height)
        if edge is not None:
            edge.labels += line
            used |= set(line)
    return edges, used


def _edges_of(net: Net, nodes: list[Box]) -> list[Edge]:
    heads = [end for end in net.ends if end.has_head]
    tails = [end for end in net.ends if not end.has_head]
    if len(net.ends) == 2 and len(heads) != 1:
        one, other = _in_reading_order(net.ends, nodes)
        return [Edge(one.node - 1, other.node - 1, bool(heads), bool(heads), net)]
    if heads and tails:
        return [
            Edge(tail.node - 1, head.node - 1, is_directed=True, is_both=False, net=net)
            for tail in tails
            for head in heads
        ]
    hub = _hub(net.ends, nodes)
    return [
        Edge(hub.node - 1, end.node - 1, bool(heads), bool(heads), net) for end in net.ends if end is not hub
    ]


def _in_reading_order(ends: tuple[End, ...], nodes: list[Box]) -> list[End]:
    return sorted(ends, key=lambda end: (round(nodes[end.node - 1].cy / 20), nodes[end.node - 1].cx))


def _hub(ends: tuple[End, ...], nodes: list[Box]) -> End:
    """Of a tree's fork: the shape that stands alone on its side of the others."""

    def alone(end: End) -> float:
        own = nodes[end.node - 1]
        others = [nodes[other.node - 1] for other in ends if other is not end]
        gaps = (
            min(other.y0 for other in others) - own.y1,
            min(other.x0 for other in others) - own.x1,
            own.y0 - max(other.y1 for other in others),
            own.x0 - max(other.x1 for other in others),
        )
        # Trees grow downwards, then to the right, before any other way.
        return max(gap - 0.001 * rank for rank, gap in enumerate(gaps))

    return max(ends, key=alone)


def _once(edges: list[Edge]) -> list[Edge]:
    """Lines that run beside one another between the same shapes in opposite directions stay two."""
    seen: set[tuple[int, int]] = set()
    kept: list[Edge] = []
    for edge in edges:
        if edge.start != edge.end and (edge.start, edge.end) not in seen:
            seen.add((edge.start, edge.end))
            kept.append(edge)
    return kept


def _lines(labels: list[Label]) -> list[list[Label]]:
    lines: dict[int, list[Label]] = {}
    for label in labels:
        lines.setdefault(label.line, []).append(label)
    return list(lines.values())


def _nearest(line: list[Label], edges: list[Edge], text_height: float) -> Edge | None:
    box = line[0].box
    for label in line[1:]:
        box = box.union(label.box)
    best = min(edges, key=lambda edge: _away(box, edge), default=None)
    return best if best is not None and _away(box, best) <= _NEAR * text_height else None


def _away(box: Box, edge: Edge) -> float:
    x, y = edge.net.points[:, 0], edge.net.points[:, 1]
    across = np.maximum(0, np.maximum(box.x0 - x, x - box.x1))
    down = np.maximum(0, np.maximum(box.y0 - y, y - box.y1))
    return float(np.hypot(across, down).min())
