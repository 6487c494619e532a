"""The words and their places as ALTO 4.4, for libraries and archives. One file holds all pages."""

import re
from collections.abc import Iterator, Sequence

from octavo.domain.document import Block, BlockType, Document, Line, Word
from octavo.domain.geometry import BBox
from octavo.exporters import markup
from octavo.exporters.placement import PICTURED, Pixels, PlacedPage, lines_by_cell, placed_pages
from octavo.exporters.rendering import Rendering

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*\Z")


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8. Raises `InvalidRequest` for a source without layout."""
    yield _head(document).encode()
    for placed in placed_pages(document, rendering):
        yield _page(placed).encode()
    yield b"</Layout>\n</alto>\n"


def _head(document: Document) -> str:
    root = {"xmlns": NAMESPACE, "SCHEMAVERSION": "4.4"}
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{markup.opening("alto", root)}\n'
        f"{_description(document)}\n{_tags()}\n<Layout>\n"
    )


def _description(document: Document) -> str:
    source, engine = document.source, document.extraction.engine
    software = markup.element("softwareName", markup.text(f"Octavo {engine.name}"))
    software += markup.element("softwareVersion", markup.text(engine.version))
    step = markup.element("processingCategory", "contentGeneration")
    step += markup.element("processingSoftware", software)
    identifier = markup.element("documentIdentifier", f"sha256:{markup.text(source.sha256)}")
    return markup.element(
        "Description",
        markup.element("MeasurementUnit", "pixel")
        + markup.element(
            "sourceImageInformation",
            markup.element("fileName", markup.text(source.filename or "")) + identifier,
        )
        + markup.element("Processing", step, {"ID": "processing"}),
    )


def _tags() -> str:
    tags = (markup.empty("LayoutTag", {"ID": _tag(kind), "LABEL": kind.value}) for kind in BlockType)
    return markup.element("Tags", "".join(tags))


def _tag(kind: BlockType) -> str:
    return f"type_{kind.value}"


def _page(placed: PlacedPage) -> str:
    page = placed.page
    attributes = {
        "ID": f"page_{page.number}",
        "PHYSICAL_IMG_NR": page.number,
        "WIDTH": placed.width,
        "HEIGHT": placed.height,
        "LANG": page.language if page.language and _LANGUAGE.match(page.language) else None,
    }
    blocks = "\n".join(_block(block, placed) for block in page.blocks)
    space = markup.element("PrintSpace", f"\n{blocks}\n", _place(placed.pixels(None)))
    return markup.element("Page", space, attributes) + "\n"


def _block(block: Block, placed: PlacedPage) -> str:
    attributes = {"ID": block.id, "TAGREFS": _tag(block.type), **_place(placed.pixels(block.bbox))}
    if block.type is BlockType.TABLE:
        return markup.element("ComposedBlock", _table(block, placed), {**attributes, "TYPE": "table"})
    if block.type not in PICTURED:
        return _text_block(block.lines, placed, attributes)
    drawn = {"ID": f"{block.id}_picture", "TYPE": block.type.value, **_place(placed.pixels(block.bbox))}
    if not block.lines:
        return markup.empty("Illustration", {**drawn, "ID": block.id, "TAGREFS": _tag(block.type)})
    inside = _text_block(block.lines, placed, {"ID": f"{block.id}_text", **_place(placed.pixels(block.bbox))})
    content = markup.empty("Illustration", drawn) + inside
    return markup.element("ComposedBlock", content, {**attributes, "TYPE": block.type.value})


def _table(block: Block, placed: PlacedPage) -> str:
    """A text block for each cell, which is named by its row and column."""
    cells, rest = lines_by_cell(block)
    parts = []
    for cell, lines in cells:
        box = placed.pixels(BBox.clamped(*cell.bbox)) if cell.bbox else placed.pixels(block.bbox)
        parts.append(_text_block(lines, placed, {"ID": f"{block.id}_r{cell.row}c{cell.col}", **_place(box)}))
    if rest:
        place = _place(placed.pixels(block.bbox))
        parts.append(_text_block(rest, placed, {"ID": f"{block.id}_rest", **place}))
    return "".join(parts)


def _text_block(lines: Sequence[Line], placed: PlacedPage, attributes: markup.Attributes) -> str:
    return markup.element(
        "TextBlock", "".join(_line(line, placed) for line in lines if line.words), attributes
    )


def _line(line: Line, placed: PlacedPage) -> str:
    styles = [name for name, holds in (("bold", line.bold), ("italics", line.italic)) if holds]
    words: list[str] = []
    before: Pixels | None = None
    for word in line.words:
        box = placed.pixels(word.bbox)
        if before:
            gap = {"WIDTH": max(0, box.left - before.right), "HPOS": before.right, "VPOS": before.top}
            words.append(markup.empty("SP", gap))
        words.append(_word(word, box, " ".join(styles)))
        before = box
    return markup.element("TextLine", "".join(words), _place(placed.pixels(line.bbox)))


def _word(word: Word, box: Pixels, style: str) -> str:
    attributes = {"CONTENT": word.text, **_place(box), "STYLE": style or None, "WC": word.confidence}
    return markup.empty("String", attributes)


def _place(box: Pixels) -> dict[str, int]:
    return {"HPOS": box.left, "VPOS": box.top, "WIDTH": box.width, "HEIGHT": box.height}
