"""Which blocks of a page stand side by side: for formats that set text in columns of their own."""

from bisect import bisect
from collections.abc import Sequence

from octavo.domain.document import Block, BlockType, Page
from octavo.domain.geometry import BBox

MOST = 4
"""More are a table or a form, and no text."""
_FURNITURE = frozenset({BlockType.PAGE_HEADER, BlockType.PAGE_FOOTER, BlockType.FOOTNOTE})
_PROSE = frozenset({BlockType.PARAGRAPH, BlockType.LIST})
_LEAST_PROSE = 4
"""Lines of text in each column: labels and values side by side are no columns."""
_STEP = 0.01
"""Of the page's width, between two places where a gutter is looked for."""
_EDGE = 0.15
"""Of the page's width: no column is narrower."""

Placed = tuple[Block, BBox]


def columns_of(page: Page) -> dict[str, int]:
    """Ids of blocks in columns, and of how many columns; what is not named runs over the whole width."""
    placed = [(block, block.bbox) for block in page.blocks if block.bbox and block.type not in _FURNITURE]
    gutters = _gutters(placed, 0.0, 1.0)
    if not 1 <= len(gutters) < MOST:
        return {}
    found: dict[str, int] = {}
    for band in (_side_by_side(one, gutters) for one in _bands(placed, gutters)):
        lines: dict[int, int] = {}
        for block, box in band:
            column = bisect(gutters, box.center[0])
            lines[column] = lines.get(column, 0) + _lines(block)
        if len(lines) > 1 and min(lines.values()) >= _LEAST_PROSE:
            found |= dict.fromkeys((block.id for block, _ in band), len(lines))
    return found


def _gutters(placed: Sequence[Placed], left: float, right: float) -> list[float]:
    """Where text stands on both sides and hardly any runs across, from left to right."""
    best, most = 0.0, 0
    steps = int((right - left - 2 * _EDGE) / _STEP) + 1
    for step in range(max(0, steps)):
        x = left + _EDGE + step * _STEP
        before = sum(_lines(block) for block, box in placed if left <= box.x0 and box.x1 <= x)
        after = sum(_lines(block) for block, box in placed if x <= box.x0 and box.x1 <= right)
        across = sum(_lines(block) for block, box in placed if box.x0 < x < box.x1)
        told = min(before, after)
        if told >= _LEAST_PROSE and 2 * told > across and told > most:
            best, most = x, told
    if not most:
        return []
    return [*_gutters(placed, left, best), best, *_gutters(placed, best, right)]


def _bands(placed: Sequence[Placed], gutters: Sequence[float]) -> list[list[Placed]]:
    """The blocks between one that runs across a gutter and the next."""
    across = [any(box.x0 < x < box.x1 for x in gutters) for _, box in placed]
    edges = sorted(box.center[1] for (_, box), is_across in zip(placed, across, strict=True) if is_across)
    bands: dict[int, list[Placed]] = {}
    for one, is_across in zip(placed, across, strict=True):
        if not is_across:
            bands.setdefault(bisect(edges, one[1].center[1]), []).append(one)
    return list(bands.values())


def _side_by_side(band: Sequence[Placed], gutters: Sequence[float]) -> list[Placed]:
    """Without what ends before every column has begun."""
    tops: dict[int, float] = {}
    for _, box in band:
        column = bisect(gutters, box.center[0])
        tops[column] = min(box.y0, tops.get(column, 1.0))
    begun = max(tops.values(), default=0.0)
    return [(block, box) for block, box in band if box.y1 > begun]


def _lines(block: Block) -> int:
    return len(block.lines) if block.type in _PROSE else 0
