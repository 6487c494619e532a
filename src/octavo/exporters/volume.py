"""Several documents as one: their pages, numbered on, in their order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import accumulate
from typing import Any

from octavo.domain.document import Block, Document, Page

_BLOCK_ID = re.compile(r"blk_[0-9a-f]{12}")


def bind(documents: Sequence[Document], name: str) -> Document:
    """One document of all pages; at least one is given.

    What is said of the whole is the first one's, under this name; fields, which belong to one document
    each, are left out.
    """
    first = documents[0]
    counts = [max(1, document.source.page_count) for document in documents]
    source = replace(first.source, filename=name, page_count=sum(counts))
    return Document(source, first.extraction, _Pages(tuple(documents), tuple(counts)), {})


@dataclass(frozen=True, slots=True)
class _Pages:
    """Moved as they are walked, as often as they are."""

    documents: tuple[Document, ...]
    counts: tuple[int, ...]

    def __iter__(self) -> Iterator[Page]:
        befores = (0, *accumulate(self.counts))
        for place, (document, before) in enumerate(zip(self.documents, befores, strict=False)):
            for page in document.pages:
                yield _moved(page, before, place)


def _moved(page: Page, before: int, place: int) -> Page:
    blocks = tuple(_block(block, before, place) for block in page.blocks)
    return replace(page, number=page.number + before, blocks=blocks)


def _block(block: Block, before: int, place: int) -> Block:
    return replace(
        block,
        id=_id(block.id, place),
        page=block.page + before,
        body={name: _inner(name, value, before, place) for name, value in block.body.items()},
    )


def _inner(name: str, value: Any, before: int, place: int) -> Any:
    """Pages and blocks that a body names are those of the volume."""
    if isinstance(value, dict):
        return {key: _inner(key, inner, before, place) for key, inner in value.items()}
    if isinstance(value, list):
        return [_inner(name, inner, before, place) for inner in value]
    if name == "page" and isinstance(value, int):
        return value + before
    if isinstance(value, str) and _BLOCK_ID.fullmatch(value):
        return _id(value, place)
    return value


def _id(id_: str, place: int) -> str:
    """The same page may come twice, so its place is part of it."""
    return f"blk_{sha256(f'{id_} {place}'.encode()).hexdigest()[:12]}"
