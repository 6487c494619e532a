"""The document in pieces for a search index, as JSON Lines.

A chunk holds whole blocks of one section as far as they fit; a block that does not fit alone is
parted at sentences, a table between its rows, with its header again in each part. A chunk names
the headings above it, the blocks it is made of, and where they are.
"""

import hashlib
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from octavo.domain.document import BlockType, Document
from octavo.exporters.chunk_text import pieces
from octavo.exporters.flow import Passage, flow
from octavo.exporters.page_json import box_to_json
from octavo.exporters.rendering import Rendering

MAX_CHARS = ("1000", "500", "2000", "4000")
_BETWEEN = "\n\n"
_DENSE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
"""Characters that a tokeniser makes a token of each, roughly."""
_CHARS_A_TOKEN = 4
"""The usual rule of thumb for text in Latin letters."""


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """UTF-8, one object a line."""
    seen: dict[str, int] = {}
    limit = int(rendering.option("max_chars", MAX_CHARS[0]))
    for chunk in _chunks(flow(document.pages, tied_captions=False), limit):
        yield orjson.dumps(_to_json(chunk, document.source.sha256, seen)) + b"\n"


@dataclass(slots=True)
class _Chunk:
    headings: list[str]
    texts: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    @property
    def text(self) -> str:
        return _BETWEEN.join(self.texts)

    def has_room(self, text: str, limit: int) -> bool:
        return not self.texts or len(self.text) + len(_BETWEEN) + len(text) <= limit

    def add(self, text: str, passage: Passage) -> None:
        self.texts.append(text)
        if passage not in self.passages[-1:]:
            self.passages.append(passage)


@dataclass(slots=True)
class _Heading:
    level: int
    passage: Passage
    is_said: bool = False
    """Whether a chunk below it names it."""

    @property
    def text(self) -> str:
        return " ".join(self.passage.block.text.split())


def _chunks(found: Iterable[Passage], limit: int) -> Iterator[_Chunk]:
    path: list[_Heading] = []
    current = _Chunk([])
    for passage in found:
        if passage.block.type is BlockType.HEADING:
            yield from _filled(current)
            level = passage.block.level or 1
            yield from _left(path, level)
            path.append(_Heading(level, passage))
            current = _Chunk([heading.text for heading in path])
            continue
        for text in pieces(passage, limit):
            if not current.has_room(text, limit):
                yield current
                current = _Chunk(list(current.headings))
            current.add(text, passage)
            for heading in path:
                heading.is_said = True
    yield from _filled(current)
    yield from _left(path, 0)


def _filled(chunk: _Chunk) -> Iterator[_Chunk]:
    if chunk.texts:
        yield chunk


def _left(path: list[_Heading], level: int) -> Iterator[_Chunk]:
    """Leave the sections that a heading of this level ends; a heading above nothing is a chunk of its own."""
    while path and path[-1].level >= level:
        heading = path.pop()
        if not heading.is_said and heading.text:
            above = [other.text for other in path]
            for other in path:
                other.is_said = True
            yield _Chunk(above, [heading.text], [heading.passage])


def _to_json(chunk: _Chunk, sha256: str, seen: dict[str, int]) -> dict[str, Any]:
    blocks = list(dict.fromkeys(passage.block.id for passage in chunk.passages))
    places = list(dict.fromkeys(place for passage in chunk.passages for place in passage.places))
    text = chunk.text
    return {
        "id": _id(sha256, blocks, seen),
        "text": text,
        "headings": chunk.headings,
        "pages": sorted({place.page for place in places}),
        "boxes": [{"page": place.page, "bbox": box_to_json(place.bbox)} for place in places if place.bbox],
        "block_ids": blocks,
        "types": list(dict.fromkeys(passage.block.type.value for passage in chunk.passages)),
        "tokens_estimate": _tokens(text),
    }


def _id(sha256: str, blocks: list[str], seen: dict[str, int]) -> str:
    """The same document gives the same ids; parts of one block are told apart by their order."""
    made_of = ",".join(blocks)
    order = seen[made_of] = seen.get(made_of, 0) + 1
    digest = hashlib.sha256(f"{sha256} {made_of} {order}".encode())
    return f"chk_{digest.hexdigest()[:16]}"


def _tokens(text: str) -> int:
    dense = len(_DENSE.findall(text))
    return dense + math.ceil((len(text) - dense) / _CHARS_A_TOKEN)
