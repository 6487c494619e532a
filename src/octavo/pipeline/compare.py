"""Two readings of the same document held against each other: blocks by their text, fields by their paths."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from octavo.domain.document import Block, Page

MOST_BLOCKS = 1000
"""Of one page; what comes after is not compared. The comparison takes time with their product."""
MOST_CHARACTERS = 4000
"""Of a block, in an answer and for its likeness."""


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Said:
    """A block as one of the two readings has it."""

    type: str
    text: str
    index: int


@dataclass(frozen=True, slots=True)
class BlockDifference:
    change: Change
    left: Said | None
    right: Said | None
    likeness: float
    """Of the two texts, 0.0-1.0."""


@dataclass(frozen=True, slots=True)
class PageDifference:
    number: int
    blocks: tuple[BlockDifference, ...]
    same_blocks: int
    word_likeness: float
    """Share of the words of both that both have, in any order (Dice)."""
    is_cut: bool
    """One of the two has more blocks than were compared."""


@dataclass(frozen=True, slots=True)
class FieldDifference:
    path: str
    change: Change
    left: Any
    right: Any


def compare_pages(number: int, left: Page | None, right: Page | None) -> PageDifference:
    """None: that reading does not have the page."""
    ours, theirs = _blocks(left), _blocks(right)
    matcher = SequenceMatcher(None, [_key(b) for b in ours], [_key(b) for b in theirs], autojunk=False)
    found: list[BlockDifference] = []
    same = 0
    for kind, i0, i1, j0, j1 in matcher.get_opcodes():
        if kind == "equal":
            same += i1 - i0
        else:
            found += _differences(ours[i0:i1], theirs[j0:j1])
    is_cut = any(page is not None and len(page.blocks) > MOST_BLOCKS for page in (left, right))
    return PageDifference(number, tuple(found), same, _word_likeness(left, right), is_cut)


def compare_fields(left: Mapping[str, Any], right: Mapping[str, Any]) -> tuple[FieldDifference, ...]:
    """Of two nested trees of values; null and missing are the same."""
    ours, theirs = dict(_leaves(left, "")), dict(_leaves(right, ""))
    found = []
    for path in dict.fromkeys([*ours, *theirs]):
        one, other = ours.get(path), theirs.get(path)
        if one == other:
            continue
        change = Change.ADDED if one is None else Change.REMOVED if other is None else Change.CHANGED
        found.append(FieldDifference(path, change, one, other))
    return tuple(found)


def _differences(left: Sequence[Block], right: Sequence[Block]) -> Iterator[BlockDifference]:
    """In pairs as far as they go: what stands at the same place is taken for the same thing."""
    for one, other in zip(left, right, strict=False):
        likeness = _likeness(one.text, other.text)
        yield BlockDifference(Change.CHANGED, _said(one), _said(other), likeness)
    for one in left[len(right) :]:
        yield BlockDifference(Change.REMOVED, _said(one), None, 0.0)
    for other in right[len(left) :]:
        yield BlockDifference(Change.ADDED, None, _said(other), 0.0)


def _blocks(page: Page | None) -> Sequence[Block]:
    return page.blocks[:MOST_BLOCKS] if page is not None else ()


def _key(block: Block) -> tuple[str, str]:
    return block.type.value, " ".join(block.text.split())


def _said(block: Block) -> Said:
    return Said(block.type.value, block.text[:MOST_CHARACTERS], block.reading_order_index)


def _likeness(left: str, right: str) -> float:
    """By words, which is quick enough for whole paragraphs."""
    ours, theirs = left[:MOST_CHARACTERS].split(), right[:MOST_CHARACTERS].split()
    return round(SequenceMatcher(None, ours, theirs, autojunk=False).ratio(), 4)


def _word_likeness(left: Page | None, right: Page | None) -> float:
    ours = Counter(left.text.split() if left else ())
    theirs = Counter(right.text.split() if right else ())
    total = ours.total() + theirs.total()
    return round(2 * (ours & theirs).total() / total, 4) if total else 1.0


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, child in value.items():
            yield from _leaves(child, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _leaves(child, f"{path}.{index}")
    elif value is not None:
        yield path, value
