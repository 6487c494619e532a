"""The figures of one page: where they are, and with `deep` what they say."""

from dataclasses import replace

from octavo.domain.document import BlockType, Line, Origin, ReadPage
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.figures.charts.exponents import with_exponents
from octavo.pipeline.figures.charts.read import Chart, read_chart, read_drawn_chart
from octavo.pipeline.figures.charts.scales import find_scales
from octavo.pipeline.figures.charts.vector.marks import to_drawing
from octavo.pipeline.figures.charts.vector.radar import find_web
from octavo.pipeline.figures.diagrams.read import Diagram, read_diagram, read_drawn_diagram
from octavo.pipeline.figures.kinds import image_type
from octavo.pipeline.figures.panels import with_panel
from octavo.pipeline.figures.parted import with_parted_pies
from octavo.pipeline.figures.shapes import Shape, backing_of, drawn_shapes, inked_shapes
from octavo.pipeline.figures.surroundings import (
    is_prose,
    lines_on,
    with_labels,
    with_legend,
    with_names_around,
)
from octavo.pipeline.figures.view import View
from octavo.pipeline.sight import Sight
from octavo.pipeline.structure.found import Found

SMALLEST_PT = (40.0, 28.0)
"""Width and height of the smallest drawing that is a figure: less is an ornament, a bullet, a logo of one word."""
SMALLEST_PICTURE = 0.002
LARGEST_PICTURE = 0.85
"""Of the page's area, for pictures of the file: less is an ornament, more is the paper."""
_MOST_WORDS = 80
_LEAST_DIAGRAM = 0.02
"""Lines on a scanned diagram, and its share of the page: to read it costs half a second."""
_AROUND, _RIM = 0.006, 0.02
"""Of the page, around a figure that is looked at."""
_FEW = 40
"""Figures of one page that are read deeply; the rest keep their place."""


def find_figures(page: ReadPage, sight: Sight, taken: tuple[BBox, ...], *, deep: bool) -> tuple[Found, ...]:
    """Pictures, diagrams and charts with the lines that stand on them.

    Args:
        page: Its lines; OCR must have read what should be known of pictures.
        sight: Looked at only where there may be a figure.
        taken: Boxes of what was found before: tables.
        deep: Whether to read charts and diagrams; else every figure is an image.
    """
    lines = [line for line in page.lines if not _is_taken(line.bbox, taken)]
    boxes = _pictures(page, taken, lines)
    boxes += _drawings(page, sight, taken, tuple(boxes), lines)
    found: list[Found] = []
    for box in sorted(_apart(boxes), key=lambda box: -box.area):
        own = [line for line in lines_on(box, lines) if not any(line in other.lines for other in found)]
        found.append(figure_in(box, tuple(own), page, sight, deep=deep and len(found) < _FEW))
    return tuple(sorted(found, key=lambda one: (one.bbox.y0, one.bbox.x0)))


def _is_taken(box: BBox, taken: tuple[BBox, ...]) -> bool:
    return any(box.intersection_area(other) > 0.5 * box.area for other in taken)


def reads_ink(page: ReadPage) -> bool:
    """Whether the whole page was read from its picture."""
    return page.engine is not None and "pictures_read" not in page.notes


def _pictures(page: ReadPage, taken: tuple[BBox, ...], lines: list[Line]) -> list[BBox]:
    """Pictures of the file, but not the paper itself, nor a picture of a text."""
    boxes = [region.bbox for region in page.regions if region.kind == "image"]
    boxes = [box for box in _merged(boxes) if SMALLEST_PICTURE <= box.area <= LARGEST_PICTURE]
    return [
        box for box in boxes if not _is_taken(box, taken) and not is_prose(box, _read_from_ink(lines), page)
    ]


def _read_from_ink(lines: list[Line]) -> list[Line]:
    """Type set over a picture is none of its text."""
    return [line for line in lines if line.words[0].origin is Origin.OCR]


def _drawings(
    page: ReadPage, sight: Sight, taken: tuple[BBox, ...], pictures: tuple[BBox, ...], lines: list[Line]
) -> list[BBox]:
    if reads_ink(page):
        shapes = inked_shapes(page, sight, (*taken, *pictures))
    else:
        backing = backing_of(pictures, sight)
        others = tuple(box for box in pictures if box not in backing)
        shapes = with_parted_pies(drawn_shapes(page, sight, (*taken, *others), backing), page, sight)
    boxes: list[BBox] = []
    for shape in shapes:
        if any(_share(shape.bbox, box) > 0.8 for box in boxes):
            continue
        box = _drawing(shape, shapes, page, sight, lines)
        if box is not None:
            boxes.append(box)
    return boxes


def _drawing(
    shape: Shape, shapes: list[Shape], page: ReadPage, sight: Sight, lines: list[Line]
) -> BBox | None:
    """The box of the figure that the shape is, or the core of."""
    box = shape.bbox
    width, height = box.width * page.width_pt, box.height * page.height_pt
    if width < SMALLEST_PT[0] or height < SMALLEST_PT[1]:
        return None
    grown = with_labels(with_panel(box, sight) if reads_ink(page) else box, page, lines)
    if _has_scale(grown, page, sight, lines):
        return with_legend(grown, [other.bbox for other in shapes], lines, page)
    if is_prose(box, lines, page):
        return None
    is_web = not reads_ink(page) and _is_web(shape, page, sight)
    if is_web or _is_round(shape, page):
        around = with_names_around(box, page, lines, reach=3.0 if is_web else 1.0)
        return with_legend(around, [other.bbox for other in shapes], lines, page)
    if not reads_ink(page):
        return with_legend(box, [other.bbox for other in shapes], lines, page) if _is_drawing(shape) else None
    is_solid = shape.ink >= 0.2 and min(width, height) >= 50
    return box if is_solid or _is_diagram(box, page, sight, lines) else None


