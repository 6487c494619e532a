"""Drafts of blocks from the stretches that the layout model found."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from octavo.domain.document import BlockType
from octavo.pipeline.structure.callouts import callout_body
from octavo.pipeline.structure.decide import Stretch
from octavo.pipeline.structure.lists import Draft, list_of
from octavo.pipeline.structure.rows import Row
from octavo.pipeline.structure.tables import table_of

FURTHEST_EM = 3.0
"""White between two entries of one list, two parts of one table."""

_TYPE = {
    "paragraph": BlockType.PARAGRAPH,
    "heading": BlockType.HEADING,
    "title": BlockType.HEADING,
    "caption": BlockType.CAPTION,
    "footnote": BlockType.FOOTNOTE,
    "page_header": BlockType.PAGE_HEADER,
    "page_footer": BlockType.PAGE_FOOTER,
    "callout": BlockType.CALLOUT,
    "code": BlockType.CODE,
    "contents": BlockType.PARAGRAPH,
    "picture": BlockType.IMAGE,
    "formula": BlockType.FORMULA,
}
_KEPT = frozenset({"title", "contents"})
"""Roles that a block's type does not tell."""
_JOINED = frozenset({"list_item", "table", "picture", "contents", "code"})
"""Neighbours of these roles are parts of one block."""
_FAR = {"code": 2.0, "picture": 20.0}
"""In em: a listing may have blank lines, labels of one drawing stand where they like."""

_NOTE = re.compile(r"[\[(]?(\d{1,3}|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,3})[\])]?\s?[^\W\d]")
_LOWERED = str.maketrans("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789")


def drafts_of(stretches: list[Stretch]) -> list[Draft]:
    """In the same order; pictures and things that were found stay as they are."""
    parts = [part for stretch in stretches for part in _notes(stretch)]
    return [draft for run in _runs(parts) for draft in _drafts(run)]


def _notes(stretch: Stretch) -> list[Stretch]:
    """Notes that count on are as many notes."""
    if stretch.role != "footnote":
        return [stretch]
    starts, last = [0], _number(stretch.rows[0])
    for at, row in enumerate(stretch.rows[1:], 1):
        number = _number(row)
        if last is not None and number == last + 1:
            starts.append(at)
            last = number
    bounds = [*starts, len(stretch.rows)]
    return [replace(stretch, rows=stretch.rows[one:other]) for one, other in pairwise(bounds)]


def _number(row: Row) -> int | None:
    match = _NOTE.match(row.text)
    return int(match[1].translate(_LOWERED)) if match else None


def _runs(stretches: list[Stretch]) -> Iterator[list[Stretch]]:
    run: list[Stretch] = []
    for stretch in stretches:
        if run and _belong(run[-1], stretch):
            run.append(stretch)
            continue
        if run:
            yield run
        run = [stretch]
    if run:
        yield run


def _belong(above: Stretch, stretch: Stretch) -> bool:
    last, first = above.rows[-1], stretch.rows[0]
    if above.role != stretch.role or stretch.role not in _JOINED or last.line is None or first.line is None:
        return False
    size = max(first.size, last.size)
    white = first.y0 - last.y1
    # The first lines of a listing may stand where a page has its header.
    goes_on = first.column == last.column or (stretch.role == "code" and white > -size)
    return goes_on and white < _FAR.get(stretch.role, FURTHEST_EM) * size


def _drafts(run: list[Stretch]) -> list[Draft]:
    role, rows = run[0].role, [row for stretch in run for row in stretch.rows]
    if rows[0].line is None:
        return [Draft(row.found.type if row.found else BlockType.IMAGE, [[row]]) for row in rows]
    if role == "list_item":
        found = list_of([stretch.rows for stretch in run])
        # One entry without a mark, in a list of no others, is text.
        is_text = len(run) == 1 and not found.body["items"][0]["marker"]
        return [Draft(BlockType.PARAGRAPH, [rows]) if is_text else found]
    if role == "table":
        return [table_of(rows)]
    if role == "formula":
        return [Draft(BlockType.FORMULA, [rows], {"latex": None, "display": True})]
    if role == "callout":
        return [Draft(BlockType.CALLOUT, [rows], callout_body(rows))]
    draft = Draft(_TYPE[role], [rows])
    draft.role = role if role in _KEPT else None
    return [draft]
