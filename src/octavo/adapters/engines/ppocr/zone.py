"""Machine-readable zones among the lines of a page, read a second time with what the standard says of them.

A zone is set in one pitch, so each character has its place; only A-Z, 0-9 and `<` stand there, and check
digits say which strings may. The network's scores are asked for the likeliest of those.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from octavo.adapters.engines.ppocr.cascade import ReadLine
from octavo.adapters.engines.ppocr.crop import Crop, cut
from octavo.adapters.engines.ppocr.detect import Quad
from octavo.adapters.engines.ppocr.pitch import Placed, place_characters
from octavo.adapters.engines.ppocr.read import LineReader, Reading, Token
from octavo.pipeline.fields.readers.mrz_layouts import LAYOUTS, MrzLayout
from octavo.pipeline.fields.readers.mrz_likely import ALPHABET, likeliest, possible
from octavo.pipeline.fields.readers.mrz_repair import plain

_LEAST = 20
"""Characters of a line of a zone that were read at first."""
_FILLERS = 4
"""In all lines of a zone."""
_SMALL_LETTERS = 0.25
"""Share of a line's letters from which it is no zone."""
_SLACK = 8
"""Characters more or fewer than a layout has that the first reading of a line may show."""
_APART = (0.7, 4.0)
"""Heights of a line from one line of a zone to the next."""
_ALIGNED = 0.12
"""Share of a line's width by which its ends may differ from its neighbour's."""
_MOST_LOSS = 6.0
"""Natural logarithm: a string that the check digits allow, yet the network finds less likely, is not believed."""
_SURE = 0.6
"""Mean probability of the characters below which the first reading stands."""
_AROUND = 0.12
"""Of the height of a line, above and below it, in the second look."""
_BEGINS = re.compile(r"[PIACV1L|]")


def read_zones(
    pixels: NDArray[np.uint8], lines: list[ReadLine], reader: Callable[[], LineReader]
) -> list[ReadLine]:
    """The lines of a page, those of a zone replaced by what they say; the same list where there is none.

    Args:
        pixels: The page, RGB.
        lines: As read at first.
        reader: Opens what reads them again; called only where there is a zone.
    """
    for zone in _zones(lines):
        quads = _levelled([line.crop.quad for line in zone])
        again = _read(pixels, quads, zone, reader())
        if again:
            replaced = {id(line) for line in zone}
            others = [line for line in lines if id(line) not in replaced and not _within(line, quads)]
            return others + again
    return lines


def _zones(lines: list[ReadLine]) -> list[list[ReadLine]]:
    """Three or two lines below each other that may be one."""
    likely = sorted(
        (line for line in lines if _is_likely(line.reading.text)), key=lambda line: _top(line.crop.quad)
    )
    found = []
    for count in (3, 2):
        for first in range(len(likely) - count + 1):
            zone = likely[first : first + count]
            below = all(_is_next(a.crop.quad, b.crop.quad) for a, b in pairwise(zone))
            fillers = sum(plain(line.reading.text).count("<") for line in zone)
            if below and fillers >= _FILLERS and _layouts(zone):
                found.append(zone)
    return found


def _is_likely(text: str) -> bool:
    small = sum(character.islower() for character in text)
    return len(plain(text)) >= _LEAST and small <= _SMALL_LETTERS * len(text)


def _is_next(above: Quad, below: Quad) -> bool:
    height, width = _height(above), float(np.linalg.norm(above[1] - above[0]))
    apart = float((below.mean(axis=0) - above.mean(axis=0))[1])
    ends = abs(below[[0, 1], 0] - above[[0, 1], 0]).max()
    return _APART[0] * height < apart < _APART[1] * height and ends < max(_ALIGNED * width, 2 * height)


def _layouts(zone: Sequence[ReadLine]) -> list[MrzLayout]:
    texts = [plain(line.reading.text) for line in zone]
    if not _BEGINS.match(texts[0]):
        return []
    longest = max(map(len, texts))
    return [one for one in LAYOUTS if one.lines == len(zone) and abs(longest - one.width) <= _SLACK]


def _top(quad: Quad) -> float:
    return float(quad[:, 1].min())


def _height(quad: Quad) -> float:
    return float(np.linalg.norm(quad[3] - quad[0]))


def _levelled(quads: list[Quad]) -> list[Quad]:
    """The same lines, all from the first start to the last end: lines of a zone are equally long."""
    along = np.mean([(quad[1] - quad[0]) / np.linalg.norm(quad[1] - quad[0]) for quad in quads], axis=0)
    starts = [float(min(quad[0] @ along, quad[3] @ along)) for quad in quads]
    stops = [float(max(quad[1] @ along, quad[2] @ along)) for quad in quads]
    margin = 0.2 * float(np.mean([_height(quad) for quad in quads]))
    start, stop = min(starts) - margin, max(stops) + margin
    return [_stretched(quad, along, start, stop) for quad in quads]


