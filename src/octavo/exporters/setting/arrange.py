"""What of a page runs down it, what stands in columns, and what has a place of its own. Points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from octavo.domain.document import Block, BlockType, Page

_TOUCH_PT = 2.0
_TOUCH = 0.25
"""Of the lower of two blocks: boxes of blocks that stand one above the other overlap by less."""
_GUTTER_PT = 6.0
_MOST_COLUMNS = 4
_LEAST_LINES = 8
"""In all columns together: labels beside values are no columns."""
_LEAST_PROSE = 3
_LARGE = frozenset({BlockType.IMAGE, BlockType.CHART, BlockType.DIAGRAM, BlockType.TABLE})


class Kind(Enum):
    FLOW = auto()
    """One block, alone at its height."""
    COLUMNS = auto()
    PLACED = auto()
    """Blocks side by side that are no columns."""


class Placed(NamedTuple):
    block: Block
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the page from its left to its right edge."""

    kind: Kind
    columns: tuple[tuple[Placed, ...], ...]
    """From left to right, each from top to bottom; blocks that are PLACED are one, in reading order."""

    @property
    def blocks(self) -> tuple[Placed, ...]:
        return tuple(placed for column in self.columns for placed in column)

    @property
    def top(self) -> float:
        return min(placed.y0 for placed in self.blocks)


def arranged(page: Page, blocks: Iterable[Block]) -> list[Band]:
    """From top to bottom; every block with a place is in one band."""
    placed = sorted(
        (
            Placed(
                block,
                box.x0 * page.width_pt,
                box.y0 * page.height_pt,
                box.x1 * page.width_pt,
                box.y1 * page.height_pt,
            )
            for block in blocks
            if (box := block.bbox) is not None
        ),
        key=lambda one: (one.y0, one.block.reading_order_index),
    )
    return _joined([_band(group) for group in _groups(placed)])


def _joined(bands: Sequence[Band]) -> list[Band]:
    """White that runs through all columns by chance does not end them."""
    joined: list[Band] = []
    for band in bands:
        columns = None
        if joined and Kind.COLUMNS in (joined[-1].kind, band.kind):
            columns = _columns([*joined[-1].blocks, *band.blocks])
        if columns is not None and _is_in_order(columns):
            joined[-1] = Band(Kind.COLUMNS, columns)
        else:
            joined.append(band)
    return joined


def _is_in_order(columns: Sequence[Sequence[Placed]]) -> bool:
    order = [placed.block.reading_order_index for column in columns for placed in column]
    return order == sorted(order)


def _groups(placed: Sequence[Placed]) -> list[list[Placed]]:
    """What reaches beside one another, in one."""
    groups: list[list[Placed]] = []
    bottom = 0.0
    for one in placed:
        last = groups[-1] if groups else None
        if last is not None and bottom - one.y0 > _allowed(last, one):
            last.append(one)
            bottom = max(bottom, one.y1)
        else:
            groups.append([one])
            bottom = one.y1
    return groups


def _allowed(group: Sequence[Placed], one: Placed) -> float:
    lowest = min([other.y1 - other.y0 for other in (*group, one)])
    return max(_TOUCH_PT, _TOUCH * lowest)


def _band(group: list[Placed]) -> Band:
    if len(group) == 1:
        return Band(Kind.FLOW, (tuple(group),))
    columns = _columns(group)
    if columns is not None:
        return Band(Kind.COLUMNS, columns)
    ordered = sorted(group, key=lambda one: one.block.reading_order_index)
    return Band(Kind.PLACED, (tuple(ordered),))


def _columns(group: Sequence[Placed]) -> tuple[tuple[Placed, ...], ...] | None:
    """None where they are no columns of text."""
    columns: list[list[Placed]] = []
    reach = 0.0
    for one in sorted(group, key=lambda placed: placed.x0):
        if columns and one.x0 < reach + _GUTTER_PT:
            columns[-1].append(one)
            reach = max(reach, one.x1)
        else:
            columns.append([one])
            reach = one.x1
    if not 1 < len(columns) <= _MOST_COLUMNS:
        return None
    ordered = [tuple(sorted(column, key=lambda placed: placed.y0)) for column in columns]
    lines = sum(len(placed.block.lines) for placed in group)
    if lines < _LEAST_LINES or not all(_is_column(column) for column in ordered):
        return None
    return tuple(ordered)


def _is_column(column: Sequence[Placed]) -> bool:
    """Whether its blocks stand one above the other, and are something to read or to see."""
    alone = all(above.y1 - below.y0 <= _allowed([above], below) for above, below in pairwise(column))
    lines = max(len(placed.block.lines) for placed in column)
    return alone and (lines >= _LEAST_PROSE or any(placed.block.type in _LARGE for placed in column))
