"""Pages to sections: every page is one, or several where its text stands in columns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from octavo.domain.document import Block, BlockType, Document, Line, Page, Word
from octavo.exporters import office
from octavo.exporters.docx_blocks import Body
from octavo.exporters.docx_layout.drawing import NAMESPACES
from octavo.exporters.docx_layout.measures import twips
from octavo.exporters.docx_layout.page import Margins, SetPage
from octavo.exporters.docx_layout.text import Column, spacer
from octavo.exporters.docx_package import PARTS, Entry, package
from octavo.exporters.docx_styles import WORD, numbering, styles
from octavo.exporters.flow import rewalkable
from octavo.exporters.markup import element, empty, opening
from octavo.exporters.rendering import Rendering
from octavo.exporters.setting.paragraphs import setting_of
from octavo.exporters.setting.usual import usual_family

_MOST_PT = 1584.0
"""Word takes no larger page."""
_LETTER = (612.0, 792.0)
_HEAD_PT = 6.0
"""From the edge of the paper to where a header begins; what is in it has places of its own."""
_FURNITURE = {BlockType.PAGE_HEADER: ("hdr", "header"), BlockType.PAGE_FOOTER: ("ftr", "footer")}


@dataclass(slots=True)
class _Furniture:
    """The headers and footers of all pages, equal ones once."""

    known: dict[tuple[str, str], str] = field(default_factory=dict)
    """By kind and content the name of the part."""

    def reference(self, kind: BlockType, content: str) -> str:
        _, name = _FURNITURE[kind]
        part = self.known.setdefault((name, content), f"{name}{len(self.known) + 1}")
        return empty(f"w:{name}Reference", {"w:type": "default", "r:id": part})

    def entries(self) -> Iterator[Entry]:
        for (name, content), part in self.known.items():
            root = "w:hdr" if name == "header" else "w:ftr"
            written = element(root, content + spacer(1.0), {"xmlns:w": WORD})
            yield f"word/{part}.xml", [(office.DECLARED + written).encode()]


def entries(document: Document, rendering: Rendering) -> Iterator[Entry]:
    pages = rewalkable(document.pages)
    first = next(iter(islice(pages, 1)), None)
    body = Body(_LETTER[0] - 144, _LETTER[0], rendering.option("images", "inline") == "inline")
    furniture = _Furniture()
    yield "word/document.xml", _document(pages, body, furniture)
    yield "word/styles.xml", [styles(first.language if first else None)]
    yield "word/numbering.xml", [numbering(body.counts)]
    yield from furniture.entries()
    named = [(part, name) for (name, _), part in furniture.known.items()]
    yield from package(pages, body, [*((part, part) for part in PARTS), *named])


def _document(pages: Iterable[Page], body: Body, furniture: _Furniture) -> Iterator[bytes]:
    yield (
        office.DECLARED + opening("w:document", {**office.WORD_NAMESPACES, **NAMESPACES}) + "<w:body>"
    ).encode()
    ended = ""
    for page in pages:
        for written, section in _sections(_fitting(page), body, furniture):
            if ended:
                yield spacer(1.0, more=ended).encode()
            yield written.encode()
            ended = section
    yield ((ended or _section(*_LETTER, Margins(72, 72, 72, 72), (), "")) + "</w:body></w:document>").encode()


def _sections(page: Page, body: Body, furniture: _Furniture) -> Iterator[tuple[str, str]]:
    """The content of each section of a page, and its properties."""
    body.page_width_pt = page.width_pt
    setting = setting_of(page, usual_family(page))
    laid = SetPage(page, body, setting)
    margins = laid.margins
    body.width_pt = max(72.0, page.width_pt - margins.left - margins.right)
    references = "".join(furniture.reference(kind, laid.furniture(kind)) for kind in _FURNITURE)
    for at, part in enumerate(laid.parts()):
        kind = "continuous" if at else "nextPage"
        properties = references + empty("w:type", {"w:val": kind})
        columns = part.columns if len(part.columns) > 1 else ()
        yield part.xml, _section(page.width_pt, page.height_pt, margins, columns, properties)


def _section(width: float, height: float, margins: Margins, columns: tuple[Column, ...], before: str) -> str:
    size: dict[str, object] = {"w:w": twips(width), "w:h": twips(height)}
    if width > height:
        size["w:orient"] = "landscape"
    sides = {f"w:{side}": twips(value) for side, value in margins._asdict().items()}
    sides |= {"w:header": twips(_HEAD_PT), "w:footer": twips(_HEAD_PT), "w:gutter": 0}
    return element(
        "w:sectPr", before + empty("w:pgSz", size) + empty("w:pgMar", _ordered(sides)) + _columns(columns)
    )


def _ordered(sides: dict[str, int]) -> dict[str, object]:
    names = ("top", "right", "bottom", "left", "header", "footer", "gutter")
    return {f"w:{name}": sides[f"w:{name}"] for name in names}


def _columns(columns: tuple[Column, ...]) -> str:
    if not columns:
        return ""
    ends = [column.left for column in columns[1:]]
    written = "".join(
        empty(
            "w:col",
            {"w:w": twips(column.right - column.left), "w:space": twips(max(0.0, end - column.right))},
        )
        for column, end in zip(columns, [*ends, columns[-1].right], strict=True)
    )
    return element("w:cols", written, {"w:num": len(columns), "w:equalWidth": 0})


def _fitting(page: Page) -> Page:
    """The page, made smaller with all that is on it where Word has no paper as large; a page without a size is a letter."""
    if page.width_pt <= 0 or page.height_pt <= 0:
        return replace(page, width_pt=_LETTER[0], height_pt=_LETTER[1])
    share = _MOST_PT / max(page.width_pt, page.height_pt)
    if share >= 1:
        return page
    blocks = tuple(_smaller(block, share) for block in page.blocks)
    return replace(page, width_pt=page.width_pt * share, height_pt=page.height_pt * share, blocks=blocks)


def _smaller(block: Block, share: float) -> Block:
    return replace(block, lines=tuple(_smaller_line(line, share) for line in block.lines))


def _smaller_line(line: Line, share: float) -> Line:
    size = line.font_size * share if line.font_size else None
    return replace(line, font_size=size, words=tuple(_smaller_word(word, share) for word in line.words))


def _smaller_word(word: Word, share: float) -> Word:
    look = word.look
    return (
        word if look is None or not look.size else replace(word, look=replace(look, size=look.size * share))
    )
