"""Words of a page: pieces that stand together on one baseline.

Everything is measured in a *frame*: the page turned so that the text runs from
left to right, y downwards. Text that runs in another direction has a frame of
its own, so rotated labels become words like all others.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octavo.adapters.readers.pdf.bulk import made
from octavo.adapters.readers.pdf.characters import Characters
from octavo.adapters.readers.pdf.geometry import Display
from octavo.adapters.readers.pdf.slant import advances
from octavo.domain.document import Origin, Word

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

_WORD_GAP = 0.3
"""Of the font size: a wider gap is a space even where the file has none. Kerned letters stay below 0.2."""
_BASELINE_SHIFT = 0.5
"""Of the font size: superscripts (up to 0.4) still belong to their word, the next line does not."""
_BACKWARDS = 0.5
"""Of the font size: a pen that jumps back by more starts a new word; kerning and ligatures move less."""
_OVERPRINT = 0.15
"""Of the font size: the same word twice within this distance is one word printed bold or with a shadow."""


@dataclass(slots=True)
class PlacedWord:
    """A word in its frame, points."""

    word: Word
    x0: float
    x1: float
    baseline: float
    size: float
    run: int
    """Of its first full-size character: where its style is found."""
    right_to_left: bool
    order: int
    """Place in the stream: neighbours differ by one."""


def words_by_direction(
    characters: Characters, keep: NDArray[np.bool_], display: Display
) -> Iterator[list[PlacedWord]]:
    """The words of each writing direction on the page, in stream order; `keep` says which pieces count."""
    angles = characters.runs.angle[characters.run_of]
    for angle in np.unique(angles[keep]).tolist():
        chosen = np.flatnonzero((angles == angle) & keep)
        yield _words(characters, chosen, angle, display)


def _words(characters: Characters, chosen: Indices, angle: int, display: Display) -> list[PlacedWord]:
    pieces = characters.pieces
    size = characters.runs.size[characters.run_of[chosen]]
    boxes = characters.boxes[chosen]
    lengths = pieces.ends[chosen] - pieces.starts[chosen]
    frame, baseline = _to_frame(boxes, characters.origins[chosen], size, angle, lengths)
    right_to_left = _is_right_to_left(pieces.codes[pieces.starts[chosen]])
    begins = _breaks(frame, baseline, size, right_to_left) | pieces.space_before[chosen]
    begins[1:] |= np.diff(chosen) > 1
    starts = np.flatnonzero(begins)
    largest = np.maximum.reduceat(size, starts)
    main = _first_of_full_size(size, starts, largest)
    text_starts = pieces.starts[chosen][starts]
    text_ends = pieces.ends[chosen][np.append(starts[1:], len(chosen)) - 1]
    placed = np.stack(
        (
            np.minimum.reduceat(frame[:, 0], starts),
            np.maximum.reduceat(frame[:, 2], starts),
            baseline[main],
            largest,
        ),
        axis=1,
    )
    order = _without_overprints(pieces.text, text_starts, text_ends, placed)
    fractions = display.fractions(_unions(boxes, starts))
    runs, reversed_ = characters.run_of[chosen][main].tolist(), right_to_left[main].tolist()
    text, looks, count = pieces.text, characters.runs.looks, len(starts)
    texts = list(map(text.__getitem__, map(slice, text_starts.tolist(), text_ends.tolist())))
    words = made(
        Word,
        texts if text.isascii() else list(map(_clean, texts)),
        fractions,
        [None] * count,
        [Origin.TEXT_LAYER] * count,
        [looks[run] for run in runs],
    )
    columns = (words, *placed.T.tolist(), runs, reversed_, range(count))
    every = list(map(PlacedWord, *columns))
    return every if len(order) == count else [every[at] for at in order]


def _to_frame(
    boxes: Floats, origins: Floats, size: Floats, angle: int, lengths: Indices
) -> tuple[Floats, Floats]:
    """Boxes and baselines turned so that text at `angle` runs to the right."""
    x0, y0, x1, y1 = boxes.T
    if angle == 0:
        return boxes, origins[:, 1]
    if angle == 90:  # runs downwards
        return np.stack((y0, -x1, y1, -x0), axis=1), -origins[:, 0]
    if angle == 180:
        return np.stack((-x1, -y1, -x0, -y0), axis=1), -origins[:, 1]
    if angle == 270:  # runs upwards
        return np.stack((-y1, x0, -y0, x1), axis=1), origins[:, 0]
    return _oblique_frame(boxes, origins, size, angle, lengths)


def _oblique_frame(
    boxes: Floats, origins: Floats, size: Floats, angle: int, lengths: Indices
) -> tuple[Floats, Floats]:
    """Upright boxes say little about slanted text: how far it reaches follows from the box's diagonal."""
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    single = np.clip(advances(boxes, size, cos, sin), 0.2 * size, size)
    along = origins[:, 0] * cos + origins[:, 1] * sin
    baseline = origins[:, 1] * cos - origins[:, 0] * sin
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    reach = np.where(lengths > 1, np.hypot(width, height) - 0.8 * size, single)
    advance = np.maximum(reach, 0.4 * size * lengths)
    frame = np.stack((along, baseline - 0.8 * size, along + advance, baseline + 0.2 * size), axis=1)
    return frame, baseline


