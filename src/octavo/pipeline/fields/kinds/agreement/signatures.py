"""Who signed: the names below the lines at the end of a contract."""

import re
from collections.abc import Iterator

from octavo.domain.field import Field
from octavo.pipeline.fields.kinds.agreement.words import SIGN_DATE, SIGN_NAME, SIGN_TITLE, SIGNED
from octavo.pipeline.fields.readers.dates import read_date
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.view import Row, Segment, View, place_of, source_of

_LINE = re.compile(r"^[_.\u2026]{6,}$|_{8,}")
_SCORE = 0.75
_BELOW = 4
"""Rows below a signature's line that belong to it."""
_MOST = 12
_FAR = 14
"""Rows from the end within which a contract is signed."""


def signature_fields(view: View, locale: Locale) -> list[Field]:
    found: list[Field] = []
    number = 0
    rows = view.rows
    for at, row in enumerate(rows):
        for segment in row.segments:
            if number == _MOST:
                return found
            fields = _labelled(segment, rows, at, number, locale) or _below_line(
                segment, rows, at, number, locale
            )
            if fields:
                found += fields
                number += 1
    return found or _after_the_place(rows)


def _after_the_place(rows: tuple[Row, ...]) -> list[Field]:
    """Lines to sign on that no reader of ink sees: names below `signed at`, each with what stands under it."""
    at = max((number for number, row in enumerate(rows) if SIGNED.search(row.text)), default=None)
    if at is None or at < len(rows) - _FAR:
        return []
    found: list[Field] = []
    taken: list[Segment] = []
    number = 0
    for below in range(at + 1, len(rows)):
        for segment in rows[below].segments:
            if number < _MOST and segment not in taken and _is_name(segment.text):
                found.append(_field(f"signatures.{number}.name", segment.text, segment))
                office = next(iter(_column(segment, rows, below + 1, 1)), None)
                if office is not None and not any(c.isdigit() for c in office.text):
                    found.append(_field(f"signatures.{number}.title", office.text, office))
                    taken.append(office)
                number += 1
    return found


def _labelled(segment: Segment, rows: tuple[Row, ...], at: int, number: int, locale: Locale) -> list[Field]:
    """`Name: …` with `Title: …` or a date near it, in the last pages."""
    match = SIGN_NAME.match(segment.text)
    if match is None or ":" not in segment.text or len(segment.text) > 70:
        return []
    near = _column(segment, rows, at + 1, 3) + _column(segment, rows, max(0, at - 3), 3)
    titles = [one for one in near if SIGN_TITLE.match(one.text)]
    if not titles:
        return []
    fields = [_field(f"signatures.{number}.name", match["name"].strip(), segment)]
    title = SIGN_TITLE.match(titles[0].text)
    if title:
        fields.append(_field(f"signatures.{number}.title", title["title"].strip(), titles[0]))
    return fields + list(_dates(near, number, locale))


def _dates(near: list[Segment], number: int, locale: Locale) -> Iterator[Field]:
    for one in near:
        match = SIGN_DATE.match(one.text)
        day = read_date(match["date"], locale) if match else None
        if day:
            yield _field(f"signatures.{number}.date", day.isoformat(), one)
            return


def _below_line(segment: Segment, rows: tuple[Row, ...], at: int, number: int, locale: Locale) -> list[Field]:
    if not _LINE.search(segment.text):
        return []
    below = _column(segment, rows, at + 1, _BELOW)
    names = [one for one in below if _is_name(one.text)]
    if not names or any(SIGN_NAME.match(one.text) and ":" in one.text for one in below):
        return []
    fields = [_field(f"signatures.{number}.name", names[0].text, names[0])]
    rest = [
        one
        for one in below
        if one is not names[0] and one.bbox.y0 > names[0].bbox.y0 and any(c.isalpha() for c in one.text)
    ]
    if rest and len(rest[0].text) < 60 and not _LINE.search(rest[0].text):
        fields.append(_field(f"signatures.{number}.title", rest[0].text, rest[0]))
    return fields + list(_dates(below, number, locale))


def _column(segment: Segment, rows: tuple[Row, ...], first: int, count: int) -> list[Segment]:
    """What stands in the same column in the rows from `first`."""
    page = segment.page
    found = []
    for row in rows[first : first + count]:
        if row.page == page:
            found += [
                one
                for one in row.segments
                if one is not segment and abs(one.bbox.x0 - segment.bbox.x0) < 0.03
            ]
    return found


_FOR = re.compile(
    r"(?:for|pour|für|per|por|pelo|pela|voor|le|la|il|lo|el|o|a|het|de|der|die|the)\s", re.IGNORECASE
)
"""`Pour le Client`: whom somebody signs for."""


def _is_name(text: str) -> bool:
    if _FOR.match(text):
        return False
    words = text.replace("(", " ").replace(")", " ").split()
    return (
        1 < len(words) <= 5
        and all(word[0].isupper() or len(word) <= 3 for word in words)
        and not any(c.isdigit() for c in text)
    )


def _field(path: str, value: str, segment: Segment) -> Field:
    return Field(path, value, source_of(segment.tokens), segment.text, place_of(segment.tokens), _SCORE)
