"""Taxes by rate, where base and amount prove the rate."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from octavo.pipeline.fields.receipts.lines import Part, ReceiptLine, Sum
from octavo.pipeline.fields.tokens import Token

_RATE = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,2})?)\s?%")
_BARE_RATE = re.compile(r"\d{1,2}(?:\.\d{1,2})?")
_SLACK = Decimal("0.02")


@dataclass(frozen=True, slots=True)
class TaxRow:
    rate: Decimal
    rate_text: str
    rate_tokens: tuple[Token, ...]
    base: Sum
    amount: Sum


def tax_rows_of(lines: Sequence[ReceiptLine]) -> list[TaxRow]:
    """Rows that give a rate, what it is of, and what it comes to; only those that are right."""
    found: list[TaxRow] = []
    for line in lines:
        if line.part in {Part.TAX_TABLE, Part.TAX}:
            row = _row(line)
            if row is not None and all(row.rate != other.rate for other in found):
                found.append(row)
    return found


def _row(line: ReceiptLine) -> TaxRow | None:
    exact = [one for one in line.sums if one.decimals == 2]
    for rate, text, tokens in _rates(line):
        for base in exact:
            for amount in exact:
                if (
                    base is not amount
                    and abs(base.value * rate / 100 - amount.value) <= _SLACK
                    and base.value > 0
                ):
                    return TaxRow(rate, text, tokens, base, amount)
    return None


def _rates(line: ReceiptLine) -> list[tuple[Decimal, str, tuple[Token, ...]]]:
    found: list[tuple[Decimal, str, tuple[Token, ...]]] = []
    for token in line.row.tokens:
        match = _RATE.search(token.text) or _BARE_RATE.fullmatch(token.text)
        if match:
            text = match.group()
            rate = Decimal(text.rstrip("% ").replace(",", "."))
            if 0 <= rate < 40:
                found.append((rate, text, (token,)))
    return found
