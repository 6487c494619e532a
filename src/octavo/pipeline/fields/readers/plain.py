"""Digits and signs of other scripts as 0-9, point and comma."""

import unicodedata

_MARKS = str.maketrans(
    {"\u060c": ",", "\u2e41": ",", "\u066c": ",", "\u066b": ".", "\u200e": " ", "\u200f": " "}
)
"""Commas and points of other scripts, and marks of direction, as ours: letter for letter, so that places stay."""


def plain_digits(text: str) -> str:
    """Digits of any script and width as 0-9, and their signs as ours; letters stay as they are."""
    if text.isascii():
        return text
    text = text.translate(_MARKS)
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
