"""Blocks from a file that says itself what is what: nothing is guessed, so all text is verified."""

import hashlib
from typing import Any

from octavo.domain.document import Block, BlockType, Line, Origin, TextSource, Word
from octavo.domain.geometry import BBox

_NOWHERE = BBox(0.0, 0.0, 0.0, 0.0)
"""The place of words whose source has no layout."""


def native_block(
    type_: BlockType,
    *,
    page: int,
    index: int,
    text: str,
    bbox: BBox | None = None,
    level: int | None = None,
    role: str | None = None,
    body: dict[str, Any] | None = None,
    source: TextSource | None = None,
) -> Block:
    """A finished block of a native source.

    Args:
        type_: Of the block.
        page: From 1.
        index: Its place in reading order on the page, from 0. It is part of the id where there is no `bbox`.
        text: NFC; newlines part lines that do not flow.
        bbox: None where the source has no layout.
        level: Of a heading.
        role: `title` for the document's own title.
        body: What only this type has.
        source: When it is not native text after all: text that was read in a picture is `inferred`.
    """
    source = source or (TextSource.VERIFIED if text else TextSource.DERIVED)
    return Block(
        id=_id(page, type_, bbox, index, text),
        type=type_,
        page=page,
        bbox=bbox,
        reading_order_index=index,
        text=text,
        text_source=source,
        confidence=1.0 if source is TextSource.VERIFIED else None,
        verified=source is TextSource.VERIFIED,
        lines=native_lines(text, bbox) if source is TextSource.VERIFIED else (),
        level=level,
        role=role,
        body=body or {},
    )


def native_lines(text: str, bbox: BBox | None) -> tuple[Line, ...]:
    """One line for each line of `text`; its words stand where the whole stands, since more is not known."""
    place = bbox or _NOWHERE
    lines = ([Word(word, place, None, Origin.NATIVE) for word in row.split()] for row in text.split("\n"))
    return tuple(Line(tuple(words), place) for words in lines if words)


def _id(page: int, type_: BlockType, bbox: BBox | None, index: int, text: str) -> str:
    place = ",".join(f"{edge:.3f}" for edge in bbox.to_list()) if bbox else f"#{index}"
    digest = hashlib.sha256(f"{page}\n{type_.value}\n{place}\n{text}".encode("utf-8", "replace")).hexdigest()
    return f"blk_{digest[:12]}"
