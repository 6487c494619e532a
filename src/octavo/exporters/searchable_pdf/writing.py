"""Which way a line of words runs, and where each word begins, on the upright page.

`along` is the direction of reading, `across` points from the letters' feet to their heads.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from octavo.domain.document import Origin, Page, Word
from octavo.domain.geometry import BBox

_STANDING = 2.0
"""Times as tall as wide: a single word of several letters that stands on end."""
_UNEVEN = 1.3
"""The tallest word of a line over its lowest: an engine that boxes the ink of each word."""


class Direction(Enum):
    RIGHT = "right"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Run:
    """Words on one line of the page, in logical order."""

    direction: Direction
    words: tuple[Word, ...]
    """Their boxes reach from the feet to the heads of the line's letters."""


def runs_to_write(page: Page) -> Iterator[Run]:
    """The words that were read from ink, in reading order; what the page's own text layer says is there already."""
    for block in page.blocks:
        for line in block.lines:
            words = tuple(word for word in line.words if _is_to_write(word))
            if words:
                direction = _direction(words, page)
                yield Run(direction, _evened(words, direction))


def is_right_to_left(text: str) -> bool:
    """Judged by its first letter, as the Unicode bidirectional algorithm does for a paragraph."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((kind != "L" for kind in kinds if kind in {"L", "R", "AL"}), False)


def _is_to_write(word: Word) -> bool:
    return word.origin is Origin.OCR and word.bbox.area > 0 and bool(word.text.strip())


def _direction(words: tuple[Word, ...], page: Page) -> Direction:
    first, last = words[0].bbox, words[-1].bbox
    if len(words) == 1:
        width, height = first.width * page.width_pt, first.height * page.height_pt
        # The spines and margins where single words stand on end are mostly read upwards.
        return Direction.UP if len(words[0].text) > 2 and height > _STANDING * width else Direction.RIGHT
    x = (last.center[0] - first.center[0]) * page.width_pt
    y = (last.center[1] - first.center[1]) * page.height_pt
    if abs(y) <= abs(x):
        return Direction.RIGHT
    return Direction.DOWN if y > 0 else Direction.UP


def _evened(words: tuple[Word, ...], direction: Direction) -> tuple[Word, ...]:
    """One height for a line whose words were boxed letter by letter: viewers would part them into lines."""
    standing = direction is not Direction.RIGHT
    thick = [word.bbox.width if standing else word.bbox.height for word in words]
    if max(thick) <= _UNEVEN * min(thick):
        return words
    if standing:
        left, right = min(word.bbox.x0 for word in words), max(word.bbox.x1 for word in words)
        boxes = [BBox(left, word.bbox.y0, right, word.bbox.y1) for word in words]
    else:
        top, bottom = min(word.bbox.y0 for word in words), max(word.bbox.y1 for word in words)
        boxes = [BBox(word.bbox.x0, top, word.bbox.x1, bottom) for word in words]
    return tuple(replace(word, bbox=box) for word, box in zip(words, boxes, strict=True))
