"""Reading order by recursive cuts: a gutter first, and what spans it parts the page into bands.

Cutting at gutters before cutting at white rows is what keeps two columns whose lines
stand side by side from being read across. What makes a gutter of a gap is judged on
the text beside it, because the columns of a table have gaps too and are read by rows.
"""

from bisect import bisect
from dataclasses import dataclass
from statistics import median

import numpy as np

from octavo.pipeline.structure.segments import Segment

Segments = list[Segment]

MOST_CANDIDATES = 8
MOST_CUTS = 12
"""How deep cuts may lie in one another: no page of paper has more, and a hostile one must end."""
PROSE_WIDTH_EM = 8.0
PROSE_FILL = 0.7
"""Median line width over column width: ragged prose has 0.85 and more, table cells less than 0.7."""
SAME_BASELINE_EM = 0.35
LEAST_GUTTER_EM = 0.6
FAR_APART_EM = 5.0
SAME_PLACE_PT = 3.0


@dataclass(slots=True)
class _Band:
    """What lies between two spanning segments, by side of the gutter."""

    left: Segments
    right: Segments


def in_columns(segments: Segments, *, from_right: bool = False, depth: int = 0) -> list[Segments]:
    """The segments as columns in reading order; each column is free of gutters, in no inner order.

    `from_right` reads the right column first (Arabic, Hebrew); `depth` is for the recursion only.
    """
    bands = None if depth >= MOST_CUTS else _best_bands(segments)
    if bands is None:
        return [segments] if segments else []
    columns: list[Segments] = []
    for band in bands:
        sides = [band.right, band.left] if from_right else [band.left, band.right]
        for side in sides:
            columns.extend(in_columns(side, from_right=from_right, depth=depth + 1))
    return columns


def _best_bands(segments: Segments) -> list[_Band] | None:
    """The bands of the best gutter, spanning parts as bands with an empty right side; None without one."""
    best_score = 0
    best: list[_Band] | None = None
    for x in _candidates(segments):
        bands = _bands_at(segments, x)
        score = sum(min(len(band.left), len(band.right)) for band in bands)
        if score > best_score:
            best_score, best = score, bands
    return best


def _candidates(segments: Segments) -> list[float]:
    """Places in x with text on both sides and little across, the most promising first."""
    if len(segments) < 4:
        return []
    starts = np.sort(np.array([segment.x0 for segment in segments]))
    ends = np.sort(np.array([segment.x1 for segment in segments]))
    following = np.searchsorted(starts, ends, side="left")
    inside = following < len(starts)
    x = np.unique((ends[inside] + starts[following[inside]]) / 2)
    left = np.searchsorted(ends, x, side="right")
    right = len(starts) - np.searchsorted(starts, x, side="left")
    crossing = len(segments) - left - right
    promise = np.minimum(left, right) - crossing / 2
    usable = (left >= 2) & (right >= 2) & (promise > 0)
    order = np.argsort(-promise[usable], kind="stable")
    return _apart([float(value) for value in x[usable][order]])


def _apart(places: list[float]) -> list[float]:
    """The first of them that are not nearly the same place."""
    chosen: list[float] = []
    for place in places:
        if all(abs(place - other) > SAME_PLACE_PT for other in chosen):
            chosen.append(place)
            if len(chosen) == MOST_CANDIDATES:
                break
    return chosen


def _bands_at(segments: Segments, x: float) -> list[_Band]:
    """Top to bottom; neighbouring parts that are not in columns at `x` are one band."""
    crossing = sorted((s for s in segments if s.x0 < x < s.x1), key=lambda s: s.center_y)
    levels = [segment.center_y for segment in crossing]
    slots = [_Band([], []) for _ in range(len(levels) + 1)]
    for segment in segments:
        if segment.x1 <= x:
            slots[bisect(levels, segment.center_y)].left.append(segment)
        elif segment.x0 >= x:
            slots[bisect(levels, segment.center_y)].right.append(segment)
    return _joined(slots, crossing)


def _joined(slots: list[_Band], crossing: Segments) -> list[_Band]:
    bands: list[_Band] = []
    flow: Segments = []
    strict = any(_is_columnar(slot) for slot in slots)
    for position, slot in enumerate(slots):
        if strict and (_is_columnar(slot) or _continues_columns(slot)):
            if flow:
                bands.append(_Band(flow, []))
            bands.append(slot)
            flow = []
        else:
            flow += slot.left + slot.right
        flow += crossing[position : position + 1]
    if flow:
        bands.append(_Band(flow, []))
    return bands


