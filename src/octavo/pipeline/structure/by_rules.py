"""Drafts of blocks by rules of thumb, where no layout model is asked: the profile `fast`."""

from octavo.domain.document import BlockType
from octavo.pipeline.structure.furniture import is_furniture
from octavo.pipeline.structure.groups import to_groups
from octavo.pipeline.structure.headings import demote_headings
from octavo.pipeline.structure.layout import Layout
from octavo.pipeline.structure.lists import Draft, join_lists
from octavo.pipeline.structure.measure import PageShape
from octavo.pipeline.structure.roles import role_of
from octavo.pipeline.structure.rows import Row
from octavo.pipeline.structure.tables import part_tables


def drafts_by_rules(layout: Layout, shape: PageShape) -> list[Draft]:
    drafts = [
        *_furniture(layout.header, shape, BlockType.PAGE_HEADER),
        *_drafts(layout.body, shape),
        *_furniture(layout.footer, shape, BlockType.PAGE_FOOTER),
        *_drafts(layout.margin, shape),
    ]
    demote_headings(drafts, shape)
    return drafts


def _drafts(rows: list[Row], shape: PageShape) -> list[Draft]:
    drafts: list[Draft] = []
    for part in part_tables(rows):
        if isinstance(part, Draft):
            drafts.append(part)
        else:
            drafts.extend(Draft(role_of(group, shape), [group]) for group in to_groups(part, shape))
    return join_lists(drafts)


def _furniture(rows: list[Row], shape: PageShape, kind: BlockType) -> list[Draft]:
    """Drafts of rows at the edge of the page, called page furniture where that is sure."""
    drafts = _drafts(rows, shape)
    for draft in drafts:
        first = draft.rows[0]
        if draft.type is not BlockType.FOOTNOTE and is_furniture(first, shape.small_size):
            draft.type = kind
            draft.body = {}
    return drafts
