"""Small documents that read like real ones."""

from typing import Any

from octavo.domain.document import (
    Block,
    BlockType,
    Document,
    EngineIdentity,
    Extraction,
    Line,
    Origin,
    Page,
    Source,
    TextSource,
    Word,
)
from octavo.domain.geometry import BBox
from octavo.exporters.header_json import DocumentHeader

HEADER = DocumentHeader(
    Source("report.pdf", "application/pdf", 1234, "0" * 64, 3),
    Extraction(EngineIdentity("paper", "1", "sha256:" + "1" * 64), "standard", 17, 1.0, 0.98, ()),
)


def block_of(kind: BlockType, text: str, *, index: int = 0, page: int = 1, **more: Any) -> Block:
    box = BBox.clamped(0.1, 0.1 + index * 0.05, 0.9, 0.13 + index * 0.05)
    word = Word(text, box, 0.98, Origin.OCR)
    return Block(
        id=f"blk_{page:06x}{index:06x}",
        type=kind,
        page=page,
        bbox=box,
        reading_order_index=index,
        text=text,
        text_source=TextSource.INFERRED,
        confidence=0.98,
        verified=False,
        lines=(Line((word,), box, font_size=11.0),),
        **more,
    )


def page_of(number: int, *blocks: Block) -> Page:
    found = blocks or (block_of(BlockType.PARAGRAPH, f"This is page {number}.", page=number),)
    return Page(number, 595.0, 842.0, found, engine="paper")


def document_of(*pages: Page) -> Document:
    return Document(HEADER.source, HEADER.extraction, pages, HEADER.fields)
