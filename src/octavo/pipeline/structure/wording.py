"""The running text of lines: hyphenation at line ends undone, no spaces between Chinese or Japanese."""

import re
import unicodedata

_SOFT_HYPHENS = "\u00ad\u0002\ufffe"
_HYPHENS = "-\u2010" + _SOFT_HYPHENS
_BROKEN_WORD = re.compile(r"[^\W\d_]{2,}$")
_WIDE = re.compile("[\u2e80-\u2fdf\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_UNSURE = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_FROM_RIGHT = re.compile("[\u0590-\u08ff]")
_ALONE_SURROGATES = re.compile("[\ud800-\udfff]")


def joined(lines: list[str]) -> str:
    """One paragraph's text."""
    text = ""
    for line in lines:
        text = _join(text, line) if text else line
    return without_soft_hyphens(text)


def ends_within_word(line: str, following: str) -> bool:
    """Whether a word is divided between these two lines."""
    if not line or not following or line[-1] not in _HYPHENS:
        return False
    return line[-1] in _SOFT_HYPHENS or (len(line) > 1 and line[-2].isalpha() and following[0].islower())


def reads_from_right(text: str) -> bool:
    """Whether most of its letters are Hebrew or Arabic."""
    if text.isascii():
        return False
    from_right = len(_FROM_RIGHT.findall(text))
    return from_right > 0 and 2 * from_right > sum(char.isalpha() for char in text)


def without_soft_hyphens(text: str) -> str:
    return text.replace("\u00ad", "") if "\u00ad" in text else text


def clean(text: str) -> str:
    """NFC, without characters that no document means: control characters, halves of surrogate pairs."""
    if text.isascii() and text.isprintable():
        return text
    text = _ALONE_SURROGATES.sub("\ufffd", text)
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub(_unprintable, text))


def is_sure(text: str) -> bool:
    """Whether every character means something outside its font: no U+FFFD, no private use."""
    return text.isascii() or _UNSURE.search(text) is None


def _unprintable(match: re.Match[str]) -> str:
    """PDFium marks a hyphen at a line's end with U+0002 or U+FFFE."""
    return "\u00ad" if match[0] in _SOFT_HYPHENS else ""


def _join(text: str, line: str) -> str:
    if not line:
        return text
    if text[-1] in _HYPHENS:
        return _join_hyphenated(text, line)
    if _WIDE.match(text[-1]) and _WIDE.match(line[0]):
        return text + line
    return f"{text} {line}"


def _join_hyphenated(text: str, line: str) -> str:
    """`exam-` + `ple` is one word; `state-of-` + `the-art` and `2010-` + `2011` keep their hyphen."""
    stem = text[:-1]
    if text[-1] in _SOFT_HYPHENS:
        return stem + line
    if not stem or stem[-1].isspace():
        return f"{text} {line}"
    last = stem.split()[-1]
    if line[0].islower() and _BROKEN_WORD.search(last) and "-" not in last:
        return stem + line
    return text + line if line[0].isalnum() and not line[0].isupper() else _spaced_unless_compound(text, line)


def _spaced_unless_compound(text: str, line: str) -> str:
    """`Baden-` + `Württemberg` is a name; a dash at the end of a clause is followed by a space."""
    return text + line if line[0].isupper() and text[-2].isalpha() else f"{text} {line}"
