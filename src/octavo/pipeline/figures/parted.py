"""Pies whose sectors are pulled apart: pieces of a drawing that are one figure."""

from octavo.domain.document import ReadPage
from octavo.domain.geometry import BBox
from octavo.pipeline.figures.charts.vector.marks import to_drawing
from octavo.pipeline.figures.charts.vector.sectors import find_sectors
from octavo.pipeline.figures.shapes import Shape
from octavo.pipeline.figures.view import View
from octavo.pipeline.sight import Sight

_LEAST_PT = 14.0
_APART_PT = 24.0
_SOLID = (0.3, 0.97)
"""Share of its box that a sector covers."""


def with_parted_pies(shapes: list[Shape], page: ReadPage, sight: Sight) -> list[Shape]:
    """The shapes, with those that are sectors of one pie as one."""
    pieces = [shape for shape in shapes if _may_be_sector(shape, page)]
    if len(pieces) < 2:
        return shapes
    for group in _groups(pieces, page):
        box = group[0].bbox
        for piece in group[1:]:
            box = box.union(piece.bbox)
        ratio = box.width * page.width_pt / (box.height * page.height_pt)
        if len(group) < 2 or not 0.8 <= ratio <= 1.25:
            continue
        view = View.of(box, (), page, sight)
        if find_sectors(to_drawing(view), view) is not None:
            share = sum(piece.ink * piece.bbox.area for piece in group) / box.area
            whole = Shape(box, min(0.84, max(0.3, share)), len(group), len(group))
            shapes = sorted(
                [whole, *(shape for shape in shapes if shape not in group)], key=lambda one: -one.bbox.area
            )
    return shapes


def _may_be_sector(shape: Shape, page: ReadPage) -> bool:
    width, height = shape.bbox.width * page.width_pt, shape.bbox.height * page.height_pt
    return max(width, height) >= _LEAST_PT and _SOLID[0] <= shape.ink <= _SOLID[1]


def _groups(pieces: list[Shape], page: ReadPage) -> list[list[Shape]]:
    groups: list[list[Shape]] = []
    for piece in pieces:
        near = [group for group in groups if any(_is_near(piece.bbox, one.bbox, page) for one in group)]
        groups = [group for group in groups if not any(group is other for other in near)]
        groups.append([piece, *(one for group in near for one in group)])
    return groups


def _is_near(one: BBox, other: BBox, page: ReadPage) -> bool:
    across = max(one.x0, other.x0) - min(one.x1, other.x1)
    down = max(one.y0, other.y0) - min(one.y1, other.y1)
    sides = [
        side for box in (one, other) for side in (box.width * page.width_pt, box.height * page.height_pt)
    ]
    reach = max(_APART_PT, 0.3 * max(sides))
    return across * page.width_pt <= reach and down * page.height_pt <= reach
