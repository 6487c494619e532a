"""What is painted behind and between the words of a page: grounds, shaded cells, rules."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from octavo.domain.document import Block, BlockType
from octavo.domain.drawing import Colour, Path
from octavo.domain.geometry import BBox
from octavo.domain.looks import Area

MOST = 400
"""Of one page. A page with more is a drawing."""
_MOST_PATHS = 5000
_DRAWINGS = frozenset({BlockType.IMAGE, BlockType.CHART, BlockType.DIAGRAM, BlockType.FORMULA})
_WHITE = 750
"""Red, green and blue together, from which a colour is that of the paper."""
_FILLED = 0.85
"""Of its box: an area that fills less is no rectangle."""
_LEAST_PT = 8.0
"""What is shorter on its longer side is a mark, not a rule or a ground."""
_THINNEST_PT = 0.4
_THIN_PT, _GAP_PT = 2.5, 1.5
_MOST_PIECES = 4000


def areas_of(
    paths: Iterable[Path], blocks: Iterable[Block], width_pt: float, height_pt: float
) -> tuple[Area, ...]:
    """In painting order. What has the colour of the paper counts only where it covers something."""
    drawings = [block.bbox for block in blocks if block.bbox and block.type in _DRAWINGS]
    found: list[Area] = []
    for at, path in enumerate(paths):
        if at >= _MOST_PATHS or len(found) >= _MOST_PIECES:
            break
        if _is_inside(path.bbox, drawings):
            continue
        for box, colour in _painted(path, width_pt, height_pt):
            if not _is_seen(box, width_pt, height_pt):
                continue
            if sum(colour) >= _WHITE and not any(_covers(area.bbox, box) for area in found[:MOST]):
                continue
            found.append(Area(box, "#{:02x}{:02x}{:02x}".format(*colour)))
    return tuple(_joined(found, width_pt, height_pt)[:MOST])


def _joined(areas: list[Area], width_pt: float, height_pt: float) -> list[Area]:
    """Rules of tables are drawn cell by cell: pieces of one rule are one, where the first was painted."""
    joined: list[Area] = []
    last: dict[tuple[object, ...], int] = {}
    for area in areas:
        key = _rule(area, width_pt, height_pt)
        at = last.get(key) if key else None
        if key and at is not None and _touch(joined[at].bbox, area.bbox, width_pt, height_pt):
            joined[at] = Area(joined[at].bbox.union(area.bbox), area.color)
        else:
            if key:
                last[key] = len(joined)
            joined.append(area)
    return joined


def _rule(area: Area, width_pt: float, height_pt: float) -> tuple[object, ...] | None:
    """What pieces of one rule have in common; None for a ground."""
    box = area.bbox
    wide, high = box.width * width_pt, box.height * height_pt
    x, y = box.center
    if high <= _THIN_PT and wide > high:
        return area.color, "across", round(y * height_pt), round(high)
    if wide <= _THIN_PT and high > wide:
        return area.color, "down", round(x * width_pt), round(wide)
    return None


def _touch(one: BBox, other: BBox, width_pt: float, height_pt: float) -> bool:
    across = max(one.x0, other.x0) - min(one.x1, other.x1)
    down = max(one.y0, other.y0) - min(one.y1, other.y1)
    return across * width_pt <= _GAP_PT and down * height_pt <= _GAP_PT


def _painted(path: Path, width_pt: float, height_pt: float) -> Iterator[tuple[BBox, Colour]]:
    box = path.bbox
    if path.fill is not None and path.is_closed and _is_rectangle(path, box):
        yield box, path.fill
    if path.stroke is not None:
        thick = max(_THINNEST_PT, path.width_pt) / 2
        points = [*path.points, path.points[0]] if path.is_closed else list(path.points)
        for (x0, y0), (x1, y1) in pairwise(points[:9]):
            if abs(y1 - y0) * height_pt < _THINNEST_PT:
                yield BBox.clamped(x0, y0 - thick / height_pt, x1, y0 + thick / height_pt), path.stroke
            elif abs(x1 - x0) * width_pt < _THINNEST_PT:
                yield BBox.clamped(x0 - thick / width_pt, y0, x0 + thick / width_pt, y1), path.stroke


def _is_rectangle(path: Path, box: BBox) -> bool:
    points = path.points
    doubled = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise([*points, points[0]]))
    return len(points) >= 4 and abs(doubled) / 2 >= _FILLED * box.area


def _is_seen(box: BBox, width_pt: float, height_pt: float) -> bool:
    return box.area > 0 and max(box.width * width_pt, box.height * height_pt) >= _LEAST_PT


def _is_inside(box: BBox, drawings: list[BBox]) -> bool:
    return any(_covers(drawing, box) for drawing in drawings)


def _covers(one: BBox, box: BBox) -> bool:
    x, y = box.center
    return one.x0 <= x <= one.x1 and one.y0 <= y <= one.y1 and box.area <= 1.2 * one.area
