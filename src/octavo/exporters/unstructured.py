"""The document as elements of the open-source library Unstructured, one JSON object a line.

Types and members as its `documents/elements.py` names them; what does not apply is absent. Chosen where it leaves
it open: coordinates are pixels of a page at 200 dpi, as its own layout model has them; a paragraph of fewer than
four words is `UncategorizedText`; a page's number alone in its header or footer is `PageNumber`.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import orjson

from octavo.domain.document import Block, BlockType, Document, Page, Picture
from octavo.domain.geometry import BBox
from octavo.domain.languages import iso_639_3
from octavo.exporters.bodies import entries, said
from octavo.exporters.grid import Cell, Grid, grid_of
from octavo.exporters.markup import element, text
from octavo.exporters.rendering import Cutting, Rendering

OPTIONS = {"images": ("none", "inline"), "notes": ("yes", "no"), "crops": ("none", "tables", "all")}
"""`notes`: those of a speaker, behind the slide they belong to. `crops`: of which elements the part of the page
that they lie on comes as a picture, where the document has no picture of them."""

_DPI = 200
_POINTS_AN_INCH = 72
_MARGIN_PT = 5
_LEAST_WORDS = 4
_PAGE_NUMBER = re.compile(r"[\W_]*\d{1,5}(?:\s*/\s*\d{1,5})?[\W_]*")
"""`7`, `- 7 -`, `7 / 12`."""
_TYPES = {
    BlockType.HEADING: "Title",
    BlockType.PARAGRAPH: "NarrativeText",
    BlockType.CALLOUT: "NarrativeText",
    BlockType.CAPTION: "FigureCaption",
    BlockType.FOOTNOTE: "Footer",
    BlockType.PAGE_HEADER: "Header",
    BlockType.PAGE_FOOTER: "Footer",
    BlockType.CODE: "CodeSnippet",
    BlockType.TABLE: "Table",
    BlockType.IMAGE: "Image",
    BlockType.DIAGRAM: "Image",
    BlockType.CHART: "Image",
    BlockType.FORMULA: "Formula",
}
TYPES = frozenset(
    {"listitem", "uncategorizedtext", "pagenumber", *(name.lower() for name in _TYPES.values())}
)
"""Of elements, lower case."""
_ORPHANS = frozenset({"Header", "Footer", "PageNumber"})
"""What belongs to the paper is below no title."""


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8, one element a line; one page is in memory at a time."""
    source = document.source
    name = PurePath(source.filename).name if source.filename else "document"
    outline = _Outline()
    with_notes = rendering.option("notes", "yes") == "yes"
    for page in document.pages:
        blocks = (block for block in page.blocks if block.role != "notes" or with_notes)
        parts = (part for block in blocks for part in _parts(block))
        for position, part in enumerate(parts):
            metadata = _metadata(part, page, rendering) | {"filename": name, "filetype": source.media_type}
            id_ = element_id(name, part.text, page.number, position)
            parent = outline.parent_of(part, id_)
            if parent:
                metadata["parent_id"] = parent
            told = {"type": part.type, "element_id": id_, "text": part.text, "metadata": metadata}
            yield orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


