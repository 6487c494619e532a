"""SmartArt: the nodes of a diagram's data and how they hang together.

The data part holds points and connections. `parOf` connections make the tree;
`presOf` ones lead to the shapes that were drawn when the file was last saved.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from octavo.adapters.readers.office.geometry import Affine, Box, placed
from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.office.rich_text import plain_text
from octavo.adapters.readers.office.xml import NAMESPACES, Element, tag

_NODES = {"node", "asst"}
_SEQUENCES = {"process", "cycle"}
_LAYOUT = re.compile(r"(process|chevron|cycle)\d*$", re.IGNORECASE)
_MOST_NODES = 2_000
_DRAWING = "diagramDrawing"


@dataclass(frozen=True, slots=True)
class SmartArt:
    nodes: tuple[dict[str, Any], ...]
    """As in a diagram's body, the box in EMU within the drawing, where it was drawn (`box`)."""
    edges: tuple[dict[str, Any], ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Point:
    id: str
    text: str
    level: int
    parent: str | None
    """None for the outermost."""


def read_smartart(package: Package, part: str, relationship_id: str | None) -> SmartArt | None:
    """Of the graphic whose `dgm:relIds` name `relationship_id` as data; None where nothing is written in it."""
    data = package.target(part, relationship_id)
    if data is None:
        return None
    root = package.tree(data)
    points = _points(root)
    if not any(point.text for point in points):
        return None
    names = {point.id: f"n{number}" for number, point in enumerate(points, 1)}
    boxes = _boxes(package, part, root)
    nodes = [_node(point, names, boxes.get(point.id)) for point in points]
    edges = [
        {"from": names[point.parent], "to": names[point.id], "directed": True}
        for point in points
        if point.parent
    ]
    edges.extend(_sequence(root, points, names))
    text = "\n".join(point.text for point in points if point.text)
    return SmartArt(tuple(nodes), tuple(edges), text)


def _node(point: _Point, names: dict[str, str], box: Box | None) -> dict[str, Any]:
    node: dict[str, Any] = {"id": names[point.id], "text": point.text, "level": point.level}
    if box is not None:
        node["box"] = box
    return node


def _points(root: Element) -> list[_Point]:
    """Parents before their children, in the order shown; empty ones are boxes too."""
    texts: dict[str, str] = {}
    roots: list[str] = []
    for point in root.iterfind("dgm:ptLst/dgm:pt", NAMESPACES):
        kind, identity = point.get("type", "node"), point.get("modelId", "")
        if kind in _NODES and len(texts) < _MOST_NODES:
            texts[identity] = plain_text(point.find("dgm:t", NAMESPACES))
        elif kind == "doc":
            roots.append(identity)
    children = _children(root)
    found: list[_Point] = []
    stack = [
        (child, 0, None) for identity in reversed(roots) for child in reversed(children.get(identity, []))
    ]
    pending: list[tuple[str, int, str | None]] = list(stack)
    seen: set[str] = set()
    while pending:
        identity, level, parent = pending.pop()
        if identity not in texts or identity in seen:
            continue
        seen.add(identity)
        found.append(_Point(identity, texts[identity], level, parent))
        below = reversed(children.get(identity, []))
        pending.extend((child, level + 1, identity) for child in below)
    loose = [identity for identity in texts if identity not in seen]
    return found + [_Point(identity, texts[identity], 0, None) for identity in loose if texts[identity]]


def _children(root: Element) -> dict[str, list[str]]:
    ties: dict[str, list[tuple[int, str]]] = {}
    for tie in root.iterfind("dgm:cxnLst/dgm:cxn", NAMESPACES):
        if tie.get("type", "parOf") == "parOf":
            order = tie.get("srcOrd", "0")
            place = int(order) if order.isdecimal() else 0
            ties.setdefault(tie.get("srcId", ""), []).append((place, tie.get("destId", "")))
    return {source: [child for _, child in sorted(found)] for source, found in ties.items()}


def _sequence(root: Element, points: list[_Point], names: dict[str, str]) -> list[dict[str, Any]]:
    """In a process one outermost node leads to the next, in a cycle the last one back to the first."""
    mark = root.find("dgm:ptLst/dgm:pt[@type='doc']/dgm:prSet", NAMESPACES)
    category = _category(mark) if mark is not None else ""
    if category not in _SEQUENCES:
        return []
    outermost = [names[point.id] for point in points if point.level == 0]
    pairs = list(pairwise(outermost))
    if category == "cycle" and len(outermost) > 2:
        pairs.append((outermost[-1], outermost[0]))
    return [{"from": start, "to": end, "directed": True} for start, end in pairs]


def _category(mark: Element) -> str:
    """As written, else by the name of its layout: `…/layout/hProcess9`."""
    layout = _LAYOUT.search(mark.get("loTypeId", ""))
    named = layout[1].lower() if layout else ""
    return mark.get("loCatId") or ("cycle" if named == "cycle" else "process" if named else "")


def _boxes(package: Package, part: str, root: Element) -> dict[str, Box]:
    """Where each node was drawn, by its id; empty where the file keeps no drawing."""
    drawing = _drawing(package, part, root)
    if drawing is None:
        return {}
    drawn: dict[str, Box] = {}
    for shape in drawing.iter(tag("dsp:sp")):
        xfrm = shape.find("dsp:spPr/a:xfrm", NAMESPACES)
        frame: Affine | None = placed(xfrm) if xfrm is not None else None
        if frame is not None:
            drawn.setdefault(shape.get("modelId", ""), frame.box())
    boxes: dict[str, Box] = {}
    for tie in root.iterfind("dgm:cxnLst/dgm:cxn[@type='presOf']", NAMESPACES):
        box = drawn.get(tie.get("destId", ""))
        if box is not None:
            boxes.setdefault(tie.get("srcId", ""), box)
    return boxes


def _drawing(package: Package, part: str, root: Element) -> Element | None:
    """The data part names the relationship to it; it is one of the part that shows the diagram."""
    extension = next((found for found in root.iter("{*}dataModelExt")), None)
    name = package.target(part, extension.get("relId")) if extension is not None else None
    name = name or package.related(part, _DRAWING)
    return package.tree(name) if name else None
