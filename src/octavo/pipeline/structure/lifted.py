"""A page without what was found on it as a whole."""

from collections.abc import Sequence
from dataclasses import replace

from octavo.domain.document import Line, ReadPage
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.structure.found import Found

MOSTLY = 0.6
"""Share of a picture's area: it is the figure that was found, or a part of it."""


def without(page: ReadPage, found: Sequence[Found]) -> ReadPage:
    """Its words and pictures but for those of `found`; a line that is partly taken keeps its rest."""
    if not found:
        return page
    taken = {id(word) for thing in found for line in thing.lines for word in line.words}
    boxes = [thing.bbox for thing in found]
    return replace(
        page,
        lines=tuple(rest for line in page.lines if (rest := _rest(line, taken)).words),
        regions=tuple(region for region in page.regions if not _is_within(region.bbox, boxes)),
    )


def _rest(line: Line, taken: set[int]) -> Line:
    words = tuple([word for word in line.words if id(word) not in taken])
    if len(words) == len(line.words) or not words:
        return replace(line, words=words) if not words else line
    return replace(line, words=words, bbox=enclosing([word.bbox for word in words]))


def _is_within(box: BBox, others: list[BBox]) -> bool:
    return any(box.intersection_area(other) > MOSTLY * box.area for other in others)
