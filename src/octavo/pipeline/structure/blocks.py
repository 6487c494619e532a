"""A finished block from a draft: its text, box, provenance, confidence and id."""

import hashlib
from typing import Any

from octavo.domain.document import Block, BlockType, Origin, ReadPage, TextSource, Word
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.structure.cells import cell_text
from octavo.pipeline.structure.code import code_text, language_of
from octavo.pipeline.structure.linewise import running_text
from octavo.pipeline.structure.lists import Draft, list_text
from octavo.pipeline.structure.measure import PageShape
from octavo.pipeline.structure.rows import Row
from octavo.pipeline.structure.wording import is_sure, joined, without_soft_hyphens

_RUNNING = frozenset({BlockType.PARAGRAPH, BlockType.PAGE_HEADER, BlockType.PAGE_FOOTER})


def to_block(
    draft: Draft, page: ReadPage, shape: PageShape, index: int, level: int | None, *, verified: bool
) -> Block:
    """The draft as block number `index` of its page; `verified` says whether its text layer is trusted."""
    found = draft.rows[0].found
    lines = found.lines if found else tuple(row.line for row in draft.rows if row.line)
    text = found.text if found else _text(draft, shape)
    box = found.bbox if found else _box(draft.rows, page)
    words = [word for line in lines for word in line.words]
    source = _text_source(words, verified=verified and is_sure(text))
    return Block(
        id=block_id(page.number, draft.type, box, text),
        type=draft.type,
        page=page.number,
        bbox=box,
        reading_order_index=index,
        text=text,
        text_source=source,
        confidence=_confidence(words, source) if words or not found else found.confidence,
        verified=source is TextSource.VERIFIED,
        lines=lines,
        level=level,
        role=draft.role,
        body=found.body if found else _body(draft, page, text),
    )


def block_id(page: int, kind: BlockType, box: BBox, text: str) -> str:
    """The same for the same input, also where the last digits of a position differ."""
    place = ",".join(f"{edge:.3f}" for edge in box.to_list())
    digest = hashlib.sha256(f"{page}\n{kind.value}\n{place}\n{text}".encode("utf-8", "replace")).hexdigest()
    return f"blk_{digest[:12]}"


def _text(draft: Draft, shape: PageShape) -> str:
    if draft.type is BlockType.LIST:
        return list_text(draft)
    if draft.type is BlockType.CODE:
        return code_text(draft.rows)
    if draft.type is BlockType.TABLE:
        return without_soft_hyphens("\n".join(cell_text(row) for row in draft.rows))
    if draft.type in _RUNNING:
        return running_text(draft.rows, shape)
    return joined([row.text for row in draft.rows])


def _box(rows: list[Row], page: ReadPage) -> BBox:
    boxes = [word.bbox for row in rows if row.line for word in row.line.words]
    boxes += [row.line.bbox for row in rows if row.line]
    for row in rows:
        if row.line is None:
            edges = (
                row.x0 / page.width_pt,
                row.y0 / page.height_pt,
                row.x1 / page.width_pt,
                row.y1 / page.height_pt,
            )
            boxes.append(BBox.clamped(*edges))
    return enclosing(boxes)


def _body(draft: Draft, page: ReadPage, text: str) -> dict[str, Any]:
    """A list's tells the box of each entry, a listing's its language."""
    if draft.type is BlockType.CODE:
        language = language_of(text)
        return {"language": language} if language else {}
    if draft.type is not BlockType.LIST:
        return draft.body
    items = [
        {**item, "bbox": _box(entry, page).to_list()}
        for item, entry in zip(draft.body.get("items", ()), draft.entries, strict=True)
    ]
    return {**draft.body, "items": items}


def _text_source(words: list[Word], *, verified: bool) -> TextSource:
    if not words:
        return TextSource.DERIVED
    is_exact = verified and all(word.origin is not Origin.OCR for word in words)
    return TextSource.VERIFIED if is_exact else TextSource.INFERRED


def _confidence(words: list[Word], source: TextSource) -> float | None:
    """Mean over the characters an engine spoke about; text that is exact is sure."""
    if source is TextSource.VERIFIED:
        return 1.0
    rated = [(len(word.text), word.confidence) for word in words if word.confidence is not None]
    letters = sum(length for length, _ in rated)
    return round(sum(length * share for length, share in rated) / letters, 4) if letters else None
