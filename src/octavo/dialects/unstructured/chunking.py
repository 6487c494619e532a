"""Elements put together into chunks, one after the other: what is in hand is two chunks, no more.

The rules are those of the library's `chunking` package: a chunk ends before a title (`by_title`), at the end of a
page where pages are kept apart, and where the next element does not fit; small neighbours are joined again; what
alone is too long is cut at a line's end or a space.
"""

import base64
import hashlib
import json
import re
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

Element = dict[str, Any]

_BETWEEN = "\n\n"
_FIRST = ("filename", "filetype", "page_name", "page_number")
"""Of these a chunk has what the first element says that says anything."""
_LEAST_FOR_HTML = 50
"""In less room the tags of a table would leave none for its text."""
_ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LEFT_IN_TABLES = frozenset({*_FIRST, "languages", "text_as_html"})


@dataclass(frozen=True, slots=True)
class Chunking:
    """Lengths in characters."""

    by_title: bool
    most: int
    enough: int
    """A chunk longer than this takes no further element."""
    combine_under: int
    across_pages: bool
    overlap: int
    overlap_all: bool
    """Between whole elements too, not only where one was cut."""
    with_originals: bool


@dataclass(frozen=True, slots=True)
class _Draft:
    """Elements that will be one chunk, or where they are one too long, several."""

    elements: tuple[Element, ...] = ()
    prefix: str = ""
    """The end of the chunk before."""

    @property
    def is_table(self) -> bool:
        return len(self.elements) == 1 and self.elements[0]["type"] == "Table"

    @property
    def text(self) -> str:
        return _BETWEEN.join(filter(None, (self.prefix, *(_said(element) for element in self.elements))))


class Chunker:
    """Takes elements one by one and gives the chunks that are whole by then."""

    def __init__(self, wanted: Chunking, *, unique_ids: bool) -> None:
        self._wanted = wanted
        self._unique_ids = unique_ids
        self._draft = _Draft()
        self._length = 0
        self._waiting: _Draft | None = None
        """Not given out yet: the next one may be joined to it."""
        self._page: int | None = None
        self._given = 0

    def take(self, element: Element) -> Iterator[Element]:
        if self._begins_section(element) or not self._fits(element):
            yield from self._close()
        prefix = "" if element["type"] == "Table" and not self._draft.elements else self._draft.prefix
        self._draft = _Draft((*self._draft.elements, element), prefix)
        said = _said(element)
        if len(self._draft.elements) == 1:
            self._length = len(prefix)
        self._length += len(said) + (len(_BETWEEN) if said and self._length else 0)

    def end(self) -> Iterator[Element]:
        yield from self._close()
        if self._waiting is not None:
            yield from self._written(self._waiting)
            self._waiting = None

    def _begins_section(self, element: Element) -> bool:
        if not self._wanted.by_title:
            return False
        page = element["metadata"].get("page_number")
        is_other_page = self._page is not None and page is not None and page != self._page
        self._page = page if page is not None else self._page
        return element["type"] == "Title" or (is_other_page and not self._wanted.across_pages)

    def _fits(self, element: Element) -> bool:
        if element["type"] == "Table":
            return not self._draft.elements
        if not self._draft.elements:
            return True
        if self._draft.is_table or self._length > self._wanted.enough:
            return False
        return self._length + len(_BETWEEN) + len(_said(element)) <= self._wanted.most

    def _close(self) -> Iterator[Element]:
        done = self._draft
        if not done.elements:
            return
        tail = self._wanted.overlap if self._wanted.overlap_all and not done.is_table else 0
        self._draft, self._length = _Draft((), done.text[-tail:].strip() if tail else ""), 0
        if self._waiting is None:
            self._waiting = done
        elif self._may_join(self._waiting, done):
            self._waiting = replace(self._waiting, elements=self._waiting.elements + done.elements)
        else:
            before, self._waiting = self._waiting, done
            yield from self._written(before)

    def _may_join(self, first: _Draft, second: _Draft) -> bool:
        if first.is_table or second.is_table or len(first.text) >= self._wanted.combine_under:
            return False
        return len(replace(first, elements=first.elements + second.elements).text) <= self._wanted.most

    def _written(self, draft: _Draft) -> Iterator[Element]:
        for chunk in _table_chunks(draft, self._wanted) if draft.is_table else _chunks(draft, self._wanted):
            self._given += 1
            yield {**chunk, "element_id": self._id(chunk)}

    def _id(self, chunk: Element) -> str:
        if self._unique_ids:
            return str(uuid.uuid4())
        said = f"{chunk['metadata'].get('filename')}{chunk['text']}{self._given}"
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def _said(element: Element) -> str:
    """With white space made single; code keeps its own."""
    text: str = element["text"]
    return text if element["type"] == "CodeSnippet" else " ".join(text.split())


