"""Characters and pieces of a formula as LaTeX that compiles."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from octavo.adapters.readers.latex.accents import over
from octavo.adapters.readers.latex.symbols import (
    COMMANDS,
    FUNCTIONS,
    LARGE_OPERATORS,
    LIMIT_FUNCTIONS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    TEXT_ESCAPES,
)

_COMMAND_AT_END = re.compile(r"\\[A-Za-z]+\Z")
_ONE_TOKEN = re.compile(r"(?:[^\\{}\s]|\\[A-Za-z]+|\\[^A-Za-z])\Z")
_GROUP = re.compile(r"\\(?:mathbf|mathrm|mathcal|mathbb|mathfrak|mathsf|mathtt|boldsymbol|text)\{[^{}]*\}\Z")
_STYLES = {
    "BOLD": ("mathbf",),
    "ITALIC": (),
    "BOLD ITALIC": ("boldsymbol",),
    "SCRIPT": ("mathcal",),
    "BOLD SCRIPT": ("boldsymbol", "mathcal"),
    "FRAKTUR": ("mathfrak",),
    "BLACK-LETTER": ("mathfrak",),
    "BOLD FRAKTUR": ("boldsymbol", "mathfrak"),
    "DOUBLE-STRUCK": ("mathbb",),
    "SANS-SERIF": ("mathsf",),
    "SANS-SERIF BOLD": ("boldsymbol", "mathsf"),
    "SANS-SERIF ITALIC": ("mathsf",),
    "SANS-SERIF BOLD ITALIC": ("boldsymbol", "mathsf"),
    "MONOSPACE": ("mathtt",),
}
_STYLED_NAME = re.compile(r"(?:MATHEMATICAL )?([A-Z -]+?) (?:CAPITAL|SMALL|DIGIT|NABLA|PARTIAL)\b")


def glued(pieces: Iterable[str]) -> str:
    """The pieces one after another; a space only where a command would swallow the letter behind it."""
    made = ""
    for piece in pieces:
        parted = piece[:1].isascii() and piece[:1].isalpha() and _COMMAND_AT_END.search(made)
        made += " " + piece if parted else piece
    return made


def grouped(latex: str) -> str:
    """In braces, unless it is one token anyway: what `^` may stand behind."""
    return latex if _ONE_TOKEN.match(latex) or _GROUP.match(latex) else "{" + latex + "}"


def math(text: str) -> str:
    """A run of characters as they stand in math mode."""
    return glued(_tokens(text))


def plain_text(text: str) -> str:
    r"""Words in `\text{}`; nothing for nothing."""
    return "\\text{" + "".join(TEXT_ESCAPES.get(char, char) for char in text) + "}" if text else ""


def styled(latex: str, commands: Iterable[str]) -> str:
    """In an alphabet of LaTeX, the innermost last."""
    for command in reversed(tuple(commands)):
        latex = f"\\{command}{{{latex}}}"
    return latex


def function_name(name: str) -> str:
    r"""`\sin` for what LaTeX knows, `\operatorname{…}` for other names."""
    return "\\" + name if name in FUNCTIONS else f"\\operatorname{{{math(name)}}}"


def takes_limits(latex: str) -> bool:
    """Whether what is written below it stands below it in LaTeX by itself, with `_`."""
    return (
        latex in LARGE_OPERATORS
        or latex.removeprefix("\\") in LIMIT_FUNCTIONS
        or latex.startswith(("\\underbrace{", "\\overbrace{", "\\underbracket{", "\\overbracket{"))
    )


def scripts(base: str, sub: str, sup: str) -> str:
    """`base` with what is not empty of the two."""
    if base.endswith("'") and sup:
        base = "{" + base + "}"
    return base + (f"_{{{sub}}}" if sub else "") + (f"^{{{sup}}}" if sup else "")


def _tokens(text: str) -> Iterable[str]:
    at = 0
    while at < len(text):
        for table, mark in ((SUPERSCRIPTS, "^"), (SUBSCRIPTS, "_")):
            end = at
            while end < len(text) and text[end] in table:
                end += 1
            if end > at:
                yield f"{mark}{{{''.join(table[char] for char in text[at:end])}}}"
                break
        else:
            token, end = _token(text, at)
            yield token
        at = end


def _token(text: str, at: int) -> tuple[str, int]:
    """The command for the character there, and where the next begins."""
    char, following = text[at], text[at + 1 : at + 2]
    if char == "^" and following.isascii() and following.isalnum():
        return f"^{following}", at + 2  # what people type where they mean it
    if following and unicodedata.combining(following):
        accented = over(following, _character(char), wide=False)
        if accented is not None:
            return accented, at + 2
    return _character(char), at + 1


@cache
def _character(char: str) -> str:
    if char in COMMANDS:
        return COMMANDS[char]
    if char.isascii():
        return char if char.isprintable() else ""
    return _of_alphabet(char) or _decomposed(char) or (plain_text(char) if char.isalpha() else char)


def _of_alphabet(char: str) -> str | None:
    """A letter of one of Unicode's mathematical alphabets, told by its name."""
    named = _STYLED_NAME.match(unicodedata.name(char, ""))
    simple = unicodedata.normalize("NFKC", char)
    if named is None or named[1] not in _STYLES or simple == char:
        return None
    return styled(math(simple), _STYLES[named[1]])


def _decomposed(char: str) -> str | None:
    r"""A negated sign is `\not` and the sign: U+226D and its like."""
    parts = unicodedata.normalize("NFD", char)
    if len(parts) == 2 and parts[1] == "\u0338":
        return "\\not" + _character(parts[0])
    return None
