"""Numbers as people write them in tables: 1.234,56 · 1,234.56 · 1'234.50 · (45) · 12 % · € 3,-."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_CURRENCY = (
    r"(?:[$€£¥₹₽₩₺₴₪฿₫₦₱]|\b(?:EUR|USD|GBP|CHF|JPY|CNY|RMB|INR|RM|MYR|SGD|AUD|CAD|NZD|HKD|SEK|NOK|DKK|PLN|CZK|"
    r"HUF|RON|BGN|TRY|BRL|MXN|ZAR|RUB|Rs|kr|zł|Kč|Ft|lei)\b\.?)"
)
_AROUND = re.compile(
    rf"{_CURRENCY}|[*†‡§#+~≈<>≤≥]|%|‰|\b(?:[Pp][ck]t?s?|Stk|St|Std|kg|g|km|m|h|x)\b\.?", re.UNICODE
)
_BODY = re.compile(r"\d(?:[\d.,'\u2019\u00a0\u202f ]*\d)?")
_MINUS = "-\u2212\u2013\u2014\u25b3\u25b2"
_GROUPED = re.compile(r"\d{1,3}(?:([.,'\u2019 ])\d{3})(?:\1\d{3})*")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})
LONGEST = 40
"""Characters of a cell of figures."""
_NOTHING = frozenset("-\u2212\u2013\u2014.…·—/†‡*#") | frozenset(["n/a", "na", "n.a.", "n.d.", "k.a.", "nil"])


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal
    is_share: bool = False
    """Per cent or per mille."""
    decimals: int = 0


def decimal_mark(texts: Iterable[str]) -> str | None:
    """`.` or `,` where the texts show which of the two parts decimals; None where they do not."""
    votes = {".": 0, ",": 0}
    for text in texts:
        body = _BODY.search(text.translate(_SPACES))
        mark = _sure_mark(body[0]) if body else None
        if mark:
            votes[mark] += 1
    if votes["."] == votes[","]:
        return None
    return max(votes, key=votes.__getitem__)


def number_in(text: str, mark: str | None = None) -> Number | None:
    """The one number that the text is; None where it is more or something else.

    `mark` parts the decimals where the text alone does not say: `1,234`.
    """
    plain = text.translate(_SPACES).strip()
    if not plain or len(plain) > LONGEST:
        return None
    bare, negative = _without_sign(_AROUND.sub("", plain).strip())
    digits = _plain_digits(bare, mark) if _BODY.fullmatch(bare) else None
    if digits is None:
        return None
    value = Decimal(digits)
    is_share = "%" in plain or "\u2030" in plain
    return Number(-value if negative else value, is_share, len(digits.partition(".")[2]))


def _without_sign(bare: str) -> tuple[str, bool]:
    """The number and whether it is negative: in brackets, with a minus before or behind it, or a triangle."""
    negative = bare.startswith("(") and bare.endswith(")")
    if negative:
        bare = bare[1:-1].strip()
    for no_cents in (",-", ".-", ",\u2013"):
        bare = bare.removesuffix(no_cents)
    if bare[:1] and bare[0] in _MINUS:
        return bare[1:].strip(), not negative
    if bare[-1:] and bare[-1] in _MINUS:
        return bare[:-1].strip(), not negative
    return bare, negative


@lru_cache(maxsize=8192)
def is_numeric(text: str) -> bool:
    """A number, a date, a range or a ratio: what stands in a column of figures."""
    plain = text.strip()
    if not plain:
        return False
    if is_nothing(plain):
        return True
    digits = sum(char.isdigit() for char in plain)
    letters = sum(char.isalpha() for char in plain)
    if digits > 0 and letters <= max(1, 0.34 * digits) and len(plain) <= LONGEST:
        return True
    return digits > 0 and number_in(plain) is not None


def is_nothing(text: str) -> bool:
    """A sign that stands for a missing figure."""
    plain = text.strip().casefold()
    return plain in _NOTHING or (0 < len(plain) <= 5 and set(plain) <= _NOTHING)


def _sure_mark(body: str) -> str | None:
    """The decimal mark where the number itself shows it."""
    last = max(body.rfind("."), body.rfind(","))
    if last < 0:
        return None
    mark, other = body[last], "," if body[last] == "." else "."
    after = len(body) - last - 1
    if other in body[:last] or any(sign in body[:last] for sign in "'\u2019 "):
        return mark if body.count(mark) == 1 else None
    if body.count(mark) > 1:
        return other
    return mark if after != 3 else None


def _plain_digits(body: str, mark: str | None) -> str | None:
    """Digits with a full stop before the decimals; None where the signs contradict one another."""
    if body.isdigit():
        return body
    if _INDIAN.fullmatch(body):
        return body.replace(",", "")
    sure = _sure_mark(body)
    grouped = _GROUPED.fullmatch(body)
    if grouped and grouped[1] and (body.count(grouped[1]) > 1 or (sure is None and grouped[1] != mark)):
        return re.sub(r"\D", "", body)
    whole, _, part = body.rpartition(sure or mark or "?")
    is_whole = whole.isdigit() or _GROUPED.fullmatch(whole) or _INDIAN.fullmatch(whole)
    return f"{re.sub(r'[^0-9]', '', whole)}.{part}" if is_whole and part.isdigit() else None
