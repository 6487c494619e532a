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
from octavo.exporters.docx_blocks import Body, passage_docx
from octavo.exporters.docx_footnotes import Footnotes
from octavo.exporters.docx_layout.render import entries as entries_by_page
from octavo.exporters.docx_package import PARTS, Entry, package
from octavo.exporters.docx_runs import paragraph, run
from octavo.exporters.docx_styles import WORD, numbering, styles
from octavo.exporters.flow import FURNITURE, flow, rewalkable
from octavo.exporters.markup import element, empty, opening
from octavo.exporters.rendering import Rendering
from octavo.exporters.zipping import zipped

OPTIONS = {"images": ("inline", "none"), "layout": ("flow", "page")}
"""`layout=page` gives each page its own, with everything at its place, see `docx_layout`."""
_A4 = (595.0, 842.0)
_LEAST_PT, _MOST_PT = 144.0, 1584.0
"""Word takes no other page."""
_MOST_HEADERS = 1000
"""So many different ones are counted; a header that most pages have is among the first."""


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
    by_page = rendering.option("layout", "flow") == "page"
    yield from zipped((entries_by_page if by_page else _entries)(document, rendering))


def _entries(document: Document, rendering: Rendering) -> Iterator[Entry]:
    pages = rewalkable(document.pages)
    first = next(iter(islice(pages, 1)), None)
    width, height = _page_size(first)
    footnotes = Footnotes()
    with_pictures = rendering.option("images", "inline") == "inline"
    body = Body(width - 2 * _margin(width), width, with_pictures, footnotes=footnotes)
    furniture = _Furniture()
    yield "word/document.xml", _document(pages, body, furniture, (width, height))
    yield "word/styles.xml", [styles(first.language if first else None)]
    yield "word/numbering.xml", [numbering(body.counts)]
    yield "word/header.xml", _furniture_part("hdr", "Header", furniture.usual(BlockType.PAGE_HEADER))
    yield "word/footer.xml", _furniture_part("ftr", "Footer", furniture.usual(BlockType.PAGE_FOOTER))
    yield "word/footnotes.xml", footnotes.part(pages)
    yield from package(pages, body, [(part, part) for part in (*PARTS, "header", "footer", "footnotes")])


def _document(
    pages: Iterable[Page], body: Body, furniture: _Furniture, size: tuple[float, float]
) -> Iterator[bytes]:
    yield (office.DECLARED + opening("w:document", office.WORD_NAMESPACES) + "<w:body>").encode()
    for passage in flow(_counted(pages, furniture), tied_captions=False):
        yield passage_docx(passage, body).encode()
    yield (_section(*size) + "</w:body></w:document>").encode()


def _counted(pages: Iterable[Page], furniture: _Furniture) -> Iterator[Page]:
    for page in pages:
        furniture.pages += 1
        for block in page.blocks:
            if block.type in FURNITURE:
                furniture.add(block.type, block.text)
        yield page


def _section(width: float, height: float) -> str:
    """The last element of the body."""
    size = {"w:w": round(width * 20), "w:h": round(height * 20)}
    margin = round(_margin(width) * 20)
    margins = {f"w:{side}": margin for side in ("top", "right", "bottom", "left")}
    margins |= {"w:header": margin // 2, "w:footer": margin // 2, "w:gutter": 0}
    references = "".join(
        empty(f"w:{kind}Reference", {"w:type": "default", "r:id": kind}) for kind in ("header", "footer")
    )
    turned = {"w:orient": "landscape"} if width > height else {}
    return element("w:sectPr", references + empty("w:pgSz", {**size, **turned}) + empty("w:pgMar", margins))


def _furniture_part(root: str, style: str, text: str) -> list[bytes]:
    content = paragraph(run(text) if text else "", style)
    return [(office.DECLARED + element(f"w:{root}", content, {"xmlns:w": WORD})).encode()]


def _page_size(first: Page | None) -> tuple[float, float]:
    """Of the first page, where Word can have it so."""
    size = (first.width_pt, first.height_pt) if first else _A4
    return size if all(_LEAST_PT <= side <= _MOST_PT for side in size) else _A4


def _margin(width: float) -> float:
    return min(72.0, width / 8)
