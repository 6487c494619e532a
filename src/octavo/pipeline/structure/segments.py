"""Lines cut where they may have been joined across a gutter, in points instead of page fractions."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from octavo.domain.document import Line, ReadPage, Region, Word
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.structure.found import Found
from octavo.pipeline.structure.specks import HEIGHT_TO_SIZE, without_specks

WIDE_GAP_EM = 0.8
"""A gap between words that may be a gutter: LaTeX parts its columns by 1 em, and word spaces of
justified text seldom pass 0.6 em. Cutting too often does no harm, `rows` joins what no gutter parts."""
WIDER_THAN_OTHERS = 1.6
"""Times the usual gap of its line."""


@dataclass(slots=True, eq=False)
class Segment:
    """A run of words without a wide gap, or a picture (no words). Points, origin top-left."""

    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    """Font size; of a picture, 0."""
    words: tuple[Word, ...]
    line: Line | None
    """The line it was cut from; None for a picture."""
    found: Found | None = None
    """What was found here as a whole; it has no words of its own then."""

    @property
    def center_y(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def is_whole(self) -> bool:
        """Whether the line was not cut."""
        return self.line is not None and len(self.line.words) == len(self.words)


def to_segments(page: ReadPage) -> list[Segment]:
    """In the order of the page's lines; specks and lines without words vanish."""
    segments: list[Segment] = []
    for line in without_specks(page):
        if line.words:
            size = line.font_size or line.bbox.height * page.height_pt * HEIGHT_TO_SIZE
            segments.extend(_cut(line, size, page.width_pt, page.height_pt))
    return segments


def picture_segments(page: ReadPage, pictures: Iterable[Region]) -> list[Segment]:
    return [_area(page, region.bbox, None) for region in pictures]


def found_segments(page: ReadPage, found: Iterable[Found]) -> list[Segment]:
    return [_area(page, thing.bbox, thing) for thing in found]


def _area(page: ReadPage, box: BBox, found: Found | None) -> Segment:
    width, height = page.width_pt, page.height_pt
    return Segment(box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height, 0.0, (), None, found)


def _cut(line: Line, size: float, width: float, height: float) -> list[Segment]:
    words = line.words
    limit = WIDE_GAP_EM * size / width if width else 1.0
    gaps = _gaps(words)
    if gaps and max(gaps) > limit:
        # A typewriter's spaces are wide, and so are those of lines that are spaced out: all of them.
        limit = max(limit, WIDER_THAN_OTHERS * sorted(gaps)[len(gaps) // 2]) if len(gaps) >= 3 else limit
    cuts = [position for position, gap in enumerate(gaps, 1) if gap > limit]
    if not cuts:
        return [_segment(line, words, line, size, width, height)]
    return [
        _segment(line, words[start:stop], None, size, width, height)
        for start, stop in zip([0, *cuts], [*cuts, len(words)], strict=True)
    ]


def _gaps(words: tuple[Word, ...]) -> list[float]:
    """From word to word, also of a line that runs from right to left."""
    boxes = [word.bbox for word in words]
    return [max(right.x0 - left.x1, left.x0 - right.x1) for left, right in pairwise(boxes)]


def _segment(
    line: Line, words: tuple[Word, ...], whole: Line | None, size: float, width: float, height: float
) -> Segment:
    box = whole.bbox if whole else enclosing([word.bbox for word in words])
    return Segment(box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height, size, words, line)
