"""The document as running text: what a reader reads, without regard to where the paper ends.

A paragraph, list or table that runs over a page break comes once, whole, where it begins.
Such a block, and what follows it on its page, waits until its last page has been walked;
nothing else is held.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any, NamedTuple

from octavo.domain.document import Block, BlockType, Page, Picture
from octavo.domain.geometry import BBox
from octavo.exporters.joining import glued, joined_items, joined_table, with_tail

FURNITURE = frozenset({BlockType.PAGE_HEADER, BlockType.PAGE_FOOTER})
"""What belongs to the paper and not to the text."""
_MARKED = frozenset({BlockType.PARAGRAPH, BlockType.HEADING, BlockType.CALLOUT})
"""Whose text shows where a mark is."""
_HOLDING = frozenset({BlockType.TABLE, BlockType.LIST})
"""In one of its texts there is a mark; in which is to be found out."""
LONGEST_PAGES = 50
"""A table that is longer goes on as another one, so that memory stays bounded."""


class Place(NamedTuple):
    page: int
    bbox: BBox | None


class Note(NamedTuple):
    """A footnote and the mark that leads to it."""

    key: str
    """Unique in the document; letters, digits and hyphens."""
    marker: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of the running text."""

    block: Block
    """The first part, with the text, entries or rows of all."""
    places: tuple[Place, ...]
    """Where its parts are, in order; never empty."""
    picture: Picture | None = None
    marks: tuple[Note, ...] = ()
    """The footnotes whose marks are in its text."""
    note: Note | None = None
    """What it is itself, where it is a footnote with a known mark in a block of its page."""
    inner_marks: tuple[Note, ...] = ()
    """The footnotes whose marks are in an entry of this list or a cell of this table."""
    inner_note: Note | None = None
    """What it is itself, where its mark is in an entry or a cell."""

    @property
    def page_numbers(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(place.page for place in self.places))


def passages(page: Page) -> Iterator[Passage]:
    """The blocks of one page, each for itself: the parts of what runs over its edges stay apart."""
    marks, own = _notes(page, _MARKED)
    inner, inner_own = _notes(page, _HOLDING)
    for block in page.blocks:
        yield Passage(
            block,
            (Place(block.page, block.bbox),),
            _picture(block, page),
            marks=tuple(marks.get(block.id, ())),
            note=own.get(block.id),
            inner_marks=tuple(inner.get(block.id, ())),
            inner_note=inner_own.get(block.id),
        )


def rewalkable(pages: Iterable[Page]) -> Iterable[Page]:
    """Pages that can be walked more than once; held only where they otherwise could not."""
    return tuple(pages) if isinstance(pages, Iterator) else pages


def flow(pages: Iterable[Page], *, furniture: bool = False, tied_captions: bool = True) -> Iterator[Passage]:
    """The running text of all pages.

    Args:
        pages: In order; walked once.
        furniture: Whether page headers and footers are wanted.
        tied_captions: Whether captions come by themselves although a block of their page names them as its own.
    """
    waiting: deque[_Open] = deque()
    ends: dict[str, int] = {}
    for page in pages:
        for passage in passages(page):
            if _is_wanted(passage.block, page, furniture=furniture, tied_captions=tied_captions):
                _take(passage, waiting, ends)
        while waiting and waiting[0].last_page <= page.number:
            yield waiting.popleft().closed()
    for opened in waiting:
        yield opened.closed()


@dataclass(slots=True)
class _Open:
    """A passage whose later parts may still come."""

    first: Passage
    chain: str
    """The id of the block that began it all."""
    last_page: int
    later: list[Passage] = field(default_factory=list)

    def closed(self) -> Passage:
        if not self.later:
            return _whole(self.first)
        parts = [self.first, *self.later]
        return replace(
            _whole(self.first),
            block=_joined(self.first.block, [part.block for part in self.later]),
            places=tuple(place for part in parts for place in part.places),
            marks=tuple(mark for part in parts for mark in part.marks),
            inner_marks=tuple(mark for part in parts for mark in part.inner_marks),
        )


def _take(passage: Passage, waiting: deque[_Open], ends: dict[str, int]) -> None:
    block = passage.block
    chain = _text(block.body.get("continuation_of"))
    if chain:
        known = next((opened for opened in reversed(waiting) if opened.chain == chain), None)
        if known:
            known.later.append(passage)
            return
    last = max((place.page for place in _places(block)), default=block.page)
    if not chain and last > block.page:
        ends[block.id] = last
    last = max(last, ends.get(chain, last))
    waiting.append(_Open(passage, chain or block.id, min(last, block.page + LONGEST_PAGES - 1)))


def _whole(passage: Passage) -> Passage:
    """With the joined text, also where the later parts could not be read."""
    text = passage.block.body.get("joined_text")
    if not isinstance(text, str) or passage.block.type in (BlockType.TABLE, BlockType.LIST):
        return passage
    places = _places(passage.block) or passage.places
    return replace(passage, block=replace(passage.block, text=text), places=places)


def _joined(first: Block, later: list[Block]) -> Block:
    body: dict[str, Any] = first.body
    if first.type is BlockType.TABLE:
        for part in later:
            body = joined_table(body, part.body)
    elif first.type is BlockType.LIST:
        for part in later:
            is_tail = part.type is not BlockType.LIST
            body = with_tail(body, part.text) if is_tail else joined_items(body, part.body)
    text = body.get("joined_text")
    if not isinstance(text, str):
        between = glued if first.type is BlockType.PARAGRAPH else "{}\n{}".format
        text = reduce(between, (part.text for part in later), first.text)
    return replace(first, text=text, body=body)


def _places(block: Block) -> tuple[Place, ...]:
    boxes = block.body.get("boxes")
    found = boxes if isinstance(boxes, list) else []
    return tuple(_place(box) for box in found if isinstance(box, dict) and isinstance(box.get("page"), int))


def _place(box: Mapping[str, Any]) -> Place:
    return Place(box["page"], BBox(*box["bbox"]) if box.get("bbox") else None)


def _is_wanted(block: Block, page: Page, *, furniture: bool, tied_captions: bool) -> bool:
    if block.type in FURNITURE:
        return furniture
    if block.type is BlockType.CAPTION and not tied_captions:
        return not any(other.body.get("caption_id") == block.id for other in page.blocks)
    return True


def _notes(page: Page, types: frozenset[BlockType]) -> tuple[dict[str, list[Note]], dict[str, Note]]:
    """The footnotes of the page whose mark is in a block of these types, by the id of it and by their own."""
    marks: dict[str, list[Note]] = {}
    own: dict[str, Note] = {}
    texts = {block.id for block in page.blocks if block.type in types}
    footnotes = (block for block in page.blocks if block.type is BlockType.FOOTNOTE)
    for position, block in enumerate(footnotes, 1):
        target, marker = _text(block.body.get("footnote_of")), _text(block.body.get("marker")).strip()
        if marker and target in texts:
            own[block.id] = note = Note(f"{page.number}-{position}", marker)
            marks.setdefault(target, []).append(note)
    return marks, own


def _picture(block: Block, page: Page) -> Picture | None:
    image = block.body.get("image")
    name = image.get("name") if isinstance(image, dict) else None
    return page.picture(name) if isinstance(name, str) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
