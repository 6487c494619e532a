"""Dates in digits and words, resolved by how the document writes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.readers.months import month_number
from octavo.pipeline.fields.readers.plain import plain_digits

_EARLIEST, _LATEST = 1900, 2100
_PIVOT = 70
"""Years of two digits below are of this century."""
_YEAR = r"(?P<year>\d{4}|\d{2})"
_TIME_AHEAD = r"(?=\d{1,2}:\d{2}|T\d|[^\d]|$)"
"""A clock time may stand glued behind: `18-03-201811:23`."""
_DIGITS = re.compile(
    r"(?<![\d/.])(?:(?<!-)|(?=\d{1,2}[/.]))(?P<first>\d{1,2})\s?(?P<mark>[/.\-\u2013\u2022,'])\s?(?P<second>\d{1,2})\s?(?P=mark)\s?"
    rf"{_YEAR}{_TIME_AHEAD}(?!(?P=mark)\d)"
)
_YEAR_FIRST = re.compile(
    r"(?<![\d/.-])(?P<year>\d{4})\s?(?P<mark>[/.\-\u2013])\s?(?P<second>\d{1,2})\s?(?P=mark)\s?(?P<first>\d{1,2})"
    r"(?=T|\D|$)(?![/.-]\d)"
)
_EAST_ASIAN = re.compile(
    r"(?P<year>\d{4})\s?[年년]\s?(?P<second>\d{1,2})\s?[月월]\s?(?P<first>\d{1,2})\s?[日일]"
)
_NAME = r"(?P<name>[^\W\d_]{2,14})\.?"
_OF = r"(?:\s*(?:de|del|of|di|d[ue]|den)\b\.?|\s*d['\u2019])?"
_DAY_NAME = re.compile(
    rf"(?<![\d])(?P<first>\d{{1,2}})(?:st|nd|rd|th|er|re|e|º|°|ª|\.)?{_OF}[\s\-/.,]{{0,3}}{_NAME}{_OF}"
    rf"[\s\-/.,']{{0,3}}{_YEAR}{_TIME_AHEAD}",
    re.IGNORECASE,
)
_NAME_DAY = re.compile(
    rf"(?<![^\W\d_]){_NAME}\s?(?P<first>\d{{1,2}})(?:st|nd|rd|th)?[\s,.]{{1,3}}(?P<year>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_LATVIAN = re.compile(rf"(?<!\d)(?P<year>\d{{4}})\.\s?gada\s(?P<first>\d{{1,2}})\.\s{_NAME}")
_VIETNAMESE = re.compile(
    r"(?<!\d)(?P<first>\d{1,2})\s+(?:tháng|thg)\s+(?P<second>\d{1,2}),?\s+(?:năm\s+)?(?P<year>\d{4})(?!\d)"
)
_YEAR_NAME = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}})(?:\s?[^\W\d_]\.)?[\s\-/.]{{1,2}}{_NAME}[\s\-/.]{{1,2}}(?P<first>\d{{1,2}})(?!\d)"
)
_FIRST = re.compile(r"(?<!\w)[lI](?=er\s[^\W\d_]{3})")
"""`ler juillet`: the first of July, whose digit was read as a letter."""
_COMPACT = re.compile(r"(?<![\w.,/-])(\d{8})(?![\w.,/-]*\d)")
_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>[01]?\d|2[0-3])\s?[:.h]\s?(?P<minute>[0-5]\d)(?:\s?:\s?[0-5]\d)?\s?(?P<half>[AaPp]\.?[Mm]\b)?(?!\d)"
)


@dataclass(frozen=True, slots=True)
class DateReading:
    value: date
    raw_text: str
    start: int
    """In the text it was read from."""
    end: int
    ambiguous: bool = False
    """Day and month could be the other way round: only the locale decided."""
    compact: bool = False
    """Eight digits without a sign between them: any number may look like it."""


def read_date(text: str, locale: Locale) -> date | None:
    """The first date in a text that is given as one; eight bare digits will do."""
    found = dates_in(text, locale) or compact_dates_in(text, locale)
    return found[0].value if found else None


def dates_in(text: str, locale: Locale) -> list[DateReading]:
    """Left to right, none over another."""
    shown = _FIRST.sub("1", plain_digits(text))
    if sum(char.isdigit() for char in shown) < 3:
        return []
    found: list[DateReading] = []
    for reading in _all(shown, text, locale):
        if not any(reading.start < other.end and other.start < reading.end for other in found):
            found.append(reading)
    return sorted(found, key=lambda reading: reading.start)


def compact_dates_in(text: str, locale: Locale) -> list[DateReading]:
    """`20180327` and `27032018`, which a reader of ink may have made of `27/03/2018`."""
    found = []
    for match in _COMPACT.finditer(plain_digits(text)):
        digits = match[1]
        parts = [(digits[:4], digits[4:6], digits[6:]), (digits[4:], digits[2:4], digits[:2])]
        if locale.date_order == "mdy":
            parts.append((digits[4:], digits[:2], digits[2:4]))
        days = [day for year, month, first in parts if (day := _day(int(year), int(month), int(first)))]
        if days:
            raw = text[match.start() : match.end()]
            found.append(DateReading(days[0], raw, match.start(), match.end(), compact=True))
    return found


def times_in(text: str) -> list[tuple[str, int, int]]:
    """`HH:MM` of 24 hours, with start and end."""
    found = []
    for match in _CLOCK.finditer(plain_digits(text)):
        if "." in match.group() and not match["half"]:
            continue  # 12.30 is a price far oftener
        hour = int(match["hour"])
        half = (match["half"] or "").lower()[:1]
        if half == "p" and hour < 12:
            hour += 12
        elif half == "a" and hour == 12:
            hour = 0
        found.append((f"{hour:02d}:{match['minute']}", match.start(), match.end()))
    return found


def _all(shown: str, text: str, locale: Locale) -> Iterator[DateReading]:
    for pattern in (_EAST_ASIAN, _YEAR_FIRST, _VIETNAMESE):
        for match in pattern.finditer(shown):
            yield from _reading(
                match, _day(int(match["year"]), int(match["second"]), int(match["first"])), text
            )
    for pattern in (_DAY_NAME, _NAME_DAY, _YEAR_NAME, _LATVIAN):
        for match in pattern.finditer(shown):
            month = month_number(match["name"], locale.language)
            if month:
                yield from _named(match, month, text)
    for match in _DIGITS.finditer(shown):
        yield from _numeric(match, text, locale)


def _named(match: re.Match[str], month: int, text: str) -> Iterator[DateReading]:
    for year, length in _years(match["year"], match):
        day = _day(year, month, int(match["first"]))
        if day:
            yield from _reading(match, day, text, cut=len(match["year"]) - length)
            return


def _numeric(match: re.Match[str], text: str, locale: Locale) -> Iterator[DateReading]:
    first, second = int(match["first"]), int(match["second"])
    for year, length in _years(match["year"], match):
        orders = [(first, second), (second, first)]
        if locale.date_order == "mdy":
            orders.reverse()
        days = [day for dom, month in orders if (day := _day(year, month, dom))]
        if locale.date_order == "ymd" and length == 2:
            days = [day] if (day := _day(_century(first), second, int(match["year"][:2]))) else days
        if days:
            ambiguous = len(set(days)) > 1
            yield from _reading(match, days[0], text, cut=len(match["year"]) - length, ambiguous=ambiguous)
            return


def _years(digits: str, match: re.Match[str]) -> list[tuple[int, int]]:
    """What the digits of the year may be, and how many of them: `1805:16` is the year 18 and the time 05:16."""
    if len(digits) == 2:
        return [(_century(int(digits)), 2)]
    readings = [(int(digits), 4)]
    if re.match(r":\d{2}", match.string[match.end() :]):
        readings.append((_century(int(digits[:2])), 2))
    return readings


def _century(year: int) -> int:
    return year + (2000 if year < _PIVOT else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _reading(
    match: re.Match[str], day: date | None, text: str, *, cut: int = 0, ambiguous: bool = False
) -> Iterator[DateReading]:
    """`cut` digits at the end belong to a time."""
    if day is not None:
        end = match.end() - cut
        yield DateReading(day, text[match.start() : end], match.start(), end, ambiguous)
