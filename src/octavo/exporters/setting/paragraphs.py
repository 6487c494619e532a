"""The paragraphs of a block as they are set on the page. Everything is in points."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from octavo.domain.document import Block, Line, Origin, Page
from octavo.domain.looks import Look
from octavo.exporters.setting.runs import Printed, Run, aligned, printed_words, runs_of
from octavo.exporters.setting.strips import Setting, Strip, broken, strips_of, tabbed

_HEIGHT_TO_SIZE = 0.85
"""The size of letters in a box of which nothing else is known."""
_SMALLEST, _LARGEST = 4.0, 200.0
_LARGEST_NATIVE = 28.0
"""Where a box says nothing of the text in it: that of a title on a slide."""
_LETTER = (612.0, 792.0)
"""Points: of a page that has no size, as those of text and web pages."""
_SNAP = 0.09
"""Sizes measured from ink scatter by so much; what is as near to the running text is running text."""
_BASELINE = 0.8
"""Of a line's height, from its top: where office programs put the baseline of a line of fixed height."""
_EVEN = 1.6
_LEAST_PITCH, _MOST_PITCH, _USUAL_PITCH = 0.9, 3.0, 1.15
"""Of the size of the letters."""


class Bullet(NamedTuple):
    """The mark of an entry of a list."""

    mark: str
    x0: float
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]
    strips: tuple[Strip, ...]
    """Never empty."""
    size: float
    pitch: float
    """From line to line."""
    tabs: tuple[float, ...] = ()
    """Where what stands behind each tab begins, from the left edge of the page."""
    bullet: Bullet | None = None
    """It is not in `runs`."""

    @property
    def x0(self) -> float:
        return min(strip.x0 for strip in self.strips)

    @property
    def x1(self) -> float:
        return max(strip.x1 for strip in self.strips)

    @property
    def top(self) -> float:
        """Where its first line of the height `pitch` begins, so that the baseline is where it was."""
        first = self.strips[0]
        return first.y0 + _BASELINE * (first.y1 - first.y0 - self.pitch)

    @property
    def bottom(self) -> float:
        return self.top + len(self.strips) * self.pitch

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def setting_of(page: Page, family: str) -> Setting:
    letters: Counter[float] = Counter()
    for block in page.blocks:
        for line in block.lines:
            if line.font_size:
                letters[round(line.font_size * 2) / 2] += len(line.text)
    usual = letters.most_common(1)
    width, height = (page.width_pt, page.height_pt) if min(page.width_pt, page.height_pt) > 0 else _LETTER
    return Setting(width, height, usual[0][0] if usual else None, family)


def set_text(text: str, lines: Sequence[Line], setting: Setting) -> list[Paragraph]:
    words = _sized(printed_words(lines), setting)
    if not words or not text.strip():
        return []
    return _set(text, aligned(text, words), words, setting)


def _set(text: str, owners: Sequence[int], words: Sequence[Printed], setting: Setting) -> list[Paragraph]:
    found: list[Paragraph] = []
    for start, stop in _rows(text):
        paragraphs = [
            paragraph
            for begin, end in broken(text, start, stop, owners, words, setting)
            if (paragraph := _paragraph(text[begin:end], owners[begin:end], words, setting)) is not None
        ]
        if paragraphs:
            found += paragraphs
        elif found:
            # Words that are not found on the page go on where the last ones ended.
            last = found[-1]
            found[-1] = replace(last, runs=(*last.runs, Run(f"\n{text[start:stop]}", last.runs[-1].look)))
        else:
            found.append(_unplaced(text[start:stop], words, setting))
    return found


