"""Which lines of the page belong to a figure: those on it, and a chart's labels around it."""

import re
from collections.abc import Iterable
from itertools import pairwise

from octavo.domain.document import Line, ReadPage
from octavo.domain.geometry import BBox, enclosing

_CAPTION = re.compile(
    r"^(fig(ure|\.)?|tab(le|\.)?|abb(ildung|\.)?|chart|graph|diagram|schema|graphique|source|quelle|photo|plate|exhibit)\b",
    re.IGNORECASE,
)
_FACTOR = re.compile(
    "^[(\\[]?(?:[\u00d7xX*\u00b7] ?1[0O]|[1lI|][eE][-+\u2212\u2013]?\\d|10[\\^\u2070-\u209f\u00b2\u00b3\u00b9]|\\+\\d)"
)
_FACTOR_GAP = 2.6
"""Its own heights over the figure."""
_LABEL_CHARS = 32
_TITLE_CHARS = 90


def lines_on(box: BBox, lines: Iterable[Line]) -> list[Line]:
    """Lines that stand in the box, but for a bit at their ends."""
    return [line for line in lines if line.bbox.intersection_area(box) >= 0.7 * line.bbox.area]


def with_labels(box: BBox, page: ReadPage, lines: list[Line]) -> BBox:
    """The box with the short lines beside and below it, and a title in the middle above."""
    grown = box
    for _ in range(2):
        # A second row of labels, or a title below the first; more is text that stands close.
        near = [line for line in lines if _is_label(line, grown, page)]
        grown = enclosing([grown, *(line.bbox for line in near)])
    factors = [line.bbox for line in lines if _is_factor(line, grown)]
    # A title may stand beside a factor, not over it.
    titled = with_title(grown, page, lines)
    return with_title(enclosing([titled, *factors]), page, lines) if factors else titled


def _is_factor(line: Line, box: BBox) -> bool:
    """`1e6` or `x10^3` over one end of the figure: without it all values would be wrong."""
    size = line.bbox.height
    if not -0.5 * size <= box.y0 - line.bbox.y1 <= _FACTOR_GAP * size or len(line.text) > _LABEL_CHARS:
        return False
    x, side = line.bbox.center[0], 0.3 * box.width
    at_end = box.x0 - 0.1 * side <= x <= box.x0 + side or box.x1 - side <= x <= box.x1 + 0.1 * side
    return at_end and _FACTOR.match(line.text) is not None


def with_title(grown: BBox, page: ReadPage, lines: list[Line]) -> BBox:
    """The box with the line in the middle right above it, if it is a title."""
    title = [line for line in lines if _is_title(line, grown, page, lines)]
    return grown.union(max(title, key=lambda line: line.bbox.y1).bbox) if title else grown


def with_names_around(box: BBox, page: ReadPage, lines: list[Line], *, reach: float = 1.0) -> BBox:
    """The box of something round with the short lines right at it on any side: the names of a pie's sectors.

    `reach`: how much farther than a pie's names they may stand.
    """
    near = [
        line
        for line in lines
        if len(line.text) <= _LABEL_CHARS
        and not _CAPTION.match(line.text)
        and _near(
            line.bbox,
            box,
            1.2 * reach * line.bbox.height * page.height_pt / page.width_pt,
            0.6 * reach * line.bbox.height,
        )
    ]
    return with_labels(enclosing([box, *(line.bbox for line in near)]), page, lines)


def with_legend(box: BBox, shapes: list[BBox], lines: list[Line], page: ReadPage) -> BBox:
    """The box with the small drawings near it that short lines stand on or right beside: samples of colours."""
    grown = box
    # A legend may stand well beside the plot or below it, where there is room.
    reach_x = max(36 / page.width_pt, 0.45 * box.width)
    reach_y = max(36 / page.height_pt, 0.2 * box.height)
    for shape in shapes:
        if (
            shape.area > 0.5 * box.area
            or _gap(shape, grown) > 1.0
            or not _near(shape, grown, reach_x, reach_y)
        ):
            continue
        if min(shape.width * page.width_pt, shape.height * page.height_pt) < 3 and _runs_along(shape, box):
            grown = grown.union(shape)
            continue
        named = [line for line in lines if _names(line, shape, page)]
        if named and all(len(line.text) <= _LABEL_CHARS for line in named):
            grown = grown.union(shape)
            for line in named:
                grown = grown.union(line.bbox)
    whole = _with_names_beside(grown, lines, page)
    # A title stands over the plot, or over plot and legend.
    return with_title(whole, page, lines).union(
        with_title(BBox(box.x0, whole.y0, box.x1, whole.y1), page, lines)
    )


def _with_names_beside(box: BBox, lines: list[Line], page: ReadPage) -> BBox:
    """With a column of short lines to the right, whose samples the reader took for letters.

    One long line beside the figure makes it running text.
    """
    beside = [
        line
        for line in lines
        if line.bbox.x0 >= box.x1 - 0.01
        and (line.bbox.x0 - box.x1) * page.width_pt <= 40
        and box.y0 <= line.bbox.center[1] <= box.y1
    ]
    if not 1 <= len(beside) <= 12 or any(len(line.text) > 24 for line in beside):
        return box
    return enclosing([box, *(line.bbox for line in beside)])