def _continues_columns(slot: _Band) -> bool:
    """A short rest of two columns, where a longer part of the page has shown the gutter to be one."""
    both = slot.left + slot.right
    return bool(slot.left and slot.right) and all(
        segment.x1 - segment.x0 >= PROSE_WIDTH_EM * segment.size for segment in both if segment.words
    )


def _is_columnar(slot: _Band) -> bool:
    left, right = slot.left, slot.right
    if len(left) < 2 or len(right) < 2 or not _side_by_side(left, right):
        return False
    em = median(segment.size for segment in left + right) or 10.0
    gutter = _gutter_width(left, right)
    if gutter < LEAST_GUTTER_EM * em:
        return False
    return (
        (_is_prose(left, em) and _is_prose(right, em))
        or _are_independent(left, right, em)
        or _are_two_notes(left, right, em, gutter)
        or _are_two_texts(left, right, em, gutter)
    )


def _gutter_width(left: Segments, right: Segments) -> float:
    """Between nearly all of both sides: a page number centred on the page stands in the gutter."""
    ends = sorted(segment.x1 for segment in left)
    starts = sorted(segment.x0 for segment in right)
    return starts[len(starts) // 10] - ends[-1 - len(ends) // 10]


def _side_by_side(left: Segments, right: Segments) -> bool:
    top = max(min(s.y0 for s in left), min(s.y0 for s in right))
    bottom = min(max(s.y1 for s in left), max(s.y1 for s in right))
    heights = (max(s.y1 for s in side) - min(s.y0 for s in side) for side in (left, right))
    return bottom - top > 0.3 * min(heights)


def _is_prose(side: Segments, em: float) -> bool:
    widths = [segment.x1 - segment.x0 for segment in side if segment.words]
    if len(widths) < 3:
        return False
    column = max(segment.x1 for segment in side) - min(segment.x0 for segment in side)
    typical = median(widths)
    if typical < PROSE_WIDTH_EM * em:
        return False
    return typical >= PROSE_FILL * column or _is_talk(side)


def _is_talk(side: Segments) -> bool:
    """Many lines of several words that end where they like: dialogue, verse."""
    lengths = [len(segment.words) for segment in side if segment.words and not _is_mark(segment)]
    return len(lengths) >= 8 and median(lengths) >= 4


def _is_mark(segment: Segment) -> bool:
    """A bullet or number that stands apart from its text."""
    return len(segment.words) == 1 and len(segment.words[0].text) <= 3


def _are_independent(left: Segments, right: Segments, em: float) -> bool:
    """Lines that do not stand beside lines: a sidebar. A receipt's few uneven rows are too few to tell."""
    return min(len(left), len(right)) >= 4 and _share_on_one_baseline(left, right, em) < 0.4


def _share_on_one_baseline(left: Segments, right: Segments, em: float) -> float:
    """Of the side with fewer segments, the share that has a neighbour on its height."""
    few, many = sorted((left, right), key=len)
    heights = sorted(segment.center_y for segment in many)
    matched = 0
    for segment in few:
        position = bisect(heights, segment.center_y)
        near = heights[max(0, position - 1) : position + 1]
        matched += any(abs(height - segment.center_y) <= SAME_BASELINE_EM * em for height in near)
    return matched / len(few)


def _are_two_notes(left: Segments, right: Segments, em: float, gutter: float) -> bool:
    """Two addresses side by side: flush, wordy, few lines; label and amount are not wordy on both sides."""
    if gutter < 2 * em or not 3 <= min(len(left), len(right)) <= 8:
        return False
    return all(_is_flush(side, em) and _is_wordy(side) for side in (left, right))


def _are_two_texts(left: Segments, right: Segments, em: float, gutter: float) -> bool:
    """Two pages side by side, or lists far apart: many lines of words on both sides, whatever their length."""
    return (
        gutter >= FAR_APART_EM * em
        and min(len(left), len(right)) >= 8
        and all(_is_wordy(side) and _is_talk(side) for side in (left, right))
    )


def _is_flush(side: Segments, em: float) -> bool:
    starts = [segment.x0 for segment in side]
    return max(starts) - min(starts) <= 0.5 * em


def _is_wordy(side: Segments) -> bool:
    text = "".join(word.text for segment in side for word in segment.words)
    words = sum(len(segment.words) for segment in side)
    lines = sum(not _is_mark(segment) for segment in side)
    return words >= 2 * lines and sum(char.isdigit() for char in text) <= 0.35 * len(text)
