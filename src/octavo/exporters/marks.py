"""Where in a text the marks of its footnotes are: the text keeps them as it was printed, one character among others."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from octavo.exporters.flow import Note

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BRACKETS = "[]()^.: "


def split_at_marks(text: str, notes: Iterable[Note]) -> Iterator[str | Note]:
    """The text in order, each mark replaced by its note; a mark that is not found stands at the end."""
    found: list[tuple[int, int, Note]] = []
    missing: list[Note] = []
    for note in notes:
        place = _find(text, note.marker, [(start, end) for start, end, _ in found])
        if place:
            found.append((*place, note))
        else:
            missing.append(note)
    reached = 0
    for start, end, note in sorted(found):
        yield text[reached:start]
        yield note
        reached = end
    yield text[reached:]
    yield from missing


def without_marker(text: str, marker: str) -> str:
    """The text of a footnote without the mark it begins with."""
    forms = "|".join(re.escape(form) for form in sorted(_forms(marker), key=len, reverse=True))
    return re.sub(rf"\A\s*[\[(]?(?:{forms})[\])]?[.:]?\s*", "", text, count=1)


def _find(text: str, marker: str, taken: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Start and end of the likeliest place: raised, in brackets, behind a stop, behind a word."""
    core = _core(marker)
    plain = re.escape(core)
    raised = re.escape(core.translate(_SUPERSCRIPTS))
    patterns = [rf"\[{plain}\]"]
    if core.isdigit():
        patterns = [rf"(?<![⁰-⁹¹²³]){raised}(?![⁰-⁹¹²³])", *patterns]
    if core.isalnum():
        stop = rf"(?<=[.,;:!?)\]\"'”\u2019»])(?<!\d[.,]){plain}(?!\w)"
        patterns += [stop, rf"(?<=[^\W\d_]){plain}(?!\w)"] if core.isdigit() else [stop]
    else:
        last = re.escape(core[-1])
        patterns += [rf"(?<=[^\s{last}]){plain}(?!{last})", rf"(?<!{last}){plain}(?!{last})"]
    for pattern in patterns:
        for match in re.finditer(pattern, text):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                return match.span()
    return None


def _forms(marker: str) -> set[str]:
    core = _core(marker)
    return {core, marker, core.translate(_SUPERSCRIPTS)}


def _core(marker: str) -> str:
    return unicodedata.normalize("NFKC", marker).strip(_BRACKETS) or marker
