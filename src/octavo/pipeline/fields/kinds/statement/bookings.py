"""The bookings of a statement, read row by row over all its pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from octavo.pipeline.fields.kinds.statement.amounts import Amount, amounts_of, tokens_at
from octavo.pipeline.fields.kinds.statement.columns import DATES, MONEY, Column, heads_of
from octavo.pipeline.fields.kinds.statement.words import (
    CARRIED,
    CLOSING,
    CREDITS,
    DATED,
    DEBITS,
    NEGATIVE,
    OPENING,
    POSITIVE,
    TOTALS,
    begins_with,
    folded,
)
from octavo.pipeline.fields.readers.day_month import CellDate, Period, date_at_start, placed
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.rows import centred_rows
from octavo.pipeline.fields.view import PageView, Row, Segment, Token

_ASIDE = 0.09
"""Share of the page an amount may stand from its column's head."""
_ASIDE_WHOLE = 0.04
"""The same for an amount without decimals, which may be any number."""
_UNDER = 0.4  # of a date's width, below its head
_BEFORE = 0.025
"""Share of the page a cell may begin left of its head."""
_LINE_GAP = 1.5
"""Heights of a line between two lines of one description."""
_NEARER = 0.3
"""Heights of a line by which a gap must be smaller than another to tell."""
_WRITTEN_DATE = re.compile(r"\d\d[./-]\d\d(?:[./-](?:\d{4}|\d\d)?)?")
_SHORT = 3
"""Letters of a mark that is no word."""
MOST_BOOKINGS = 200_000


@dataclass(slots=True)
class Booking:
    page: int
    day: date | None = None
    day_tokens: tuple[Token, ...] = ()
    value_day: date | None = None
    value_tokens: tuple[Token, ...] = ()
    description: list[Token] = field(default_factory=list)
    reference: list[Token] = field(default_factory=list)
    amount: Amount | None = None
    column: str = ""
    """debit, credit or amount: where the amount stands."""
    section: int = 0
    """1 or -1 in a section of credits or debits."""
    balance: Amount | None = None
    day_printed: bool = True


@dataclass(slots=True)
class Balance:
    """A row that names a balance or a sum."""

    kind: str
    """opening, closing, carried, credits, debits, total; `credits in all` and `debits in all` of a row with both."""
    label: str
    amount: Amount


@dataclass(slots=True)
class _Cells:
    """What one row says, by column."""

    dates: dict[str, tuple[CellDate, tuple[Token, ...]]]
    amounts: dict[str, Amount]
    text: list[Token]
    reference: list[Token]
    label: str


