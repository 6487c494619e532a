"""Each row of a receipt with what it is about and the amounts in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from octavo.pipeline.fields.readers.dates import dates_in
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.readers.money import MoneyReading, amounts_in
from octavo.pipeline.fields.receipts.words import About, concepts_in, concepts_of
from octavo.pipeline.fields.tokens import Row, Segment, Token, segment_of
from octavo.pipeline.fields.wording import folded


class Part(StrEnum):
    """What a row with amounts says."""

    TOTAL = "total"
    SUBTOTAL = "subtotal"
    NET = "net"
    """A total without taxes."""
    TAX = "tax"
    PAID = "paid"
    CHANGE = "change"
    ROUNDING = "rounding"
    DISCOUNT = "discount"
    SERVICE = "service"
    COUNT = "count"
    TAX_TABLE = "tax_table"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sum:
    """One amount with its words."""

    value: Decimal
    decimals: int
    raw_text: str
    tokens: tuple[Token, ...]
    currency: str | None
    repaired: bool


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    number: int
    row: Row
    label: str
    """The words that are no amounts."""
    about: frozenset[About]
    part: Part
    sums: tuple[Sum, ...]

    @property
    def last(self) -> Sum | None:
        """The amount at the right, where receipts put what counts; one with decimals over one without."""
        exact = [one for one in self.sums if one.decimals == 2 or one.currency]
        return (exact or list(self.sums))[-1] if self.sums else None


def lines_of(rows: Iterable[Row], locale: Locale) -> list[ReceiptLine]:
    """In order, a row with two labels as two lines; below the head of a table of taxes, rows belong to it."""
    lines: list[ReceiptLine] = []
    in_taxes = False
    for number, row in enumerate(rows):
        for label, sums in _statements(row, locale):
            about = concepts_in(label)
            in_taxes = in_taxes or _heads_taxes(about, label, sums, lines)
            part = _part(about, label, sums)
            if in_taxes:
                in_taxes = not _leaves_taxes(part, about)
                part = Part.TAX_TABLE if in_taxes else part
            lines.append(ReceiptLine(number, row, label, about, part, sums))
    return lines


def _leaves_taxes(part: Part, about: frozenset[About]) -> bool:
    return part in {Part.PAID, Part.CHANGE, Part.ROUNDING} or (part is Part.TOTAL and About.FINAL in about)


def _heads_taxes(
    about: frozenset[About], label: str, sums: tuple[Sum, ...], before: Sequence[ReceiptLine]
) -> bool:
    if any(one.decimals == 2 for one in sums):
        return False
    plain = folded(label)
    if About.SUMMARY in about and (About.TAX in about or plain.startswith("summ")):
        return True
    columns = About.AMOUNT in about or any(
        word in plain
        for word in (
            "rate",
            "code",
            "satz",
            "taux",
            "taxa",
            "amt",
            "over",
            "excl",
            "grondslag",
            "incid",
            "base",
            "imponib",
        )
    )
    settled = any(line.part in _SETTLING for line in before)
    return settled and About.TAX in about and columns and About.COUNT not in about


_SETTLING = frozenset({Part.TOTAL, Part.SUBTOTAL, Part.NET, Part.PAID})


def _statements(row: Row, locale: Locale) -> Iterator[tuple[str, tuple[Sum, ...]]]:
    """Labels with the amounts behind them: `Item Count 3  Change 33.00` makes two statements."""
    words: list[str] = []
    sums: list[Sum] = []
    closed = False
    for segment in _mended(row.segments):
        for part in _parts(segment, locale):
            if isinstance(part, Sum):
                sums.append(part)
                closed = closed or bool(words)
                continue
            if closed and concepts_of(part.strip(".,:*()")):
                yield " ".join(words), tuple(sums)
                words, sums, closed = [], [], False
            words.append(part)
    yield " ".join(words), tuple(sums)


def _mended(segments: Sequence[Segment]) -> list[Segment]:
    """`RM1 .` and `38` far behind it are one run: the printer spaced its letters."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and _OPEN.search(joined[-1].text) and _CENTS.match(segment.text):
            joined[-1] = segment_of((*joined[-1].tokens, *segment.tokens))
        else:
            joined.append(segment)
    return joined


