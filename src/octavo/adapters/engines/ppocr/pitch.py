"""Where each character of a line set in one pitch stands, from the scores of a recogniser (CTC)."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
"""Time steps x classes, the first of which is the blank."""

_FLOOR = 1e-5
_LOOSE, _TIGHT = 0.5, 0.3
"""Of the pitch: how far from its place a character may be seen at no cost, before and after the pitch is measured."""
_STRAY = 0.25
"""Of the pitch: what one standard deviation beyond that is."""
_SEEN = 0.5
"""Probability of a character from which its place is measured."""


@dataclass(frozen=True, slots=True)
class Placed:
    spans: tuple[tuple[int, int], ...]
    """First and last time step of each character."""
    chances: NDArray[np.float64]
    """Probabilities, places x classes without the blank; never 0."""
    score: float
    """Logarithm of the probability of this way to place them, per time step's mean."""


def place_characters(lines: list[Scores], count: int) -> tuple[Placed, ...]:
    """The characters of lines that begin and end together and have `count` characters each.

    Args:
        lines: Scores of crops that show the same width of paper.
        count: How many characters stand in each line.
    """
    start, pitch = _extent(lines, count)
    for loose in (_LOOSE, _TIGHT):
        paths = [
            _path(np.log(np.maximum(line, _FLOOR)), count, start * len(line), pitch * len(line), loose)
            for line in lines
        ]
        start, pitch = _measured(lines, paths, start, pitch)
    return tuple(_placed(line, path, score) for line, (path, score) in zip(lines, paths, strict=True))


def _extent(lines: list[Scores], count: int) -> tuple[float, float]:
    """Middle of the first place and the pitch, as shares of the width: what was seen first and last."""
    firsts, lasts = [], []
    for line in lines:
        seen = np.flatnonzero(line[:, 1:].max(axis=1) > _SEEN)
        if len(seen):
            firsts.append((seen[0] + 0.5) / len(line))
            lasts.append((seen[-1] + 0.5) / len(line))
    first, last = (min(firsts), max(lasts)) if firsts else (0.5 / count, 1 - 0.5 / count)
    return first, max(last - first, 0.1) / (count - 1)


def _path(
    scores: Scores, count: int, start: float, pitch: float, loose: float
) -> tuple[list[tuple[int, int]], float]:
    """The likeliest way through `count` characters, each near its place: spans, and the logarithm of its probability.

    States at a time step: behind character i (0 before the first) at a blank, and on character i as class k.
    """
    steps, classes = scores.shape[0], scores.shape[1] - 1
    places = start + pitch * np.arange(count)
    stray = (np.abs(np.arange(steps)[:, None] + 0.5 - places) / pitch - loose).clip(min=0) / _STRAY
    blank = np.full(count + 1, -np.inf)
    blank[0] = 0.0
    on = np.full((count, classes), -np.inf)
    came_blank = np.zeros((steps, count + 1), dtype=np.int16)
    came_on = np.zeros((steps, count, classes), dtype=np.int16)
    for step in range(steps):
        best, second = _two_best(on)
        entered = np.broadcast_to(blank[:-1, None], on.shape)
        other = np.full(on.shape, -np.inf)
        other[1:] = best[1][:-1, None]
        rows = np.arange(count - 1)
        other[rows + 1, best[0][:-1]] = second[1][:-1]
        before = np.broadcast_to(np.concatenate([[0], best[0][:-1]])[:, None], on.shape).copy()
        before[rows + 1, best[0][:-1]] = second[0][:-1]
        ways = np.stack([on, entered, other])
        way = ways.argmax(axis=0)
        came_on[step] = np.where(way == 2, before + 2, way)
        stayed = np.concatenate([[-np.inf], best[1]])
        came_blank[step] = np.where(stayed > blank, np.concatenate([[0], best[0]]) + 1, 0)
        fresh = np.maximum(blank, stayed) + scores[step, 0]
        on = ways.max(axis=0) + scores[step, 1:] - 0.5 * stray[step][:, None] ** 2
        blank = fresh
    return _traced(blank, on, came_blank, came_on), float(max(blank[-1], on[-1].max()))


def _two_best(on: Scores) -> tuple[tuple[NDArray[np.intp], Scores], tuple[NDArray[np.intp], Scores]]:
    """Of each row the best class and the one after it: a character does not follow itself without a blank."""
    order = np.argpartition(-on, 1, axis=1)[:, :2]
    rows = np.arange(len(on))[:, None]
    order = np.take_along_axis(order, np.argsort(-on[rows, order], axis=1, kind="stable"), axis=1)
    values = on[rows, order]
    return (order[:, 0], values[:, 0]), (order[:, 1], values[:, 1])


def _traced(
    blank: Scores, on: Scores, came_blank: NDArray[np.int16], came_on: NDArray[np.int16]
) -> list[tuple[int, int]]:
    at, symbol = len(on) - 1, int(on[-1].argmax())
    on_character = on[-1].max() > blank[-1]
    spans: list[list[int]] = [[0, 0] for _ in range(len(on))]
    for step in reversed(range(len(came_on))):
        if on_character:
            if spans[at] == [0, 0]:
                spans[at] = [step, step]
            spans[at][0] = step
            way = int(came_on[step, at, symbol])
            if way == 1:
                on_character, at = False, at - 1
            elif way > 1:
                at, symbol = at - 1, way - 2
        else:
            way = int(came_blank[step, at + 1])
            if way:
                on_character, symbol = True, way - 1
    return [(first, last) for first, last in spans]


def _measured(
    lines: list[Scores], paths: list[tuple[list[tuple[int, int]], float]], start: float, pitch: float
) -> tuple[float, float]:
    """Start and pitch by the characters that were clearly seen; what is far from the others does not count."""
    places, at = [], []
    for line, (spans, _) in zip(lines, paths, strict=True):
        for number, (first, last) in enumerate(spans):
            if line[first : last + 1, 1:].max() > _SEEN:
                places.append(number)
                at.append((first + last + 1) / 2 / len(line))
    for _ in range(2):
        if len(places) < 8:
            return start, pitch
        pitch, start = np.polyfit(places, at, 1)
        off = np.abs(np.array(at) - start - pitch * np.array(places))
        kept = off <= max(2.5 * float(np.median(off)), 0.2 * pitch)
        places, at = list(np.array(places)[kept]), list(np.array(at)[kept])
    return float(start), float(pitch)


def _placed(line: Scores, spans: list[tuple[int, int]], score: float) -> Placed:
    """Of each place what was seen on it, up to its neighbours."""
    edges = [0, *((a[1] + b[0] + 1) // 2 for a, b in pairwise(spans)), len(line)]
    rows = []
    for (first, last), (start, stop) in zip(spans, pairwise(edges), strict=True):
        low, high = max(start, first - 1), min(stop, last + 2)
        rows.append(np.maximum(line[low : max(high, first + 1), 1:].max(axis=0), _FLOOR))
    return Placed(tuple(spans), np.minimum(np.array(rows), 1.0), score)