def _chunks(draft: _Draft, wanted: Chunking) -> Iterator[Element]:
    text = draft.text
    metadata = _joined(draft.elements, wanted)
    for number, part in enumerate(_cut(text, wanted) if text else ()):
        continued = {"is_continuation": True} if number else {}
        yield _chunk("CompositeElement", part, metadata | continued)


def _table_chunks(draft: _Draft, wanted: Chunking) -> Iterator[Element]:
    table = draft.elements[0]
    kept = {name: value for name, value in table["metadata"].items() if name in _LEFT_IN_TABLES}
    kept |= _originals(draft.elements, wanted)
    html = kept.get("text_as_html", "")
    text = _said(table)
    if not text:
        return
    if len(text) <= wanted.most and len(html) <= wanted.most:
        yield _chunk("Table", text, kept)
        return
    bare = {name: value for name, value in kept.items() if name != "text_as_html"}
    table_id = str(uuid.uuid5(uuid.NAMESPACE_OID, table["element_id"]))
    for number, (part, rows, repeated) in enumerate(_table_parts(text, html, wanted)):
        told = bare | ({"text_as_html": rows} if rows else {}) | ({"is_continuation": True} if number else {})
        counted = {"table_id": table_id, "chunk_index": number, "num_carried_over_header_rows": repeated}
        yield _chunk("TableChunk", part, told | counted)


def _table_parts(text: str, html: str, wanted: Chunking) -> Iterator[tuple[str, str, int]]:
    """Text, HTML (empty: none) and how many head rows are said again, part by part."""
    rows = _ROW.findall(html)
    if not rows or wanted.most < _LEAST_FOR_HTML:
        yield from ((part, "", 0) for part in _cut(text, wanted))
        return
    head = rows[: len(_ROW.findall(html.partition("</thead>")[0]))] if "</thead>" in html else []
    if len(_table(head)) * 2 > wanted.most:
        head = []
    fresh: list[str] = []
    is_first = True
    for row in rows:
        carried = [] if is_first else head
        if not _row_fits([*carried, *fresh, row], wanted):
            if fresh:
                yield _row_text([*carried, *fresh]), _table([*carried, *fresh]), len(carried)
                fresh, is_first, carried = [], False, head
            if not _row_fits([*carried, row], wanted):
                yield from ((part, "", 0) for part in _cut(_row_text([row]), wanted))
                is_first = False
                continue
        fresh.append(row)
    if fresh:
        carried = [] if is_first else head
        yield _row_text([*carried, *fresh]), _table([*carried, *fresh]), len(carried)


def _row_fits(rows: list[str], wanted: Chunking) -> bool:
    return len(_table(rows)) <= wanted.most


def _table(rows: list[str]) -> str:
    return f"<table>{''.join(rows)}</table>"


def _row_text(rows: list[str]) -> str:
    return " ".join(unescape(_TAG.sub(" ", "".join(rows))).split())


def _cut(text: str, wanted: Chunking) -> Iterator[str]:
    """At the last line's end, else the last space, that leaves no more than fits; else anywhere."""
    while len(text) > wanted.most:
        part, text = _cut_once(text, wanted)
        yield part
    if text:
        yield text


def _cut_once(text: str, wanted: Chunking) -> tuple[str, str]:
    for separator in ("\n", " "):
        at = text.rfind(separator, wanted.overlap + 1, wanted.most + 1)
        part = text[:at].rstrip() if at > 0 else ""
        if not part:
            continue
        rest = text[at + 1 :].lstrip()
        tail = part[-(wanted.overlap - 1) :].lstrip() if wanted.overlap > 1 else ""
        rest = f"{tail} {rest}" if tail else rest
        if len(rest) < len(text):
            return part, rest
    return text[: wanted.most].rstrip(), text[wanted.most - wanted.overlap :].lstrip()


def _joined(elements: tuple[Element, ...], wanted: Chunking) -> dict[str, Any]:
    every = [element["metadata"] for element in elements]
    found: dict[str, Any] = {}
    for name in _FIRST:
        values = [metadata[name] for metadata in every if metadata.get(name) is not None]
        if values:
            found[name] = values[0]
    languages = dict.fromkeys(code for metadata in every for code in metadata.get("languages", ()))
    if languages:
        found["languages"] = list(languages)
    return found | _originals(elements, wanted)


def _originals(elements: tuple[Element, ...], wanted: Chunking) -> dict[str, str]:
    """JSON, deflated, in base64, as the library packs and unpacks them."""
    if not wanted.with_originals:
        return {}
    packed = zlib.compress(json.dumps(elements, sort_keys=True).encode())
    return {"orig_elements": base64.b64encode(packed).decode()}


def _chunk(type_: str, text: str, metadata: dict[str, Any]) -> Element:
    return {"type": type_, "element_id": "", "text": text, "metadata": metadata}
