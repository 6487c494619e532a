"""What was bought: rows with an amount above the first sum, with the row that names them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from octavo.pipeline.fields.receipts.lines import Part, ReceiptLine, Sum
from octavo.pipeline.fields.receipts.words import About
from octavo.pipeline.fields.tokens import Token

_ENDS = frozenset({Part.TOTAL, Part.SUBTOTAL, Part.NET, Part.PAID, Part.TAX, Part.ROUNDING})
_CODE = re.compile(
    r"(?:\s+|^)(?:[A-Z]{1,2}|[*xX\u00d7@\u00e0-]|ZRL|No|(?:EUR|USD|GBP|CHF|PLN|kr|[\u20ac$\u00a3])?/?(?:l|ltr|lt|kg|g|st|stk|pz|ud|uds|un|pcs?|ea|gal|szt)\.?|EUR|USD|GBP|CHF)(?=\s|$)",
    re.IGNORECASE,
)
"""Marks of a price, and what is counted: `38,42 L x 1,579 EUR/L` says nothing of what was bought."""
_RATE = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?\s?%")
"""Of the tax, in a column of its own."""
_SIZE = re.compile(r"\d+(?:[.,]\d+)?(?:ml|cl|dl|l|mg|gr?|kg|mm|cm|m|oz|lb|pk|pcs|w|v)", re.IGNORECASE)
"""`CREME 75ML`: part of what was bought."""
_MEASURED = re.compile(r"(?:l|ltr|lt|litros?|liter|kg|g|gal)\.?", re.IGNORECASE)
_PER = re.compile(r"(?:\w{3}|[\u20ac$\u00a3])?/(?:l|ltr|lt|kg|g|gal)\.?", re.IGNORECASE)
_PIECES = re.compile(r"[\s\d.,xX\u00d7@*-]+")
_MOST = 300
_PAIR = 2
_CENT = Decimal("0.011")


@dataclass(frozen=True, slots=True)
class Good:
    description: str | None
    description_tokens: tuple[Token, ...]
    quantity: Sum | None
    unit_price: Sum | None
    amount: Sum
    multiplies: bool
    """Quantity times price is the amount."""


def goods_of(lines: Sequence[ReceiptLine], first_row: int) -> list[Good]:
    """Rows below `first_row`, down to the first sum."""
    body = _body(lines, first_row)
    found: list[Good] = []
    taken: set[int] = set()
    for place, line in enumerate(body):
        if _is_measure_only(line):
            continue
        amount = line.last
        if (
            amount is None
            or amount.decimals != 2
            or line.part not in {Part.OTHER, Part.COUNT}
            or len(found) >= _MOST
        ):
            continue
        quantity, price = _factors(line, amount)
        if price is None and place and _is_measure_only(body[place - 1]):
            quantity, price = _factors(_and(body[place - 1], line), amount)
        described = _described(body, place, taken)
        if described is None:
            found.append(Good(None, (), quantity, price, amount, _multiply(quantity, price, amount)))
            continue
        taken.add(described)
        text, tokens = _name(body[described])
        found.append(Good(text, tokens, quantity, price, amount, _multiply(quantity, price, amount)))
    return found


def _multiply(quantity: Sum | None, price: Sum | None, amount: Sum) -> bool:
    return (
        quantity is not None
        and price is not None
        and abs(quantity.value * price.value - amount.value) < _CENT
    )


def _body(lines: Sequence[ReceiptLine], first_row: int) -> list[ReceiptLine]:
    body = []
    for line in lines:
        if line.number < first_row:
            continue
        if line.part in _ENDS and line.last is not None and line.last.decimals == 2:
            break
        body.append(line)
    heads = [
        place
        for place, line in enumerate(body)
        if not line.sums
        and len(line.row.segments) > 1
        and line.about & {About.COUNT, About.AMOUNT, About.TOTAL}
    ]
    return body[heads[-1] + 1 :] if heads else body


def _factors(line: ReceiptLine, amount: Sum) -> tuple[Sum | None, Sum | None]:
    others = [one for one in line.sums if one is not amount]
    for quantity in others:
        for price in others:
            if quantity is not price and abs(quantity.value * price.value - amount.value) < _CENT:
                counts = _by_unit(line, quantity, price)
                if counts is None:
                    counts = _is_count(quantity, price)
                return (quantity, price) if counts else (price, quantity)
    whole = [one for one in others if one.decimals == 0 and 0 < one.value < 1000 and one.currency is None]
    prices = [one for one in others if one.decimals >= 2]
    return (whole[0] if len(whole) == 1 else None), (prices[0] if len(prices) == 1 and not whole else None)


def _is_measure_only(line: ReceiptLine) -> bool:
    """`52,31 l x 1,589 EUR/l`, whose amount stands on the next line."""
    if len(line.sums) != _PAIR:
        return False
    behind = [_word_behind(line, one) for one in line.sums]
    return bool(_MEASURED.fullmatch(behind[0]) and _PER.fullmatch(behind[1]))


def _and(measure: ReceiptLine, line: ReceiptLine) -> ReceiptLine:
    return replace(measure, sums=(*measure.sums, *line.sums))


def _by_unit(line: ReceiptLine, one: Sum, other: Sum) -> bool | None:
    """Whether `one` is the quantity, by the unit behind it or the price a unit behind the other; None where none tells."""
    behind = {id(sum_): _word_behind(line, sum_) for sum_ in (one, other)}
    if _MEASURED.fullmatch(behind[id(one)]) or _PER.fullmatch(behind[id(other)]):
        return True
    return False if _MEASURED.fullmatch(behind[id(other)]) or _PER.fullmatch(behind[id(one)]) else None


def _word_behind(line: ReceiptLine, sum_: Sum) -> str:
    tokens = line.row.tokens
    at = next((place for place, token in enumerate(tokens) if token is sum_.tokens[-1]), len(tokens))
    return tokens[at + 1].text if at + 1 < len(tokens) else ""


def _is_count(one: Sum, other: Sum) -> bool:
    """Whether `one` counts or weighs what `other` is the price of: a whole number, or thousandths of a kilogram."""
    return one.decimals == 3 or (other.decimals != 3 and one.decimals <= other.decimals)


def _described(body: Sequence[ReceiptLine], place: int, taken: set[int]) -> int | None:
    """The line itself where it has words; else the one above, else the one below."""
    if _has_words(body[place]):
        return place
    for near in (place - 1, place + 1):
        if (
            0 <= near < len(body)
            and near not in taken
            and not _is_priced(body[near])
            and _has_words(body[near])
        ):
            return near
    return None


def _is_priced(line: ReceiptLine) -> bool:
    return line.last is not None and line.last.decimals == 2


def _has_words(line: ReceiptLine) -> bool:
    return sum(char.isalpha() for char in _CODE.sub(" ", line.label)) >= 3


def _name(line: ReceiptLine) -> tuple[str, tuple[Token, ...]]:
    priced = _is_priced(line)
    used = {id(t) for one in line.sums if priced for t in one.tokens if not _SIZE.fullmatch(t.text)}
    tokens = tuple(token for token in line.row.tokens if id(token) not in used)
    while (
        len(tokens) > 1
        and priced
        and (_CODE.fullmatch(" " + tokens[-1].text) or _RATE.fullmatch(tokens[-1].text))
    ):
        tokens = tokens[:-1]
    while len(tokens) > 1 and _PIECES.fullmatch(tokens[0].text) and len(tokens[0].text) < 4:
        tokens = tokens[1:]
    return " ".join(token.text for token in tokens), tokens
