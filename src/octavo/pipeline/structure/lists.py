"""Entries with bullets, numbers or boxes to tick become one list."""

from dataclasses import dataclass, field
from typing import Any

from octavo.domain.document import BlockType
from octavo.pipeline.structure import markers
from octavo.pipeline.structure.rows import Row
from octavo.pipeline.structure.wording import joined

NEST_EM = 0.9
"""Entries that begin this much further in are of the next level."""
DEEPEST = 5
BULLET = "\u2022"
_UNKNOWN = "\ufffd"
FURTHEST_EM = 2.5
"""White between two entries of one list."""


@dataclass(slots=True, eq=False)
class Draft:
    """A block to be: its type and its rows, for a list by entry."""

    type: BlockType
    entries: list[list[Row]]
    body: dict[str, Any] = field(default_factory=dict)
    role: str | None = None

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


def list_of(entries: list[list[Row]]) -> Draft:
    """A list of these entries, in their order."""
    levels = _levels([_start(entry) for entry in entries])
    items = [_item(entry, level) for entry, level in zip(entries, levels, strict=True)]
    top = [item for item in items if item["level"] == 0]
    ordered = sum(_is_number(item["marker"]) for item in top) * 2 > len(top)
    return Draft(BlockType.LIST, entries, {"ordered": ordered, "items": items})


def list_text(draft: Draft) -> str:
    return "\n".join(_plain(joined([row.text for row in entry])) for entry in draft.entries)


def _plain(text: str) -> str:
    """With a bullet that has no Unicode shown as one."""
    return f"{BULLET}{text[1:]}" if text[:1] == _UNKNOWN else text


def _closed(run: list[Draft]) -> list[Draft]:
    if not run:
        return []
    is_list = len(run) > 1 or markers.bullet(run[0].entries[0][0].text) is not None
    return [list_of([draft.entries[0] for draft in run])] if is_list else run


def _start(entry: list[Row]) -> tuple[float, float]:
    """Where it begins, from the side its script begins at, and its size."""
    row = entry[0]
    return row.x0, row.size or row.height


def _levels(starts: list[tuple[float, float]]) -> list[int]:
    """Each entry against those before it: further in is below, as far in is beside, less far is back up."""
    levels: list[int] = []
    open_at: list[float] = []
    for x, size in starts:
        while open_at and x < open_at[-1] - NEST_EM * size / 2:
            open_at.pop()
        if not open_at or x > open_at[-1] + NEST_EM * size:
            open_at.append(x)
        levels.append(min(DEEPEST, len(open_at) - 1))
    return levels


def _item(rows: list[Row], level: int) -> dict[str, Any]:
    text = _plain(joined([row.text for row in rows]))
    box = markers.checkbox(text)
    marker = box[0] if box else markers.bullet(text) or markers.number(text) or ""
    entry = {"text": text[len(marker) :].lstrip(), "marker": marker, "level": level}
    return {**entry, "checked": box[1]} if box else entry


def _is_number(marker: str) -> bool:
    return any(char.isalnum() for char in marker)


def _marker(draft: Draft) -> str | None:
    if draft.type is not BlockType.PARAGRAPH:
        return None
    text = draft.entries[0][0].text
    box = markers.checkbox(text)
    return box[0] if box else markers.bullet(text) or markers.number(text)


def _follows(above: Draft, draft: Draft) -> bool:
    if _marker(draft) is None:
        return False
    last, first = above.entries[-1][-1], draft.entries[0][0]
    return first.column == last.column and first.y0 - last.y1 < FURTHEST_EM * first.size