class BookingReader:
    """Walks the pages once; keeps the bookings, not the pages."""

    def __init__(
        self, locale: Locale, period: Period | None, columns: tuple[Column, ...] = (), *, cents: bool = True
    ) -> None:
        """`columns` are those of a table without heads."""
        self._locale = locale
        self._period = period
        self._columns = columns
        self._bare = bool(columns)
        self.cents = cents
        self._section = 0
        self._last_row: Row | None = None
        self._above: list[Token] = []
        """Lines of a description that stand above their booking."""
        self._day: date | None = None
        self._first_page = 0
        self.bookings: list[Booking] = []
        self.balances: list[Balance] = []
        self.outside: list[Row] = []
        """Rows of the first and the latest page that are neither heads nor bookings."""

    def read(self, page: PageView) -> None:
        self._last_row = None
        rows = self._rows(page)
        first = self._first_page = self._first_page or page.number
        self.outside = [row for row in self.outside if row.page == first]
        for at, row in enumerate(rows):
            heads = heads_of(rows, at)
            if heads:
                self._columns, self._last_row = heads, None
                self._above = []
            elif len(self.bookings) < MOST_BOOKINGS and not self._row(row, rows[at + 1 : at + 2]):
                self.outside.append(row)

    def _rows(self, page: PageView) -> list[Row]:
        """As they stand above the first heads, as cells may be centred below them."""
        rows = page.rows
        first = 0 if self._columns else next((at for at in range(len(rows)) if heads_of(rows, at)), len(rows))
        below = next((at for at in range(first, len(rows)) if not heads_of(rows, at)), len(rows))
        return [*rows[:below], *centred_rows(rows[below:])]

    def _row(self, row: Row, following: Sequence[Row] = ()) -> bool:
        """Whether the row is part of the bookings."""
        if self._is_section(row) or not self._columns:
            return False
        cells = self._cells(row)
        if self._bare and not self.bookings and "date" not in cells.dates:
            return False
        kind = self._kind(cells)
        if kind:
            self._balance(kind, cells)
            self._last_row = None
            return kind not in {"credits", "debits", "total"}
        count, last = len(self.bookings), self._last_row
        if not cells.dates and not cells.amounts and cells.text and self._leads(row, following):
            self._above += cells.text
            self._last_row = row
            return True
        self._book(row, cells)
        return len(self.bookings) > count or self._last_row is not last

    def _book(self, row: Row, cells: _Cells) -> None:
        money = {name: amount for name, amount in cells.amounts.items() if name != "balance"}
        if "date" in cells.dates:
            self._begin(row, cells, money)
        elif money and self.bookings:
            self._without_date(row, cells, money)
        elif cells.amounts.get("balance") and self._continues(row):
            self.bookings[-1].balance = self.bookings[-1].balance or cells.amounts["balance"]
        elif cells.text and self._continues(row):
            self.bookings[-1].description += cells.text
            self.bookings[-1].reference += cells.reference
            self._last_row = row

    def _is_section(self, row: Row) -> bool:
        """`Deposits and additions` alone on a row: what follows has that sign."""
        if len(row.segments) > 1 or any(char.isdigit() for char in row.text):
            return False
        text = folded(row.text)
        for names, sign in ((CREDITS, 1), (DEBITS, -1)):
            name = begins_with(text, names)
            if name and len(text) <= len(name) + 14:
                self._section, self._last_row = sign, None
                return True
        return False

    def _kind(self, cells: _Cells) -> str | None:
        if cells.amounts and "date" not in cells.dates and begins_with(cells.label, DATED):
            return "closing" if self.bookings else "opening"
        return _balance_kind(cells)

    def _balance(self, kind: str, cells: _Cells) -> None:
        for column in (
            ("credit", "debit") if kind == "total" and {"credit", "debit"} <= cells.amounts.keys() else ()
        ):
            self.balances.append(Balance(f"{column}s in all", cells.label, cells.amounts[column]))
        amount = cells.amounts.get("balance") or next(iter(cells.amounts.values()), None)
        if amount is not None:
            sign = {"debit": -1}.get(next(iter(cells.amounts)), 0) if "balance" not in cells.amounts else 0
            if sign and amount.sign == 0 and kind in {"opening", "closing"}:
                amount = Amount(-abs(amount.value), -1, amount.raw_text, amount.tokens, amount.decimals)
            if kind == "opening" and self.bookings and begins_with(cells.label, _TURNS):
                kind = "carried"
            self.balances.append(Balance(kind, cells.label, amount))

    def _begin(self, row: Row, cells: _Cells, money: dict[str, Amount]) -> None:
        cell, tokens = cells.dates["date"]
        day = placed(cell, self._period, self._day)
        booking = Booking(row.page, day, tokens)
        if "value_date" in cells.dates:
            value, booking.value_tokens = cells.dates["value_date"]
            booking.value_day = placed(value, self._period, day)
        self._day = day or self._day
        if not money and not cells.text:
            return
        self._fill(booking, cells, money)
        self.bookings.append(booking)
        self._last_row = row

    def _without_date(self, row: Row, cells: _Cells, money: dict[str, Amount]) -> None:
        last = self.bookings[-1]
        if last.amount is None and last.page == row.page:
            self._fill(last, cells, money)
        elif cells.text and self._day is not None and self._last_row is not None:
            booking = Booking(row.page, self._day, last.day_tokens, day_printed=False)
            self._fill(booking, cells, money)
            self.bookings.append(booking)
        else:
            return
        self._last_row = row

    def _fill(self, booking: Booking, cells: _Cells, money: dict[str, Amount]) -> None:
        booking.description += self._above + cells.text
        self._above = []
        booking.reference += cells.reference
        booking.section = self._section
        if money:
            booking.column, booking.amount = next(iter(money.items()))
        booking.balance = booking.balance or cells.amounts.get("balance")

    def _leads(self, row: Row, following: Sequence[Row]) -> bool:
        """Whether a line of words belongs to the booking below: nearer to it than to what stands above, and alike."""
        if not following or len(row.segments) > 1:
            return False
        height = row.bbox.height
        under = following[0].bbox.y0 - row.bbox.y1
        over = row.bbox.y0 - self._last_row.bbox.y1 if self._last_row else _LINE_GAP * height
        if over - under <= _NEARER * height or heads_of(following, 0):
            return False
        below = self._cells(following[0])
        if not below.text or not (below.dates or below.amounts) or self._kind(below):
            return False
        [own], words = row.segments, below.text[0]
        first = next(segment for segment in following[0].segments if words in segment.tokens)
        return abs(own.bbox.x0 - words.bbox.x0) < _BEFORE / 3 and first.bold == own.bold

    def _continues(self, row: Row) -> bool:
        if self._last_row is None or not self.bookings:
            return False
        gap = row.bbox.y0 - self._last_row.bbox.y1
        return gap < _LINE_GAP * min(row.bbox.height, self._last_row.bbox.height)

    def _cells(self, row: Row) -> _Cells:
        dates = {} if begins_with(folded(row.text), DATED) else dict(self._dates(row))
        taken = {id(token) for _, tokens in dates.values() for token in tokens}
        amounts: dict[str, Amount] = {}
        for amount in amounts_of(row, self._locale, cents=self.cents):
            words = {id(token) for token in amount.tokens}
            kind = None if words & taken else self._money_column(amount)
            if kind and kind not in amounts:
                amounts[kind] = amount
                taken |= words
        text, reference = self._texts(row, taken, bool(amounts))
        said = text or [token for token in row.tokens if id(token) not in taken]
        return _Cells(dates, amounts, text, reference, folded(" ".join(token.text for token in said)))

    def _money_column(self, amount: Amount) -> str | None:
        columns = [column for column in self._columns if column.kind in MONEY]
        if not columns:
            return None
        best = min(columns, key=lambda column: column.distance(amount.x0, amount.x1))
        inside = amount.x0 <= best.x1 and amount.x1 >= best.x0
        near = _ASIDE if amount.decimals else _ASIDE_WHOLE
        return best.kind if inside or best.distance(amount.x0, amount.x1) < near else None

    def _dates(self, row: Row) -> Iterator[tuple[str, tuple[CellDate, tuple[Token, ...]]]]:
        """Of the cells below a head of dates, those that begin with one."""
        joined = self._joined_dates(row)
        if joined:
            yield from joined
            return
        used: set[int] = set()
        for head in self._columns:
            if head.kind in DATES:
                found = self._date_below(row, head, used)
                if found is not None:
                    used |= {id(word) for word in found[1]}
                    yield head.kind, found

    def _joined_dates(self, row: Row) -> list[tuple[str, tuple[CellDate, tuple[Token, ...]]]]:
        """`01.0201.03`: two columns of dates so close that the reader of ink saw one word below both."""
        heads = sorted((column for column in self._columns if column.kind in DATES), key=lambda head: head.x0)
        for token in row.tokens if len(heads) == 2 else ():
            half = len(token.text) // 2
            texts = token.text[:half], token.text[half:]
            both = all(_WRITTEN_DATE.fullmatch(text) for text in texts)
            if both and self._below(token, heads[0]) and token.bbox.x1 > heads[1].x0:
                cells = [date_at_start(text, self._locale) for text in texts]
                return [
                    (head.kind, (cell, (token,)))
                    for head, cell in zip(heads, cells, strict=True)
                    if cell is not None
                ]
        return []

    def _date_below(
        self, row: Row, head: Column, used: set[int]
    ) -> tuple[CellDate, tuple[Token, ...]] | None:
        for segment in row.segments:
            for start, token in _word_starts(segment):
                if id(token) not in used and self._below(token, head):
                    cell = date_at_start(segment.text[start:], self._locale)
                    if cell is not None:
                        return cell, tokens_at(segment, start, start + cell.length)
        return None

    def _below(self, token: Token, head: Column) -> bool:
        """Between the middle to its left neighbour and the start of its right one, roughly."""
        later = [column.x0 for column in self._columns if column.x0 > head.x0 and column.kind not in MONEY]
        limit = min(later, default=1.0) - _BEFORE / 2
        centred = abs((token.bbox.x0 + token.bbox.x1 - head.x0 - head.x1) / 2) < 2 * _BEFORE
        under = min(token.bbox.x1, head.x1) - max(token.bbox.x0, head.x0) > _UNDER * token.bbox.width
        return head.x0 - _BEFORE <= token.bbox.x0 < max(limit, head.x0 + _BEFORE / 2) or centred or under

    def _texts(self, row: Row, taken: set[int], has_amounts: bool) -> tuple[list[Token], list[Token]]:
        text: list[Token] = []
        reference: list[Token] = []
        cells = [[token for token in segment.tokens if id(token) not in taken] for segment in row.segments]
        for words, after in zip(cells, [*cells[1:], []], strict=True):
            if not words or (has_amounts and _is_mark(words, after)):
                continue
            column = self._text_column(words[0]) or self._around(words)
            if column == "reference":
                reference += words
            elif column == "description":
                text += words
        return text, reference

    def _around(self, words: Sequence[Token]) -> str | None:
        for head in self._columns:
            left = max((other.x1 for other in self._columns if other.x1 <= head.x0), default=0.0)
            if head.kind == "description" and left - _BEFORE / 2 <= words[0].bbox.x0 <= head.x1:
                return head.kind
        return None

    def _text_column(self, token: Token) -> str | None:
        """The column of words that begins last before the token; dates and sums have no words."""
        columns = [column for column in self._columns if column.kind in {"description", "reference"}]
        before = [column for column in columns if column.x0 - _BEFORE <= token.bbox.x0]
        if before:
            return max(before, key=lambda column: column.x0).kind
        if not any(column.kind == "description" for column in columns):
            return "description"
        following = min(
            (column for column in self._columns if column.x0 > token.bbox.x1),
            key=lambda column: column.x0,
            default=None,
        )
        return following.kind if following in columns else None  # its head is centred