def _is_right_to_left(letters: NDArray[np.uint32]) -> NDArray[np.bool_]:
    hebrew_to_arabic = (letters >= 0x590) & (letters < 0x900)
    presentation_forms = ((letters >= 0xFB1D) & (letters < 0xFE00)) | (
        (letters >= 0xFE70) & (letters < 0xFEFF)
    )
    return np.asarray(hebrew_to_arabic | presentation_forms, np.bool_)


def _breaks(
    frame: Floats, baseline: Floats, size: Floats, right_to_left: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """True where a word begins for reasons of place."""
    breaks = np.ones(len(size), np.bool_)
    before, after = frame[:-1], frame[1:]
    larger = np.maximum(size[:-1], size[1:])
    reversed_ = right_to_left[:-1] & right_to_left[1:]
    gap = np.where(reversed_, before[:, 0] - after[:, 2], after[:, 0] - before[:, 2])
    advance = np.where(reversed_, before[:, 2] - after[:, 2], after[:, 0] - before[:, 0])
    breaks[1:] = (
        (np.abs(np.diff(baseline)) > _BASELINE_SHIFT * larger)
        | (gap > _WORD_GAP * larger)
        | (advance < -_BACKWARDS * larger)
    )
    return breaks


def _unions(boxes: Floats, starts: Indices) -> Floats:
    """The box around each word's pieces."""
    return np.stack(
        (
            np.minimum.reduceat(boxes[:, 0], starts),
            np.minimum.reduceat(boxes[:, 1], starts),
            np.maximum.reduceat(boxes[:, 2], starts),
            np.maximum.reduceat(boxes[:, 3], starts),
        ),
        axis=1,
    )


def _first_of_full_size(size: Floats, starts: Indices, largest: Floats) -> Indices:
    """For each word its first piece that is no superscript: it has the word's baseline and style."""
    full = size >= np.repeat(largest, np.diff(np.append(starts, len(size))))
    return np.minimum.reduceat(np.where(full, np.arange(len(size)), len(size)), starts)


def _clean(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _without_overprints(text: str, text_starts: Indices, text_ends: Indices, placed: Floats) -> list[int]:
    """The indices of the words to keep. Words are compared only where two share a place at all."""
    x0, baseline = placed[:, 0], placed[:, 2]
    reach = _OVERPRINT * placed[:, 3]
    seen: dict[str, list[int]] = {}
    doubled = set()
    for at in np.flatnonzero(_sharing_place(x0, baseline, 2 * reach)).tolist():
        twins = seen.setdefault(text[text_starts[at] : text_ends[at]], [])
        near = (np.abs(x0[twins] - x0[at]) <= reach[at]) & (
            np.abs(baseline[twins] - baseline[at]) <= reach[at]
        )
        if near.any():
            doubled.add(at)
        else:
            twins.append(at)
    return [at for at in range(len(x0)) if at not in doubled]


def _sharing_place(x: Floats, y: Floats, cell: Floats) -> NDArray[np.bool_]:
    """Two points nearer than half a cell share a cell of the grid or of one shifted by half a cell."""
    shared = np.zeros(len(x), np.bool_)
    for shift_x in (0.0, 0.5):
        for shift_y in (0.0, 0.5):
            cells = np.floor(x / cell + shift_x) * 2.0**20 + np.floor(y / cell + shift_y)
            order = np.argsort(cells)
            equal = cells[order[1:]] == cells[order[:-1]]
            shared[order[1:][equal]] = True
            shared[order[:-1][equal]] = True
    return shared
