"""The pieces that docling's hierarchical chunker makes of a DoclingDocument, as JSON Lines.

A piece is one node of the body: a text, a whole list, a table, a picture. It names the headings above it; headings
are no pieces themselves. `items` are its parts, each with the node it comes from and its text; a table says itself
twice, in triplets (`row, column = value`) and as Markdown. Whoever wants chunks of a length puts pieces together.
"""

from collections.abc import Iterator
from typing import Any

import orjson

from octavo.domain.document import Document
from octavo.exporters.docling import sizes_of, walked
from octavo.exporters.docling_nodes import Node
from octavo.exporters.flow import rewalkable
from octavo.exporters.markdown_escape import escape_cell
from octavo.exporters.rendering import WITHOUT_PICTURES, Rendering

_HEADINGS = frozenset({"title", "section_header"})
_INDENT = "    "


def render(document: Document, _: Rendering) -> Iterator[bytes]:
    """UTF-8, one piece a line; `between` is what stands between the texts of its items."""
    pages = rewalkable(document.pages)
    path: dict[int, str] = {}
    for nodes in walked(pages, sizes_of(pages), WITHOUT_PICTURES):
        known = {node["self_ref"]: node for name in nodes.lists for node in nodes.lists[name]}
        for reference in nodes.body:
            node = known[reference["$ref"]]
            if node["content_layer"] != "body":
                continue
            if node["label"] in _HEADINGS:
                _enter(path, node)
                continue
            piece = _piece(node, known)
            if piece["items"]:
                headings = [path[level] for level in sorted(path)]
                yield orjson.dumps({"headings": headings, **piece}, option=orjson.OPT_APPEND_NEWLINE)


def _enter(path: dict[int, str], node: Node) -> None:
    level = node.get("level", 0)
    for other in [known for known in path if known >= level]:
        del path[other]
    text = " ".join(node["text"].split())
    if text:
        path[level] = text


def _piece(node: Node, known: dict[str, Node]) -> dict[str, Any]:
    kind = node["self_ref"].split("/")[1]
    if kind == "groups":
        return {"type": "list", "between": "\n", "items": list(_entries(node, known, 0))}
    if kind == "tables":
        return {"type": "table", "between": "\n\n", "items": [*_below(node, known), *_table(node)]}
    if kind == "pictures":
        # A picture about which nothing is said has its place all the same.
        said = list(_said_of(node)) or [_item(node, "")]
        return {"type": "picture", "between": "\n\n", "items": [*said, *_below(node, known)]}
    items = [_item(node, node["text"])] if node["text"].strip() else []
    return {"type": "text", "between": "\n", "items": items}


def _entries(group: Node, known: dict[str, Node], depth: int) -> Iterator[dict[str, Any]]:
    for reference in group["children"]:
        node = known[reference["$ref"]]
        if node["label"] == "list_item":
            yield _item(node, f"{_INDENT * depth}{node['marker']} {node['text']}")
        yield from _entries(node, known, depth + (node["label"] == "list_item"))


def _below(node: Node, known: dict[str, Node]) -> Iterator[dict[str, Any]]:
    """Its caption, and the text inside a picture."""
    for reference in node["children"]:
        child = known[reference["$ref"]]
        if child["text"].strip():
            yield _item(child, child["text"])


def _said_of(picture: Node) -> Iterator[dict[str, Any]]:
    """What is to be seen, and the numbers of a chart."""
    for annotation in picture["annotations"]:
        if annotation["kind"] == "description":
            yield _item(picture, annotation["text"])
        elif annotation["kind"] == "tabular_chart_data":
            rows = _rows(annotation["chart_data"])
            yield {**_item(picture, _triplets(rows)), "markdown": _pipes(rows)}


def _table(node: Node) -> Iterator[dict[str, Any]]:
    rows = _rows(node["data"])
    text = _triplets(rows)
    if text:
        yield {**_item(node, text), "markdown": _pipes(rows)}


def _item(node: Node, text: str) -> dict[str, Any]:
    pages = sorted({place["page_no"] for place in node.get("prov", ())})
    return {"ref": node["self_ref"], "text": text, "pages": pages}


def _rows(data: Node) -> list[list[str]]:
    """Every place filled: what a cell spans, it says in each. The first row names the columns."""
    rows = [[""] * data["num_cols"] for _ in range(data["num_rows"])]
    heads = 0
    for cell in data["table_cells"]:
        if cell["column_header"]:
            heads = max(heads, cell["end_row_offset_idx"])
        for row in range(cell["start_row_offset_idx"], cell["end_row_offset_idx"]):
            for col in range(cell["start_col_offset_idx"], cell["end_col_offset_idx"]):
                rows[row][col] = " ".join(cell["text"].split())
    if heads > 1:
        named = [".".join(dict.fromkeys(filter(None, column))) for column in zip(*rows[:heads], strict=True)]
        rows = [named, *rows[heads:]]
    return rows


def _triplets(rows: list[list[str]]) -> str:
    """`row, column = value` for each value: an index finds it by all three."""
    if not rows:
        return ""
    head, body = rows[0], rows[1:]
    if len(head) == 1:
        said = [f"{head[0]} = {row[0]}" for row in body] or head
    else:
        said = [f"{row[0]}, {head[col]} = {row[col]}" for row in body for col in range(1, len(head))]
    return ". ".join(said or filter(None, head))


def _pipes(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(escape_cell(text) for text in row) + " |" for row in rows]
    if lines:
        lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)