def _is_round(shape: Shape, page: ReadPage) -> bool:
    """As high as wide, large, and painted as far as a pie or a ring fills its box."""
    width, height = shape.bbox.width * page.width_pt, shape.bbox.height * page.height_pt
    return abs(width / height - 1) < 0.1 and width >= 72 and 0.3 <= shape.ink <= 0.84


def _is_web(shape: Shape, page: ReadPage, sight: Sight) -> bool:
    """A radar chart's: about as high as wide, with spokes from its middle."""
    width, height = shape.bbox.width * page.width_pt, shape.bbox.height * page.height_pt
    if not 0.75 <= width / height <= 1.3 or width < 72:
        return False
    return find_web(to_drawing(View.of(_margin(shape.bbox), (), page, sight))) is not None


def _is_drawing(shape: Shape) -> bool:
    """Shapes that lines run between, or more slanted lines and marks than a page is decorated with."""
    return (shape.boxes >= 2 and shape.strokes >= 1) or shape.strokes >= 12


def _is_diagram(box: BBox, page: ReadPage, sight: Sight, lines: list[Line]) -> bool:
    inside = lines_on(box, lines)
    if not 2 <= len(inside) <= _MOST_WORDS or box.area < _LEAST_DIAGRAM:
        return False
    return read_diagram(View.of(_margin(box), tuple(inside), page, sight)) is not None


def _has_scale(box: BBox, page: ReadPage, sight: Sight, lines: list[Line]) -> bool:
    """Whether its words are the tick labels of an axis, four or more."""
    inside = lines_on(box, lines)
    if len(inside) > 150 or is_prose(box, inside, page):
        return False
    view = View.of(box, tuple(inside), page, replace(sight, paths=tuple))
    if reads_ink(page) or any(label.text == "10" for label in view.labels):
        view = with_exponents(view)
    scales = [
        scale
        for is_level in (False, True)
        for scale in find_scales(view.labels, view.text_height, is_level=is_level)
    ]
    # Powers of ten are nothing else, and often few.
    return any(len(scale.ticks) >= (3 if "^" in scale.ticks[0].label.text else 4) for scale in scales)


def _margin(box: BBox) -> BBox:
    """With a bit of paper around it; to the page's own edge where it reaches the rim, which is not looked at for shapes."""
    x0, y0 = (0.0 if edge <= _RIM else edge - _AROUND for edge in (box.x0, box.y0))
    x1, y1 = (1.0 if edge >= 1.0 - _RIM else edge + _AROUND for edge in (box.x1, box.y1))
    return BBox.clamped(x0, y0, x1, y1)


def _share(box: BBox, other: BBox) -> float:
    return box.intersection_area(other) / box.area if box.area else 1.0


def _merged(boxes: list[BBox]) -> list[BBox]:
    """Strips of one picture, and pictures on pictures, as one."""
    result: list[BBox] = []
    for box in sorted(boxes, key=lambda box: -box.area):
        for index, other in enumerate(result):
            if _share(box, other) > 0.5 or _continues(box, other):
                result[index] = other.union(box)
                break
        else:
            result.append(box)
    return result


def _continues(box: BBox, other: BBox) -> bool:
    beside = abs(box.y0 - other.y0) < 0.003 and abs(box.y1 - other.y1) < 0.003
    above = abs(box.x0 - other.x0) < 0.003 and abs(box.x1 - other.x1) < 0.003
    gap_x, gap_y = (
        max(box.x0, other.x0) - min(box.x1, other.x1),
        max(box.y0, other.y0) - min(box.y1, other.y1),
    )
    return (beside and gap_x < 0.002) or (above and gap_y < 0.002)


def _apart(boxes: list[BBox]) -> list[BBox]:
    """Figures that lie over one another are one."""
    result: list[BBox] = []
    for box in sorted(boxes, key=lambda box: -box.area):
        index = next((index for index, other in enumerate(result) if _share(box, other) > 0.4), None)
        if index is None:
            result.append(box)
        else:
            result[index] = enclosing([result[index], box])
    return result


def figure_in(box: BBox, lines: tuple[Line, ...], page: ReadPage, sight: Sight, *, deep: bool) -> Found:
    """The figure that fills the box, with its lines; `deep` as above."""
    text = "\n".join(line.text for line in sorted(lines, key=lambda line: (line.bbox.y0, line.bbox.x0)))
    if deep:
        view = View.of(_margin(box), lines, page, sight)
        told = _told(view)
        if told is not None:
            kind = BlockType.CHART if isinstance(told, Chart) else BlockType.DIAGRAM
            return Found(kind, box, lines, text, told.body, told.confidence)
        look = image_type(view)
    else:
        look = None
    body = {"image_type": look} if look else {}
    if text:
        body["embedded_text"] = text
    return Found(BlockType.IMAGE, box, lines, text, body)


def _told(view: View) -> Chart | Diagram | None:
    """Paths are asked before pixels: they are surer, and no page must be drawn for them."""
    drawn = read_drawn_chart(view) or (read_drawn_diagram(view) if view.strokes else None)
    return drawn or read_chart(view) or read_diagram(view)
