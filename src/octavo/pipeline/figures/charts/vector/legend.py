"""The legend of a drawn chart: small samples of the colours, wherever they stand, with words to their right."""

from collections.abc import Iterator

from octavo.pipeline.figures.charts.legends import Entry
from octavo.pipeline.figures.charts.marks import SAME_TINT, Tint
from octavo.pipeline.figures.charts.vector.marks import Drawing
from octavo.pipeline.figures.view import Box, Label, View

_LARGEST = 4.5
_REACH = 2.2
"""Text heights: of a sample, and from a sample to its name."""


def find_entries(drawing: Drawing, view: View) -> list[Entry]:
    """May hold marks of the chart that words happen to stand beside."""
    samples = list(_samples(drawing, view.text_height))
    words = [label for label in view.labels if label.is_upright and not label.is_slanted]
    entries: list[Entry] = []
    for tint, box in samples:
        row = [word for word in words if _is_beside(word, box, view.text_height)]
        ends = [other.x0 for _, other in samples if other.x0 > box.x1 and _is_level(other, box)]
        name = _name(row, box.x1, min(ends, default=view.width), view.text_height)
        if name:
            entries.append(Entry(tint, " ".join(word.text for word in name), tuple(name), box))
    return _alone(entries)


def _samples(drawing: Drawing, text_height: float) -> Iterator[tuple[Tint, Box]]:
    """Patches, points and pieces of line; a point on a piece of line is the same sample."""
    largest = _LARGEST * text_height
    found: list[tuple[Tint, Box]] = [
        (area.tint, area.box)
        for area in drawing.areas
        if area.box.width <= largest and area.box.height <= 1.6 * text_height
    ]
    found += [
        (thread.tint, thread.box)
        for thread in drawing.threads
        if 0.4 * text_height <= thread.box.width <= largest and thread.box.height <= 1.6 * text_height
    ]
    kept: list[tuple[Tint, Box]] = []
    for tint, box in found:
        index = next((at for at, (_, other) in enumerate(kept) if _is_same(box, other)), None)
        if index is None:
            kept.append((tint, box))
        else:
            kept[index] = (kept[index][0], kept[index][1].union(box))
    return iter(kept)


def _is_same(one: Box, other: Box) -> bool:
    return abs(one.cx - other.cx) <= 1.5 and abs(one.cy - other.cy) <= 1.5


def _is_level(one: Box, other: Box) -> bool:
    return abs(one.cy - other.cy) <= max(2.0, 0.5 * max(one.height, other.height))


def _is_beside(word: Label, sample: Box, text_height: float) -> bool:
    off = abs(word.box.cy - sample.cy)
    return off <= 0.6 * max(text_height, word.box.height) and word.box.x0 >= sample.x1 - 0.2 * text_height


def _name(row: list[Label], start: float, end: float, text_height: float) -> list[Label]:
    """The words up to the first wide gap or the next sample."""
    name: list[Label] = []
    edge = start + (_REACH - 0.9) * text_height
    for word in sorted(row, key=lambda word: word.box.x0):
        if word.box.x0 - edge > 0.9 * text_height or word.box.x0 >= end - 1:
            break
        name.append(word)
        edge = word.box.x1
    return name


def _alone(entries: list[Entry]) -> list[Entry]:
    """Names belong to the sample right before them; a colour that is sampled often is that of marks."""
    nearest: dict[Label, Entry] = {}
    for entry in entries:
        known = nearest.get(entry.labels[0])
        if known is None or entry.sample.x1 > known.sample.x1:
            nearest[entry.labels[0]] = entry
    kept = [entry for entry in entries if nearest[entry.labels[0]] is entry]
    return [entry for entry in kept if _is_listed(entry, kept)]


def _is_listed(entry: Entry, entries: list[Entry]) -> bool:
    """Samples of a colour that come more than twice stand in a row or a column, or they are marks."""
    same = [other for other in entries if other.tint.distance(entry.tint) <= SAME_TINT]
    box = entry.sample
    aligned = [
        other
        for other in entries
        if abs(other.sample.cx - box.cx) <= 1.5 or abs(other.sample.cy - box.cy) <= 1.5
    ]
    return len(same) <= 2 or len(aligned) >= len(same)
