"""The blocks of a page as the nodes of a DoclingDocument.

A node is named by its list and its place in it (`#/texts/7`), so that the lists are counted
through all pages.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from octavo.domain.document import Block, BlockType
from octavo.domain.geometry import BBox
from octavo.exporters.bodies import Entry, callout, chart_rows, entries, said
from octavo.exporters.flow import FURNITURE, Passage, Place
from octavo.exporters.grid import Grid, grid_of
from octavo.exporters.pictures import inner_text, picture_source
from octavo.exporters.rendering import Rendering

Node = dict[str, Any]
Sizes = dict[int, tuple[float, float]]

LISTS = ("groups", "texts", "pictures", "tables")
_BODY = "#/body"
_LABELS = {
    BlockType.HEADING: "section_header",
    BlockType.CAPTION: "caption",
    BlockType.FOOTNOTE: "footnote",
    BlockType.PAGE_HEADER: "page_header",
    BlockType.PAGE_FOOTER: "page_footer",
    BlockType.CODE: "code",
    BlockType.FORMULA: "formula",
}
CLASSES = {
    "bar": "bar_chart",
    "column": "bar_chart",
    "line": "line_chart",
    "pie": "pie_chart",
    "doughnut": "pie_chart",
    "scatter": "scatter_chart",
    "diagram": "flow_chart",
    "photo": "photograph",
    "logo": "logo",
    "signature": "signature",
    "stamp": "stamp",
    "icon": "icon",
    "screenshot": "screenshot",
    "barcode": "bar_code",
    "qr_code": "qr_code",
}
_LANGUAGE_NAMES = "Bash C CSS Dockerfile Go HTML Java JavaScript Kotlin PHP Perl Python Ruby Rust SQL Scala Swift TypeScript XML YAML"
LANGUAGES = {name.lower(): name for name in _LANGUAGE_NAMES.split()}
"""The languages of code as the format calls them; others are `unknown`."""


@dataclass(slots=True)
class Nodes:
    """What one page adds to each list; `counts` are the lengths of the lists before it."""

    counts: dict[str, int]
    sizes: Sizes
    rendering: Rendering
    lists: dict[str, list[Node]] = field(default_factory=lambda: {name: [] for name in LISTS})
    body: list[Node] = field(default_factory=list)
    captions: dict[str, str] = field(default_factory=dict)
    """The id of a caption's block -> where its node is."""

    def add(self, name: str, parent: str, label: str, /, **more: Any) -> Node:
        node = {
            "self_ref": f"#/{name}/{self.counts[name] + len(self.lists[name])}",
            "parent": {"$ref": parent},
            "children": [],
            "content_layer": "body",
            "label": label,
            **more,
        }
        self.lists[name].append(node)
        if parent == _BODY:
            self.body.append({"$ref": node["self_ref"]})
        return node

    def after(self) -> dict[str, int]:
        return {name: count + len(self.lists[name]) for name, count in self.counts.items()}


def nodes_of(found: Iterable[Passage], nodes: Nodes) -> Nodes:
    """Fill in the nodes of these passages, which begin on one page."""
    passages = list(found)
    owned = {passage.block.body.get("caption_id") for passage in passages}
    for passage in passages:
        if passage.block.type is not BlockType.CAPTION or passage.block.id not in owned:
            _ADDERS.get(passage.block.type, _text)(passage, nodes)
    by_id = {passage.block.id: passage for passage in passages}
    for node in (*nodes.lists["tables"], *nodes.lists["pictures"]):
        _tie_caption(node, by_id, nodes)
    return nodes


def _tie_caption(node: Node, by_id: dict[str, Passage], nodes: Nodes) -> None:
    """The caption stands below what it belongs to, and is named by it."""
    caption = by_id.get(str(node.pop("caption_id", None)))
    if caption is None:
        return
    text = _add_text(caption, nodes, node["self_ref"], "caption")
    node["captions"].append({"$ref": text["self_ref"]})
    node["children"].append({"$ref": text["self_ref"]})


def _text(passage: Passage, nodes: Nodes) -> None:
    block = passage.block
    label = "title" if block.role == "title" else _LABELS.get(block.type, "text")
    more: dict[str, Any] = {}
    if label == "section_header":
        more = {"level": max(1, block.level or 1)}
    elif label == "code":
        more = _floating() | {"code_language": LANGUAGES.get(said(block, "language").lower(), "unknown")}
    elif block.type in FURNITURE:
        more = {"content_layer": "furniture"}
    _add_text(passage, nodes, _BODY, label, **more)


def _add_text(passage: Passage, nodes: Nodes, parent: str, label: str, **more: Any) -> Node:
    block = passage.block
    said_text = said(block, "latex") if label == "formula" else _titled(block)
    return nodes.add(
        "texts",
        parent,
        label,
        **{
            "prov": _provenance(passage.places, block.text, nodes.sizes),
            "orig": block.text,
            "text": said_text,
            **more,
        },
    )


def _titled(block: Block) -> str:
    return "\n".join(filter(None, callout(block))) if block.type is BlockType.CALLOUT else block.text


def _list(passage: Passage, nodes: Nodes) -> None:
    """A group of entries; a deeper list is a group below the entry before it."""
    places = _entry_places(passage)
    parents: list[Node] = [nodes.add("groups", _BODY, "list", name="list")]
    last: Node | None = None
    for position, entry in enumerate(entries(passage.block)):
        del parents[entry.level + 1 :]
        if len(parents) <= entry.level and last is not None:
            group = nodes.add("groups", last["self_ref"], "list", name="list")
            last["children"].append({"$ref": group["self_ref"]})
            parents.append(group)
        last = _add_entry(entry, parents[-1], places.get(position, passage.places), nodes)


