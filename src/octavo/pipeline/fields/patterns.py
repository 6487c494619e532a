"""Regular expressions that callers write: those that could run for years on a short text are refused."""

import re
import warnings

from octavo.domain.errors import InvalidRequest

MAX_PATTERN = 200
MAX_REPEATS = 4
"""Open-ended repeats (`*`, `+`, `{2,}`) side by side: each multiplies the work by the length of the text."""
MAX_TEXT = 500
"""Characters of a text that is matched; a longer one does not match."""
_COUNTED = re.compile(r"\{\d*,?\d*\}")
_REFERENCE = re.compile(r"\\[1-9]|\(\?P=|\(\?\(")


def parse_pattern(text: str, option: str = "format") -> re.Pattern[str]:
    """Raises `InvalidRequest` for what is no regular expression, or repeats a group that repeats or chooses."""
    if len(text) > MAX_PATTERN or "\0" in text:
        raise InvalidRequest(f"A pattern has at most {MAX_PATTERN} characters.", option=option)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of `[[`, which may mean a set one day
            compiled = re.compile(text)
    except (re.error, OverflowError, RecursionError):
        raise InvalidRequest(f"{text!r} is no regular expression.", option=option) from None
    if _REFERENCE.search(text) or not _is_tame(text):
        raise InvalidRequest(
            f"The pattern {text!r} may take too long: repeat no group that itself repeats or chooses, "
            f"refer back to no group, and use at most {MAX_REPEATS} open repeats.",
            option=option,
        )
    return compiled


def matches(pattern: re.Pattern[str], text: str) -> bool:
    """The whole text."""
    return len(text) <= MAX_TEXT and pattern.fullmatch(text) is not None


def _is_tame(text: str) -> bool:
    wild = [False]
    """Of each open group: it repeats or chooses something."""
    repeats = at = 0
    closed_wild = False
    while at < len(text):
        sign = text[at]
        width = _width(text, at)
        if sign == "(":
            wild.append(False)
        elif sign == ")" and len(wild) > 1:
            closed_wild = wild.pop()
            wild[-1] = wild[-1] or closed_wild
        elif sign == "|":
            wild[-1] = True
        elif repeat := _repeat_at(text, at):
            if text[at - 1] == ")" and closed_wild and repeat != "?":
                return False
            repeats += _is_open(repeat)
            wild[-1] = wild[-1] or repeat != "?"
            width = len(repeat)
        at += width
    return repeats <= MAX_REPEATS


def _width(text: str, at: int) -> int:
    """How many characters belong together: an escape, a class, the head of a group, else one."""
    if text[at] == "\\":
        return 2
    if text[at] == "[":
        end = at + 2 if text[at + 1 : at + 2] != "^" else at + 3
        while end < len(text) and text[end] != "]":
            end += 2 if text[end] == "\\" else 1
        return end + 1 - at
    return 2 if text.startswith("(?", at) else 1


def _repeat_at(text: str, at: int) -> str:
    """Empty where none begins; `?` after another repeat only makes it lazy."""
    if at == 0:
        return ""
    if text[at] in "*+?":
        return text[at]
    counted = _COUNTED.match(text, at)
    return counted[0] if counted else ""


def _is_open(repeat: str) -> bool:
    return repeat in ("*", "+") or repeat.endswith(",}")
