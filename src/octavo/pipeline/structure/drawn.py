"""Rules and boxes among what a page draws: they part, frame and shade text."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from octavo.domain.drawing import Colour, Path
from octavo.domain.geometry import BBox

THIN_PT = 2.5
"""An area this thin is a line."""
LEAST_RULE_PT = 12.0
SMALLEST_BOX = 0.0008
LARGEST_BOX = 0.85
"""Shares of the page: smaller holds no line of text, larger is the paper."""
FILLED = 0.85
MOST = 600
"""Of each kind; a page with more is a drawing, and a hostile one must end."""
_PAPER = 740
"""Red, green and blue together, from which a colour counts as white."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An upright rectangle."""

    bbox: BBox
    is_shaded: bool
    """Whether it is filled with anything but white."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """All in page fractions; lines have no thickness to speak of."""

    across: tuple[BBox, ...] = ()
    """Level lines, edges of stroked frames among them."""
    down: tuple[BBox, ...] = ()
    """Upright lines."""
    frames: tuple[Frame, ...] = ()


NOTHING = Drawn()


def drawn_of(paths: Iterable[Path], width_pt: float, height_pt: float) -> Drawn:
    """Slanted lines and shapes that are no rectangles are left out."""
    across: list[BBox] = []
    down: list[BBox] = []
    frames: list[Frame] = []
    for path in paths:
        if max(len(across), len(down), len(frames)) > MOST:
            break
        box = path.bbox
        wide, high = box.width * width_pt, box.height * height_pt
        if high <= THIN_PT and wide >= LEAST_RULE_PT:
            across.append(box)
        elif wide <= THIN_PT and high >= LEAST_RULE_PT:
            down.append(box)
        elif path.is_closed and _is_rectangle(path, box) and SMALLEST_BOX <= box.area <= LARGEST_BOX:
            is_shaded = path.fill is not None and not _is_paper(path.fill)
            if is_shaded or path.stroke is not None:
                frames.append(Frame(box, is_shaded))
            if path.stroke is not None:
                across += [BBox(box.x0, y, box.x1, y) for y in (box.y0, box.y1)]
                down += [BBox(x, box.y0, x, box.y1) for x in (box.x0, box.x1)]
    return Drawn(tuple(across), tuple(down), tuple(frames))


def _is_rectangle(path: Path, box: BBox) -> bool:
    """It fills its box, but for rounded corners: an ellipse fills 0.79 of it, a triangle half."""
    points = path.points
    doubled = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise([*points, points[0]]))
    return len(points) >= 4 and abs(doubled) / 2 >= FILLED * box.area


def _is_paper(colour: Colour) -> bool:
    return sum(colour) >= _PAPER
