"""Where in a text the marks of its footnotes are: the text keeps them as it was printed, one character among others."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from octavo.exporters.flow import Note

_SUPERSCRIPTS = str.maketrans("0123456789ivxlcdm", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡᶜᵈᵐ")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡᶜᵈᵐ"
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


def text_with_mark(texts: Sequence[str], marker: str) -> int | None:
    """Which of several texts, entries of a list or cells of a table, has the likeliest place of this mark."""
    for pattern in _patterns(marker):
        for at, text in enumerate(texts):
            if re.search(pattern, text):
                return at
    return None


def core_of(marker: str) -> str:
    """The mark without what stands around it: `1` of `[1]`, `¹` and `1.`"""
    return unicodedata.normalize("NFKC", marker).strip(_BRACKETS) or marker


def without_marker(text: str, marker: str) -> str:
    """The text of a footnote without the mark it begins with."""
    forms = "|".join(re.escape(form) for form in sorted(_forms(marker), key=len, reverse=True))
    return re.sub(rf"\A\s*[\[(]?(?:{forms})[\])]?[.:]?\s*", "", text, count=1)


def _find(text: str, marker: str, taken: list[tuple[int, int]]) -> tuple[int, int] | None:
    for pattern in _patterns(marker):
        for match in re.finditer(pattern, text):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                return match.span()
    return None


def _patterns(marker: str) -> list[str]:
    """Of the places where it may stand, the likeliest first: raised, in brackets, behind a stop, behind a word."""
    core = core_of(marker)
    plain = re.escape(core)
    raised = core.translate(_SUPERSCRIPTS)
    patterns = [rf"\[{plain}\]"]
    if all(letter in _RAISED for letter in raised):
        patterns = [rf"(?<![{_RAISED}]){raised}(?![{_RAISED}])", *patterns]
    if core.isalnum():
        stop = rf"(?<=[.,;:!?)\]\"'”\u2019»])(?<!\d[.,]){plain}(?!\w)"
        patterns += [stop, rf"(?<=[^\W\d_]){plain}(?!\w)"] if core.isdigit() else [stop]
    else:
        last = re.escape(core[-1])
        patterns += [rf"(?<=[^\s{last}]){plain}(?!{last})", rf"(?<!{last}){plain}(?!{last})"]
    return patterns


def _forms(marker: str) -> set[str]:
    core = core_of(marker)
    return {core, marker, core.translate(_SUPERSCRIPTS)}
