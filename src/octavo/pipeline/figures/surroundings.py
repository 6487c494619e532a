"""Which lines of the page belong to a figure: those on it, and a chart's labels around it."""

import re
from collections.abc import Iterable

from octavo.domain.document import Line, ReadPage
from octavo.domain.geometry import BBox

_CAPTION = re.compile(
    r"^(fig(ure|\.)?|tab(le|\.)?|abb(ildung|\.)?|chart|graph|diagram|schema|graphique|source|quelle|photo|plate|exhibit)\b",
    re.IGNORECASE,
)
_LABEL_CHARS = 32
_TITLE_CHARS = 90


def lines_on(box: BBox, lines: Iterable[Line]) -> list[Line]:
    """Lines with their middle in the box."""
    return [line for line in lines if _holds(box, line.bbox)]


def with_labels(box: BBox, page: ReadPage, lines: list[Line]) -> BBox:
    """The box with the short lines beside and below it, and a title in the middle above."""
    grown = box
    for _ in range(3):
        near = [line for line in lines if _is_label(line, grown, page)]
        larger = grown
        for line in near:
            larger = larger.union(line.bbox)
        if larger == grown:
            break
        grown = larger
    title = [line for line in lines if _is_title(line, grown, page, lines)]
    return grown.union(max(title, key=lambda line: line.bbox.y1).bbox) if title else grown


def _is_label(line: Line, box: BBox, page: ReadPage) -> bool:
    if len(line.text) > _LABEL_CHARS and line.bbox.width > 0.9 * box.width:
        return False
    if _CAPTION.match(line.text):
        return False
    size = min(line.bbox.height * page.height_pt, line.bbox.width * page.width_pt)
    across = max(box.x0 - line.bbox.x1, line.bbox.x0 - box.x1) * page.width_pt
    down = max(box.y0 - line.bbox.y1, line.bbox.y0 - box.y1) * page.height_pt
    x, y = line.bbox.center
    beside = box.y0 - 0.02 <= y <= box.y1 + 0.02 and across <= 2.0 * size and down <= 0.5 * size
    slack = 0.06 * box.width
    below = box.x0 - slack <= x <= box.x1 + slack and y > box.y1 and down <= 1.5 * size
    return beside or below


def _is_title(line: Line, box: BBox, page: ReadPage, lines: list[Line]) -> bool:
    """In the middle above the figure, with nothing right above itself that it might be the end of."""
    if len(line.text) > _TITLE_CHARS or _CAPTION.match(line.text):
        return False
    size = line.bbox.height * page.height_pt
    gap = (box.y0 - line.bbox.y1) * page.height_pt
    if not -0.5 * size <= gap <= 2.2 * size or abs(line.bbox.center[0] - box.center[0]) > 0.12 * box.width:
        return False
    above = [other for other in lines if 0 < line.bbox.y0 - other.bbox.y0 < 1.9 * line.bbox.height and other is not line]
    return not any(_overlap(other.bbox, line.bbox) > 0.3 for other in above)


def _overlap(one: BBox, other: BBox) -> float:
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    return shared / max(1e-6, min(one.width, other.width))


def is_prose(box: BBox, lines: list[Line], page: ReadPage) -> bool:
    """Whether what stands in the box is running text: its lines are long, many, and fill it."""
    inside = lines_on(box, lines)
    long = [line for line in inside if line.bbox.width > 0.55 * box.width and len(line.text) > 25]
    covered = sum(line.bbox.area for line in inside)
    letters = sum(len(line.text) for line in inside)
    return len(long) >= 3 or covered > 0.3 * box.area or letters > 900 * box.area * page.width_pt * page.height_pt / 40_000


def _holds(box: BBox, other: BBox) -> bool:
    x, y = other.center
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
