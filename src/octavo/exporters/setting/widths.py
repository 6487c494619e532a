"""How wide text is in the three fonts that every office program has, or has one of the same widths for."""

import unicodedata
from functools import lru_cache

_FIRST = 32
_SANS = """278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556
278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667
944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500
278 556 500 722 500 500 500 334 260 334 584"""
_SANS_BOLD = """278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556
556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722
667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389
556 333 611 556 778 556 556 500 389 280 389 584"""
_SERIF = """250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500
278 278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722
944 722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389
278 500 500 722 500 500 444 480 200 480 541"""
_SERIF_BOLD = """250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500
500 333 333 570 570 570 500 930 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722
722 1000 722 722 667 333 278 333 581 500 333 500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444
389 333 556 500 722 500 500 444 394 220 394 520"""
SANS, SERIF, MONO = "Arial", "Times New Roman", "Courier New"
_MONO_EM = 0.6
_WIDE_EM = 1.0
"""Of the letters that fill a square: Chinese, Japanese, Korean."""
_OTHER_EM = 0.55


def _table(numbers: str) -> tuple[float, ...]:
    return tuple(int(number) / 1000 for number in numbers.split())


_TABLES = {
    (SANS, False): _table(_SANS),
    (SANS, True): _table(_SANS_BOLD),
    (SERIF, False): _table(_SERIF),
    (SERIF, True): _table(_SERIF_BOLD),
}


def is_known(text: str) -> bool:
    """Whether the widths of its letters are known: Latin ones, and those that fill a square."""
    return all(
        letter < "\u0250" or "\u2000" <= letter < "\u2100" or unicodedata.east_asian_width(letter) in "WF"
        for letter in text
    )


def text_width(text: str, family: str, *, bold: bool) -> float:
    """In multiples of the font size; `family` is one of the three."""
    return sum([_letter_width(letter, family, bold) for letter in text])


@lru_cache(maxsize=4096)
def _letter_width(letter: str, family: str, bold: bool) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDE_EM
    if family == MONO:
        return _MONO_EM
    plain = unicodedata.normalize("NFD", letter)[0]
    place = ord(plain) - _FIRST
    widths = _TABLES[family, bold]
    return widths[place] if 0 <= place < len(widths) else _OTHER_EM
