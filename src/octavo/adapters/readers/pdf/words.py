"""Words of a page: characters that stand together on one baseline.

Everything is measured in a *frame*: the page turned so that the text runs from
left to right, y downwards. Text that runs in another direction has a frame of
its own, so rotated labels become words like all others.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octavo.adapters.readers.pdf.characters import Characters

Floats = NDArray[np.float64]

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

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    size: float
    run: int
    """Of its first character: where its style is found."""
    right_to_left: bool
    characters: int
    page_box: tuple[float, float, float, float]
    """As displayed, points."""


def words_by_direction(characters: Characters, keep: NDArray[np.bool_]) -> Iterator[list[PlacedWord]]:
    """The words of each writing direction on the page, in stream order; `keep` says which characters count."""
    angles = characters.angle[characters.runs]
    for angle in np.unique(angles[keep]).tolist():
        chosen = np.flatnonzero((angles == angle) & keep)
        yield _words(characters, chosen, angle)


def _words(characters: Characters, chosen: NDArray[np.int64], angle: int) -> list[PlacedWord]:
    size = characters.size[characters.runs[chosen]]
    boxes, origins = characters.boxes[chosen], characters.origins[chosen]
    frame, baseline = _to_frame(boxes, origins, size, angle)
    letters = np.frombuffer(characters.text.encode("utf-32-le"), np.uint32)[chosen]
    right_to_left = _is_right_to_left(letters)
    starts = np.flatnonzero(_breaks(frame, baseline, size, right_to_left, characters.space_before, chosen))
    ends = np.append(starts[1:], len(chosen))
    edges = np.stack(
        (
            np.minimum.reduceat(frame[:, 0], starts),
            np.minimum.reduceat(frame[:, 1], starts),
            np.maximum.reduceat(frame[:, 2], starts),
            np.maximum.reduceat(frame[:, 3], starts),
        ),
        axis=1,
    ).tolist()
    page_edges = _page_edges(boxes, starts)
    sizes = np.maximum.reduceat(size, starts).tolist()
    main = _first_of_full_size(size, starts, np.maximum.reduceat(size, starts))
    baselines, runs = baseline[main].tolist(), characters.runs[chosen][main].tolist()
    reversed_ = right_to_left[main].tolist()
    text = "".join(map(chr, letters.tolist()))
    words = [
        PlacedWord(_clean(text[start:end]), x0, y0, x1, y1, base, points, run, rtl, end - start, (a, b, c, d))
        for start, end, (x0, y0, x1, y1), base, points, run, rtl, (a, b, c, d) in zip(
            starts.tolist(), ends.tolist(), edges, baselines, sizes, runs, reversed_, page_edges, strict=True
        )
    ]
    return _without_overprints(words)


def _to_frame(boxes: Floats, origins: Floats, size: Floats, angle: int) -> tuple[Floats, Floats]:
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
    return _oblique_frame(origins, size, angle)


def _oblique_frame(origins: Floats, size: Floats, angle: int) -> tuple[Floats, Floats]:
    """Upright boxes say little about slanted text: its letters are taken to reach to the next one."""
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    along = origins[:, 0] * cos + origins[:, 1] * sin
    baseline = origins[:, 1] * cos - origins[:, 0] * sin
    to_next = np.append(np.diff(along), 0.5 * size[-1])
    advance = np.where((to_next > 0) & (to_next < 1.2 * size), to_next, 0.5 * size)
    return np.stack((along, baseline - 0.8 * size, along + advance, baseline + 0.2 * size), axis=1), baseline


def _is_right_to_left(letters: NDArray[np.uint32]) -> NDArray[np.bool_]:
    hebrew_to_arabic = (letters >= 0x590) & (letters < 0x900)
    presentation_forms = ((letters >= 0xFB1D) & (letters < 0xFE00)) | (
        (letters >= 0xFE70) & (letters < 0xFEFF)
    )
    return hebrew_to_arabic | presentation_forms


def _breaks(
    frame: Floats,
    baseline: Floats,
    size: Floats,
    right_to_left: NDArray[np.bool_],
    space_before: NDArray[np.bool_],
    chosen: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """True where a word begins."""
    breaks = np.ones(len(chosen), np.bool_)
    if len(chosen) == 1:
        return breaks
    before, after = frame[:-1], frame[1:]
    larger = np.maximum(size[:-1], size[1:])
    reversed_ = right_to_left[:-1] & right_to_left[1:]
    gap = np.where(reversed_, before[:, 0] - after[:, 2], after[:, 0] - before[:, 2])
    advance = np.where(reversed_, before[:, 2] - after[:, 2], after[:, 0] - before[:, 0])
    breaks[1:] = (
        space_before[chosen[1:]]
        | (np.diff(chosen) > 1)
        | (np.abs(np.diff(baseline)) > _BASELINE_SHIFT * larger)
        | (gap > _WORD_GAP * larger)
        | (advance < -_BACKWARDS * larger)
    )
    return breaks


def _page_edges(boxes: Floats, starts: NDArray[np.int64]) -> list[list[float]]:
    edges = (
        np.minimum.reduceat(boxes[:, 0], starts),
        np.minimum.reduceat(boxes[:, 1], starts),
        np.maximum.reduceat(boxes[:, 2], starts),
        np.maximum.reduceat(boxes[:, 3], starts),
    )
    rows: list[list[float]] = np.stack(edges, axis=1).tolist()
    return rows


def _first_of_full_size(size: Floats, starts: NDArray[np.int64], largest: Floats) -> NDArray[np.int64]:
    """For each word its first character that is no superscript: it has the word's baseline and style."""
    lengths = np.diff(np.append(starts, len(size)))
    full = size >= np.repeat(largest, lengths)
    position = np.where(full, np.arange(len(size)), len(size))
    return np.minimum.reduceat(position, starts)


def _clean(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _without_overprints(words: list[PlacedWord]) -> list[PlacedWord]:
    """Each word is looked for in the grid cells its twin could lie in: a contents page has 400 equal dots."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for word in words:
        reach = _OVERPRINT * word.size
        cell = 2 * reach
        left, right = int((word.x0 - reach) // cell), int((word.x0 + reach) // cell)
        above, below = int((word.baseline - reach) // cell), int((word.baseline + reach) // cell)
        text = word.text
        if (text, left, above) in seen or (text, right, below) in seen:
            continue
        seen.add((text, int(word.x0 // cell), int(word.baseline // cell)))
        kept.append(word)
    return kept