def _runs_along(line: BBox, box: BBox) -> bool:
    """A side of the plot that stands apart from what is in it."""
    across = min(line.x1, box.x1) - max(line.x0, box.x0) >= 0.8 * box.width
    down = min(line.y1, box.y1) - max(line.y0, box.y0) >= 0.8 * box.height
    return across or down


def _gap(one: BBox, other: BBox) -> float:
    """How far apart across and down, as shares of the second box; the smaller of the two."""
    across = max(0.0, max(one.x0, other.x0) - min(one.x1, other.x1)) / max(1e-6, other.width)
    down = max(0.0, max(one.y0, other.y0) - min(one.y1, other.y1)) / max(1e-6, other.height)
    return min(across, down)


def _near(one: BBox, other: BBox, across: float, down: float) -> bool:
    return (
        max(one.x0, other.x0) - min(one.x1, other.x1) <= across
        and max(one.y0, other.y0) - min(one.y1, other.y1) <= down
    )


def _names(line: Line, shape: BBox, page: ReadPage) -> bool:
    x, y = line.bbox.center
    if shape.x0 <= x <= shape.x1 and shape.y0 <= y <= shape.y1:
        return True
    height = line.bbox.height
    is_level = abs(y - shape.center[1]) <= 0.6 * height and shape.height <= 2.5 * height
    # Samples below one another are one cluster of ink.
    is_column = shape.width * page.width_pt <= 3.0 * height * page.height_pt and shape.y0 <= y <= shape.y1
    return (
        (is_level or is_column)
        # A reader may take the sample for the first letter.
        and -0.05 <= line.bbox.x0 - shape.x1 <= max(0.03, 18 / page.width_pt)
        and line.bbox.x1 > shape.x1
    )


def _is_label(line: Line, box: BBox, page: ReadPage) -> bool:
    """Places are compared before words are read: most lines of a page stand elsewhere."""
    if not _stands_as_label(line, box, page):
        return False
    text = line.text
    if len(text) > _LABEL_CHARS and line.bbox.width > 0.9 * box.width and not _is_row(line, page):
        return False
    return not _CAPTION.match(text)


def _stands_as_label(line: Line, box: BBox, page: ReadPage) -> bool:
    size = min(line.bbox.height * page.height_pt, line.bbox.width * page.width_pt)
    across = max(box.x0 - line.bbox.x1, line.bbox.x0 - box.x1) * page.width_pt
    down = max(box.y0 - line.bbox.y1, line.bbox.y0 - box.y1) * page.height_pt
    x, y = line.bbox.center
    beside = box.y0 - 0.02 <= y <= box.y1 + 0.02 and across <= 2.0 * size and down <= 0.5 * size
    slack = 0.06 * box.width
    below = box.x0 - slack <= x <= box.x1 + slack and y > box.y1 and down <= 1.5 * size
    return beside or below


def _is_row(line: Line, page: ReadPage) -> bool:
    """Several names beside one another that were read as one line: wider gaps than between words of a text."""
    wide = 0.6 * line.bbox.height * page.height_pt
    gaps = [(after.bbox.x0 - word.bbox.x1) * page.width_pt for word, after in pairwise(line.words)]
    return sum(gap > wide for gap in gaps) >= 2


def _is_title(line: Line, box: BBox, page: ReadPage, lines: list[Line]) -> bool:
    """In the middle above the figure, with nothing right above itself that it might be the end of."""
    size = line.bbox.height * page.height_pt
    gap = (box.y0 - line.bbox.y1) * page.height_pt
    if not -0.5 * size <= gap <= 2.2 * size or abs(line.bbox.center[0] - box.center[0]) > 0.12 * box.width:
        return False
    if len(line.text) > _TITLE_CHARS or _CAPTION.match(line.text):
        return False
    above = [
        other
        for other in lines
        if 0 < line.bbox.y0 - other.bbox.y0 < 1.9 * line.bbox.height and other is not line
    ]
    return not any(_overlap(other.bbox, line.bbox) > 0.3 for other in above)


def _overlap(one: BBox, other: BBox) -> float:
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    return shared / max(1e-6, min(one.width, other.width))


def is_prose(box: BBox, lines: list[Line], page: ReadPage) -> bool:
    """Whether what stands in the box is running text: its lines are long, many, fill it or run out of it."""
    inside = lines_on(box, lines)
    crossing = [
        line
        for line in lines
        if 0.15 < line.bbox.intersection_area(box) / max(1e-9, line.bbox.area) < 0.7 and len(line.text) > 30
    ]
    if len(crossing) >= 2:
        return True
    long = [line for line in inside if line.bbox.width > 0.55 * box.width and len(line.text) > 25]
    covered = sum(line.bbox.area for line in inside)
    letters = sum(len(line.text) for line in inside)
    return (
        len(long) >= 3
        or covered > 0.3 * box.area
        or letters > 900 * box.area * page.width_pt * page.height_pt / 40_000
    )
