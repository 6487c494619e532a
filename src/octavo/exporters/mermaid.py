"""A diagram as a Mermaid flowchart."""

import re

from octavo.domain.document import Block
from octavo.exporters.bodies import Node, edges, nodes

_SHAPES = {
    "rounded": ("(", ")"),
    "ellipse": ("([", "])"),
    "circle": ("((", "))"),
    "diamond": ("{", "}"),
    "parallelogram": ("[/", "/]"),
    "hexagon": ("{{", "}}"),
    "cylinder": ("[(", ")]"),
}
_MEANT = re.compile(r"[#\"`<>]")
"""What Mermaid would take for its own inside a quoted text."""


def flowchart(block: Block) -> str:
    """Without nodes, nothing."""
    found = nodes(block)
    if not found:
        return ""
    names = {node.id: f"n{position}" for position, node in enumerate(found, 1)}
    lines = [f"flowchart {_direction(found)}"]
    lines += [f"    {names[node.id]}{_shaped(node)}" for node in found]
    for edge in edges(block):
        line = "<-->" if edge.is_both else "-->" if edge.is_directed else "---"
        label = f"|{_quoted(edge.label)}|" if edge.label else ""
        lines.append(f"    {names[edge.start]} {line}{label} {names[edge.end]}")
    return "\n".join(lines)


def _shaped(node: Node) -> str:
    left, right = _SHAPES.get(node.shape, ("[", "]"))
    return f"{left}{_quoted(node.text or ' ')}{right}"


def _quoted(text: str) -> str:
    escaped = _MEANT.sub(lambda match: f"#{ord(match[0])};", text)
    return f'"{escaped.replace(chr(10), "<br>")}"'


def _direction(found: tuple[Node, ...]) -> str:
    """Left to right where the boxes lie wider than high."""
    boxes = [node.bbox for node in found if node.bbox]
    if not boxes:
        return "TD"
    width = max(box[0] + box[2] for box in boxes) - min(box[0] + box[2] for box in boxes)
    height = max(box[1] + box[3] for box in boxes) - min(box[1] + box[3] for box in boxes)
    return "LR" if width > height else "TD"
