"""Shapes tied by connectors as diagrams: one for each set of shapes that hang together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Any

from octavo.adapters.readers.office.geometry import Box, Point
from octavo.adapters.readers.office.rich_text import plain_text
from octavo.adapters.readers.office.xml import NAMESPACES
from octavo.adapters.readers.pptx.connectors import Connector, connectors_of
from octavo.adapters.readers.pptx.draft import Draft
from octavo.adapters.readers.pptx.passages import Frame
from octavo.adapters.readers.pptx.shapes import Shape
from octavo.domain.document import BlockType

_FORMS = {
    "rect": "rectangle",
    "flowChartProcess": "rectangle",
    "flowChartPredefinedProcess": "rectangle",
    "roundRect": "rounded",
    "flowChartAlternateProcess": "rounded",
    "flowChartTerminator": "rounded",
    "ellipse": "ellipse",
    "flowChartConnector": "circle",
    "diamond": "diamond",
    "flowChartDecision": "diamond",
    "parallelogram": "parallelogram",
    "flowChartInputOutput": "parallelogram",
    "hexagon": "hexagon",
    "flowChartPreparation": "hexagon",
    "can": "cylinder",
    "flowChartMagneticDisk": "cylinder",
}
_LABEL_NEAR = 0.03
"""A label is no further from its connector than this share of the slide's diagonal."""
_LONGEST_LABEL = 60
_MOST_CONNECTORS = 1_000
"""Each is compared with every shape."""
_OTHER_FURTHER = 1.5
"""The next connector must be this much further from a label."""


@dataclass(frozen=True, slots=True)
class Diagram:
    draft: Draft
    shapes: frozenset[str]
    """Ids of the shapes whose text it took over; placeholders keep theirs."""


def diagrams_of(shapes: Sequence[Shape], frame: Frame) -> list[Diagram]:
    """None for a slide with more connectors than any drawing has."""
    if sum(shape.kind == "connector" for shape in shapes) > _MOST_CONNECTORS:
        return []
    diagonal = hypot(frame.width, frame.height)
    connectors = connectors_of(shapes, diagonal)
    by_id = {shape.id: shape for shape in shapes if shape.kind != "connector"}
    labels = _labels(shapes, connectors, diagonal)
    return [_diagram(part, by_id, labels, frame) for part in _connected(connectors)]


def _connected(connectors: list[Connector]) -> list[list[Connector]]:
    parts: list[list[Connector]] = []
    for connector in connectors:
        ends = {connector.start, connector.end}
        met = [part for part in parts if any(ends & {other.start, other.end} for other in part)]
        parts = [part for part in parts if part not in met]
        parts.append([other for part in met for other in part] + [connector])
    return parts


def _diagram(
    connectors: list[Connector], by_id: dict[str, Shape], labels: dict[int, Shape], frame: Frame
) -> Diagram:
    used = {end for connector in connectors for end in (connector.start, connector.end)}
    shapes = [shape for identity, shape in by_id.items() if identity in used]
    shapes.sort(key=lambda shape: (round((shape.box or (0, 0))[1] / frame.height, 2), (shape.box or (0,))[0]))
    shapes = _along_arrows(shapes, connectors)
    names = {shape.id: f"n{number}" for number, shape in enumerate(shapes, 1)}
    nodes = [_node(shape, names[shape.id], frame) for shape in shapes]
    edges = [_edge(connector, names, labels.get(id(connector))) for connector in connectors]
    lettered = [labels[id(connector)] for connector in connectors if id(connector) in labels]
    boxes = [shape.box for shape in [*shapes, *lettered] if shape.box] + [one.box for one in connectors]
    texts = [*(node["text"] for node in nodes), *(edge["label"] for edge in edges if "label" in edge)]
    draft = Draft(
        BlockType.DIAGRAM,
        "\n".join(text for text in texts if text),
        frame.fraction(_around(boxes)),
        body={"nodes": nodes, "edges": edges},
    )
    taken = {shape.id for shape in shapes if shape.kind == "text" and not shape.placeholder} | {
        shape.id for shape in lettered
    }
    return Diagram(draft, frozenset(taken))


