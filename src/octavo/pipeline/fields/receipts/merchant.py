"""Who sold: the name and the address at the head of a receipt, found by what the rows around them are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from octavo.pipeline.fields.places import read_postal_line
from octavo.pipeline.fields.readers.dates import dates_in
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.receipts.looks import (
    LEGAL_FORM,
    is_address_like,
    is_apart,
    is_trade,
    says_something_else,
)
from octavo.pipeline.fields.tokens import Row, Token

_HEAD_ROWS = 22
_REGISTRATION = re.compile(
    r"\s*[(\[]?\s*(?:co\.?\s*(?:no|reg)|reg\.?\s*no|company)?[^()]*\d{3,}[^()]*[)\]]?\s*$", re.IGNORECASE
)
_REGISTERED = re.compile(
    r"\s*(?:[(\[]\s*(?:[^()\d]{0,24}[:.\s])?\d{4,}\s?-?\s?[A-Z]?\s*[)\]]|\b\d{5,}\s?-\s?[A-Z]\b|\(?(?:co|reg)[.\s]+(?:no|reg)).*$",
    re.IGNORECASE,
)
"""The number in the register, and what follows it."""
_CENTS = re.compile(r"\d\s?[.,]\s?\d{2}(?!\d)")
_LEAST = 0.3
"""Of a name's score: below, there is none."""
_PROPER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Named:
    value: str
    tokens: tuple[Token, ...]
    score: float
    first_row: int
    end_row: int


def names_of(rows: Sequence[Row], locale: Locale) -> list[Named]:
    """Names of the seller, the likeliest first."""
    head = rows[:_HEAD_ROWS]
    tallest = max((_size(row) for row in head), default=1.0)
    found = []
    for number in range(len(rows)):
        named = _name_at(rows, number, locale, tallest)
        if named is not None and named.score >= _LEAST:
            found.append(named)
    return sorted(found, key=lambda named: (-named.score, named.first_row))


def _name_at(rows: Sequence[Row], number: int, locale: Locale, tallest: float) -> Named | None:
    row = rows[number]
    formed = LEGAL_FORM.search(row.text)
    in_head = number < _HEAD_ROWS
    if not in_head and not formed:
        return None
    if _is_no_name(row, locale) and not formed:
        return None
    if formed and says_something_else(row.text[: formed.start()], locale):
        return None
    first = number
    if formed and number and _is_tail(row.text, formed.start()) and not _is_no_name(rows[number - 1], locale):
        first = number - 1
    tokens = tuple(token for part in rows[first : number + 1] for token in part.tokens)
    value = _cleaned(" ".join(token.text for token in tokens))
    if len(_PROPER.findall(value)) < 3:
        return None
    score = _score(rows, first, number, bool(formed), value, _size(row) / tallest if tallest else 1.0)
    return Named(value, _used(tokens, value), score, first, number + 1)


def _score(rows: Sequence[Row], first: int, last: int, formed: bool, value: str, size: float) -> float:
    score = 0.42 - 0.015 * min(first, 12)
    score += 0.34 * formed + 0.16 * is_trade(value)
    if first >= _HEAD_ROWS:
        score -= 0.25
    if any(_is_registration(row.text) for row in rows[last : last + 2]):
        score += 0.12
    if any(is_address_like(row.text) >= 1 for row in rows[last + 1 : last + 3]):
        score += 0.1
    score += 0.08 * (size > 0.8) + 0.05 * value.isupper()
    score -= 0.3 * (value[:1].islower() and not formed) + 0.2 * (is_address_like(value) >= 2 and not formed)
    score -= 0.3 * (read_postal_line(value) is not None and not formed)
    score -= 0.15 * (len(value) < 6) + 0.1 * (len(value.split()) > 7)
    return score


def _is_registration(text: str) -> bool:
    """A row, or the end of one, that gives the number in the register: `(162761-M)`, `Co. No: 20154-T`."""
    if re.search(r"\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\s*$", text):
        return False  # a state and its postal code
    return re.search(
        r"\(?\s*\d{4,}\s?-?\s?[A-Z]?\s*\)?\s*$|\b(?:reg|co)\b.{0,8}no", text, re.IGNORECASE
    ) is not None and (dates_in(text, Locale()) == [])


def _is_no_name(row: Row, locale: Locale) -> bool:
    text = row.text
    letters = len(_PROPER.findall(text))
    digits = sum(char.isdigit() for char in text)
    return (
        letters < 3
        or digits > letters
        or is_apart(text)
        or _CENTS.search(text) is not None
        or says_something_else(text, locale)
    )


def _is_tail(text: str, form: int) -> bool:
    """Hardly more than the legal form: the name began in the row before."""
    before = re.sub(r"\b(?:co|company)\b\.?|\([A-Za-z]{1,3}\)|[&.,]", " ", text[:form], flags=re.IGNORECASE)
    return len(text[:form].replace("&", " & ").split()) <= 1 or not before.split()


def _cleaned(text: str) -> str:
    """Without the number in the register, and what follows it."""
    return _REGISTERED.sub("", text).strip(" ,;:-*=<>|~_").rstrip("([")


def _used(tokens: Sequence[Token], value: str) -> tuple[Token, ...]:
    """The words the value is made of: all up to its end."""
    kept, length = [], 0
    for token in tokens:
        if length >= len(value):
            break
        kept.append(token)
        length += len(token.text) + 1
    return tuple(kept)


def _size(row: Row) -> float:
    heights = sorted(token.bbox.height for token in row.tokens)
    return heights[len(heights) // 2]
