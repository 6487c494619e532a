"""What a spreadsheet may count with: numbers, shares, amounts of money and days, where they can mean one thing."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from octavo.exporters.numerals import Numeral, decimal_mark, numeral_of

_DAY = re.compile(r"(\d{1,4})([-./])(\d{1,2})\2(\d{4}|\d{2})\Z")
_FIGURES = re.compile(r"[-\u2212]?\d[\d.,'\u2019\u00a0\u202f ]*\Z")
"""Anything else, a range or a reference, tells nothing of how numbers are printed."""
_FIRST = date(1899, 12, 30)
"""Day 0 of spreadsheets, so that days from March 1900 on are right."""
_EARLIEST = date(1900, 3, 1)
_PIVOT = 69
"""Of two digits: 69 is 1969, 68 is 2068."""
_MONEY = "€$£¥"
_CENTS = 2


class Formatted(NamedTuple):
    """A number that is shown as something else."""

    value: float
    code: str
    """One of `CODES`."""


DAY_CODES = ("yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy", "dd.mm.yyyy", "dd-mm-yyyy")
SHARE_CODES = ("0%", "0.0%", "0.00%")
MONEY_CODES = tuple(
    code
    for sign in _MONEY
    for decimals in ("", ".00")
    for code in (f'"{sign}"#,##0{decimals}', f'#,##0{decimals} "{sign}"')
)
CODES = (*DAY_CODES, *SHARE_CODES, *MONEY_CODES)


class Habits(NamedTuple):
    """What the cells of one table agree on."""

    mark: str | None
    """Before decimals."""
    order: str | None
    """`dmy` or `mdy` for days with a stroke between; None where nothing tells."""


def habits_of(texts: Iterable[str]) -> Habits:
    known = list(texts)
    orders = {order for order in map(_order, known) if order}
    bare = [plain for plain in (_without_sign(text)[0] for text in known) if _FIGURES.match(plain)]
    return Habits(decimal_mark(bare), orders.pop() if len(orders) == 1 else None)


def content_of(text: str, habits: Habits) -> str | Numeral | Formatted:
    """The text itself where it is nothing to count with."""
    return (
        numeral_of(text, habits.mark)
        or _day(text.strip(), habits.order)
        or _signed(text, habits.mark)
        or text
    )


def _order(text: str) -> str | None:
    """What a day with a stroke must mean: no month is the thirteenth."""
    match = _DAY.match(text.strip())
    if match is None or match[2] != "/" or len(match[1]) > 2:
        return None
    first, second = int(match[1]), int(match[3])
    if first > 12 >= second:
        return "dmy"
    return "mdy" if second > 12 >= first else None


def _day(text: str, order: str | None) -> Formatted | None:
    match = _DAY.match(text)
    if match is None:
        return None
    first, sign, second, last = match.groups()
    if len(first) == 4:
        is_iso = sign == "-" and len(last) == 2
        return _formatted(int(first), int(second), int(last), "yyyy-mm-dd") if is_iso else None
    if len(first) > 2:
        return None
    year = int(last) if len(last) == 4 else int(last) + (2000 if int(last) < _PIVOT else 1900)
    if sign in ".-":
        return _formatted(year, int(second), int(first), f"dd{sign}mm{sign}yyyy") if len(last) == 4 else None
    if order == "dmy":
        return _formatted(year, int(second), int(first), "dd/mm/yyyy")
    return _formatted(year, int(first), int(second), "mm/dd/yyyy") if order == "mdy" else None


def _formatted(year: int, month: int, day: int, code: str) -> Formatted | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Formatted(float((found - _FIRST).days), code) if found >= _EARLIEST else None


def _signed(text: str, mark: str | None) -> Formatted | None:
    """A share or an amount of money; shares keep as many decimals as they are printed with."""
    plain, sign, is_before = _without_sign(text)
    number = numeral_of(plain, mark) if sign else None
    if number is None:
        return None
    if sign == "%":
        if is_before or number.decimals >= len(SHARE_CODES):
            return None
        return Formatted(round(number.value / 100, number.decimals + 2), SHARE_CODES[number.decimals])
    if number.decimals not in (0, _CENTS):
        return None
    decimals = "." + "0" * _CENTS if number.decimals else ""
    code = f'"{sign}"#,##0{decimals}' if is_before else f'#,##0{decimals} "{sign}"'
    return Formatted(number.value, code)


def _without_sign(text: str) -> tuple[str, str, bool]:
    """The number, its sign, and whether that stands before it; no sign where there are none or several."""
    plain = text.strip()
    minus = "-" if plain[:1] in "-\u2212" and plain[1:2] in _MONEY and plain[1:2] else ""
    core = plain[1:] if minus else plain
    if core[:1] and core[0] in _MONEY:
        return minus + core[1:].strip(), core[0], True
    if core[-1:] and core[-1] in _MONEY + "%":
        return core[:-1].strip(), core[-1], False
    return plain, "", False
