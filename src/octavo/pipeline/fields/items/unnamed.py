"""Columns whose head nobody knows, named by arithmetic: what gives the amount with the quantity is the price."""

from collections.abc import Sequence
from decimal import Decimal

from octavo.pipeline.fields.items.entries import Draft, ItemCell
from octavo.pipeline.fields.items.numerals import amount_of
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.tokens import Token

_CENT = Decimal("0.011")
_FACTORS = {"unit_price": "quantity", "quantity": "unit_price"}


def name_by_product(drafts: Sequence[Draft], locale: Locale) -> None:
    """Put the price, or the quantity, where one column without a known head is it in every entry that has all three."""
    for wanted, other in _FACTORS.items():
        if not drafts or any(wanted in draft.numbers for draft in drafts):
            continue
        for index in sorted({index for draft in drafts for index in _unknown(draft)}):
            cells = {number: _cell(draft, index, locale) for number, draft in enumerate(drafts)}
            found = {number: cell for number, cell in cells.items() if cell is not None}
            if 2 * len(found) >= len(drafts) and _multiply(drafts, found, other):
                for number, cell in found.items():
                    drafts[number].numbers[wanted] = cell
                break


def _unknown(draft: Draft) -> dict[int, list[Token]]:
    line = draft.lines[draft.leading]
    return {index: tokens for index, tokens in line.texts.items() if not line.names[index]}


def _cell(draft: Draft, index: int, locale: Locale) -> ItemCell | None:
    tokens = _unknown(draft).get(index)
    text = " ".join(token.text for token in tokens or ())
    found = amount_of(text, locale) if tokens else None
    return ItemCell(found.value, text, tuple(tokens)) if found is not None and tokens else None


def _multiply(drafts: Sequence[Draft], cells: dict[int, ItemCell], other: str) -> bool:
    """Whether all of them do, and not only as one times something."""
    telling = 0
    for number, cell in cells.items():
        factor, amount = drafts[number].numbers.get(other), drafts[number].numbers.get("amount")
        if factor is None or amount is None:
            return False
        values = [one.value for one in (cell, factor, amount)]
        first, second, product = (value for value in values if isinstance(value, Decimal))
        if abs(first * second - product) > _CENT:
            return False
        telling += first not in (0, 1) and second not in (0, 1)
    return telling > 0
