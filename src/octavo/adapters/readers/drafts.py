"""Blocks of a native page in the making: they name one another before they have ids."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from octavo.domain.document import Block, BlockType, Picture
from octavo.domain.native import native_block
from octavo.pipeline.structure.wording import clean, without_soft_hyphens

PictureOf = Callable[[int], Picture | None]
"""The picture of a block on page so-and-so; None where it cannot be shown."""


@dataclass(slots=True, eq=False)
class Draft:
    type: BlockType
    text: str = ""
    level: int | None = None
    role: str | None = None
    body: dict[str, Any] = field(default_factory=dict)
    picture: PictureOf | None = None
    """Called once, when its page is asked for."""
    caption_of: "Draft | None" = None
    """On the same page."""
    note_of: "Draft | None" = None
    """On the same page."""


def finished(page: int, drafts: Iterable[Draft]) -> tuple[tuple[Block, ...], tuple[Picture, ...]]:
    """The blocks of one page in reading order, tied to one another, and their pictures, each once."""
    pictures: dict[str, Picture] = {}
    blocks: dict[int, Block] = {}
    ordered = list(drafts)
    for index, draft in enumerate(ordered):
        blocks[id(draft)] = _block(page, index, draft, pictures)
    for draft in ordered:
        _tie(draft, blocks)
    return tuple(blocks[id(draft)] for draft in ordered), tuple(pictures.values())


def _block(page: int, index: int, draft: Draft, pictures: dict[str, Picture]) -> Block:
    body = _clean(draft.body)
    picture = draft.picture(page) if draft.picture else None
    if picture is not None:
        pictures.setdefault(picture.name, picture)
        body["image"] = picture.to_body()
    return native_block(
        draft.type,
        page=page,
        index=index,
        text=clean_text(draft.text),
        level=draft.level,
        role=draft.role,
        body=body,
    )


def _tie(draft: Draft, blocks: dict[int, Block]) -> None:
    own = blocks[id(draft)]
    captioned, noted = draft.caption_of, draft.note_of
    if captioned is not None and id(captioned) in blocks:
        blocks[id(draft)] = own = _with(own, caption_for=blocks[id(captioned)].id)
        told = {"caption": own.text, "caption_id": own.id}
        blocks[id(captioned)] = _with(blocks[id(captioned)], **told)
    if noted is not None and id(noted) in blocks:
        blocks[id(draft)] = _with(own, footnote_of=blocks[id(noted)].id)


def _with(block: Block, **more: Any) -> Block:
    return replace(block, body={**block.body, **more})


def clean_text(text: str) -> str:
    """NFC, without control characters and soft hyphens."""
    return without_soft_hyphens(clean(text))


def _clean(value: Any) -> Any:
    """The same for every string in a body."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {key: _clean(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [_clean(inside) for inside in value]
    return value
