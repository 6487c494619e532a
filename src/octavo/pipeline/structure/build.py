"""Lines in, blocks in reading order out: the stages of this package, one after another."""

from octavo.domain.document import Block, BlockType, ReadPage
from octavo.pipeline.structure.blocks import to_block
from octavo.pipeline.structure.furniture import is_furniture
from octavo.pipeline.structure.groups import to_groups
from octavo.pipeline.structure.headings import demote_headings, heading_levels
from octavo.pipeline.structure.layout import lay_out
from octavo.pipeline.structure.lists import Draft, join_lists
from octavo.pipeline.structure.measure import PageShape, page_shape
from octavo.pipeline.structure.roles import role_of
from octavo.pipeline.structure.rows import Row
from octavo.pipeline.structure.tables import part_tables


def build_blocks(page: ReadPage, *, verified: bool) -> tuple[Block, ...]:
    """Every word of the page's lines is in exactly one block.

    Args:
        page: Its lines in any order, upright.
        verified: Whether words from the text layer are what a person sees: a trusted, visible layer.
    """
    layout = lay_out(page)
    shape = page_shape(layout.rows, page.width_pt, page.height_pt)
    drafts = [
        *_furniture(layout.header, shape, BlockType.PAGE_HEADER),
        *_with_backdrops(_drafts(layout.body, shape), layout.backdrops),
        *_furniture(layout.footer, shape, BlockType.PAGE_FOOTER),
        *_drafts(layout.margin, shape),
    ]
    demote_headings(drafts, shape)
    levels = heading_levels(drafts)
    return tuple(
        to_block(draft, page, shape, index, levels.get(id(draft)), verified=verified)
        for index, draft in enumerate(drafts)
    )


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


def _with_backdrops(drafts: list[Draft], backdrops: list[Row]) -> list[Draft]:
    """Each picture before the first draft that begins in it, else at the end."""
    result = list(drafts)
    for picture in backdrops:
        place = next((at for at, draft in enumerate(result) if _begins_in(draft, picture)), len(result))
        result.insert(place, Draft(BlockType.IMAGE, [[picture]]))
    return result


def _begins_in(draft: Draft, picture: Row) -> bool:
    row = draft.rows[0]
    x, y = (row.x0 + row.x1) / 2, (row.y0 + row.y1) / 2
    return picture.x0 <= x <= picture.x1 and picture.y0 <= y <= picture.y1
