"""Which colour has which name: a small sample of the colour, and words to its right."""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.figures.charts.marks import SAME_TINT, Rule, Tint
from octavo.pipeline.figures.charts.pixels import Lab, Mask, near
from octavo.pipeline.figures.view import Box, Label

_REACH = 5.5
"""Text heights to the left of a name that its sample may begin."""
_THIN = 0.4
"""Text heights: a line's sample is thinner, and much of it is blended with the paper."""
_COLOURFUL = 18.0
"""Chroma that print in black or grey does not have."""


@dataclass(frozen=True, slots=True)
class Entry:
    tint: Tint
    text: str
    labels: tuple[Label, ...]
    sample: Box


@dataclass(frozen=True, slots=True)
class _Sample:
    x0: float
    x1: float
    tint: Tint


def find_legend(
    lab: Lab, labels: Iterable[Label], paper: Tint, text_height: float, rules: Iterable[Rule] = ()
) -> list[Entry]:
    """Entries in the order their names stand in `labels`; may hold words that only look like entries.

    Readers often take a sample for part of the word beside it, so that the box of the word holds both:
    samples are looked for in the whole row of a line, and words belong to the last sample left of their middle.
    """
    words = [label for label in labels if label.is_upright]
    ink = _without_grid(~near(lab, paper, 12.0), lab, rules)
    entries: list[Entry] = []
    for line in _lines(words):
        height = max(text_height, min(_height(line), 1.4 * text_height))
        row = _row(line, height)
        others = [word for word in words if word.line != line[0].line and word.box.gap(row) <= 0]
        samples = _samples(lab, ink, row, others, height, paper)
        for place, sample in enumerate(samples):
            end = samples[place + 1].x0 if place + 1 < len(samples) else row.x1 + height
            named = [word for word in line if sample.x1 - 0.2 * height < word.box.cx < end]
            name = _run(named, text_height)
            if name and min(word.box.x0 for word in name) <= sample.x1 + 2.6 * height:
                box = Box(sample.x0, row.y0, sample.x1, row.y1)
                entries.append(Entry(sample.tint, " ".join(word.text for word in name), tuple(name), box))
    return entries


def _without_grid(ink: Mask, lab: Lab, rules: Iterable[Rule]) -> Mask:
    """Upright grey lines shine through a legend, and tie samples to one another."""
    plain = ink.copy()
    for rule in (rule for rule in rules if not rule.is_level):
        band = slice(max(0, int(rule.at) - 2), int(rule.at) + 3)
        plain[:, band] &= np.square(lab[:, band, 1:]).sum(axis=2) > _COLOURFUL**2
    return plain


