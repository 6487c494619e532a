"""The document as a Word file to go on writing in: running text with styles, lists, tables and pictures.

The page header and footer that most pages have are the file's own. Nothing is held but what the
end of the file needs: how lists count, and the names of pictures, which a second walk brings.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from octavo.domain.document import BlockType, Document, Page
from octavo.exporters import office
from octavo.exporters.columns import columns_of
from octavo.exporters.docx_blocks import Body, paragraph, passage_docx, run
from octavo.exporters.docx_styles import WORD, numbering, styles
from octavo.exporters.flow import FURNITURE, Passage, flow, rewalkable
from octavo.exporters.markup import element, empty, opening
from octavo.exporters.rendering import Rendering
from octavo.exporters.zipping import zipped

OPTIONS = {"images": ("inline", "none"), "columns": ("flow", "kept")}
"""`columns=kept` sets what stands in columns on the page in columns again."""
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMESPACES = {
    "xmlns:w": WORD,
    "xmlns:r": office.RELATIONSHIPS,
    "xmlns:wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "xmlns:a": office.DRAWING,
    "xmlns:pic": office.PICTURE,
}
_A4 = (595.0, 842.0)
_LEAST_PT, _MOST_PT = 144.0, 1584.0
"""Word takes no other page."""
_GUTTER = 360
"""Between columns, in twentieths of a point."""
_MOST_HEADERS = 1000
"""So many different ones are counted; a header that most pages have is among the first."""
Entry = tuple[str, Iterable[bytes]]


@dataclass(slots=True)
class _Furniture:
    """How often each page header and footer was seen."""

    pages: int = 0
    seen: dict[BlockType, Counter[str]] = field(
        default_factory=lambda: {kind: Counter[str]() for kind in FURNITURE}
    )

    def add(self, kind: BlockType, text: str) -> None:
        counts = self.seen[kind]
        if text.strip() and (text in counts or len(counts) < _MOST_HEADERS):
            counts[text] += 1

    def usual(self, kind: BlockType) -> str:
        """What at least half of the pages have; else nothing."""
        found = self.seen[kind].most_common(1)
        return found[0][0] if found and found[0][1] * 2 >= self.pages else ""


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    yield from zipped(_entries(document, rendering))


def _entries(document: Document, rendering: Rendering) -> Iterator[Entry]:
    pages = rewalkable(document.pages)
    first = next(iter(islice(pages, 1)), None)
    width, height = _page_size(first)
    body = Body(width - 2 * _margin(width), width, rendering.option("images", "inline") == "inline")
    furniture = _Furniture()
    columns = _Columns((width, height), kept=rendering.option("columns", "flow") == "kept")
    yield "word/document.xml", _document(pages, body, furniture, columns)
    yield "word/styles.xml", [styles(first.language if first else None)]
    yield "word/numbering.xml", [numbering(body.counts)]
    yield "word/header.xml", _furniture_part("hdr", "Header", furniture.usual(BlockType.PAGE_HEADER))
    yield "word/footer.xml", _furniture_part("ftr", "Footer", furniture.usual(BlockType.PAGE_FOOTER))
    for name, content in _pictures(pages, body):
        yield f"word/media/{name}", [content]
    targets = {kind: (kind, f"{kind}.xml") for kind in ("styles", "numbering", "header", "footer")}
    targets |= {f"p{name}": ("image", f"media/{file}") for name, file in body.pictures.items()}
    yield "word/_rels/document.xml.rels", office.relationships(targets)
    yield "_rels/.rels", office.relationships({"document": ("officeDocument", "word/document.xml")})
    kinds = ("styles", "numbering", "header", "footer")
    parts = [("/word/document.xml", f"{_TYPE}.document.main+xml")]
    parts += [(f"/word/{kind}.xml", f"{_TYPE}.{kind}+xml") for kind in kinds]
    yield "[Content_Types].xml", office.content_types(parts)


def _document(
    pages: Iterable[Page], body: Body, furniture: _Furniture, columns: "_Columns"
) -> Iterator[bytes]:
    yield (office.DECLARED + opening("w:document", _NAMESPACES) + "<w:body>").encode()
    for passage in flow(_counted(pages, furniture, columns), tied_captions=False):
        yield (columns.before(passage) + passage_docx(passage, body)).encode()
    yield (columns.end() + "</w:body></w:document>").encode()


@dataclass(slots=True)
class _Columns:
    """In how many columns the text stands, as it is written: a section ends where their number changes."""

    size: tuple[float, float]
    kept: bool
    now: int = 1
    is_begun: bool = False
    known: dict[int, dict[str, int]] = field(default_factory=dict)
    """By page, those that may still be asked for."""

    def add(self, page: Page) -> None:
        if self.kept:
            self.known[page.number] = columns_of(page)

    def before(self, passage: Passage) -> str:
        """The end of the section before, where this block stands in another number of columns."""
        if not self.kept:
            return ""
        number = passage.places[0].page
        for page in [page for page in self.known if page < number]:
            del self.known[page]
        wanted = self.known.get(number, {}).get(passage.block.id, 1)
        ended = ""
        if wanted != self.now and self.is_begun:
            ended = element("w:p", element("w:pPr", _section(*self.size, columns=self.now, is_last=False)))
        self.now, self.is_begun = wanted, True
        return ended

    def end(self) -> str:
        return _section(*self.size, columns=self.now, is_last=not self.kept)


def _counted(pages: Iterable[Page], furniture: _Furniture, columns: _Columns) -> Iterator[Page]:
    for page in pages:
        furniture.pages += 1
        columns.add(page)
        for block in page.blocks:
            if block.type in FURNITURE:
                furniture.add(block.type, block.text)
        yield page


def _section(width: float, height: float, *, columns: int = 1, is_last: bool = True) -> str:
    """Properties of a section; one that is not the only one goes on where the one before ended."""
    size = {"w:w": round(width * 20), "w:h": round(height * 20)}
    margin = round(_margin(width) * 20)
    margins = {f"w:{side}": margin for side in ("top", "right", "bottom", "left")}
    margins |= {"w:header": margin // 2, "w:footer": margin // 2, "w:gutter": 0}
    references = "".join(
        empty(f"w:{kind}Reference", {"w:type": "default", "r:id": kind}) for kind in ("header", "footer")
    )
    turned = {"w:orient": "landscape"} if width > height else {}
    going_on = "" if is_last else empty("w:type", {"w:val": "continuous"})
    side_by_side = empty("w:cols", {"w:num": columns, "w:space": _GUTTER}) if columns > 1 else ""
    sides = empty("w:pgSz", {**size, **turned}) + empty("w:pgMar", margins)
    return element("w:sectPr", references + going_on + sides + side_by_side)


def _furniture_part(root: str, style: str, text: str) -> list[bytes]:
    content = paragraph(run(text) if text else "", style)
    return [(office.DECLARED + element(f"w:{root}", content, {"xmlns:w": WORD})).encode()]


def _pictures(pages: Iterable[Page], body: Body) -> Iterator[tuple[str, bytes]]:
    """Each that was used, once."""
    left = dict(body.pictures)
    for page in pages if left else ():
        for picture in page.pictures:
            name = left.pop(picture.name, None)
            if name:
                yield name, picture.content


def _page_size(first: Page | None) -> tuple[float, float]:
    """Of the first page, where Word can have it so."""
    size = (first.width_pt, first.height_pt) if first else _A4
    return size if all(_LEAST_PT <= side <= _MOST_PT for side in size) else _A4


def _margin(width: float) -> float:
    return min(72.0, width / 8)
