"""Figures that say so themselves: what an area of the page holds with `Figure 3` right below it or above it.

Programs that set pages put a placed drawing into a rectangle of its own, white as it may be. Its words are placed
like the rows of a table or the lines of a text, and are neither.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from octavo.domain.document import BlockType, Line, ReadPage
from octavo.domain.drawing import Path
from octavo.domain.geometry import BBox
from octavo.pipeline.figures.find import figure_in
from octavo.pipeline.figures.surroundings import lines_on
from octavo.pipeline.sight import Sight
from octavo.pipeline.structure.found import Found

SMALLEST_PT = (90.0, 36.0)
SMALLEST, LARGEST = 0.015, 0.6
"""Of the page's area."""
NEAR_PT = 20.0
"""White between an area and its caption."""
INSIDE = 0.6
"""Of the area: a table that is as large is what the caption names."""
MOST_OF_PAGE = 0.4
CORNERS = 4
RECTANGULAR = 0.97
"""Of the box around it."""
_TOLD = frozenset({BlockType.CHART, BlockType.DIAGRAM})
_NAMED = re.compile(
    r"(?i:fig(?:ure|\.)?|abb(?:ildung|\.)|figura|figuur|rysunek|рис(?:унок|\.)|εικόνα|obr(?:ázek|\.)|kuva|şekil)"
    r"\s*\d+(?:[.\-\u2013]\d+)*(?:\s*[.:|\u2013\u2014)-](?!\d)|\s+(?=[^\W\d_a-zäöüß])|\s*$)"
)


def with_framed(things: tuple[Found, ...], page: ReadPage, sight: Sight, *, deep: bool) -> tuple[Found, ...]:
    """The tables and figures found, but what such an area holds is one figure, and a frame around the page none."""
    tables = tuple(thing for thing in things if thing.type is BlockType.TABLE)
    things = tuple(thing for thing in things if not _frames_page(thing, tables))
    named = tuple(
        replace(figure_in(box, tuple(lines_on(box, page.lines)), page, sight, deep=deep), is_named=True)
        for box in _named_areas(page, sight, things)
    )
    return (*(thing for thing in things if not _is_over(thing.bbox, named)), *named)


def _frames_page(found: Found, tables: tuple[Found, ...]) -> bool:
    """What is drawn around most of a page and a table on it."""
    return (
        found.type is BlockType.IMAGE
        and found.bbox.area > MOST_OF_PAGE
        and any(table.bbox.intersection_area(found.bbox) > INSIDE * table.bbox.area for table in tables)
    )


def _named_areas(page: ReadPage, sight: Sight, things: tuple[Found, ...]) -> list[BBox]:
    """The largest for each caption; pages without a caption are not looked at."""
    captions = [line for line in page.lines if _names_figure(line.text)]
    areas = _areas(page, sight.paths()) if captions else []
    found: list[BBox] = []
    for caption in captions:
        near = [area for area in areas if _is_named(area, caption, page)]
        box = max(near, key=lambda area: area.area, default=None)
        if box and not any(box.intersection_area(other) for other in found) and not _is_known(box, things):
            found.append(box)
    return found


def _names_figure(text: str) -> bool:
    return text[:1].isalpha() and _NAMED.match(text) is not None


def _areas(page: ReadPage, paths: Iterable[Path]) -> list[BBox]:
    """Rectangles that are drawn or painted, and pictures of the file."""
    boxes = [path.bbox for path in paths if _is_rectangle(path)]
    boxes += [region.bbox for region in page.regions if region.kind == "image"]
    return [box for box in boxes if _is_roomy(box, page)]


def _is_rectangle(path: Path) -> bool:
    """Its corners may be round."""
    if not path.is_closed or len(path.points) < CORNERS:
        return False
    box = path.bbox
    turned = zip(path.points, (*path.points[1:], path.points[0]), strict=True)
    inside = abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in turned)) / 2
    return inside >= RECTANGULAR * box.area


def _is_roomy(box: BBox, page: ReadPage) -> bool:
    wide, high = box.width * page.width_pt, box.height * page.height_pt
    return wide >= SMALLEST_PT[0] and high >= SMALLEST_PT[1] and SMALLEST <= box.area <= LARGEST


def _is_named(box: BBox, caption: Line, page: ReadPage) -> bool:
    """It begins where the area does, or about its middle, close above or below."""
    own = caption.bbox
    below, above = (own.y0 - box.y1) * page.height_pt, (box.y0 - own.y1) * page.height_pt
    overlap = min(own.x1, box.x1) - max(own.x0, box.x0)
    is_level = overlap > 0.5 * min(own.width, box.width)
    return is_level and (-3.0 <= below <= NEAR_PT or -3.0 <= above <= NEAR_PT)


def _is_known(box: BBox, things: tuple[Found, ...]) -> bool:
    """A table in rules that is as large, a chart, a diagram: they say more than a picture."""
    return any(
        thing.bbox.intersection_area(box) > INSIDE * box.area
        if thing.type is BlockType.TABLE and thing.body.get("kind") == "ruled"
        else thing.type in _TOLD and _is_over(box, (thing,))
        for thing in things
    )


def _is_over(box: BBox, others: tuple[Found, ...]) -> bool:
    """A part of one of them, or several of them with what stands between."""
    return any(box.intersection_area(other.bbox) > 0.5 * min(box.area, other.bbox.area) for other in others)
