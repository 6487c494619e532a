"""Neighbouring entries with bullets or numbers become one list."""

from dataclasses import dataclass, field
from typing import Any

from octavo.domain.document import BlockType
from octavo.pipeline.structure import markers
from octavo.pipeline.structure.rows import Row
from octavo.pipeline.structure.wording import joined

NEST_EM = 0.9
FURTHEST_EM = 2.5
"""White between two entries of one list."""


@dataclass(slots=True)
class Draft:
    """A block to be: its type and its rows, for a list by entry."""

    type: BlockType
    entries: list[list[Row]]
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> list[Row]:
        return [row for entry in self.entries for row in entry]


def join_lists(drafts: list[Draft]) -> list[Draft]:
    """The drafts with list entries joined; a lone number is no list, a lone bullet is."""
    result: list[Draft] = []
    run: list[Draft] = []
    for draft in drafts:
        if run and _follows(run[-1], draft):
            run.append(draft)
            continue
        result.extend(_closed(run))
        run = [draft] if _marker(draft) else []
        if not run:
            result.append(draft)
    result.extend(_closed(run))
    return result


def list_text(draft: Draft) -> str:
    return "\n".join(joined([row.text for row in entry]) for entry in draft.entries)


def _closed(run: list[Draft]) -> list[Draft]:
    if not run:
        return []
    is_list = len(run) > 1 or markers.bullet(run[0].entries[0][0].text) is not None
    return [_list(run)] if is_list else run


def _list(run: list[Draft]) -> Draft:
    entries = [draft.entries[0] for draft in run]
    left = min(entry[0].x0 for entry in entries)
    ordered = markers.bullet(entries[0][0].text) is None
    items = [_entry(entry, left) for entry in entries]
    return Draft(BlockType.LIST, entries, {"ordered": ordered, "items": items})


def _entry(rows: list[Row], left: float) -> dict[str, Any]:
    text = joined([row.text for row in rows])
    marker = markers.bullet(text) or markers.number(text) or ""
    level = min(5, int((rows[0].x0 - left) / (NEST_EM * rows[0].size))) if rows[0].size else 0
    return {"text": text[len(marker) :].lstrip(), "marker": marker, "level": min(level, 5)}


def _marker(draft: Draft) -> str | None:
    if draft.type is not BlockType.PARAGRAPH:
        return None
    text = draft.entries[0][0].text
    return markers.bullet(text) or markers.number(text)


def _follows(above: Draft, draft: Draft) -> bool:
    if _marker(draft) is None:
        return False
    last, first = above.entries[-1][-1], draft.entries[0][0]
    return first.column == last.column and first.y0 - last.y1 < FURTHEST_EM * first.size
