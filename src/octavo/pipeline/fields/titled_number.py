"""The number a paper goes by, where it stands below or beside the paper's title with no more than `No.` before it."""

import re
from collections.abc import Iterator

from octavo.pipeline.fields.candidates import Candidate, How
from octavo.pipeline.fields.tokens import Row, Segment
from octavo.pipeline.fields.type_words import TITLES
from octavo.pipeline.fields.view import View
from octavo.pipeline.fields.wording import folded

_NUMBER = re.compile(
    r"^(?:no|nr|n[\u00b0\u00ba]|n\.[\u00b0\u00ba]|num|n[uú]m(?:ero)?|numéro|number|numer|č)\s?[.:]?\s*[:#]?\s*(?P<number>(?=[\w/.-]*\d)[A-Z0-9][\w/.-]{2,30})$",
    re.IGNORECASE,
)
_CODED = re.compile(r"^(?P<number>[A-Z]{1,4} ?[A-Z0-9]{0,6}[/-]?\d{2,4}[/-]\d{3,9})$")
"""`FT A/2025/118840` needs no word before it."""
_UPPER = 0.4
_BELOW = 2
"""Rows below the title."""
_SURE = 0.75


def number_by_title(view: View, document_type: str) -> list[Candidate]:
    """At most one; `document_type` says which titles count."""
    titles = {folded(title) for title in TITLES.get(document_type, ())}
    rows = [row for row in (view.pages[0].rows if view.pages else ()) if row.bbox.y0 < _UPPER]
    for at, row in enumerate(rows):
        for title in row.segments:
            if folded(title.text) in titles:
                for segment in _near(rows, at, title):
                    match = _NUMBER.match(segment.text) or _CODED.match(segment.text)
                    if match:
                        tokens = segment.tokens[-len(match["number"].split()) :]
                        return [
                            Candidate(match["number"], match["number"], tokens, _SURE, title.text, How.BELOW)
                        ]
    return []


def _near(rows: list[Row], at: int, title: Segment) -> Iterator[Segment]:
    """Right of the title, then below it in its column."""
    yield from (one for one in rows[at].segments if one.bbox.x0 > title.bbox.x1)
    for row in rows[at + 1 : at + 1 + _BELOW]:
        for one in row.segments:
            if min(one.bbox.x1, title.bbox.x1) > max(one.bbox.x0, title.bbox.x0):
                yield one
