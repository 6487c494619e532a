"""Chunks out of a document's pieces, one after the other: what is in hand is two chunks, no more.

As the library's chunkers do it: the hierarchical one gives every piece as it is; the hybrid one parts what is too long
between its items, then inside its text, and joins neighbours below the same headings as long as they fit. Its tokens
are counted without the tokeniser: see `count_tokens`.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from octavo.exporters.chunk_text import split_text

DELIMITER = "\n"
DEFAULT_TOKENIZER = "sentence-transformers/all-MiniLM-L6-v2"
DEFAULT_TOKENS = 256
"""What the model of the default tokeniser takes."""
_RUN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_+")
_DENSE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Characters that are a token each."""
_LETTERS_A_TOKEN = 6
_DIGITS_A_TOKEN = 3
_CLOSER = 0.9
_LEAST_CHARS = 8
_HEAD_LINES = 2
"""Of a table in Markdown."""

Piece = Mapping[str, Any]
"""A line of the export `docling_chunks`."""


@dataclass(frozen=True, slots=True)
class Chunking:
    """What was asked for."""

    most_tokens: int | None
    """None: pieces as they are."""
    merge_peers: bool = True
    markdown_tables: bool = False
    placeholder: str = ""
    """Stands where a picture is; empty: nothing does."""


@dataclass(frozen=True, slots=True)
class Chunk:
    headings: tuple[str, ...]
    refs: tuple[str, ...]
    pages: frozenset[int]
    text: str
    text_tokens: int
    has_image: bool

    @property
    def contextualized(self) -> str:
        return DELIMITER.join((*self.headings, self.text))

    @property
    def tokens(self) -> int:
        """Of the contextualized text. No token lies across a delimiter, so that parts add up."""
        return self.text_tokens + sum(map(count_tokens, self.headings))


@dataclass(frozen=True, slots=True)
class _Item:
    ref: str
    pages: frozenset[int]
    text: str
    tokens: int
    is_table: bool


class Chunker:
    """Takes pieces one by one and gives the chunks that are whole by then."""

    def __init__(self, wanted: Chunking) -> None:
        self._wanted = wanted
        self._waiting: Chunk | None = None
        """Not given out yet: the next one may be joined to it."""

    def take(self, piece: Piece) -> Iterator[Chunk]:
        items = self._items(piece)
        if not any(item.text for item in items):
            return
        whole = _chunk(piece, items)
        if self._wanted.most_tokens is None:
            yield whole
            return
        for part in _fitted(piece, items, whole, self._wanted.most_tokens):
            yield from self._join(part)

    def end(self) -> Iterator[Chunk]:
        if self._waiting is not None:
            yield self._waiting
        self._waiting = None

    def _items(self, piece: Piece) -> list[_Item]:
        found = [self._item(item) for item in piece["items"]]
        if piece["type"] == "picture" and self._wanted.placeholder:
            text = self._wanted.placeholder
            found.append(replace(found[0], text=text, tokens=count_tokens(text)))
        return found

    def _item(self, item: Piece) -> _Item:
        is_table = self._wanted.markdown_tables and "markdown" in item
        text: str = item["markdown" if is_table else "text"]
        return _Item(item["ref"], frozenset(item["pages"]), text, count_tokens(text), is_table)

    def _join(self, part: Chunk) -> Iterator[Chunk]:
        before, self._waiting = self._waiting, part
        if before is None:
            return
        joined = _joined(before, part)
        if self._wanted.merge_peers and before.headings == part.headings and self._has_room_for(joined):
            self._waiting = joined
        else:
            yield before

    def _has_room_for(self, chunk: Chunk) -> bool:
        return self._wanted.most_tokens is not None and chunk.tokens <= self._wanted.most_tokens


def count_tokens(text: str) -> int:
    """About as many as a tokeniser of word pieces makes: words by their length, numbers by threes, marks one each.

    The tokeniser itself is not here: each belongs to a model, and the model is the caller's.
    """
    total = 0
    for run in _RUN.findall(text):
        if run[0].isdigit():
            total += math.ceil(len(run) / _DIGITS_A_TOKEN)
        elif run[0].isalpha():
            dense = len(_DENSE.findall(run))
            total += dense + math.ceil((len(run) - dense) / _LETTERS_A_TOKEN)
        else:
            total += len(run)
    return total


def _chunk(piece: Piece, items: Iterable[_Item], text: str | None = None) -> Chunk:
    found = list(items)
    return Chunk(
        tuple(piece["headings"]),
        tuple(dict.fromkeys(item.ref for item in found)),
        frozenset[int]().union(*(item.pages for item in found)),
        piece["between"].join(item.text for item in found if item.text) if text is None else text,
        sum(item.tokens for item in found) if text is None else count_tokens(text),
        piece["type"] == "picture",
    )


def _joined(first: Chunk, second: Chunk) -> Chunk:
    return Chunk(
        first.headings,
        tuple(dict.fromkeys((*first.refs, *second.refs))),
        first.pages | second.pages,
        DELIMITER.join((first.text, second.text)),
        first.text_tokens + second.text_tokens,
        first.has_image or second.has_image,
    )


def _fitted(piece: Piece, items: list[_Item], whole: Chunk, most: int) -> Iterator[Chunk]:
    """The piece in windows of items that fit; an item that does not is parted inside."""
    if whole.tokens <= most:
        yield whole
        return
    room = most - (whole.tokens - whole.text_tokens)
    window: list[_Item] = []
    taken = 0
    for item in items:
        if window and taken + item.tokens > room:
            yield from _parted(piece, window, most)
            window, taken = [], 0
        window.append(item)
        taken += item.tokens
    yield from _parted(piece, window, most)


def _parted(piece: Piece, window: list[_Item], most: int) -> Iterator[Chunk]:
    whole = _chunk(piece, window)
    room = most - (whole.tokens - whole.text_tokens)
    if whole.tokens <= most:
        yield whole
        return
    if room <= 0:
        # Headings that leave no room are left out, as there.
        piece, room = {**piece, "headings": []}, most
    is_table = len(window) == 1 and window[0].is_table
    for text in _rows(whole.text, room) if is_table else _texts(whole.text, room):
        yield _chunk(piece, window, text)


def _texts(text: str, room: int) -> list[str]:
    """At the ends of lines and sentences, else between words; shorter until every part fits."""
    limit = max(_LEAST_CHARS, len(text) * room // max(1, count_tokens(text)))
    while True:
        parts = list(split_text(text, limit))
        worst = max((count_tokens(part) for part in parts), default=0)
        if worst <= room or limit <= _LEAST_CHARS:
            return parts
        limit = max(_LEAST_CHARS, int(limit * min(_CLOSER, room / worst)))


def _rows(text: str, room: int) -> Iterator[str]:
    """Whole rows below the head again, unless the head takes half of the room."""
    lines = text.split("\n")
    head, rows = lines[:_HEAD_LINES], lines[_HEAD_LINES:]
    if count_tokens("\n".join(head)) * 2 > room:
        yield from _texts("\n".join(head), room)
        head = []
    left = room - count_tokens("\n".join(head))
    part: list[str] = []
    taken = 0
    for row in rows:
        tokens = count_tokens(row)
        if part and taken + tokens > left:
            yield "\n".join([*head, *part])
            part, taken = [], 0
        if tokens > left:
            yield from _texts(row, room)
        else:
            part.append(row)
            taken += tokens
    if part:
        yield "\n".join([*head, *part])
