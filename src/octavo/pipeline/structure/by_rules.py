"""Drafts of blocks by rules of thumb, where no layout model is asked: the profile `fast`."""

from octavo.domain.document import BlockType
from octavo.pipeline.structure import markers
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
        is_sure = is_furniture(first, shape.small_size) or _is_beside_number(first, rows)
        if draft.type is not BlockType.FOOTNOTE and is_sure:
            draft.type = kind
            draft.body = {}
    return drafts


def _is_beside_number(row: Row, rows: list[Row]) -> bool:
    """A title in capitals on the height of the page's number: `SECRETS  15`."""
    return row.text.isupper() and any(
        other is not row and markers.is_page_number(other.text) and abs(other.y0 - row.y0) < 0.5 * row.height
        for other in rows
    )
