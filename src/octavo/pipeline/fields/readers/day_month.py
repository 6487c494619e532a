"""Dates of a table whose year stands elsewhere: `01.03.`, `03/14`, `12 Mar`, placed into a period."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from octavo.pipeline.fields.readers.dates import dates_in
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.readers.months import month_number

_DIGITS = re.compile(r"(\d{1,2})\s?[./\-]\s?(\d{1,2})\.?(?![\d/.,:-])")
_DAY_NAME = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.|º|er)?[\s\-/.]{0,2}(?:de\s)?([^\W\d_]{3,10})\.?(?![\w])", re.IGNORECASE
)
_NAME_DAY = re.compile(
    r"([^\W\d_]{3,10})\.?[\s\-/]{0,2}(\d{1,2})(?:st|nd|rd|th)?(?![\w/.,:-]*\d)", re.IGNORECASE
)
_GRACE = timedelta(days=45)
"""A booking may carry the date of the month before, a value date that of the next."""


@dataclass(frozen=True, slots=True)
class CellDate:
    """A date at the start of a text; the year is None where it is not printed."""

    year: int | None
    month: int
    day: int
    length: int
    """Letters of the text it takes."""
    swappable: bool = False
    """Day and month could be the other way round."""


@dataclass(frozen=True, slots=True)
class Period:
    start: date
    end: date


def date_at_start(text: str, locale: Locale) -> CellDate | None:
    full = next((found for found in dates_in(text[:40], locale) if found.start == 0), None)
    if full is not None:
        value = full.value
        swappable = full.ambiguous or (
            value.day <= 12 and _all_digits(full.raw_text) and len(full.raw_text) < 11
        )
        return CellDate(value.year, value.month, value.day, full.end, swappable)
    return _short(text, locale)


def _all_digits(raw: str) -> bool:
    return not any(char.isalpha() for char in raw)


def _short(text: str, locale: Locale) -> CellDate | None:
    match = _DIGITS.match(text)
    if match:
        first, second = int(match[1]), int(match[2])
        if locale.date_order in {"mdy", "ymd"}:
            first, second = second, first
        if _is_day(first, second):
            return CellDate(None, second, first, match.end(), _is_day(second, first))
        if _is_day(second, first):
            return CellDate(None, first, second, match.end())
        return None
    match = _DAY_NAME.match(text)
    day, name = (match[1], match[2]) if match else ("", "")
    if not match:
        match = _NAME_DAY.match(text)
        day, name = (match[2], match[1]) if match else ("", "")
    month = month_number(name, locale.language) if match else None
    if match is None or month is None or not _is_day(int(day), month):
        return None
    return CellDate(None, month, int(day), match.end())


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def placed(cell: CellDate, period: Period | None, near: date | None = None) -> date | None:
    """The day it means: in the period where any reading is, else nearest to it or to `near`.

    None for a day without a year where nothing tells it, or one that does not exist.
    """
    readings = [day for way in _ways(cell) for day in _days(way, period, near)]
    if not readings:
        return None
    if period is None:
        return (
            min(readings, key=lambda day: abs((day - near).days))
            if near and cell.year is None
            else readings[0]
        )
    inside = [day for day in readings if period.start <= day <= period.end]
    close = [day for day in readings if period.start - _GRACE <= day <= period.end + _GRACE]
    if inside or close:
        return (inside or close)[0]
    return readings[0] if cell.year is not None else min(readings, key=lambda day: _distance(day, period))


def _distance(day: date, period: Period) -> int:
    return min(abs((day - period.start).days), abs((day - period.end).days))


def _ways(cell: CellDate) -> list[CellDate]:
    return [cell, replace(cell, month=cell.day, day=cell.month)] if cell.swappable else [cell]


def _days(cell: CellDate, period: Period | None, near: date | None) -> list[date]:
    years = [cell.year] if cell.year is not None else _years(period, near)
    found = []
    for year in years:
        try:
            found.append(date(year, cell.month, cell.day))
        except ValueError:
            continue
    return found


def _years(period: Period | None, near: date | None) -> list[int]:
    if period is not None:
        return list(range(period.start.year - 1, period.end.year + 2))
    return [near.year, near.year - 1, near.year + 1] if near else []
