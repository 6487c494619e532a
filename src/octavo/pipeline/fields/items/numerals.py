"""Numbers in cells: with a unit, a currency or a percent sign around them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.readers.numbers import MINUS, QUOTES, SPACES, read_number

_DASH = re.escape(MINUS)
_NUMBER = re.compile(
    rf"(?<![\w.,/])(?P<sign>[{_DASH}+(]?\s?)(?P<money>[^\w\s.,;:()%{_DASH}+/]{{1,3}}\s?|[A-Z]{{1,3}}[$]?\s?)?(?P<inner>[{_DASH}]?)"
    rf"(?P<digits>\d{{1,3}}(?:[{SPACES}{QUOTES}]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d[\d.,{QUOTES}]*\d|\d)"
    rf"(?P<after>[.,][{_DASH}\u2014]{{1,2}}|[{_DASH})](?![\w]))?"
)
_NUMBER_WORD = re.compile(rf"^[{_DASH}+(]?[^\w\s]?\d[\d.,{QUOTES}]*[)%{_DASH}\u20ac$\u00a3]?$")


@dataclass(frozen=True, slots=True)
class Amount:
    value: Decimal
    decimals: int
    rest: str
    """What stands around it: a unit, a currency."""


def amounts_of(text: str, locale: Locale) -> list[Amount]:
    """All numbers of a cell."""
    found = []
    for match in _NUMBER.finditer(text):
        digits = match["digits"].rstrip(".,")
        reading = read_number(digits, locale)
        if reading is None:
            continue
        negative = (match["sign"].strip() in MINUS and match["sign"].strip() != "") or bool(match["inner"])
        after = match["after"] or ""
        negative = (
            negative
            or (len(after) == 1 and after in MINUS)
            or (match["sign"].strip() == "(" and after == ")")
        )
        rest = (text[: match.start()] + (match["money"] or "") + " " + text[match.end() :]).strip()
        found.append(Amount(-reading.value if negative else reading.value, reading.decimals, rest))
    return found


def amount_of(text: str, locale: Locale, *, most_letters: int = 14) -> Amount | None:
    """The number of a cell that holds just one, beside a short unit; None of any other text."""
    found = amounts_of(text, locale)
    if len(found) != 1:
        return None
    letters = sum(char.isalpha() for char in found[0].rest)
    return found[0] if letters <= most_letters and ":" not in found[0].rest else None


def is_number(word: str) -> bool:
    """Whether a word is a number, its sign or currency glued to it or not."""
    return _NUMBER_WORD.match(word) is not None
