"""Amounts of money in every notation: sign or code before or behind, minus signs, brackets, `5,-`, `12.00 CR`."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from octavo.pipeline.fields.readers.currencies import currency_of, sign_pattern
from octavo.pipeline.fields.readers.locale import Locale
from octavo.pipeline.fields.readers.numbers import MINUS, SPACES, read_number, repaired
from octavo.pipeline.fields.readers.plain import plain_digits

_WORD = re.compile(r"\S+")
_TORN = re.compile(rf"(\d)(?:\s?([.,])\s+|\s+([.,:])\s?|\s?:\s)(\d{{2}})(?![\d.,]|\s*[{MINUS}]?\d)")
"""`20. 40`, `1 . 38`, `5 : 00`: the reader of ink saw a gap around the decimal sign."""
_CENTS_APART = re.compile(r"(?:\D*\s)?(\d+) (\d{2})")
"""`31 00`: it did not see the sign at all."""
_GLUED = re.compile(r"(?<=\d)[A-Za-z]{1,2}\.?$|(?<=\d)[*#]$")
"""The letter of a tax rate or a mark right behind an amount: `9.00A`, `1.50SR`."""
_CENT_AS_LETTER = re.compile(r"([.,]\d)[CDOUo]$")
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class MoneyReading:
    """One amount in a text."""

    value: Decimal
    currency: str | None
    """ISO 4217, only where it is written at the amount itself."""
    raw_text: str
    start: int
    """In the text it was read from; `raw_text` is what stands there."""
    end: int
    decimals: int
    """Digits behind the decimal sign as written; 0 for whole amounts."""
    repaired: bool = False
    """Letters were taken for digits, or a gap for a decimal sign."""


def read_money(text: str, locale: Locale) -> MoneyReading | None:
    """The one amount that `text` is; None where it is none or more than that."""
    found = amounts_in(text, locale)
    if len(found) != 1:
        return None
    around = (text[: found[0].start] + text[found[0].end :]).strip(" :=*")
    return found[0] if not around else None


def amounts_in(text: str, locale: Locale) -> list[MoneyReading]:
    """All numbers that may be amounts, left to right; whole words only, so that dates, times and codes are none."""
    if not any(char.isdigit() for char in text):
        return []
    shown, torn = _mended(plain_digits(text))
    words = list(_WORD.finditer(shown))
    found: list[MoneyReading] = []
    at = 0
    while at < len(words):
        reading, taken = _at(words, at, shown, locale)
        if reading is not None:
            found.append(_placed(reading, text, shown, torn=torn))
        at += max(1, taken)
    return found


def _mended(text: str) -> tuple[str, bool]:
    """The same length, gaps around decimal signs moved behind the number."""

    def close(match: re.Match[str]) -> str:
        whole = match.group()
        sign = match[2] or match[3] or "."
        return f"{match[1]}{'.' if sign == ':' else sign}{match[4]}".ljust(len(whole))

    mended = _TORN.sub(close, text)
    apart = _CENTS_APART.fullmatch(mended.rstrip())
    if apart and not re.search(r"\d[.,]\d", mended):
        at = apart.end(1)
        mended = f"{mended[:at]}.{mended[at + 1 :]}"
    return mended, mended != text


def _placed(reading: MoneyReading, text: str, shown: str, *, torn: bool) -> MoneyReading:
    end = reading.end
    if torn:  # the gap went behind the number
        rest = shown[end:]
        end += len(rest) - len(rest.lstrip())
    raw = text[reading.start : end].rstrip()
    changed = reading.repaired or raw != reading.raw_text
    return replace(reading, raw_text=raw, end=reading.start + len(raw), repaired=changed)


def _at(words: list[re.Match[str]], at: int, text: str, locale: Locale) -> tuple[MoneyReading | None, int]:
    """The amount that begins with this word, and how many words it took."""
    lead = 0
    currency: str | None = None
    negative = False
    while at + lead < len(words) and lead < 2:
        word = words[at + lead].group()
        named = currency_of(word.strip("()" + MINUS), locale)
        if named and currency is None and not word[0].isdigit():
            currency, negative = named, negative or word[0] in MINUS
        elif word in MINUS and not negative and lead + at + 1 < len(words):
            negative = True
        else:
            break
        lead += 1
    first = at + lead
    if first >= len(words):
        return None, lead
    taken = _spaced(words, first, locale)
    inside = " ".join(word.group() for word in words[first : first + taken])
    read = _one(inside, locale)
    if read is None:
        return None, lead + (0 if lead else 1)
    value, own, decimals, mended = read
    last = first + taken - 1
    if currency is None and own is None and last + 1 < len(words):
        own = _behind(words[last + 1].group(), locale)
        last += own is not None
    start, end = words[at].start(), words[last].end()
    signed = -value if negative else value
    reading = MoneyReading(signed, own or currency, text[start:end], start, end, decimals, repaired=mended)
    return reading, last - at + 1


def _behind(word: str, locale: Locale) -> str | None:
    """A sign or code that follows an amount; `R` and `Fr` are too often something else."""
    bare = word.rstrip(".,;:)")
    return currency_of(bare, locale) if len(bare) > 1 or not bare.isalpha() else None


def _spaced(words: list[re.Match[str]], at: int, locale: Locale) -> int:
    """How many words make one number with spaces between thousands."""
    if locale.thousands not in SPACES:
        return 1
    head = re.fullmatch(rf"[^\d\s]{{0,4}}[({MINUS}]?\d{{1,3}}", words[at].group())
    count = 1
    while head and at + count < len(words):
        word = words[at + count].group()
        if not re.fullmatch(r"\d{3}(?:[.,]\d{1,3})?\D{0,4}", word):
            break
        count += 1
        if not word.isdigit():
            break
    return count


def _one(word: str, locale: Locale) -> tuple[Decimal, str | None, int, bool] | None:
    """Value, currency glued to it, decimals, whether it was repaired."""
    core = word.strip('*=:;"“”').rstrip(",;")
    bracketed = core.startswith("(") and core.endswith(")")
    bare, currency = _without_sign(core[1:-1] if bracketed else core, locale)
    unmarked = _GLUED.sub("", bare)
    for text in dict.fromkeys((bare, _CENT_AS_LETTER.sub(r"\g<1>0", bare), unmarked, repaired(bare))):
        read = read_number(text, locale)
        if read is not None and _is_amount(text):
            value = -abs(read.value) if bracketed else read.value
            return value, currency, read.decimals, text not in {bare, unmarked}
    return None


def _is_amount(text: str) -> bool:
    digits = sum(char.isdigit() for char in text)
    return 0 < digits <= _MOST_DIGITS


def _without_sign(word: str, locale: Locale) -> tuple[str, str | None]:
    """Without the currency glued to its front or back, a minus kept."""
    minus = ""
    bare = word
    if bare[:1] and bare[0] in MINUS + "+":
        minus, bare = bare[0], bare[1:]
    front = sign_pattern().match(bare)
    if front and front.end() < len(bare) and not bare[front.end()].isalpha():
        currency = currency_of(front.group(), locale)
        return minus + bare[front.end() :], currency
    if front and bare[front.end() :] and repaired(bare[front.end() :]) != bare[front.end() :]:
        return minus + bare[front.end() :], currency_of(front.group(), locale)
    back = re.search(r"(?<=[\d,.\-\u2013\u2014])([^\d\s.,()\-\u2013\u2014]{1,4})$", bare)
    if back and not (len(back.group()) == 1 and back.group().isalpha()):
        currency = currency_of(back.group(), locale)
        if currency:
            return minus + bare[: back.start()], currency
    return word, None
