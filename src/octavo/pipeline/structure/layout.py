"""All rows of a page in reading order, by the part of the page they stand in."""

from dataclasses import dataclass
from math import inf

from octavo.domain.document import Origin, ReadPage, Region
from octavo.domain.geometry import BBox
from octavo.pipeline.structure.cells import mark_cells
from octavo.pipeline.structure.columns import in_columns
from octavo.pipeline.structure.dropcaps import join_drop_capitals
from octavo.pipeline.structure.found import Found
from octavo.pipeline.structure.furniture import peel
from octavo.pipeline.structure.rows import Row, to_rows
from octavo.pipeline.structure.segments import Segment, found_segments, picture_segments, to_segments
from octavo.pipeline.structure.wording import reads_from_right

SMALLEST_PICTURE = 0.002
LARGEST_PICTURE = 0.85
"""Fractions of the page area: smaller is an ornament, larger is the paper."""
FURNITURE_APART_EM = 4.0
"""White that parts a running title from a page number beside it."""
SIDEWAYS = 2.5
"""A line this many times higher than wide runs up or down the margin."""


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
    from_right: bool = False
    """Whether most of the page's text runs from right to left."""

    @property
    def rows(self) -> list[Row]:
        return self.header + self.body + self.footer + self.margin


def lay_out(page: ReadPage, found: tuple[Found, ...] = ()) -> Layout:
    segments = to_segments(page)
    from_right = _reads_from_right(page)
    margin = [segment for segment in segments if _is_sideways(segment)]
    level = [segment for segment in segments if not _is_sideways(segment)] if margin else segments
    peeled = peel(level, page.height_pt)
    backdrops, pictures = _pictures(page)
    things = picture_segments(page, pictures) + found_segments(page, found)
    columns = in_columns(peeled.body + things, from_right=from_right)
    parts = [peeled.header, *columns, peeled.footer, *([segment] for segment in margin)]
    rows = [
        join_drop_capitals(
            to_rows(part, number, from_right=from_right, widest_em=_apart(number, len(columns))),
            page.height_pt,
            page.width_pt,
        )
        for number, part in enumerate(parts)
    ]
    mark_cells(_flat(rows), page.width_pt)
    _mark_pictured(_flat(rows), backdrops, page)
    foot = 1 + len(columns)
    return Layout(
        rows[0],
        _flat(rows[1:foot]),
        rows[foot],
        _flat(rows[foot + 1 :]),
        to_rows(picture_segments(page, backdrops), -1),
        from_right,
    )


def _apart(part: int, columns: int) -> float:
    """Header and footer hold things that have nothing to do with each other on one line."""
    return FURNITURE_APART_EM if part in {0, columns + 1} else inf


def _flat(parts: list[list[Row]]) -> list[Row]:
    return [row for part in parts for row in part]


def _mark_pictured(rows: list[Row], pictures: list[Region], page: ReadPage) -> None:
    """What was read from the pictures, unless they hold most of the text: then they are the page, in strips."""
    if not pictures or not page.width_pt or not page.height_pt:
        return
    boxes = [picture.bbox for picture in pictures]
    inside = [row for row in rows if _is_pictured(row, boxes, page)]
    if 2 * sum(len(row.text) for row in inside) < sum(len(row.text) for row in rows):
        for row in inside:
            row.in_picture = True


def _is_pictured(row: Row, pictures: list[BBox], page: ReadPage) -> bool:
    """Type set over a picture is none of its text."""
    if row.line is None or row.line.words[0].origin is not Origin.OCR:
        return False
    center = (row.x0 + row.x1) / 2 / page.width_pt, (row.y0 + row.y1) / 2 / page.height_pt
    return any(_is_inside(center, box) for box in pictures)


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
    if segment.height <= SIDEWAYS * (segment.x1 - segment.x0):
        return False
    return sum(len(word.text) for word in segment.words) >= 4


def _reads_from_right(page: ReadPage) -> bool:
    return reads_from_right("".join([word.text for line in page.lines for word in line.words]))
