"""When two readings of the same ink are the same."""

import unicodedata
from difflib import SequenceMatcher

_LOOK_ALIKE = str.maketrans({"1": "l", "i": "l", "|": "l", "!": "l", "0": "o"})
"""Shapes that no engine can tell apart without the words around them."""
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        "\u2026": "...",
        "\u00ad": "",
        "\u00a0": " ",
    }
)
"""Quotes, dashes and dots in the plainest of the forms that mean the same."""


def letters(text: str) -> str:
    """Letters and digits alone, without case."""
    return "".join(char for char in text.casefold() if char.isalnum())


def shapes(text: str) -> str:
    """Letters and digits as far as their shapes tell them apart."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum() or char in "|!").translate(_LOOK_ALIKE)


def spelling(text: str) -> str:
    """Everything, with one form for each quote, dash and ligature."""
    return unicodedata.normalize("NFKC", text.translate(_PLAIN))


def similarity(one: str, other: str) -> float:
    """0.0-1.0."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
