"""What a paragraph is by the names of its styles."""

import re

from octavo.adapters.readers.docx.styles import BODY_LEVEL, ParagraphStyle

LOWEST_HEADING = 6
_CODE = re.compile(
    r"(?:source ?code|code|code ?(?:block|snippet|listing|example|paragraph|text)|html (?:preformatted|code)|preformatted(?: text)?|"
    r"verbatim|macro(?: text)?|listing|program(?: listing)?|quellcode|quelltext|fenced code|codeblock)(?: char)?",
)
_CONTENTS = re.compile(r"(?:toc|contents|verzeichnis) [1-9]|table of (?:figures|authorities)")
_QUOTE = re.compile(
    r"(?:intense |block ?)?quot(?:e|ation)s?|block ?text|zitat|intensives zitat|citation(?: intense)?"
)
_CALLOUT = re.compile(
    r"(?:(?:callout|admonition|box|alert)[ -]?)?(note|tip|warning|important|caution)(?:[ -]?(?:box|text|block|paragraph|body))?"
)


def is_title(style: ParagraphStyle) -> bool:
    return "title" in style.names


def heading_level(style: ParagraphStyle, direct: int | None) -> int | None:
    """From 1; `direct` is what the paragraph itself says. None where it is no heading."""
    outline = style.outline if direct is None else direct
    if outline is None or not 0 <= outline < BODY_LEVEL:
        return None
    return min(outline + 1, LOWEST_HEADING)


def is_caption(style: ParagraphStyle) -> bool:
    return any(
        name in {"caption", "table caption", "image caption", "figure caption"} for name in style.names
    )


def is_contents(style: ParagraphStyle) -> bool:
    """A line of a table of contents, or of a list of figures."""
    return any(_CONTENTS.fullmatch(name) for name in style.names)


def is_code(style: ParagraphStyle) -> bool:
    return any(_CODE.fullmatch(name) for name in style.names)


def callout_kind(style: ParagraphStyle) -> str | None:
    """`quote`, `note`, `warning`, …"""
    if any(_QUOTE.fullmatch(name) for name in style.names):
        return "quote"
    match = _CALLOUT.fullmatch(style.name)
    return match[1] if match else None
