"""What opens a line: list markers, and the marks of Markdown."""

# ruff: noqa: RUF001 - bullets and dashes are the subject

import re

BULLET = re.compile(r"(\s*)([-*+•◦▪■●○‣⁃·–])[ \t]+(?:\[([ xX])\][ \t]+)?(?=\S)")
NUMBER = re.compile(r"(\s*)(\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])[ \t]+(?=\S)")
SURE_BULLETS = frozenset("•◦▪■●○‣⁃")
ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*")
SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^`]*")
RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
QUOTE = re.compile(r" {0,3}>[ ]?")
_LINK = re.compile(r"\[[^\]\n]+\]\([^)\s]+\)|!\[[^\]\n]*\]\([^)\s]+\)")
_STRONG = re.compile(r"(?<![\w*])\*\*\S[^*\n]*\*\*|(?<!\w)`[^`\n]+`")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)+\|?\s*$", re.MULTILINE)
_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?^ {0,3}\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
_LEAST_LINES_APART = 0.6
"""Share of the headings with nothing but empty lines around them: comments of scripts stand close to code."""


def is_markdown(text: str) -> bool:
    """Only where it has headings and at least one more sign of Markdown, or several headings, or two levels."""
    if text.startswith("#!"):
        return False
    lines = _FENCED.sub("```\n```", text).split("\n")
    headings = [at for at, line in enumerate(lines) if ATX.fullmatch(line)]
    underlined = sum(
        1
        for at in range(1, len(lines))
        if len(lines[at].strip()) >= 3 and SETEXT.fullmatch(lines[at]) and _could_be_title(lines, at - 1)
    )
    apart = sum(_stands_apart(lines, at) for at in headings)
    if headings and apart < _LEAST_LINES_APART * len(headings):
        return False
    signs = sum(
        (
            any(FENCE.fullmatch(line) for line in lines),
            _LINK.search(text) is not None,
            _STRONG.search(text) is not None,
            _TABLE_RULE.search(text) is not None,
            sum(BULLET.match(line) is not None for line in lines) >= 2,
        )
    )
    outlined = len(headings) == apart > 1 and len({lines[at].split()[0] for at in headings}) > 1
    return (len(headings) + underlined >= 1 and signs >= 1) or len(headings) >= 3 or outlined


def _stands_apart(lines: list[str], at: int) -> bool:
    before = at == 0 or not lines[at - 1].strip() or ATX.fullmatch(lines[at - 1]) is not None
    after = at + 1 >= len(lines) or not lines[at + 1].strip()
    return before and (after or at == 0 or not lines[at - 1].strip())


def _could_be_title(lines: list[str], at: int) -> bool:
    line = lines[at]
    alone = at == 0 or not lines[at - 1].strip()
    return alone and bool(line.strip()) and not line.startswith((" " * 4, "\t")) and len(line) < 120
