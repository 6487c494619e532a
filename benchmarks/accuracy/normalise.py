"""What is not counted as an error: the shape of quotes and dashes, compatibility forms, white space."""

import re
import unicodedata
from dataclasses import dataclass

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a`\u00b4", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("·●∙", "•"),
        **dict.fromkeys("\u00ad\u200b\ufeff", ""),
    }
)
_HYPHENATED = re.compile(r"(\w)-[ \t]*\n\s*(\w)")
_LEADERS = re.compile(r"_{3,}|\.{4,}")
_NOT_TRANSCRIBED = re.compile(r"~+")
_MARKED = re.compile(r"(?<!\w)_(?=\w)|\^(?=\w)")


@dataclass(frozen=True, slots=True)
class Rules:
    """What else does not count in one set, because its truth cannot tell."""

    upper: bool = False
    """The transcript is in capitals."""
    joined: bool = False
    """The transcript joins words hyphenated at line ends."""
    marked: bool = False
    """`_word` is underlined, `^x` raised, `~~~` handwriting that is not transcribed."""


def words(text: str, rules: Rules) -> list[str]:
    text = unicodedata.normalize("NFKC", text.translate(_FOLDED)).translate(_FOLDED)
    if rules.marked:
        text = _MARKED.sub("", _NOT_TRANSCRIBED.sub(" ", text))
    if rules.joined:
        text = _HYPHENATED.sub(r"\1\2", text)
    if rules.upper:
        text = text.upper()
    return _LEADERS.sub(" ", text).split()
