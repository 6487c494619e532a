"""The words and their places as hOCR 1.2 (an XHTML file), for programs that lay text under a scan."""

from collections.abc import Iterator

from octavo.domain.document import Block, BlockType, Document, Line, Word
from octavo.exporters import markup
from octavo.exporters.placement import Pixels, PlacedPage, placed_pages
from octavo.exporters.rendering import Rendering

_CAPABILITIES = "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocr_header ocr_footer ocr_caption ocr_photo ocr_linedrawing"
_LINES = {
    BlockType.PAGE_HEADER: "ocr_header",
    BlockType.PAGE_FOOTER: "ocr_footer",
    BlockType.CAPTION: "ocr_caption",
}
_DRAWN = {
    BlockType.IMAGE: "ocr_photo",
    BlockType.DIAGRAM: "ocr_linedrawing",
    BlockType.CHART: "ocr_linedrawing",
}


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8. Raises `InvalidRequest` for a source without layout."""
    yield _head(document).encode()
    for placed in placed_pages(document, rendering):
        yield _page(placed, document.source.filename or "").encode()
    yield b"</body>\n</html>\n"


def _head(document: Document) -> str:
    engine = document.extraction.engine
    system = f"Octavo {engine.name} {engine.version}"
    described = [
        markup.element("title", markup.text(document.source.filename or "Document")),
        markup.empty("meta", {"http-equiv": "Content-Type", "content": "text/html;charset=utf-8"}),
        markup.empty("meta", {"name": "ocr-system", "content": system}),
        markup.empty("meta", {"name": "ocr-capabilities", "content": _CAPABILITIES}),
    ]
    opened = markup.opening("html", {"xmlns": "http://www.w3.org/1999/xhtml"})
    head = markup.element("head", "\n" + "\n".join(described) + "\n")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{opened}\n{head}\n<body>\n'


def _page(placed: PlacedPage, filename: str) -> str:
    page = placed.page
    image = filename.replace("\\", "/").replace('"', "'")
    title = f'image "{image}"; {_bbox(placed.pixels(None))}; ppageno {page.number - 1}; scan_res {placed.dpi} {placed.dpi}'
    attributes = {"class": "ocr_page", "id": f"page_{page.number}", "title": title, "lang": page.language}
    blocks = "".join(_block(block, placed) for block in page.blocks)
    return markup.element("div", "\n" + blocks, attributes) + "\n"


def _block(block: Block, placed: PlacedPage) -> str:
    place = {"id": block.id, "title": _bbox(placed.pixels(block.bbox))}
    lines = "".join(
        _line(line, _LINES.get(block.type, "ocr_line"), placed) for line in block.lines if line.words
    )
    if not lines:
        drawn = _DRAWN.get(block.type)
        return markup.element("div", "", {"class": drawn, **place}) + "\n" if drawn else ""
    paragraph = markup.element("p", "\n" + lines, {"class": "ocr_par", "title": place["title"]})
    return markup.element("div", paragraph, {"class": "ocr_carea", **place}) + "\n"


def _line(line: Line, class_: str, placed: PlacedPage) -> str:
    size = f"; x_size {line.font_size * placed.dpi / 72:.1f}" if line.font_size else ""
    words = " ".join(_word(word, placed) for word in line.words)
    title = _bbox(placed.pixels(line.bbox)) + size
    return markup.element("span", words, {"class": class_, "title": title}) + "\n"


def _word(word: Word, placed: PlacedPage) -> str:
    confidence = "" if word.confidence is None else f"; x_wconf {round(word.confidence * 100)}"
    title = _bbox(placed.pixels(word.bbox)) + confidence
    return markup.element("span", markup.text(word.text), {"class": "ocrx_word", "title": title})


def _bbox(box: Pixels) -> str:
    return f"bbox {box.left} {box.top} {box.right} {box.bottom}"