def _lines(words: list[Label]) -> list[list[Label]]:
    lines: dict[int, list[Label]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return [sorted(line, key=lambda word: word.box.x0) for line in lines.values()]


def _height(line: list[Label]) -> float:
    return float(np.median([word.box.height for word in line]))


def _row(line: list[Label], height: float) -> Box:
    middle = float(np.median([word.box.cy for word in line]))
    return Box(
        line[0].box.x0 - _REACH * height, middle - 0.95 * height, line[-1].box.x1, middle + 0.95 * height
    )


def _run(words: list[Label], text_height: float) -> list[Label]:
    """Up to the first wide gap."""
    for index in range(1, len(words)):
        if words[index].box.x0 - words[index - 1].box.x1 > 1.5 * text_height:
            return words[:index]
    return words


def _samples(lab: Lab, ink: Mask, row: Box, others: list[Label], height: float, paper: Tint) -> list[_Sample]:
    """Patches, points and pieces of line in one row, from left to right."""
    top, left = max(0, int(row.y0)), max(0, int(row.x0))
    shown = ink[top : int(row.y1) + 1, left : int(row.x1) + 1].copy()
    if min(shown.shape) < 3:
        return []
    for word in others:
        box = word.box.grown(2)
        shown[
            max(0, int(box.y0) - top) : max(0, int(box.y1) - top),
            max(0, int(box.x0) - left) : max(0, int(box.x1) - left),
        ] = False
    colours = lab[top : top + shown.shape[0], left : left + shown.shape[1]]
    is_coloured_print = _share_of_colour(colours[shown]) > 0.6
    count, marked, stats, _ = cv2.connectedComponentsWithStats(shown.astype(np.uint8), connectivity=8)
    found: list[_Sample] = []
    order = sorted(range(1, count), key=lambda number: int(stats[number, 0]))
    for number in order:
        x, y, width, high, _ = (int(value) for value in stats[number])
        is_cut = x == 0 or y == 0 or y + high >= shown.shape[0]
        if is_cut or abs(y + high / 2 - shown.shape[0] / 2) > 0.5 * height:
            continue
        own = marked[y : y + high, x : x + width] == number
        shown_colours = colours[y : y + high, x : x + width][own]
        tint = _strongest(_clear(shown_colours, paper) if high <= _THIN * height else shown_colours)
        if _is_sample(own, tint, height, is_coloured_print=is_coloured_print) and _is_apart(
            np.asarray(stats, np.int32), number, tint, 0.28 * height
        ):
            found.append(_Sample(x + left, x + left + width, tint))
    return _joined(found, height)


def _share_of_colour(colours: NDArray[np.float32]) -> float:
    return float((np.square(colours[:, 1:]).sum(axis=1) > _COLOURFUL**2).mean()) if len(colours) else 0.0


def _is_sample(own: Mask, tint: Tint, height: float, *, is_coloured_print: bool) -> bool:
    """No letter is so solid, so wide or so colourful."""
    high, width = own.shape
    area = float(own.sum())
    if width > 4.5 * height:
        return False
    is_patch = min(width, high) >= 0.4 * height and area >= 0.82 * width * high
    is_point = min(width, high) >= 0.3 * height and 0.7 <= width / high <= 1.4 and area >= 0.7 * width * high
    is_line = width >= max(1.1 * height, 1.6 * high) and bool((own.mean(axis=1) >= 0.95).any())
    is_colour = not is_coloured_print and tint.chroma > _COLOURFUL and area >= 0.04 * height * height
    return is_patch or is_point or is_line or is_colour


def _is_apart(stats: NDArray[np.int32], number: int, tint: Tint, gap: float) -> bool:
    """Letters stand closer to their neighbours than a sample does; colours need no gap."""
    if tint.chroma > _COLOURFUL:
        return True
    x0, x1 = int(stats[number, 0]), int(stats[number, 0] + stats[number, 2])
    others = np.delete(stats[1:], number - 1, axis=0)
    others = others[others[:, 2] < 6 * gap / 0.28]  # a frame around the legend is no neighbour
    starts, ends = others[:, 0], others[:, 0] + others[:, 2]
    return bool(((ends < x0 - gap) | (starts > x1 + gap) | (starts >= x0) & (ends <= x1)).all())


def _joined(samples: list[_Sample], height: float) -> list[_Sample]:
    """Dashes of one line, and a point on it, are one sample."""
    result: list[_Sample] = []
    for sample in samples:
        last = result[-1] if result else None
        if (
            last
            and sample.x0 - last.x1 <= 0.6 * height
            and last.tint.distance(sample.tint) <= 1.5 * SAME_TINT
        ):
            result[-1] = _Sample(last.x0, max(last.x1, sample.x1), last.tint)
        else:
            result.append(sample)
    return result


def _clear(colours: NDArray[np.float32], paper: Tint) -> NDArray[np.float32]:
    """Those of a thin line that are no blend with the paper."""
    away = np.sqrt(np.square(colours - np.array(paper, np.float32)).sum(axis=1))
    return np.asarray(colours[away >= 0.8 * np.percentile(away, 90)], np.float32)


def _strongest(colours: NDArray[np.float32]) -> Tint:
    """The most frequent colour: borders are blends, a frame around a patch is thin."""
    coarse = np.round(colours / 6).astype(np.int32)
    _, inverse, counts = np.unique(coarse, axis=0, return_inverse=True, return_counts=True)
    best = np.median(colours[inverse.reshape(-1) == int(counts.argmax())], axis=0)
    light, a, b = np.median(colours[np.square(colours - best).sum(axis=1) <= SAME_TINT**2], axis=0)
    return Tint(float(light), float(a), float(b))
