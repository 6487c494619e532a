"""The words and their places as PAGE XML (2019-07-15), for trainers of engines and editors of transcriptions.

The format holds one page a file, so that the export is a ZIP of `page-0001.xml` and so on.
"""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from octavo.domain.document import Block, BlockType, Document, Line, Word
from octavo.domain.geometry import BBox
from octavo.exporters.grid import Cell, grid_of
from octavo.exporters.markup import Attributes, element, empty, opening, text
from octavo.exporters.placement import PICTURED, PlacedPage, lines_by_cell, placed_pages
from octavo.exporters.rendering import Rendering
from octavo.exporters.zipping import zipped

NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
_NO_TIME = "1970-01-01T00:00:00Z"
"""The format asks when a file was made; the same document makes the same file at any time."""
_TEXTS = {
    BlockType.HEADING: "heading",
    BlockType.PARAGRAPH: "paragraph",
    BlockType.CAPTION: "caption",
    BlockType.FOOTNOTE: "footnote",
    BlockType.PAGE_HEADER: "header",
    BlockType.PAGE_FOOTER: "footer",
    BlockType.CALLOUT: "floating",
}
_PICTURES = {
    BlockType.IMAGE: "ImageRegion",
    BlockType.DIAGRAM: "LineDrawingRegion",
    BlockType.CHART: "ChartRegion",
    BlockType.FORMULA: "MathsRegion",
}
_CHARTS = {
    "bar": "bar",
    "column": "bar",
    "line": "line",
    "pie": "pie",
    "scatter": "scatter",
    "surface": "surface",
}


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """A ZIP. Raises `InvalidRequest` for a source without layout."""
    stem = PurePath(document.source.filename or "page").stem or "page"
    yield from zipped(
        (f"page-{placed.page.number:04}.xml", [_file(placed, stem).encode()])
        for placed in placed_pages(document, rendering)
    )


def _file(placed: PlacedPage, stem: str) -> str:
    metadata = "".join(
        element(name, content)
        for name, content in (("Creator", "Octavo"), ("Created", _NO_TIME), ("LastChange", _NO_TIME))
    )
    page = {
        "imageFilename": f"{stem}-{placed.page.number:04}.png",
        "imageWidth": placed.width,
        "imageHeight": placed.height,
        "imageXResolution": placed.dpi,
        "imageYResolution": placed.dpi,
        "imageResolutionUnit": "PPI",
    }
    content = _reading_order(placed) + "\n".join(_region(block, placed) for block in placed.page.blocks)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{opening("PcGts", {"xmlns": NAMESPACE})}\n'
        f"{element('Metadata', metadata)}\n{element('Page', content, page)}\n</PcGts>\n"
    )


def _reading_order(placed: PlacedPage) -> str:
    references = (
        empty("RegionRefIndexed", {"index": at, "regionRef": block.id})
        for at, block in enumerate(placed.page.blocks)
    )
    group = element("OrderedGroup", "".join(references), {"id": "reading_order"})
    return element("ReadingOrder", group) + "\n" if placed.page.blocks else ""


def _region(block: Block, placed: PlacedPage) -> str:
    known: dict[str, object] = {"id": block.id, "custom": f"structure {{type:{block.type.value};}}"}
    coords = _coords(block.bbox, placed)
    if block.type is BlockType.TABLE:
        return _table(block, placed, known)
    if block.type not in PICTURED:
        known["type"] = _TEXTS.get(block.type, "other")
        return _text_region(block.lines, placed, coords, known, block.text)
    if block.type is BlockType.CHART:
        known["type"] = _CHARTS.get(str(block.body.get("chart_type")), "other")
    inside = ""
    if block.lines:
        inside = _text_region(block.lines, placed, coords, {"id": f"{block.id}_text"}, block.text)
    return element(_PICTURES[block.type], coords + inside, known)


def _table(block: Block, placed: PlacedPage, known: dict[str, object]) -> str:
    cells, rest = lines_by_cell(block)
    grid = grid_of(block.body)
    if grid:
        known |= {"rows": len(grid.rows), "columns": grid.n_cols}
    content = _coords(block.bbox, placed)
    content += "".join(_cell(block.id, cell, lines, placed) for cell, lines in cells)
    if rest:
        content += _text_region(rest, placed, _coords(block.bbox, placed), {"id": f"{block.id}_rest"})
    return element("TableRegion", content, known)


def _cell(block_id: str, cell: Cell, lines: Sequence[Line], placed: PlacedPage) -> str:
    role = {
        "rowIndex": cell.row,
        "columnIndex": cell.col,
        "rowSpan": cell.row_span,
        "colSpan": cell.col_span,
        "header": cell.header,
    }
    box = BBox.clamped(*cell.bbox) if cell.bbox else None
    before = _coords(box, placed) + element("Roles", empty("TableCellRole", role))
    return _text_region(lines, placed, before, {"id": f"{block_id}_r{cell.row}c{cell.col}"}, cell.text)


def _text_region(
    lines: Sequence[Line], placed: PlacedPage, before: str, known: Attributes, said: str | None = None
) -> str:
    """`before` is what the format wants first: the place, the role."""
    region = str(known["id"])
    written = "".join(
        _line(line, placed, f"{region}_l{at}") for at, line in enumerate(lines, 1) if line.words
    )
    plain = "\n".join(line.text for line in lines) if said is None else said
    return element("TextRegion", before + written + _said(plain), known)


def _line(line: Line, placed: PlacedPage, id_: str) -> str:
    words = "".join(_word(word, placed, f"{id_}w{at}") for at, word in enumerate(line.words, 1))
    return element("TextLine", _coords(line.bbox, placed) + words + _said(line.text), {"id": id_})


def _word(word: Word, placed: PlacedPage, id_: str) -> str:
    return element("Word", _coords(word.bbox, placed) + _said(word.text, word.confidence), {"id": id_})


def _said(plain: str, confidence: float | None = None) -> str:
    return element("TextEquiv", element("Unicode", text(plain)), {"conf": confidence})


def _coords(box: BBox | None, placed: PlacedPage) -> str:
    left, top, right, bottom = placed.pixels(box)
    points = f"{left},{top} {right},{top} {right},{bottom} {left},{bottom}"
    return empty("Coords", {"points": points})
