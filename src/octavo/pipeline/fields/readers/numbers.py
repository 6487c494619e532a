"""Numbers as people write them: `1.234,56`, `1'234.50`, `1 234,5`, `(12.00)`, `12.00-`, `5,-`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.readers.plain import plain_digits

SPACES = " \u00a0\u2009\u202f\u2007"
QUOTES = "'\u2019\u02bc`\u00b4"
MINUS = "-\u2212\u2013\u2010\u2011"
"""A dash before or behind a number takes from it."""
_ALIKE = str.maketrans(
    {"O": "0", "o": "0", "Q": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "J": "1"}
)
"""What a reader of ink takes digits for."""
_SHAPE = re.compile(
    rf"(?P<whole>\d{{1,3}}(?:(?P<mark>[.,{QUOTES}{SPACES}\u066c])\d{{3}}(?:(?P=mark)\d{{3}})*|"
    rf"(?:,\d\d)+,\d{{3}})|\d+|(?=[.,]\d))"
    rf"(?:(?P<point>[.,\u066b])(?P<part>\d+))?"
)
_SURE_DECIMALS = 3
"""As many digits behind a lone sign may be a group of thousands."""


@dataclass(frozen=True, slots=True)
class NumberReading:
    value: Decimal
    decimals: int
    """Digits behind the decimal sign as it is written."""


def read_number(text: str, locale: Locale) -> NumberReading | None:
    """The number that `text` is, whole; None where it is none.

    `1.234` and `1,234` are read as `locale` writes numbers; where the form itself tells, that counts.
    """
    bare, negative = _unsigned(plain_digits(text).strip())
    match = _SHAPE.fullmatch(bare)
    if match is None or not bare:
        return None
    value, decimals = _valued(match, locale)
    return NumberReading(-value if negative else value, decimals)


def repaired(word: str) -> str:
    """Letters that look like digits as digits, where digits are the most of the word."""
    digits = sum(char.isdigit() for char in word)
    turned = word.translate(_ALIKE)
    return turned if digits and 2 * digits >= sum(char.isalnum() for char in word) else word


def _unsigned(text: str) -> tuple[str, bool]:
    """Without sign or brackets, and whether they made it negative."""
    negative = False
    if text.startswith("(") and text.endswith(")"):
        text, negative = text[1:-1].strip(), True
    if text[:1] in MINUS and text:
        text, negative = text[1:].lstrip(), True
    elif text.startswith("+"):
        text = text[1:].lstrip()
    if re.fullmatch(rf".*[.,][{MINUS}\u2014]{{1,2}}", text):  # 5,- is five and no cents
        return text.rstrip(MINUS + "\u2014").rstrip(".,"), negative
    if text and text[-1] in MINUS:
        text, negative = text[:-1].rstrip(), True
    return text, negative


def _valued(match: re.Match[str], locale: Locale) -> tuple[Decimal, int]:
    whole, mark, point, part = match["whole"], match["mark"], match["point"], match["part"] or ""
    if mark and not point and mark in ".," and not _groups(whole, mark, locale):
        whole, part = whole.rsplit(mark, 1)
    elif (
        point and not mark and len(part) == _SURE_DECIMALS and _groups(f"{whole}{point}{part}", point, locale)
    ):
        whole, part = whole + part, ""
    digits = re.sub(r"\D", "", whole) or "0"
    return Decimal(f"{digits}.{part}" if part else digits), len(part)


def _groups(text: str, mark: str, locale: Locale) -> bool:
    """Whether the only sign in it parts thousands."""
    if text.count(mark) > 1:
        return True
    head = text.split(mark, 1)[0]
    return mark != locale.decimal and head.lstrip("0") == head and 0 < len(head) <= 3


@dataclass(frozen=True, slots=True)
class Written:
    """A number inside a text."""

    value: Decimal
    decimals: int
    start: int
    end: int


def numbers_in(text: str, locale: Locale) -> Iterator[Written]:
    """Whole words that are numbers, and groups of thousands with spaces where `locale` writes them so."""
    words = list(re.finditer(r"\S+", plain_digits(text)))
    at = 0
    while at < len(words):
        taken = _spaced(words, at) if locale.thousands in SPACES else 1
        found = read_number(" ".join(word.group() for word in words[at : at + taken]), locale)
        if found is not None:
            yield Written(found.value, found.decimals, words[at].start(), words[at + taken - 1].end())
        at += taken


def _spaced(words: list[re.Match[str]], at: int) -> int:
    """How many words make one number: `1 234 567,89`."""
    if not re.fullmatch(rf"[({MINUS}+]*\d{{1,3}}", words[at].group()):
        return 1
    count = 1
    while at + count < len(words):
        word = words[at + count].group()
        if not re.fullmatch(rf"\d{{3}}(?:[.,]\d+)?[){MINUS}]*", word):
            break
        count += 1
        if not word.isdigit():
            break
    return count
