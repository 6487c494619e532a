"""Plain text as Markdown that shows it unchanged."""

import re

_INLINE = re.compile(r"([\\`*])|(<)(?=[A-Za-z/!?])|(\[)(?=[^\]]*\]\(|\^)|\b(_)\B|\B(_)\b")
_LINE_START = re.compile(
    r"^(\s*)(#{1,6}(?=\s|$)|[>+\-](?=\s|$)|\d{1,9}(?=[.)](?:\s|$))|={3,}|-{3,}|~{3,})", re.MULTILINE
)
_CELL_GAP = "\u2003"
"""An em space: wide where it is shown, white where it is pasted or searched."""


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _LINE_START.sub(_escape_line_start, escape_inline(text))


def escape_inline(text: str) -> str:
    """Text that stands behind a mark on its line, so that its start needs no care."""
    return _INLINE.sub(lambda match: "\\" + match[0], text)


def escape_behind(text: str) -> str:
    """Text that goes on a line that has begun; the lines after its first are lines of their own."""
    return escape("." + text)[1:]


def with_breaks(text: str) -> str:
    """Newlines as hard breaks (two spaces), tabs as a space that Markdown does not swallow."""
    return text.replace("\t", _CELL_GAP).replace("\n", "  \n")


def escape_cell(text: str) -> str:
    """Text in a cell of a pipe table, which is one line."""
    return escape_inline(text).replace("|", "\\|").replace("\n", "<br>")


def escape_label(text: str) -> str:
    """The text between the brackets of a picture."""
    return re.sub(r"([\\`*\[\]<])", r"\\\1", " ".join(text.split()))


def fenced(text: str, language: str = "") -> str:
    """A block of code that ends where it should, whatever is in it."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text}\n{fence}"


def _escape_line_start(match: re.Match[str]) -> str:
    indent, mark = match[1], match[2]
    return f"{indent}{mark}\\" if mark.isdigit() else f"{indent}\\{mark}"