def _stretched(quad: Quad, along: NDArray[np.float32], start: float, stop: float) -> Quad:
    corners = [(0, start), (1, stop), (2, stop), (3, start)]
    moved = [quad[at] + along * (to - float(quad[at] @ along)) for at, to in corners]
    return np.array(moved, dtype=np.float32)


def _within(line: ReadLine, quads: Sequence[Quad]) -> bool:
    """A piece of a line of the zone."""
    x, y = line.crop.quad.mean(axis=0)
    return any(
        quad[:, 0].min() < x < quad[:, 0].max() and abs(y - quad[:, 1].mean()) < _height(quad) / 3
        for quad in quads
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """The lines of a zone, cut out in one way."""

    crops: list[Crop]
    strides: list[float]
    scores: list[NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class _Zone:
    layout: MrzLayout
    score: float
    texts: tuple[str, ...]
    placed: tuple[Placed, ...]
    chances: NDArray[np.float64]
    """Probabilities, places of all lines one after the other x `ALPHABET`."""
    sureness: float


def _read(
    pixels: NDArray[np.uint8], quads: list[Quad], zone: list[ReadLine], reader: LineReader
) -> list[ReadLine]:
    """Looked at closely and with more paper around: the network sees the same letters anew."""
    look = _look(pixels, quads, reader)
    layouts = _layouts(zone)
    placed_by = {
        width: place_characters(look.scores, width) for width in {layout.width for layout in layouts}
    }
    found = [_settled(layout, [placed_by[layout.width]]) for layout in layouts]
    best = max(found, key=lambda one: one.score)
    wider = _look(pixels, [_grown(quad) for quad in quads], reader)
    best = _settled(best.layout, [best.placed, place_characters(wider.scores, best.layout.width)])
    return _lines(best, look) if best.sureness >= _SURE else []


def _look(pixels: NDArray[np.uint8], quads: list[Quad], reader: LineReader) -> _Look:
    crops = [cut(pixels, quad) for quad in quads]
    seen = [reader.scores(crop) for crop in crops]
    characters = tuple(reader.characters)
    return _Look(crops, [stride for _, stride in seen], [_folded(scores, characters) for scores, _ in seen])


def _grown(quad: Quad) -> Quad:
    up = (quad[3] - quad[0]) * _AROUND
    return np.array([quad[0] - up, quad[1] - up, quad[2] + up, quad[3] + up], dtype=np.float32)


def _lines(zone: _Zone, look: _Look) -> list[ReadLine]:
    lines = []
    for number, (crop, stride, placed) in enumerate(zip(look.crops, look.strides, zone.placed, strict=True)):
        width = zone.layout.width
        chances = zone.chances[number * width : (number + 1) * width]
        tokens = tuple(
            Token(character, *span, float(row[ALPHABET.index(character)]))
            for character, span, row in zip(zone.texts[number], placed.spans, chances, strict=True)
        )
        lines.append(ReadLine(crop, Reading(tokens, stride)))
    return lines


def _settled(layout: MrzLayout, looks: list[tuple[Placed, ...]]) -> _Zone:
    placed = looks[0]
    seen = np.mean([np.vstack([line.chances for line in look]) for look in looks], axis=0)
    chances = possible(layout, seen)
    said = likeliest(layout, np.log(chances))
    if said.loss > _MOST_LOSS:
        said = likeliest(layout, np.log(chances), proven=False)
    text = "".join(said.lines)
    sure = chances[np.arange(len(text)), [ALPHABET.index(character) for character in text]]
    score = sum(one.score for one in placed) + float(np.log(sure).sum()) - min(said.loss, _MOST_LOSS)
    return _Zone(layout, score, said.lines, placed, chances, float(sure.mean()))


@lru_cache(maxsize=4)
def _meanings(characters: tuple[str, ...]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The classes of the network that mean a character of a zone, and which."""
    pairs = [
        (number, ALPHABET.index(meant))
        for number, character in enumerate(characters)
        if number and len(meant := plain(character)) == 1 and character != " "
    ]
    classes, columns = zip(*pairs, strict=True)
    return np.array(classes), np.array(columns)


def _folded(scores: NDArray[np.float32], characters: tuple[str, ...]) -> NDArray[np.float64]:
    """Time steps x (blank and `ALPHABET`): small letters and look-alikes count for what they mean."""
    classes, columns = _meanings(characters)
    folded = np.zeros((len(scores), len(ALPHABET) + 1))
    folded[:, 0] = scores[:, 0]
    np.add.at(folded.T, columns + 1, scores[:, classes].T)
    return folded
