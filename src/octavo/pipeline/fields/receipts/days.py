"""When it was bought: the date beside a label or a clock time, not that of a promotion."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from octavo.pipeline.fields.readers.dates import DateReading, compact_dates_in, dates_in, times_in
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.tokens import Row, Token
from octavo.pipeline.fields.wording import folded

_LABELS = (
    "date", "datum", "fecha", "data", "dato", "tarih", "tarikh", "tanggal", "paivamaara", "pvm", "kelt", "datei",
    "bizdate", "дата", "zeit", "time", "heure", "hora",
)  # fmt: skip
_OTHERS = re.compile(
    r"expir|valid|until|before|born|gültig|bis|ablauf|return|exchange|due|fällig|scad|venc|périm|promo|offer|printed"
    r"|survey|closed|length",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Day:
    value: date
    raw_text: str
    tokens: tuple[Token, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Clock:
    value: str
    raw_text: str
    tokens: tuple[Token, ...]


def days_of(rows: Sequence[Row], locale: Locale) -> list[Day]:
    """The likeliest first."""
    found = [day for row in rows for day in _in_row(row, locale)]
    if not found:
        found = [day for row in rows for day in _compact_in_row(row, locale)]
    seen: dict[date, int] = {}
    for day in found:
        seen[day.value] = seen.get(day.value, 0) + 1
    weighed = [
        Day(day.value, day.raw_text, day.tokens, min(1.0, day.score + 0.05 * (seen[day.value] - 1)))
        for day in found
    ]
    return sorted(weighed, key=lambda day: -day.score)


def clock_of(rows: Sequence[Row], near: Day | None) -> Clock | None:
    """The time in the row of the date, else the first one beside its own label, else the first."""
    found: list[tuple[int, Clock]] = []
    for row in rows:
        with_day = near is not None and any(token in near.tokens for token in row.tokens)
        text, starts = _spread(row)
        if with_day and near is not None:
            text = text.replace(near.raw_text, " " * len(near.raw_text), 1)
        labelled = (
            re.search(r"\b(?:time|zeit|uhr|heure|hora|ora|tid|masa)\b", text, re.IGNORECASE) is not None
        )
        for value, start, end in times_in(text):
            tokens = _between(row, starts, start, end)
            found.append((2 * with_day + labelled, Clock(value, text[start:end].strip(), tokens)))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _in_row(row: Row, locale: Locale) -> list[Day]:
    text, starts = _spread(row)
    return [_day(reading, row, text, starts) for reading in dates_in(text, locale)]


def _compact_in_row(row: Row, locale: Locale) -> list[Day]:
    text, starts = _spread(row)
    return [
        Day(reading.value, reading.raw_text, _between(row, starts, reading.start, reading.end), 0.5)
        for reading in compact_dates_in(text, locale)
        if reading.start == 0 or any(label in folded(text[: reading.start]) for label in _LABELS)
    ]


def _day(reading: DateReading, row: Row, text: str, starts: Sequence[int]) -> Day:
    before = text[: reading.start]
    score = 0.7
    if any(label in folded(before[-24:]) for label in _LABELS):
        score += 0.15
    if times_in(text[reading.end :]) or times_in(before):
        score += 0.1
    if _OTHERS.search(before):
        score -= 0.25
    return Day(reading.value, reading.raw_text, _between(row, starts, reading.start, reading.end), score)


def _spread(row: Row) -> tuple[str, list[int]]:
    """The row's words with single spaces, and where each begins."""
    starts, at = [], 0
    for token in row.tokens:
        starts.append(at)
        at += len(token.text) + 1
    return " ".join(token.text for token in row.tokens), starts


def _between(row: Row, starts: Sequence[int], start: int, end: int) -> tuple[Token, ...]:
    return tuple(
        token
        for token, at in zip(row.tokens, starts, strict=True)
        if at < end and start < at + len(token.text)
    )