def _along_arrows(shapes: list[Shape], connectors: list[Connector]) -> list[Shape]:
    """From where nothing leads to, each before those it leads to; by place where that leaves a choice."""
    after: dict[str, list[str]] = {}
    for connector in connectors:
        after.setdefault(connector.start, []).append(connector.end)
    entered = {connector.end for connector in connectors}
    places = {shape.id: place for place, shape in enumerate(shapes)}
    ordered: dict[str, None] = {}
    for start in [*(one.id for one in shapes if one.id not in entered), *places]:
        waiting = [start]
        while waiting:
            identity = waiting.pop(0)
            if identity not in ordered:
                ordered[identity] = None
                waiting.extend(sorted(after.get(identity, []), key=places.__getitem__))
    return [shapes[places[identity]] for identity in ordered]


def _node(shape: Shape, name: str, frame: Frame) -> dict[str, Any]:
    node: dict[str, Any] = {"id": name, "text": _text(shape) or shape.alt}
    if shape.kind != "text":
        node["shape"] = shape.kind
    elif shape.geometry and shape.geometry != "custom":
        node["shape"] = _FORMS.get(shape.geometry, shape.geometry)
    if shape.box:
        node["bbox"] = frame.fraction(shape.box).to_list()
    return node


def _edge(connector: Connector, names: dict[str, str], label: Shape | None) -> dict[str, Any]:
    edge: dict[str, Any] = {
        "from": names[connector.start],
        "to": names[connector.end],
        "directed": connector.directed,
    }
    if connector.both:
        edge["both"] = True
    if label is not None:
        edge["label"] = _text(label)
    if connector.confidence is not None:
        edge["confidence"] = connector.confidence
    return edge


def _labels(shapes: Sequence[Shape], connectors: list[Connector], diagonal: float) -> dict[int, Shape]:
    """Short loose texts, each at the middle of one connector: by the connector's `id()`."""
    ends = {end for connector in connectors for end in (connector.start, connector.end)}
    found: dict[int, tuple[float, Shape]] = {}
    for shape in shapes:
        if shape.id in ends or not _may_label(shape) or shape.box is None:
            continue
        nearest = sorted((_distance(shape.box, one.path), at) for at, one in enumerate(connectors))
        if not nearest or nearest[0][0] > _LABEL_NEAR * diagonal:
            continue
        if len(nearest) > 1 and nearest[1][0] < _OTHER_FURTHER * nearest[0][0]:
            continue
        distance, at = nearest[0]
        key = id(connectors[at])
        if key not in found or distance < found[key][0]:
            found[key] = (distance, shape)
    return {key: shape for key, (_, shape) in found.items()}


def _may_label(shape: Shape) -> bool:
    """A text box without an outline of its own, of one short line."""
    if shape.kind != "text" or shape.placeholder or shape.hidden:
        return False
    text = _text(shape)
    plain = shape.geometry in {None, "rect"} and shape.element.find("p:spPr/a:solidFill", NAMESPACES) is None
    is_box = shape.element.find("p:nvSpPr/p:cNvSpPr[@txBox='1']", NAMESPACES) is not None
    return 0 < len(text) <= _LONGEST_LABEL and (is_box or plain) and text.count("\n") <= 1


def _distance(box: Box, path: tuple[Point, ...]) -> float:
    """From the middle of a label to the inner part of a connector: both ends belong to the shapes there."""
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    steps = 24
    points = [_along(path, step / steps) for step in range(3, steps - 2)]
    return min(hypot(x - middle[0], y - middle[1]) for x, y in points)


def _along(path: tuple[Point, ...], share: float) -> Point:
    lengths = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(path)]
    left = share * sum(lengths)
    for ((ax, ay), (bx, by)), length in zip(pairwise(path), lengths, strict=True):
        if left <= length and length > 0:
            part = left / length
            return ax + part * (bx - ax), ay + part * (by - ay)
        left -= length
    return path[-1]


def _text(shape: Shape) -> str:
    return plain_text(shape.element.find("p:txBody", NAMESPACES))


def _around(boxes: list[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
