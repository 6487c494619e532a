"""Segments of one column as lines, top to bottom: fragments on one baseline become one line."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from octavo.domain.document import Line, Word
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.structure.found import Found
from octavo.pipeline.structure.segments import Segment

LEVEL = 0.2
"""Of the lower of two segments: their middles are as good as level."""
SAME_ROW_OVERLAP = 0.5
"""Of the lower box; a superscript overlaps its line by more, the next line by less."""

SMALL, INSIDE = 0.8, 0.9
"""Of a line's height, of the small sign's."""
COVERED = 0.7


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of a row that stand together, apart from the others. Points."""

    x0: float
    x1: float
    text: str


@dataclass(slots=True, eq=False)
class Row:
    """One line of text in its column, or a picture (`line` is None). Points, origin top-left."""

    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    line: Line | None
    text: str
    column: int
    """Which column of the page, in reading order."""
    cells: tuple[Cell, ...] = ()
    """From left to right where there are at least two, see `cells`; else empty."""
    in_picture: bool = False
    """Read from a photograph or drawing on the page: a label, a rating plate."""
    found: Found | None = None
    """A table, figure or formula that stands here as a whole (`line` is None)."""

    @property
    def is_bold(self) -> bool:
        return self.line is not None and self.line.bold is True

    @property
    def height(self) -> float:
        return self.y1 - self.y0


def to_rows(
    segments: list[Segment], column: int, *, from_right: bool = False, widest_em: float = math.inf
) -> list[Row]:
    """Top to bottom. Segments on one baseline with more than `widest_em` between them stay apart."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (s.center_y, s.x0)):
        row = next((row for row in reversed(rows[-3:]) if _belongs(segment, row, widest_em)), None)
        if row is None:
            rows.append([segment])
        else:
            row.append(segment)
    _put_level_rows_in_line(rows, from_right=from_right)
    return [_row(sorted(row, key=lambda s: s.x0, reverse=from_right), column) for row in rows]


def _put_level_rows_in_line(rows: list[list[Segment]], *, from_right: bool) -> None:
    """Parts of one line that stay apart are read along the line, whichever is a hair higher."""
    for at in range(len(rows) - 1):
        one, other = rows[at][0], rows[at + 1][0]
        if abs(one.center_y - other.center_y) > LEVEL * min(one.height, other.height):
            continue
        is_before = other.x1 <= one.x0 if not from_right else other.x0 >= one.x1
        if is_before:
            rows[at], rows[at + 1] = rows[at + 1], rows[at]


def _belongs(segment: Segment, row: list[Segment], widest_em: float) -> bool:
    if not segment.words or not row[0].words:
        return False
    if widest_em < math.inf and min(_white(segment, other) for other in row) > widest_em * segment.size:
        return False
    tallest = row[0] if len(row) == 1 else max(row, key=lambda s: s.height)
    overlap = min(segment.y1, tallest.y1) - max(segment.y0, tallest.y0)
    if overlap < SAME_ROW_OVERLAP * min(segment.height, tallest.height):
        return False
    return not any(_stands_over(segment, other) and not _fills_gap(segment, other) for other in row)


def _white(segment: Segment, other: Segment) -> float:
    return max(segment.x0 - other.x1, other.x0 - segment.x1)


def _stands_over(segment: Segment, other: Segment) -> bool:
    """Two segments that share much of their width are two lines, however tight they are set."""
    shared = min(segment.x1, other.x1) - max(segment.x0, other.x0)
    return shared > 0.5 * min(segment.x1 - segment.x0, other.x1 - other.x0)


def _fills_gap(segment: Segment, other: Segment) -> bool:
    """Small signs in the white that a line leaves for them: the upper number of a fraction."""
    small, large = sorted((segment, other), key=lambda one: one.height)
    return (
        small.height <= SMALL * large.height
        and min(small.y1, large.y1) - max(small.y0, large.y0) >= INSIDE * small.height
        and not any(_covers(b, a) for a in small.words for b in large.words)
    )


def _covers(word: Word, sign: Word) -> bool:
    """Most of the sign's width; the stroke of a fraction leans under its upper number."""
    shared = min(word.bbox.x1, sign.bbox.x1) - max(word.bbox.x0, sign.bbox.x0)
    return shared > COVERED * sign.bbox.width


def _row(segments: list[Segment], column: int) -> Row:
    line = _line(segments)
    return Row(
        min([segment.x0 for segment in segments]),
        min([segment.y0 for segment in segments]),
        max([segment.x1 for segment in segments]),
        max([segment.y1 for segment in segments]),
        max(segments, key=lambda s: len(s.words)).size,
        line,
        line.text if line else "",
        column,
        found=segments[0].found,
    )


def _line(segments: list[Segment]) -> Line | None:
    first = segments[0].line
    if first is None:
        return None
    if len(segments) == 1 and segments[0].is_whole:
        return first
    words = tuple(word for segment in segments for word in segment.words)
    if any(_fills_gap(one, other) and _stands_over(one, other) for one, other in pairwise(segments)):
        words = tuple(sorted(words, key=lambda word: word.bbox.x0))
    longest = max(segments, key=lambda s: len(s.words)).line or first
    return Line(
        words,
        _box(segment for segment in segments),
        longest.font_size,
        _all_agree([segment.line.bold for segment in segments if segment.line]),
        _all_agree([segment.line.italic for segment in segments if segment.line]),
        _all_agree([segment.line.monospace for segment in segments if segment.line]),
    )


def _box(segments: Iterable[Segment]) -> BBox:
    return enclosing([word.bbox for segment in segments for word in segment.words])


def _all_agree(flags: list[bool | None]) -> bool | None:
    """True where every part is, None where nothing is known."""
    known = [flag for flag in flags if flag is not None]
    return all(known) if known else None
