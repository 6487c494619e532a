"""Which block a caption belongs to, where the file does not say it."""

import re

from octavo.adapters.readers.drafts import Draft
from octavo.domain.document import BlockType

_PICTURES = frozenset({BlockType.IMAGE, BlockType.CHART, BlockType.DIAGRAM})
_CAPTIONED = _PICTURES | {BlockType.TABLE, BlockType.CODE, BlockType.FORMULA}
_OF_TABLES = re.compile(r"\s*(?:tab(?:le|elle|leau|ela|ella|la|\.)|表)", re.IGNORECASE)
_OF_CODE = re.compile(r"\s*(?:listing|code|quelltext)", re.IGNORECASE)


def tie_captions(drafts: list[Draft]) -> None:
    """A table's caption stands above it, others stand below; the other side where nothing is there."""
    taken = {id(draft.caption_of) for draft in drafts if draft.caption_of is not None}
    for at, draft in enumerate(drafts):
        if draft.type is not BlockType.CAPTION or draft.caption_of is not None:
            continue
        before = _free(drafts[at - 1], taken) if at else None
        after = _free(drafts[at + 1], taken) if at + 1 < len(drafts) else None
        draft.caption_of = _chosen(draft.text, before, after)
        if draft.caption_of is not None:
            taken.add(id(draft.caption_of))


def _free(draft: Draft, taken: set[int]) -> Draft | None:
    return draft if draft.type in _CAPTIONED and id(draft) not in taken else None


def _chosen(text: str, before: Draft | None, after: Draft | None) -> Draft | None:
    if _OF_TABLES.match(text):
        wanted, ordered = frozenset({BlockType.TABLE}), (after, before)
    elif _OF_CODE.match(text):
        wanted, ordered = frozenset({BlockType.CODE}), (before, after)
    else:
        wanted, ordered = _PICTURES, (before, after)
    fitting = (one for one in ordered if one is not None and one.type in wanted)
    return next(fitting, None) or next((one for one in ordered if one is not None), None)