def list_paragraphs(block: Block, setting: Setting) -> list[Paragraph]:
    """The entries of a list; the first paragraph of each has its mark as `bullet`."""
    entries = [entry for entry in block.body.get("items") or () if isinstance(entry, dict)]
    said = [(str(entry.get("marker") or "").strip(), str(entry.get("text") or "")) for entry in entries]
    levels = [level if isinstance(level := entry.get("level"), int) else 0 for entry in entries]
    whole = "\n".join(f"{marker} {text}" for marker, text in said)
    words = _sized(printed_words(block.lines), setting)
    if not words:
        return []
    owners = aligned(whole, words)
    found: list[Paragraph] = []
    at = 0
    for (marker, text), level in zip(said, levels, strict=True):
        begin = at + len(marker) + 1
        own = next((owner for owner in owners[at:begin] if owner >= 0), None)
        entry = _set(text, owners[begin : begin + len(text)], words, setting)
        if marker and entry:
            place = entry[0].x0 if own is None else words[own].word.bbox.x0 * setting.width
            entry[0] = replace(entry[0], bullet=Bullet(marker, place, level))
        found += entry
        at = begin + len(text) + 1
    return found


def _rows(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for row in text.split("\n"):
        if row.strip():
            yield start, start + len(row)
        start += len(row) + 1


def _sized(words: list[Printed], setting: Setting) -> list[Printed]:
    """Sizes measured from ink are evened out: that of the page's text, or the middle one of the block."""
    measured = [one.look.size for one in words if one.word.look is None and one.look.size]
    if not measured:
        return words
    size = median(measured)
    body = setting.body_size
    even = body if body and abs(size - body) <= _SNAP * body else round(size * 2) / 2
    return [
        one
        if one.word.look is not None or not one.look.size or abs(one.look.size - size) > 3 * _SNAP * size
        else one._replace(look=replace(one.look, size=even))
        for one in words
    ]


def _paragraph(
    text: str, owners: Sequence[int], words: Sequence[Printed], setting: Setting
) -> Paragraph | None:
    own = sorted({owner for owner in owners if owner >= 0})
    if not own:
        return None
    strips = strips_of([words[at] for at in own], setting)
    size = size_of([words[at] for at in own], strips)
    if len(strips) == 1:
        text = tabbed(text, owners, words, size / setting.width)
    tabs = [_after(owners, at, words, setting) for at, letter in enumerate(text) if letter == "\t"]
    return Paragraph(
        runs_of(text, owners, words),
        tuple(strips),
        size,
        _pitch(strips, size),
        tuple(tab for tab in tabs if tab is not None),
    )


def _unplaced(text: str, words: Sequence[Printed], setting: Setting) -> Paragraph:
    """Where no word of the text was found, it stands where all words are."""
    strips = strips_of(words, setting)
    size = size_of(words, strips)
    return Paragraph((Run(text, words[0].look),), tuple(strips), size, _pitch(strips, size))


def _after(owners: Sequence[int], at: int, words: Sequence[Printed], setting: Setting) -> float | None:
    owner = next((owner for owner in owners[at + 1 :] if owner >= 0), None)
    return None if owner is None else words[owner].word.bbox.x0 * setting.width


def size_of(words: Sequence[Printed], strips: Sequence[Strip]) -> float:
    letters: Counter[float] = Counter()
    for printed in words:
        if printed.look.size:
            letters[printed.look.size] += len(printed.word.text)
    if letters:
        size = letters.most_common(1)[0][0]
    else:
        is_native = words[0].word.origin is Origin.NATIVE
        size = _HEIGHT_TO_SIZE * median([strip.y1 - strip.y0 for strip in strips])
        size = min(size, _LARGEST_NATIVE) if is_native else size
    return min(_LARGEST, max(_SMALLEST, size))


def _pitch(strips: Sequence[Strip], size: float) -> float:
    steps = [below.y0 - above.y0 for above, below in pairwise(strips)]
    pitch = median(steps) if steps else _USUAL_PITCH * size
    if len(steps) > 1 and max(steps) < _EVEN * pitch:
        # The tops of letters are uneven where they are measured from ink; over all lines that evens out.
        pitch = (strips[-1].y0 - strips[0].y0) / len(steps)
    return min(_MOST_PITCH * size, max(_LEAST_PITCH * size, pitch))


def plain_look(paragraph: Paragraph) -> Look:
    """Of most of its letters."""
    letters: Counter[Look] = Counter()
    for run in paragraph.runs:
        letters[run.look] += len(run.text)
    return letters.most_common(1)[0][0]
