"""Which words of a block its text is made of: text is joined and mended, words know their place and look."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from octavo.domain.document import Line, Origin, Word
from octavo.domain.geometry import BBox, enclosing
from octavo.domain.looks import Look
from octavo.exporters.setting.families import office_family
from octavo.exporters.setting.widths import MONO, SANS

_REACH = 60
"""Letters that may stand between two words that were found: a mark, a word that was mended."""
SOFT_HYPHEN = "\u00ad"
_HYPHENS = "-\u2010\u00ad"
_PLAIN = Look()


class Printed(NamedTuple):
    """A word where it is printed."""

    word: Word
    line: int
    """The line it is in, counted through the block."""
    look: Look


class Run(NamedTuple):
    text: str
    look: Look


def printed_words(lines: Sequence[Line]) -> list[Printed]:
    """A word whose own look is not known looks as its line does."""
    found: list[Printed] = []
    for at, line in enumerate(_spread(lines)):
        usual = Look(None, line.font_size, line.bold, line.italic) if line.font_size else _PLAIN
        found += [Printed(word, at, _look(word.look or usual, line)) for word in line.words]
    return found


def _look(look: Look, line: Line) -> Look:
    """With a font of fixed width where the line has one and the name of the font does not say so."""
    is_told = not line.monospace or office_family(look.font, SANS) == MONO
    return look if is_told else replace(look, font=MONO)


def _spread(lines: Sequence[Line]) -> Sequence[Line]:
    """Words of a native source stand where their block does: its lines share its height."""
    if not lines or any(word.origin is not Origin.NATIVE for line in lines for word in line.words):
        return lines
    whole = enclosing([line.bbox for line in lines])
    step = whole.height / len(lines)
    spread = []
    for at, line in enumerate(lines):
        box = BBox(whole.x0, whole.y0 + at * step, whole.x1, whole.y0 + (at + 1) * step)
        spread.append(replace(line, bbox=box, words=tuple(replace(word, bbox=box) for word in line.words)))
    return spread


def aligned(text: str, words: Sequence[Printed]) -> list[int]:
    """For each letter of the text the word it is from; -1 where that is not known.

    The two halves of a word that was hyphenated are two words, next to one another.
    """
    owners = [-1] * len(text)
    at = 0
    for index, printed in enumerate(words):
        found = _find(text, printed.word.text, at)
        if found is None:
            continue
        start, at = found
        owners[start:at] = [index] * (at - start)
    return owners


def _find(text: str, word: str, at: int) -> tuple[int, int] | None:
    """Where the word begins and ends: next, or a little further on where it is long enough to be sure."""
    while at < len(text) and text[at].isspace():
        at += 1
    for form in (word, word.rstrip(_HYPHENS), word.replace("\u00ad", "")):
        if form and text.startswith(form, at):
            return at, at + len(form)
    if len(word) > 2:
        start = text.find(word, at, at + len(word) + _REACH)
        if start >= 0:
            return start, start + len(word)
    return None


def runs_of(text: str, owners: Sequence[int], words: Sequence[Printed]) -> tuple[Run, ...]:
    """The text in pieces that look alike; what is from no word looks as what stands before it."""
    looks: list[Look] = []
    first = next((words[owner].look for owner in owners if owner >= 0), words[0].look if words else _PLAIN)
    for owner in owners:
        looks.append(words[owner].look if owner >= 0 else looks[-1] if looks else first)
    at = 0
    found = []
    for look, letters in groupby(looks):
        stop = at + len(list(letters))
        found.append(Run(_hyphenated(text, owners, at, stop), look))
        at = stop
    return tuple(found)


def _hyphenated(text: str, owners: Sequence[int], start: int, stop: int) -> str:
    """With a soft hyphen where a word was broken at the end of a line."""
    return "".join(
        SOFT_HYPHEN + text[at] if _is_broken(text, owners, at) else text[at] for at in range(start, stop)
    )


def _is_broken(text: str, owners: Sequence[int], at: int) -> bool:
    if at == 0 or owners[at] < 0 or owners[at - 1] < 0 or owners[at] == owners[at - 1]:
        return False
    return text[at].isalpha() and text[at - 1].isalpha()