def _add_entry(entry: Entry, group: Node, places: tuple[Place, ...], nodes: Nodes) -> Node:
    node = nodes.add(
        "texts",
        group["self_ref"],
        "list_item",
        prov=_provenance(places, entry.text, nodes.sizes),
        orig=entry.text,
        text=entry.text,
        enumerated=entry.style is not None,
        marker=f"{entry.number}." if entry.style == "1" else "-",
    )
    group["children"].append({"$ref": node["self_ref"]})
    return node


def _entry_places(passage: Passage) -> dict[int, tuple[Place, ...]]:
    """Where single entries are, if their list is on one page and says so."""
    items = passage.block.body.get("items")
    if len(passage.places) > 1 or not isinstance(items, list):
        return {}
    page = passage.block.page
    return {
        position: (Place(page, BBox(*item["bbox"])),)
        for position, item in enumerate(items)
        if isinstance(item, dict) and item.get("bbox")
    }


def _table(passage: Passage, nodes: Nodes) -> None:
    grid = grid_of(passage.block.body)
    if grid is None:
        _text(passage, nodes)
        return
    size = nodes.sizes.get(passage.block.page) if len(passage.places) == 1 else None
    _add_floating("tables", passage, nodes, "table", data=_table_data(grid, size), annotations=[])


def _table_data(grid: Grid, size: tuple[float, float] | None) -> Node:
    """With the boxes of its cells where it is on one page of this size."""
    cells = [
        {
            "bbox": _bbox(BBox.clamped(*cell.bbox), size) if cell.bbox and size else None,
            "row_span": cell.row_span,
            "col_span": cell.col_span,
            "start_row_offset_idx": cell.row,
            "end_row_offset_idx": cell.row + cell.row_span,
            "start_col_offset_idx": cell.col,
            "end_col_offset_idx": cell.col + cell.col_span,
            "text": cell.text,
            "column_header": cell.row < grid.header_rows,
            "row_header": cell.header and cell.row >= grid.header_rows,
            "row_section": False,
        }
        for row in grid.rows
        for cell in row
    ]
    return {"table_cells": cells, "num_rows": len(grid.rows), "num_cols": grid.n_cols}


def _picture(passage: Passage, nodes: Nodes) -> None:
    block = passage.block
    if block.type is BlockType.FORMULA and said(block, "latex"):
        _text(passage, nodes)
        return
    node = _add_floating("pictures", passage, nodes, "picture", annotations=_annotations(block))
    image = _image(passage, nodes.rendering)
    if image:
        node["image"] = image
    inside = inner_text(block)
    if inside:
        places = _provenance(passage.places, inside, nodes.sizes)
        text = nodes.add("texts", node["self_ref"], "text", prov=places, orig=inside, text=inside)
        node["children"].append({"$ref": text["self_ref"]})


def _annotations(block: Block) -> list[Node]:
    """What kind of picture it is, what it shows in words, the numbers of a chart."""
    origin = "octavo"
    found: list[Node] = []
    name = CLASSES.get(picture_kind(block))
    if name:
        classes = [
            {"class_name": name, "confidence": block.confidence if block.confidence is not None else 1.0}
        ]
        found.append({"kind": "classification", "provenance": origin, "predicted_classes": classes})
    if said(block, "alt"):
        found.append({"kind": "description", "provenance": origin, "text": said(block, "alt")})
    rows = chart_rows(block) if block.type is BlockType.CHART else []
    grid = grid_of({"headers": rows[0], "rows": rows[1:]}) if rows else None
    if grid:
        found.append(
            {
                "kind": "tabular_chart_data",
                "title": said(block, "title"),
                "chart_data": _table_data(grid, None),
            }
        )
    return found


def picture_kind(block: Block) -> str:
    """A key of `CLASSES`, where it is known."""
    if block.type is BlockType.DIAGRAM:
        return "diagram"
    return said(block, "chart_type" if block.type is BlockType.CHART else "image_type")


def _image(passage: Passage, rendering: Rendering) -> Node | None:
    picture = passage.picture
    source = picture_source(picture, rendering, "inline")
    if picture is None or source is None:
        return None
    size = {"width": float(picture.width_px), "height": float(picture.height_px)}
    return {"mimetype": picture.media_type, "dpi": 72, "size": size, "uri": source}


def _add_floating(name: str, passage: Passage, nodes: Nodes, label: str, **more: Any) -> Node:
    provenance = _provenance(passage.places, passage.block.text, nodes.sizes)
    caption_id = passage.block.body.get("caption_id")
    return nodes.add(name, _BODY, label, prov=provenance, **_floating(), caption_id=caption_id, **more)


def _floating() -> Node:
    return {"captions": [], "references": [], "footnotes": []}


def _provenance(places: Iterable[Place], text: str, sizes: Sizes) -> list[Node]:
    """Where it is on each page; nothing where the source has no layout."""
    return [
        {"page_no": place.page, "bbox": _bbox(place.bbox, sizes[place.page]), "charspan": [0, len(text)]}
        for place in places
        if place.bbox and place.page in sizes
    ]


def _bbox(box: BBox, size: tuple[float, float]) -> Node:
    width, height = size
    edges = {"l": box.x0 * width, "t": box.y0 * height, "r": box.x1 * width, "b": box.y1 * height}
    most = {"l": width, "t": height, "r": width, "b": height}
    return {
        **{name: min(round(edge, 3), most[name]) for name, edge in edges.items()},
        "coord_origin": "TOPLEFT",
    }


_ADDERS: dict[BlockType, Callable[[Passage, Nodes], None]] = {
    BlockType.LIST: _list,
    BlockType.TABLE: _table,
    BlockType.IMAGE: _picture,
    BlockType.DIAGRAM: _picture,
    BlockType.CHART: _picture,
    BlockType.FORMULA: _picture,
}