def _word_starts(segment: Segment) -> Iterator[tuple[int, Token]]:
    at = 0
    for token in segment.tokens:
        yield at, token
        at += len(token.text) + 1


def _is_mark(words: Sequence[Token], after: Sequence[Token]) -> bool:
    """`CR`, or a currency's sign left beside its amount; a whole word before others begins a description."""
    text = " ".join(word.text for word in words).casefold()
    if after and len(text) > _SHORT:
        return False
    return text in POSITIVE | NEGATIVE or (len(words) == 1 and len(text) <= 3 and not text.isalnum())


def _balance_kind(cells: _Cells) -> str | None:
    """What a row of balances says; a booking may begin with such words only if it has a date."""
    dated = "date" in cells.dates
    label = cells.label
    for kind, names in _NAMED:
        name = begins_with(label, names)
        if name and (" " in name or not dated or label == name or len(label) < len(name) + 12):
            return kind
    if dated or not cells.amounts:
        return None
    return next((kind for kind, names in _SUMS if begins_with(label, names)), None)


_TURNS = (
    "brought forward",
    "balance brought forward",
    "b/f",
    "balance b/f",
    "balance forward",
    "saldovortrag",
    "vortrag",
)
"""At the top of a further page they carry on; only before the first booking do they open."""
_NAMED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("opening", OPENING),
    ("closing", CLOSING),
    ("carried", CARRIED),
)
_SUMS: tuple[tuple[str, tuple[str, ...]], ...] = (("credits", CREDITS), ("debits", DEBITS), ("total", TOTALS))
