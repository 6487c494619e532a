"""Glyphs in doubt: a few words with them are read from the page's ink; where it says otherwise, so does the text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from octavo.domain.document import Line, Origin, Word
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.proof.comparing import shapes
from octavo.pipeline.proof.sheet import SlotReading, read_parts
from octavo.ports.engines import PageImage, Recogniser
from octavo.ports.readers import Doubt, LoadedPage, Tally

DPI = 200
SAMPLE = 6
"""Words looked at for a glyph on one page, until it is settled."""
SETTLED = 4
"""Votes one way: no other page asks about this glyph again."""
SURE = 0.8
"""Confidence of a reading that may speak against the text layer."""
AT_ONCE = 40
"""Words on one sheet."""
MOST_WORDS = 400
"""Read anew on one page; beyond, the whole page is cheaper."""

CORRECTED = "text_layer_corrected"
GARBLED = "text_layer_garbled"


@dataclass(frozen=True, slots=True)
class Settled:
    """A page after its doubts were looked into."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    is_beyond: bool = False
    """So much of the layer is wrong that the page is better read as a picture."""


def settle_doubts(page: LoadedPage, recogniser: Recogniser) -> Settled:
    """The page's lines, with the words of lying glyphs read from their ink; those words are `Origin.OCR`.

    Costs nothing on a page without doubts.
    """
    if not page.doubts:
        return Settled(page.lines)
    words = [word for line in page.lines for word in line.words]
    doubted = {doubt.glyph: _words_with(doubt, words) for doubt in page.doubts}
    picture = _Picture(page)
    for glyph, having in doubted.items():
        tally = page.tallies.setdefault(glyph, Tally())
        if max(tally.agreed, tally.differed) < SETTLED:
            _ask(having, tally, picture, recogniser)
    lying = _unique(
        word for glyph, having in doubted.items() if _lies(page.tallies[glyph]) for word in having
    )
    if not lying:
        return Settled(page.lines)
    if len(lying) > min(MOST_WORDS, len(words) // 2):
        return Settled(page.lines, (GARBLED,), is_beyond=True)
    return Settled(_read_anew(page.lines, lying, picture, recogniser), (CORRECTED,))


class _Picture:
    """The page as pixels, drawn when the first word is looked at."""

    def __init__(self, page: LoadedPage) -> None:
        self._page = page
        self._drawn: PageImage | None = None

    def read(self, boxes: Sequence[BBox], recogniser: Recogniser) -> list[SlotReading]:
        if self._drawn is None:
            self._drawn = self._page.render(DPI)
        readings: list[SlotReading] = []
        for start in range(0, len(boxes), AT_ONCE):
            readings.extend(read_parts(self._drawn, boxes[start : start + AT_ONCE], recogniser))
        return readings


def _words_with(doubt: Doubt, words: list[Word]) -> list[Word]:
    """The words that one of the doubted parts lies in."""
    rows: dict[int, list[BBox]] = {}
    for box in doubt.boxes:
        rows.setdefault(_row(box.center[1]), []).append(box)
    return [word for word in words if _holds(word.bbox, rows)]


def _row(y: float) -> int:
    return int(y * 50)


def _holds(box: BBox, rows: dict[int, list[BBox]]) -> bool:
    near = (part for row in range(_row(box.y0), _row(box.y1) + 1) for part in rows.get(row, ()))
    return any(box.x0 <= part.center[0] <= box.x1 and box.y0 <= part.center[1] <= box.y1 for part in near)


def _ask(words: list[Word], tally: Tally, picture: _Picture, recogniser: Recogniser) -> None:
    """Long words first: an engine is surest of them."""
    level = [word for word in words if word.bbox.width > 0 and len(shapes(word.text)) >= 2]
    longest = sorted(level, key=lambda word: -min(len(word.text), 12))[: 3 * SAMPLE]
    sample = longest[:: max(1, len(longest) // SAMPLE)][:SAMPLE]
    for word, reading in zip(sample, picture.read([word.bbox for word in sample], recogniser), strict=True):
        if shapes(reading.text) == shapes(word.text):
            tally.agreed += 1
        elif reading.confidence >= SURE:
            tally.differed += 1


def _lies(tally: Tally) -> bool:
    """A glyph that lies does so every time; an engine errs now and then."""
    return tally.differed > tally.agreed


def _read_anew(
    lines: tuple[Line, ...], lying: list[Word], picture: _Picture, recogniser: Recogniser
) -> tuple[Line, ...]:
    """Neighbours are read together, which is quicker and surer; word by word where that gives other words."""
    wanted = {id(word) for word in lying}
    runs = [run for line in lines for run in _runs(line, wanted)]
    together = picture.read([enclosing([word.bbox for word in run]) for run in runs], recogniser)
    anew: dict[int, Word] = {}
    alone: list[Word] = []
    for run, reading in zip(runs, together, strict=True):
        if len(reading.words) == len(run):
            anew |= {id(word): _anew(word, [read]) for word, read in zip(run, reading.words, strict=True)}
        else:
            alone.extend(run)
    apart = picture.read([word.bbox for word in alone], recogniser)
    anew |= {id(word): _anew(word, reading.words) for word, reading in zip(alone, apart, strict=True)}
    return tuple(
        replace(line, words=tuple(anew.get(id(word), word) for word in line.words))
        if any(id(word) in anew for word in line.words)
        else line
        for line in lines
    )


def _runs(line: Line, wanted: set[int]) -> Iterator[list[Word]]:
    """The words of a line that are wanted, neighbours together."""
    for is_wanted, run in groupby(line.words, key=lambda word: id(word) in wanted):
        if is_wanted:
            yield list(run)


def _anew(word: Word, read: Sequence[Word]) -> Word:
    """What the ink says; where it says nothing, the layer's text, of which nothing is known."""
    text = " ".join(found.text for found in read).strip()
    if not text:
        return replace(word, origin=Origin.OCR, confidence=None)
    confidence = min(found.confidence or 0.0 for found in read)
    return replace(word, text=text, origin=Origin.OCR, confidence=round(confidence, 4))


def _unique(words: Iterable[Word]) -> list[Word]:
    found = {id(word): word for word in words}
    return list(found.values())
