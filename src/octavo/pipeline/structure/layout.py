"""All rows of a page in reading order, by the part of the page they stand in."""

import re
from dataclasses import dataclass

from octavo.domain.document import ReadPage, Region
from octavo.domain.geometry import BBox
from octavo.pipeline.structure.columns import in_columns
from octavo.pipeline.structure.furniture import peel
from octavo.pipeline.structure.rows import Row, to_rows
from octavo.pipeline.structure.segments import Segment, picture_segments, to_segments

SMALLEST_PICTURE = 0.002
LARGEST_PICTURE = 0.85
"""Fractions of the page area: smaller is an ornament, larger is the paper."""
SIDEWAYS = 2.5
"""A line this many times higher than wide runs up or down the margin."""

_FROM_RIGHT = re.compile("[\u0590-\u08ff]")


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts in reading order."""

    header: list[Row]
    body: list[Row]
    footer: list[Row]
    margin: list[Row]
    """Lines that run up or down the page."""
    backdrops: list[Row]
    """Pictures with text in them: they are shown before the first of their lines."""

    @property
    def rows(self) -> list[Row]:
        return self.header + self.body + self.footer + self.margin


def lay_out(page: ReadPage) -> Layout:
    segments = to_segments(page)
    from_right = _reads_from_right(page)
    margin = [segment for segment in segments if _is_sideways(segment)]
    level = [segment for segment in segments if not _is_sideways(segment)] if margin else segments
    peeled = peel(level, page.height_pt)
    backdrops, pictures = _pictures(page)
    columns = in_columns(peeled.body + picture_segments(page, pictures), from_right=from_right)
    parts = [peeled.header, *columns, peeled.footer, *([segment] for segment in margin)]
    rows = [to_rows(part, number, from_right=from_right) for number, part in enumerate(parts)]
    foot = 1 + len(columns)
    return Layout(
        rows[0],
        _flat(rows[1:foot]),
        rows[foot],
        _flat(rows[foot + 1 :]),
        to_rows(picture_segments(page, backdrops), -1),
    )


def _flat(parts: list[list[Row]]) -> list[Row]:
    return [row for part in parts for row in part]


def _pictures(page: ReadPage) -> tuple[list[Region], list[Region]]:
    """Pictures with lines in them, and pictures that stand alone."""
    pictures = [region for region in page.regions if region.kind == "image" and _is_shown(region, page)]
    centers = [line.bbox.center for line in page.lines] if pictures else []
    backdrops = [region for region in pictures if any(_is_inside(point, region.bbox) for point in centers)]
    return backdrops, [region for region in pictures if region not in backdrops]


def _is_shown(region: Region, page: ReadPage) -> bool:
    area = region.bbox.area
    return area >= SMALLEST_PICTURE and (area <= LARGEST_PICTURE or not page.lines)


def _is_inside(point: tuple[float, float], box: BBox) -> bool:
    return box.x0 <= point[0] <= box.x1 and box.y0 <= point[1] <= box.y1


def _is_sideways(segment: Segment) -> bool:
    letters = sum(len(word.text) for word in segment.words)
    return letters >= 4 and segment.height > SIDEWAYS * (segment.x1 - segment.x0)


def _reads_from_right(page: ReadPage) -> bool:
    text = "".join(word.text for line in page.lines for word in line.words)
    if text.isascii():
        return False
    from_right = len(_FROM_RIGHT.findall(text))
    return from_right > 0 and 2 * from_right > sum(char.isalpha() for char in text)
