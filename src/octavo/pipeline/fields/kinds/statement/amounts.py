"""Amounts of a row with the marks banks put beside them: signs, `CR`, `DR`, `S`, `H`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from octavo.pipeline.fields.kinds.statement.words import NEGATIVE, POSITIVE
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.readers.money import MoneyReading, amounts_in
from octavo.pipeline.fields.readers.numbers import SPACES
from octavo.pipeline.fields.view import Row, Segment, Token, segment_of

_MARK = re.compile(r"\s*(?P<mark>\(?[A-Za-z/]{1,6}\.?\)?|[+-])(?!\w)")
_GLUED_PLUS = re.compile(r"(?<=\d)\+|\+(?=[\d.,])")
_GLUED_MARK = re.compile(r"(?<=[.,]\d\d)(CR|DR|Cr|Dr|cr|dr|C|D|S|H)(?!\w)")
_THOUSANDS = re.compile(r"[-+\u2212]?\d{1,3}")
_REST = re.compile(r"\d{3}[.,]\d\d(?!\d)")
_WHOLE = re.compile(r"(?<![\d.,/-])\d{1,3}(?:[.,' ]\d{3})+(?![.,]?\d)")
_WITH_CENTS = re.compile(r"(?<![\d.,/-])\d{1,3}(?:[.,' ]?\d{3})*[.,]\d\d(?![\d.,/])")
_ENOUGH = 4
_APART = 2.0
"""Heights of a line, across a page that is higher than wide."""
_BEHIND = 3.0
"""Heights of a line within which a mark of its own belongs to the amount before it."""


@dataclass(frozen=True, slots=True)
class Amount:
    value: Decimal
    """Signed as printed; see `sign`."""
    sign: int
    """-1 or 1 where a sign, brackets or a mark says so; 0 where nothing does."""
    raw_text: str
    tokens: tuple[Token, ...]
    decimals: int

    @property
    def x0(self) -> float:
        return self.tokens[0].bbox.x0

    @property
    def x1(self) -> float:
        return self.tokens[-1].bbox.x1


def writes_cents(rows: Iterable[Row]) -> bool:
    """Whether amounts have decimals; yen and won have none."""
    text = "\n".join(segment.text for row in rows for segment in row.segments)
    whole = len(_WHOLE.findall(text))
    return whole < _ENOUGH or whole <= 3 * len(_WITH_CENTS.findall(text))


def amounts_of(row: Row, locale: Locale, *, cents: bool = True) -> list[Amount]:
    """Left to right. With two decimals where the document writes `cents`: whole numbers are references then."""
    decimals = 2 if cents else 0
    found: list[Amount] = []
    segments = _whole_numbers(row.segments, locale)
    for number, segment in enumerate(segments):
        text = _GLUED_MARK.sub(lambda match: " " * len(match[1]), _GLUED_PLUS.sub(" ", segment.text))
        before, after = segments[:number], segments[number + 1 :]
        found += [
            _amount(one, segment, before, after)
            for one in amounts_in(text, locale)
            if one.decimals == decimals
        ]
    return found


def _whole_numbers(segments: Sequence[Segment], locale: Locale) -> list[Segment]:
    """`-4` and `623,44` a space apart, where thousands are written with a space wider than usual."""
    found: list[Segment] = []
    for segment in segments:
        if locale.thousands in SPACES and found and _THOUSANDS.fullmatch(found[-1].text):
            apart = segment.bbox.x0 - found[-1].bbox.x1
            if apart < _APART * segment.bbox.height and _REST.match(segment.text):
                found[-1] = segment_of(found[-1].tokens + segment.tokens)
                continue
        found.append(segment)
    return found


def _amount(
    reading: MoneyReading, segment: Segment, before: Sequence[Segment], after: Sequence[Segment]
) -> Amount:
    tokens = tokens_at(segment, reading.start, reading.end)
    sign = -1 if reading.value < 0 else 0
    if not sign and reading.start and segment.text[reading.start - 1] == "+":
        sign = 1
    if not sign:
        sign = _sign_of(_mark_behind(reading, segment, after))
    if not sign:
        sign = _sign_of(_mark_before(reading, segment, before))
    return Amount(reading.value, sign, segment.text[reading.start : reading.end], tokens, reading.decimals)


def _sign_of(mark: str) -> int:
    return 1 if mark in POSITIVE else -1 if mark in NEGATIVE else 0


def _mark_before(reading: MoneyReading, segment: Segment, before: Sequence[Segment]) -> str:
    """A mark that is all there is in the cell before the amount, or the word just before it."""
    words = segment.text[: reading.start].split()
    if words:
        return words[-1].casefold()
    return before[-1].text.casefold() if before else ""


def _mark_behind(reading: MoneyReading, segment: Segment, after: Sequence[Segment]) -> str:
    match = _MARK.match(segment.text[reading.end :])
    inside = re.search(r"[A-Za-z]{1,2}$", reading.raw_text)
    if inside:
        return inside.group().casefold()
    if match:
        return match["mark"].casefold()
    if segment.text[reading.end :].strip() or not after:
        return ""
    near = after[0]
    apart = near.bbox.x0 - segment.bbox.x1
    return near.text.casefold() if apart < _BEHIND * segment.bbox.height and len(near.text) <= 5 else ""


def tokens_at(segment: Segment, start: int, end: int) -> tuple[Token, ...]:
    """The words of a segment between two places of its text."""
    found, at = [], 0
    for token in segment.tokens:
        if at < end and at + len(token.text) > start:
            found.append(token)
        at += len(token.text) + 1
    return tuple(found)
