"""Levels of headings within one page; `assemble` makes them one order over the document."""

from octavo.domain.document import BlockType
from octavo.pipeline.structure import markers
from octavo.pipeline.structure.lists import Draft
from octavo.pipeline.structure.measure import PageShape

SAME_SIZE = 0.06
TITLE_SHARE = 1.4
"""Of the running text's size: a title page may hold nothing below its title."""
NEIGHBOUR_SHARE = 0.6
"""Of the scatter of sizes: by how much more than it a heading is larger than the text it opens."""


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


def demote_headings(drafts: list[Draft], page: PageShape) -> None:
    """Headings that do not stand out from what follows, or that nothing follows, become paragraphs."""
    for at, draft in enumerate(drafts):
        if draft.type is BlockType.HEADING and not (
            _opens(draft, drafts[at + 1 :], page) and not _is_column_head(draft, drafts, page)
        ):
            draft.type = BlockType.PARAGRAPH


def _opens(draft: Draft, following: list[Draft], page: PageShape) -> bool:
    """Bold and numbered headings open what follows even where it is as large, and at a page's end."""
    if _is_marked(draft):
        return True
    text = next((other for other in following if other.type is BlockType.PARAGRAPH), None)
    if text is None:
        return draft.rows[0].size >= TITLE_SHARE * page.body_size or any(
            other.type is not BlockType.IMAGE for other in following
        )
    return draft.rows[0].size >= (1 + NEIGHBOUR_SHARE * page.scatter) * text.rows[0].size


def _is_marked(draft: Draft) -> bool:
    return draft.rows[0].is_bold or markers.section_depth(draft.rows[0].text) is not None


def _is_column_head(draft: Draft, drafts: list[Draft], page: PageShape) -> bool:
    """Bold, no larger than the text, and beside another of its kind: the head of a table read by columns."""
    row = draft.rows[0]
    if row.size >= (1 + page.scatter) * page.body_size or markers.section_depth(row.text) is not None:
        return False
    return any(
        other is not draft
        and other.rows[0].is_bold
        and other.rows[0].column != row.column
        and abs(other.rows[0].y0 - row.y0) < 0.3 * row.size
        for other in drafts
    )


def distinct_sizes(sizes: list[float]) -> list[float]:
    """From large to small, sizes that differ by less than `SAME_SIZE` taken for one."""
    distinct: list[float] = []
    for size in sorted(sizes, reverse=True):
        if not distinct or size < distinct[-1] * (1 - SAME_SIZE):
            distinct.append(size)
    return distinct