def element_id(filename: str, said_text: str, page: int | None, position: int) -> str:
    """As the library makes them: of the text, where it stands and in which file."""
    return hashlib.sha256(f"{filename}{said_text}{page}{position}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class _Part:
    """What becomes one element: a block, or one entry of a list."""

    type: str
    text: str
    block: Block
    depth: int | None = None


@dataclass(slots=True)
class _Outline:
    """The titles, and the entries of one list, that what follows stands below."""

    titles: list[tuple[int, str]] = field(default_factory=list)
    listed: list[tuple[int, str]] = field(default_factory=list)
    list_id: str = ""

    def parent_of(self, part: _Part, id_: str) -> str | None:
        if part.type in _ORPHANS:
            return None
        if part.type == "ListItem":
            if part.block.id != self.list_id:
                self.listed, self.list_id = [], part.block.id
            above = _above(self.listed, part.depth or 0)
            self.listed.append((part.depth or 0, id_))
            return above or (self.titles[-1][1] if self.titles else None)
        if part.type != "Title":
            return self.titles[-1][1] if self.titles else None
        above = _above(self.titles, part.depth or 0)
        self.titles.append((part.depth or 0, id_))
        return above


def _above(path: list[tuple[int, str]], depth: int) -> str | None:
    while path and path[-1][0] >= depth:
        path.pop()
    return path[-1][1] if path else None


def _parts(block: Block) -> Iterator[_Part]:
    if block.type is BlockType.LIST:
        found = [entry for entry in entries(block) if entry.text.strip()]
        for entry in found:
            yield _Part("ListItem", entry.text, block, entry.level)
        if found or not block.text:
            return
        yield _Part("ListItem", block.text, block, 0)
        return
    type_ = _TYPES[block.type]
    written = _text(block)
    if block.type is BlockType.PARAGRAPH and len(written.split()) < _LEAST_WORDS:
        type_ = "UncategorizedText"
    if type_ in ("Header", "Footer") and _PAGE_NUMBER.fullmatch(written):
        type_ = "PageNumber"
    if written or type_ == "Image":
        yield _Part(type_, written, block, (block.level or 1) - 1 if type_ == "Title" else None)


def _text(block: Block) -> str:
    match block.type:
        case BlockType.TABLE:
            return " ".join(block.text.split())
        case BlockType.FORMULA:
            return block.text or said(block, "latex")
        case BlockType.IMAGE | BlockType.DIAGRAM | BlockType.CHART:
            return block.text or said(block, "embedded_text", "alt", "title")
        case BlockType.CODE:
            return block.text
        case _:
            return " ".join(block.text.split())


def _metadata(part: _Part, page: Page, rendering: Rendering) -> dict[str, Any]:
    metadata: dict[str, Any] = {}
    if part.block.bbox is not None:
        metadata["coordinates"] = _coordinates(part.block.bbox, page)
    if part.depth is not None:
        metadata["category_depth"] = part.depth
    if page.language:
        metadata["languages"] = [iso_639_3(page.language)]
    metadata["page_number"] = page.number
    if page.name:
        metadata["page_name"] = page.name
    if part.type == "Table" and (grid := grid_of(part.block.body)):
        metadata["text_as_html"] = _table_html(grid)
    return metadata | _image(part, page, rendering)


def _image(part: _Part, page: Page, rendering: Rendering) -> dict[str, str]:
    picture: Picture | Cutting | None = None
    image = part.block.body.get("image")
    if rendering.option("images", "none") == "inline" and isinstance(image, dict):
        picture = page.picture(str(image.get("name")))
    picture = picture or _crop(part, page, rendering)
    if picture is None:
        return {}
    return {
        "image_base64": b64encode(picture.content).decode(),
        "image_mime_type": picture.media_type,
    }


def _crop(part: _Part, page: Page, rendering: Rendering) -> Cutting | None:
    wanted = rendering.option("crops", "none")
    if wanted == "none" or (wanted == "tables" and part.type != "Table"):
        return None
    if part.block.bbox is None or rendering.source is None:
        return None
    return rendering.source.cut(page, _DPI, _with_margin(part.block.bbox, page))


def _with_margin(box: BBox, page: Page) -> BBox:
    """Boxes end where the ink does; a picture needs some paper around it."""
    across, down = _MARGIN_PT / page.width_pt, _MARGIN_PT / page.height_pt
    return BBox.clamped(box.x0 - across, box.y0 - down, box.x1 + across, box.y1 + down)


def _coordinates(box: BBox, page: Page) -> dict[str, Any]:
    """The corners against the clock from the upper left."""
    width, height = (round(side * _DPI / _POINTS_AN_INCH) for side in (page.width_pt, page.height_pt))
    x0, x1 = (round(x * width, 2) for x in (box.x0, box.x1))
    y0, y1 = (round(y * height, 2) for y in (box.y0, box.y1))
    return {
        "points": [[x0, y0], [x0, y1], [x1, y1], [x1, y0]],
        "system": "PixelSpace",
        "layout_width": width,
        "layout_height": height,
    }


def _table_html(grid: Grid) -> str:
    rows = ["".join(_cell(cell, grid) for cell in row) for row in grid.rows]
    written = [element("tr", row) for row in rows]
    head = element("thead", "".join(written[: grid.header_rows])) if grid.header_rows else ""
    body = element("tbody", "".join(written[grid.header_rows :])) if written[grid.header_rows :] else ""
    return element("table", head + body)


def _cell(cell: Cell, grid: Grid) -> str:
    in_head = cell.row < grid.header_rows
    height = min(cell.row_span, grid.header_rows - cell.row) if in_head else cell.row_span
    spans = {
        "rowspan": height if height > 1 else None,
        "colspan": cell.col_span if cell.col_span > 1 else None,
    }
    return element("th" if in_head or cell.header else "td", text(" ".join(cell.text.split())), spans)