_OPEN = re.compile(r"\d\s?[.,]$")
_CENTS = re.compile(r"\d{2}(?!\d)")


def _parts(segment: Segment, locale: Locale) -> Iterator[str | Sum]:
    """Words and amounts from left to right; what belongs to a date is no amount."""
    text = segment.text
    starts, at = [], 0
    for token in segment.tokens:
        starts.append(at)
        at += len(token.text) + 1
    days = [(day.start, day.end) for day in dates_in(text, locale)]
    amounts = [
        amount
        for amount in amounts_in(text, locale)
        if not any(start < amount.end and amount.start < end for start, end in days)
    ]
    told: set[int] = set()
    for token, start in zip(segment.tokens, starts, strict=True):
        end = start + len(token.text)
        amount = next((one for one in amounts if one.start < end and start < one.end), None)
        if amount is None:
            yield token.text
        elif amount.start not in told:
            told.add(amount.start)
            yield _sum(amount, tuple(_within(segment.tokens, starts, amount)))


def _within(tokens: Sequence[Token], starts: Sequence[int], amount: MoneyReading) -> Iterator[Token]:
    for token, start in zip(tokens, starts, strict=True):
        if start < amount.end and amount.start < start + len(token.text):
            yield token


def _sum(amount: MoneyReading, tokens: tuple[Token, ...]) -> Sum:
    return Sum(amount.value, amount.decimals, amount.raw_text, tokens, amount.currency, amount.repaired)


def _part(about: frozenset[About], label: str, sums: tuple[Sum, ...]) -> Part:
    if not sums:
        return Part.OTHER
    for wanted, part in _RULES:
        if wanted(about):
            return part
    plain = folded(label)
    return Part.TAX if "%" in label and len(plain) < 12 and "@" in label else Part.OTHER


def _counts(about: frozenset[About]) -> bool:
    return About.COUNT in about and not about & {About.FINAL, About.WITH, About.AMOUNT}


def _changes(about: frozenset[About]) -> bool:
    return About.CHANGE in about and About.TOTAL not in about


def _rounds(about: frozenset[About]) -> bool:
    return About.ROUNDING in about and not about & {About.TOTAL, About.SUB}


def _nets(about: frozenset[About]) -> bool:
    return About.WITHOUT in about and bool(about & {About.TOTAL, About.AMOUNT, About.SUB})


def _taxes(about: frozenset[About]) -> bool:
    if About.TAX not in about or (
        About.WITH in about and about & {About.TOTAL, About.AMOUNT, About.SUB, About.FINAL}
    ):
        return False
    return not about & {About.FINAL} or About.TOTAL not in about


def _totals(about: frozenset[About]) -> bool:
    if About.TOTAL in about and not about & {About.SUB, About.PAID}:
        return True
    return bool(about & {About.AMOUNT, About.FINAL}) and bool(about & {About.FINAL, About.WITH})


_RULES = (
    (_counts, Part.COUNT),
    (_changes, Part.CHANGE),
    (_rounds, Part.ROUNDING),
    (_nets, Part.NET),
    (lambda about: About.SUB in about, Part.SUBTOTAL),
    (lambda about: About.DISCOUNT in about and About.TOTAL not in about, Part.DISCOUNT),
    (_taxes, Part.TAX),
    (_totals, Part.TOTAL),
    (lambda about: About.SERVICE in about, Part.SERVICE),
    (lambda about: bool(about & {About.CASH, About.CARD, About.PAID}), Part.PAID),
    (lambda about: About.TOTAL in about, Part.TOTAL),
)
