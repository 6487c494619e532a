"""How it was paid: cash or card, and what is left of the card's number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from octavo.pipeline.fields.receipts.lines import Part, ReceiptLine
from octavo.pipeline.fields.receipts.words import About
from octavo.pipeline.fields.tokens import Token

_MOBILE = re.compile(
    r"apple\s?pay|google\s?pay|alipay|wechat|grab\s?pay|touch\s?n\s?go|boost|paypal|mobile", re.IGNORECASE
)
_MASKED = re.compile(r"(?:[x*X•#]{2,}[\s-]*)+(\d{4})(?!\d)")
_CARD_NUMBER = re.compile(r"(?<!\d)(?:\d{4}[\s-]?){3}(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Told:
    value: str
    raw_text: str
    tokens: tuple[Token, ...]


def method_of(lines: Sequence[ReceiptLine]) -> Told | None:
    for line in lines:
        if line.part is not Part.PAID and not (line.part is Part.CHANGE and About.CASH in line.about):
            continue
        text = line.row.text
        for found, value in (
            (bool(_MOBILE.search(text)), "mobile"),
            (About.CARD in line.about, "card"),
            (About.CASH in line.about, "cash"),
        ):
            if found:
                return Told(value, line.label, line.row.tokens)
    return None


def card_digits_of(lines: Sequence[ReceiptLine]) -> Told | None:
    """The last four digits of a masked number, or of a whole one beside a card's name."""
    paid = {line.number for line in lines if About.CARD in line.about}
    for line in lines:
        text = line.row.text
        near = paid & {line.number - 1, line.number, line.number + 1}
        match = _MASKED.search(text) or (_CARD_NUMBER.search(text) if near else None)
        if match:
            return Told(match[1], match.group(), line.row.tokens)
    return None
