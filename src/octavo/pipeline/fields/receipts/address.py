"""The address at the head of a receipt: the rows between the name and what follows, from the first that looks like one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.receipts.looks import LEGAL_FORM, is_address_like, is_apart, says_something_else
from octavo.pipeline.fields.receipts.merchant import Named
from octavo.pipeline.fields.tokens import Row, Token
from octavo.pipeline.fields.wording import folded

_A_CUE = 0.7
_HEAD_ROWS = 24
_MOST_ROWS = 7
_TAIL = re.compile(r"[\s,;]*\b(?:t[e3]l|fax|phone|h/?p|gst|tax|ssm)\b.*$", re.IGNORECASE)
_GOODS = re.compile(r"(?<![\d.,])\d{1,4}[.,]\d{2}(?![\d.,]*\d)|^\W*\d{1,3}\s?[x\u00d7]\s|\s@\s|%")
"""A price, a count of something: what is sold, not where."""
_LEAD = re.compile(r"^(?:address|adresse|anschrift|dirección|indirizzo|alamat)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    value: str
    tokens: tuple[Token, ...]
    score: float
    first_row: int
    end_row: int


def addresses_of(rows: Sequence[Row], name: Named | None, locale: Locale) -> list[Address]:
    """The likeliest first: the one with most cues, near the name."""
    head = rows[:_HEAD_ROWS]
    found: list[Address] = []
    at = 0
    while at < len(head):
        end = at
        while end < len(head) and end - at < _MOST_ROWS and _may_be(head[end], end, name, locale):
            end += 1
        if end > at:
            address = _trimmed(head, at, end, name)
            if address is not None:
                found.append(address)
        at = max(end, at + 1)
    return sorted(found, key=lambda address: -address.score)


def _may_be(row: Row, number: int, name: Named | None, locale: Locale) -> bool:
    if name is not None and name.first_row <= number < name.end_row:
        return False
    text = row.text
    if _GOODS.search(text):
        return False
    if name is not None and folded(text).startswith(folded(name.value)):
        return False
    if is_address_like(text) >= 2 and not re.search(r"\b(?:tel|fax|gst|tax)\b", text[:6], re.IGNORECASE):
        return not LEGAL_FORM.search(text) or number > 0
    return (
        not says_something_else(text, locale) and not is_apart(text) and any(char.isalpha() for char in text)
    )


def _trimmed(rows: Sequence[Row], first: int, end: int, name: Named | None) -> Address | None:
    """From the first row with a cue on; rows behind the last strong one only where they go on with it."""
    cues = [is_address_like(rows[number].text) for number in range(first, end)]
    if max(cues) < 1 or sum(cues) < 2:
        return None
    start = next(number for number, cue in enumerate(cues) if cue >= 1)
    if start and cues[start - 1] >= _A_CUE and rows[first + start - 1].text[:1].isdigit():
        start -= 1
    stop = max(number for number, cue in enumerate(cues) if cue >= _A_CUE) + 1
    while (
        stop < len(cues)
        and stop - start < _MOST_ROWS
        and _goes_on(rows[first + stop - 1], rows[first + stop])
    ):
        stop += 1
    tokens = [token for row in rows[first + start : first + stop] for token in row.tokens]
    value, kept = _without_contacts(tokens)
    if len(value) < 8:
        return None
    near = name is not None and first <= name.end_row + 2
    score = min(1.0, 0.35 + 0.09 * sum(cues) + 0.12 * near - 0.01 * first)
    return Address(value, kept, score, first + start, first + stop)


def _goes_on(row: Row, after: Row) -> bool:
    """Close below, in letters of the same size."""
    height = row.bbox.height
    near = after.bbox.y0 - row.bbox.y1 < 0.8 * height
    return near and 0.7 < after.bbox.height / max(height, 1e-6) < 1.4 and len(after.text) > 3


def _without_contacts(tokens: Sequence[Token]) -> tuple[str, tuple[Token, ...]]:
    text = " ".join(token.text for token in tokens)
    cut = _TAIL.search(text, 12)
    value = text[: cut.start()] if cut else text
    kept: list[Token] = []
    length = 0
    for token in tokens:
        if length >= len(value):
            break
        kept.append(token)
        length += len(token.text) + 1
    return _LEAD.sub("", value).strip(" ,;:-"), tuple(kept)
