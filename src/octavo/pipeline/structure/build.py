"""Lines in, blocks in reading order out: the stages of this package, one after another."""

import hashlib

from octavo.domain.document import Block, BlockType, Line, Origin, ReadPage, Region, TextSource, Word
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.structure.columns import in_columns
from octavo.pipeline.structure.furniture import is_furniture, peel
from octavo.pipeline.structure.groups import to_groups
from octavo.pipeline.structure.headings import heading_levels
from octavo.pipeline.structure.lists import Draft, join_lists, list_text
from octavo.pipeline.structure.measure import PageShape, page_shape
from octavo.pipeline.structure.roles import role_of
from octavo.pipeline.structure.rows import Row, to_rows
from octavo.pipeline.structure.segments import Segment, picture_segments, to_segments
from octavo.pipeline.structure.wording import is_sure, joined

SMALLEST_PICTURE = 0.002
LARGEST_PICTURE = 0.85
"""Fractions of the page area: smaller is an ornament, larger is the paper."""
SIDEWAYS = 2.5
"""A line this many times higher than wide runs up or down the margin."""


def build_blocks(page: ReadPage, *, verified: bool) -> tuple[Block, ...]:
    """Every word of the page's lines is in exactly one block.

    Args:
        page: Its lines in any order, upright.
        verified: Whether words from the text layer are what a person sees: a trusted, visible layer.
    """
    rows, furniture = _rows(page)
    shape = page_shape(rows, page.width_pt, page.height_pt)
    drafts = [
        draft
        for part in (rows[: furniture[0]], rows[furniture[0] : furniture[1]], rows[furniture[1] :])
        for draft in _drafts(part, shape)
    ]
    _retype_furniture(drafts, rows, furniture, shape)
    levels = heading_levels(drafts)
    return tuple(
        _block(draft, page, index, levels.get(id(draft)), verified=verified)
        for index, draft in enumerate(drafts)
    )


def _rows(page: ReadPage) -> tuple[list[Row], tuple[int, int]]:
    """All rows in reading order, and where the body begins and ends among them."""
    segments = to_segments(page)
    from_right = _reads_from_right(page)
    sideways = [segment for segment in segments if _is_sideways(segment)]
    flat = [segment for segment in segments if not _is_sideways(segment)] if sideways else segments
    peeled = peel(flat, page.height_pt)
    body = peeled.body + picture_segments(page, _pictures(page))
    columns = in_columns(body, from_right=from_right)
    parts = [peeled.header, *columns, peeled.footer, *([segment] for segment in sideways)]
    rows = [to_rows(part, number, from_right=from_right) for number, part in enumerate(parts)]
    before_footer = rows[: 1 + len(columns)]
    return [row for found in rows for row in found], (len(rows[0]), sum(map(len, before_footer)))


def _drafts(rows: list[Row], shape: PageShape) -> list[Draft]:
    return join_lists([Draft(role_of(group, shape), [group]) for group in to_groups(rows, shape)])


def _retype_furniture(
    drafts: list[Draft], rows: list[Row], furniture: tuple[int, int], shape: PageShape
) -> None:
    header = {id(row) for row in rows[: furniture[0]]}
    footer = {id(row) for row in rows[furniture[1] :]}
    for draft in drafts:
        first = draft.entries[0][0]
        if first.line is None or not is_furniture(first.text, first.size, shape.body_size):
            continue
        if id(first) in header:
            draft.type = BlockType.PAGE_HEADER
        elif id(first) in footer and draft.type is not BlockType.FOOTNOTE:
            draft.type = BlockType.PAGE_FOOTER


def _pictures(page: ReadPage) -> list[Region]:
    return [
        region
        for region in page.regions
        if region.kind == "image"
        and region.bbox.area >= SMALLEST_PICTURE
        and (region.bbox.area <= LARGEST_PICTURE or not page.lines)
    ]


def _is_sideways(segment: Segment) -> bool:
    letters = sum(len(word.text) for word in segment.words)
    return letters >= 4 and segment.height > SIDEWAYS * (segment.x1 - segment.x0)


def _reads_from_right(page: ReadPage) -> bool:
    text = "".join(word.text for line in page.lines for word in line.words)
    if text.isascii():
        return False
    return 2 * sum("\u0590" <= char <= "\u08ff" for char in text) > sum(char.isalpha() for char in text)


def _block(draft: Draft, page: ReadPage, index: int, level: int | None, *, verified: bool) -> Block:
    lines = tuple(row.line for row in draft.rows if row.line)
    text = _text(draft)
    box = _box(draft, page)
    words = [word for line in lines for word in line.words]
    source = _text_source(words, verified=verified)
    return Block(
        id=block_id(page.number, draft.type, box, text),
        type=draft.type,
        page=page.number,
        bbox=box,
        reading_order_index=index,
        text=text,
        text_source=source,
        confidence=_confidence(words, source),
        verified=source is TextSource.VERIFIED,
        lines=lines,
        level=level,
        body=draft.body,
    )


def block_id(page: int, kind: BlockType, box: BBox, text: str) -> str:
    """The same for the same input, also where the last digits of a position differ."""
    place = ",".join(f"{edge:.3f}" for edge in box.to_list())
    digest = hashlib.sha256(f"{page}\n{kind.value}\n{place}\n{text}".encode("utf-8", "replace")).hexdigest()
    return f"blk_{digest[:12]}"


def _text(draft: Draft) -> str:
    if draft.type is BlockType.LIST:
        return list_text(draft)
    if draft.type is BlockType.CODE:
        return _code_text(draft.rows)
    return joined([row.text for row in draft.rows])


def _code_text(rows: list[Row]) -> str:
    """Line by line, indented as it stands: a letter of a monospaced font is 0.6 em wide."""
    left = min(row.x0 for row in rows)
    return "\n".join(" " * round((row.x0 - left) / (0.6 * row.size)) + row.text for row in rows)


def _box(draft: Draft, page: ReadPage) -> BBox:
    boxes = [box for row in draft.rows if row.line for box in _line_boxes(row.line)]
    if boxes:
        return enclosing(boxes)
    row = draft.rows[0]
    return BBox.clamped(
        row.x0 / page.width_pt, row.y0 / page.height_pt, row.x1 / page.width_pt, row.y1 / page.height_pt
    )


def _line_boxes(line: Line) -> list[BBox]:
    return [line.bbox, *(word.bbox for word in line.words)]


def _text_source(words: list[Word], *, verified: bool) -> TextSource:
    if not words:
        return TextSource.DERIVED
    is_exact = verified and all(word.origin is not Origin.OCR and is_sure(word.text) for word in words)
    return TextSource.VERIFIED if is_exact else TextSource.INFERRED


def _confidence(words: list[Word], source: TextSource) -> float | None:
    """Mean over the characters an engine spoke about; text that is exact is sure."""
    if source is TextSource.VERIFIED:
        return 1.0
    rated = [(len(word.text), word.confidence) for word in words if word.confidence is not None]
    letters = sum(length for length, _ in rated)
    return round(sum(length * share for length, share in rated) / letters, 4) if letters else None
