"""Connectors: from which shape to which, by the ends they are glued to, else by the ends they touch."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from octavo.adapters.readers.office.geometry import Box, Point
from octavo.adapters.readers.office.xml import NAMESPACES, Element
from octavo.adapters.readers.pptx.shapes import Shape

_TOUCH = 0.012
"""An end this near a shape, as a share of the slide's diagonal, touches it."""
_NEXT_BEST = 2.5
"""A second shape must be this much further away than the first, or the end is not sure."""
_NEAR_CONFIDENCE = 0.8
_ARROWS = {"triangle", "stealth", "arrow"}


@dataclass(frozen=True, slots=True)
class Connector:
    start: str
    end: str
    """Ids of the shapes it ties, in the direction of its arrow."""
    directed: bool
    both: bool
    path: tuple[Point, ...]
    """From its start to its end, EMU."""
    box: Box
    confidence: float | None = None
    """None where the file says what it ties."""


def connectors_of(shapes: Sequence[Shape], diagonal: float) -> list[Connector]:
    """Those that tie two different shapes; loose ones are drawings, not relations."""
    tied = {shape.id: shape for shape in shapes if shape.kind != "connector"}
    nodes = [shape for shape in tied.values() if shape.box is not None and not shape.placeholder]
    found = (_connector(shape, tied, nodes, diagonal) for shape in shapes if shape.kind == "connector")
    return [connector for connector in found if connector is not None]


def _connector(
    shape: Shape, tied: dict[str, Shape], nodes: Sequence[Shape], diagonal: float
) -> Connector | None:
    if shape.placed is None or shape.hidden:
        return None
    path = _path(shape)
    ends = [_glued(shape.element, name, tied) for name in ("stCxn", "endCxn")]
    sure = all(ends)
    for index, point in ((0, path[0]), (1, path[-1])):
        ends[index] = ends[index] or _touched(point, path, nodes, diagonal)
    start, end = ends
    if not start or not end or start == end:
        return None
    head, tail = _has_arrow(shape.element, "headEnd"), _has_arrow(shape.element, "tailEnd")
    if head and not tail:
        start, end, path = end, start, path[::-1]
    return Connector(
        start=start,
        end=end,
        directed=head or tail,
        both=head and tail,
        path=path,
        box=shape.placed.box(),
        confidence=None if sure else _NEAR_CONFIDENCE,
    )


def _glued(element: Element, name: str, tied: dict[str, Shape]) -> str | None:
    end = element.find(f"p:nvCxnSpPr/p:cNvCxnSpPr/a:{name}", NAMESPACES)
    identity = end.get("id", "") if end is not None else ""
    return identity if identity in tied else None


def _has_arrow(element: Element, name: str) -> bool:
    end = element.find(f"p:spPr/a:ln/a:{name}", NAMESPACES)
    return end is not None and end.get("type", "none") in _ARROWS


def _path(shape: Shape) -> tuple[Point, ...]:
    """Straight, or in the right angles of an elbow; curves are taken as elbows."""
    assert shape.placed is not None  # noqa: S101 - asked for only where it has a place
    geometry = shape.geometry or "line"
    bend = _bends(geometry)
    return tuple(shape.placed.at(x, y) for x, y in bend)


def _bends(geometry: str) -> tuple[Point, ...]:
    """In the unit square; the middle bend stands where Office puts it unless it was moved."""
    kind = geometry.removeprefix("bentConnector").removeprefix("curvedConnector")
    if kind == "2":
        return (0, 0), (1, 0), (1, 1)
    if kind == "3":
        return (0, 0), (0.5, 0), (0.5, 1), (1, 1)
    return (0, 0), (1, 1)


def _touched(point: Point, path: tuple[Point, ...], nodes: Sequence[Shape], diagonal: float) -> str | None:
    """The one shape at this end. A shape around both ends is a frame, and no end touches a text beside another shape."""
    near = sorted(
        (distance, node.id)
        for node in nodes
        if node.box is not None
        and not (_inside(path[0], node.box) and _inside(path[-1], node.box))
        and (distance := gap(point, node.box)) <= _TOUCH * diagonal
    )
    if not near:
        return None
    if len(near) > 1 and near[1][0] < max(_NEXT_BEST * near[0][0], 0.1 * _TOUCH * diagonal):
        return None
    return near[0][1]


def gap(point: Point, box: Box) -> float:
    """From a point to a box; 0 inside."""
    x, y = point
    return hypot(max(box[0] - x, 0.0, x - box[2]), max(box[1] - y, 0.0, y - box[3]))


def _inside(point: Point, box: Box) -> bool:
    return gap(point, box) == 0.0
