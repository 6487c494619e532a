"""Levels of headings within one page; `assemble` makes them one order over the document."""

from octavo.domain.document import BlockType
from octavo.pipeline.structure import markers
from octavo.pipeline.structure.lists import Draft

SAME_SIZE = 0.06


def heading_levels(drafts: list[Draft]) -> dict[int, int]:
    """Level by `id` of the draft: the largest font is 1; among equals a section number decides."""
    headings = [draft for draft in drafts if draft.type is BlockType.HEADING]
    sizes = distinct_sizes([draft.rows[0].size for draft in headings])
    levels: dict[int, int] = {}
    for draft in headings:
        row = draft.rows[0]
        rank = next(position for position, size in enumerate(sizes, 1) if row.size >= size * (1 - SAME_SIZE))
        depth = markers.section_depth(row.text) or 1
        levels[id(draft)] = min(6, max(rank, depth))
    return levels


def distinct_sizes(sizes: list[float]) -> list[float]:
    """From large to small, sizes that differ by less than `SAME_SIZE` taken for one."""
    distinct: list[float] = []
    for size in sorted(sizes, reverse=True):
        if not distinct or size < distinct[-1] * (1 - SAME_SIZE):
            distinct.append(size)
    return distinct
