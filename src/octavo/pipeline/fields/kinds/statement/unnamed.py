"""The columns of a statement's table that has no heads: by what stands in them, row below row."""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from octavo.pipeline.fields.kinds.statement.amounts import Amount, amounts_of, tokens_at
from octavo.pipeline.fields.kinds.statement.columns import Column
from octavo.pipeline.fields.readers.day_month import date_at_start
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.view import Row, Token

_ROWS = 400
"""Looked at, at most."""
_LEAST = 3
"""Rows with a date and an amount that make a table."""
_FLUSH = 0.015
"""Share of the page's width within which amounts end alike, and words begin alike."""
_SHARE = 0.15
"""Of the rows that a column must show in, at least; a column of credits is often empty."""
_MONEY_KINDS = {
    1: (("amount",),),
    2: (("amount", "balance"), ("debit", "credit"), ("credit", "debit")),
    3: (("debit", "credit", "balance"), ("credit", "debit", "balance")),
}
"""What so many columns of amounts may be."""


def columns_by_content(rows: Sequence[Row], locale: Locale, *, cents: bool) -> Iterator[tuple[Column, ...]]:
    """Ways to understand the table; its balances tell which one holds. None where rows make no table."""
    booked = list(islice(_booked(rows, locale, cents=cents), _ROWS))
    if len(booked) < _LEAST:
        return
    sums = _flush([amount for _, amounts in booked for amount in amounts], len(booked))
    days = [dates for dates, _ in booked]
    named = [_span("date", [dates[0] for dates in days])]
    values = [dates[1] for dates in days if len(dates) > 1]
    if len(values) > len(days) / 2:
        named.append(_span("value_date", values))
    text = Column("description", min(column.x1 for column in named) + _FLUSH, sums[0].x0 if sums else 1.0)
    for kinds in _MONEY_KINDS.get(len(sums), ()):
        money = [Column(kind, one.x0, one.x1) for kind, one in zip(kinds, sums, strict=True)]
        yield tuple(sorted([*named, text, *money], key=lambda column: column.x0))


def _booked(
    rows: Sequence[Row], locale: Locale, *, cents: bool
) -> Iterator[tuple[list[tuple[Token, ...]], list[Amount]]]:
    """Dates at the start and amounts of the rows that have both."""
    for row in rows:
        dates = list(islice(_dates(row, locale), 2))
        taken = {id(token) for tokens in dates for token in tokens}
        amounts = [
            amount
            for amount in amounts_of(row, locale, cents=cents)
            if not taken & {id(token) for token in amount.tokens}
        ]
        if dates and amounts:
            yield dates, amounts


def _dates(row: Row, locale: Locale) -> Iterator[tuple[Token, ...]]:
    """Those the row begins with, one after the other."""
    for segment in row.segments:
        at = 0
        while at < len(segment.text):
            cell = date_at_start(segment.text[at:], locale)
            if cell is None:
                return
            yield tokens_at(segment, at, at + cell.length)
            at += cell.length + 1


def _span(kind: str, cells: Sequence[tuple[Token, ...]]) -> Column:
    starts = sorted(tokens[0].bbox.x0 for tokens in cells)
    stops = sorted(tokens[-1].bbox.x1 for tokens in cells)
    return Column(kind, starts[len(starts) // 2], stops[len(stops) // 2])


def _flush(amounts: Sequence[Amount], rows: int) -> list[Column]:
    """Amounts that end at one line, left to right; those of few rows are words of a description."""
    ordered = sorted(amounts, key=lambda amount: amount.x1)
    groups: list[list[Amount]] = [ordered[:1]]
    for before, amount in pairwise(ordered):
        if amount.x1 - before.x1 > _FLUSH:
            groups.append([])
        groups[-1].append(amount)
    return [
        Column("", min(one.x0 for one in group), max(one.x1 for one in group))
        for group in groups
        if len(group) >= _SHARE * rows
    ]
