"""Numbers as they are printed, read only where they can mean one thing."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_SPACES = "\u00a0\u2009\u202f "
_GROUPED = re.compile(rf"\d{{1,3}}(?:([.,'\u2019{_SPACES}])\d{{3}})(?:\1\d{{3}})*\Z")
_MOST_DIGITS = 15
"""A spreadsheet keeps no more."""


class Numeral(NamedTuple):
    value: float
    decimals: int
    is_grouped: bool
    """Whether its thousands are set apart."""


def decimal_mark(texts: Iterable[str]) -> str | None:
    """The mark before the decimals that these texts agree on; None where they do not say or differ."""
    marks = {mark for mark in (_sure_mark(_unsigned(text)[1]) for text in texts) if mark}
    return marks.pop() if len(marks) == 1 else None


def numeral_of(text: str, mark: str | None = None) -> Numeral | None:
    """None for what is no number, or could be another one; `mark` is what others beside it agree on.

    A code is no number: `007`, `+49 123`, sixteen digits.
    """
    sign, plain = _unsigned(text)
    known = _sure_mark(plain) or mark
    whole, decimals = plain, ""
    if known and known in plain:
        whole, _, decimals = plain.rpartition(known)
    elif re.fullmatch(r"\d{1,3}[.,]\d{3}", plain) and not known:
        return None
    digits = re.sub(r"\D", "", whole)
    is_grouped = digits != whole
    if (
        (is_grouped and not _is_grouping(whole, known))
        or not digits
        or (decimals and not decimals.isdecimal())
    ):
        return None
    if (len(digits) > 1 and digits[0] == "0") or len(digits + decimals) > _MOST_DIGITS:
        return None
    return Numeral(float(f"{sign}{digits}.{decimals or 0}"), len(decimals), is_grouped)


def _is_grouping(whole: str, mark: str | None) -> bool:
    match = _GROUPED.match(whole)
    return match is not None and match[1] != mark


def _sure_mark(plain: str) -> str | None:
    """What must be the decimal mark: the last of two kinds, or one that cannot part thousands."""
    found = re.findall(r"[.,]", plain)
    if len(set(found)) == 2:
        return str(found[-1])
    if len(found) > 1:
        return "," if found[0] == "." else "."
    if len(found) == 1:
        whole, _, decimals = plain.partition(found[0])
        if len(decimals) != 3 or len(whole) > 3 or whole == "0":
            return str(found[0])
    return None


def _unsigned(text: str) -> tuple[str, str]:
    """`-` or nothing, and what stands behind it; a `+` stays, since it begins telephone numbers."""
    plain = text.strip().replace("\u2212", "-")
    return ("-", plain[1:].lstrip()) if plain.startswith("-") else ("", plain)
