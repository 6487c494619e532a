"""Captions tied to what they describe, footnotes to the block that holds their mark; on one page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from octavo.domain.document import Block, BlockType, Word
from octavo.domain.geometry import BBox

FURTHEST = 0.12
"""Of the page, between a caption and what it describes."""
OTHER_KIND = 0.08
"""As if further away: a figure for `Table 3`."""
NEXT_IN_ORDER = 0.01
RAISED = 0.85
"""Times the height of the word before it."""

_FIGURES = frozenset({BlockType.IMAGE, BlockType.DIAGRAM, BlockType.CHART})
_CAPTIONED = _FIGURES | {BlockType.TABLE, BlockType.CODE}
_TABLE_WORD = re.compile(
    r"[\[<(【]?\s?(?:tab|cuadro|табл|πίνακ|表|표|الجدول|جدول|טבלה|לוח|bảng|taulu)", re.IGNORECASE
)
_CODE_WORD = re.compile(r"(?:listing|algorithm|code|quelltext|beispiel|example)\b", re.IGNORECASE)
_MARK = re.compile(r"\W?(\d{1,3}|[*†‡§¶]{1,3}|[a-z](?=[.)]))(?=\W|\s|[^\W\d_]|$)")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def tie(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same blocks in the same order; only `body` grows."""
    changes: dict[str, dict[str, Any]] = {}
    for caption, block in _captions(blocks):
        changes.setdefault(caption.id, {})["caption_for"] = block.id
        changes.setdefault(block.id, {}).update(caption=caption.text, caption_id=caption.id)
    for note in blocks:
        if note.type is BlockType.FOOTNOTE and (mark := _mark_of(note.text)):
            changes.setdefault(note.id, {})["marker"] = mark
            if holder := _holder(mark, blocks):
                changes[note.id]["footnote_of"] = holder.id
    return tuple(
        replace(block, body={**block.body, **changes[block.id]}) if block.id in changes else block
        for block in blocks
    )


def _captions(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, Block]]:
    """Pairs of caption and block, the nearest first, each once."""
    pairs = sorted(
        (cost, caption.reading_order_index, block.reading_order_index)
        for caption in blocks
        if caption.type is BlockType.CAPTION
        for block in blocks
        if block.type in _CAPTIONED and (cost := _cost(caption, block)) < FURTHEST
    )
    taken: set[int] = set()
    by_index = {block.reading_order_index: block for block in blocks}
    for _, caption_at, block_at in pairs:
        if not taken & {caption_at, block_at}:
            taken |= {caption_at, block_at}
            yield by_index[caption_at], by_index[block_at]


def _cost(caption: Block, block: Block) -> float:
    if caption.bbox is None or block.bbox is None:
        return 1.0
    wanted = (
        {BlockType.TABLE}
        if _TABLE_WORD.match(caption.text)
        else {BlockType.CODE}
        if _CODE_WORD.match(caption.text)
        else _FIGURES
    )
    apart = abs(caption.reading_order_index - block.reading_order_index)
    strange = 0.0 if block.type in wanted else FURTHEST if block.type is BlockType.CODE else OTHER_KIND
    return _distance(caption.bbox, block.bbox) + strange + NEXT_IN_ORDER * min(apart - 1, 3)


def _distance(one: BBox, other: BBox) -> float:
    """Between two boxes that stand over or beside each other; far where they do neither."""
    across = max(one.x0, other.x0) - min(one.x1, other.x1)
    along = max(one.y0, other.y0) - min(one.y1, other.y1)
    if across > 0 and along > 0:
        return 1.0
    return max(0.0, across, along)


def _mark_of(text: str) -> str | None:
    match = _MARK.match(text.translate(_SUPERSCRIPTS))
    return match[1] if match else None


def _holder(mark: str, blocks: tuple[Block, ...]) -> Block | None:
    """The first block above the notes in which the mark is raised, or ends a word."""
    others = [block for block in blocks if block.type is not BlockType.FOOTNOTE]
    raised = (block for block in others if _is_raised_in(mark, block))
    ending = re.compile(rf"(?:[^\W\d_][.,;:!?)\"”»]?|[.,;:!?)\"”»]){re.escape(mark)}\)?[.,;:]?$")
    return next(raised, None) or next((block for block in others if _ends_word(ending, mark, block)), None)


def _is_raised_in(mark: str, block: Block) -> bool:
    for line in block.lines:
        before: Word | None = None
        for word in line.words:
            plain = word.text.strip(".,;:)(").translate(_SUPERSCRIPTS)
            if plain == mark and (before is not None and _is_above(word, before)):
                return True
            before = word
    return False


def _is_above(word: Word, before: Word) -> bool:
    return word.bbox.height < RAISED * before.bbox.height and word.bbox.y1 < before.bbox.y1


def _ends_word(ending: re.Pattern[str], mark: str, block: Block) -> bool:
    return any(
        mark in (text := word.text.translate(_SUPERSCRIPTS)) and ending.search(text) is not None
        for line in block.lines
        for word in line.words
    )
