"""Where the rows and columns of a table begin and end, how its cells are shaded and ruled. Points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from octavo.domain.document import Block, Page
from octavo.domain.geometry import BBox
from octavo.domain.looks import Area
from octavo.exporters.grid import Cell, Grid

THIN_PT = 2.5
"""What is thinner is a rule."""
_NEAR_PT = 3.0
_LEAST_STEP_PT = 1.0
_COVERED = 0.5
_MOST_PAINTED = 80
"""Of one page; the largest grounds and the longest rules."""
_PAPER = "#ffffff"
_UNSEEN_RULE = "#808080"
"""Of a table that is ruled on a picture, where the colour of its rules is not known."""


class Rule(NamedTuple):
    color: str
    thick: float


class Sides(NamedTuple):
    left: Rule | None
    top: Rule | None
    right: Rule | None
    bottom: Rule | None


class Box(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float


Painted = tuple[Box, str]


@dataclass(frozen=True, slots=True)
class Frame:
    """The edges of a grid: one more than columns and rows, ascending."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def box(self, cell: Cell) -> Box:
        return Box(
            self.xs[cell.col],
            self.ys[cell.row],
            self.xs[cell.col + cell.col_span],
            self.ys[cell.row + cell.row_span],
        )


def frame_of(grid: Grid, place: BBox, width: float, height: float) -> Frame:
    """As the boxes of cells say; evenly where they do not."""
    xs = _edges(grid, 0, place.x0, place.x1)
    ys = _edges(grid, 1, place.y0, place.y1)
    return Frame(tuple(x * width for x in xs), tuple(y * height for y in ys))


def _edges(grid: Grid, axis: int, low: float, high: float) -> list[float]:
    """Axis 0 is across. Each edge is where most cells begin; one that no cell tells is put between its neighbours."""
    count = len(grid.rows) if axis else grid.n_cols
    begins: list[list[float]] = [[] for _ in range(count)]
    ends: list[list[float]] = [[] for _ in range(count)]
    for cell in (cell for row in grid.rows for cell in row if cell.bbox):
        box = cell.bbox or (0.0, 0.0, 0.0, 0.0)
        at, span = (cell.row, cell.row_span) if axis else (cell.col, cell.col_span)
        begins[at].append(box[axis])
        ends[at + span - 1].append(box[axis + 2])
    known: list[float | None] = [min(begins[0], default=low)]
    known += [_edge(ends[at - 1], begins[at]) for at in range(1, count)]
    known.append(max(high, *ends[-1]) if ends[-1] else high)
    return _ascending(known, low, high)


def _edge(ends: Sequence[float], begins: Sequence[float]) -> float | None:
    if not begins:
        return max(ends, default=None)
    return min(begins)


def _ascending(known: list[float | None], low: float, high: float) -> list[float]:
    edges = [known[0] if known[0] is not None else low]
    for at in range(1, len(known)):
        edge = known[at]
        following = next(
            (
                (there, value)
                for there, value in enumerate(known[at:], at)
                if value is not None and value > edges[-1]
            ),
            (len(known) - 1, max(high, edges[-1] + 1e-3 * (len(known) - at))),
        )
        if edge is None or edge <= edges[-1]:
            edge = edges[-1] + (following[1] - edges[-1]) / (following[0] - at + 1)
        edges.append(edge)
    return edges


def painted(areas: Iterable[Painted], tables: Sequence[Box]) -> list[Painted]:
    """Those that are no part of a table, in painting order."""
    free = [
        (at, area) for at, area in enumerate(areas) if not any(_belongs(area[0], table) for table in tables)
    ]
    largest = sorted(free, key=lambda one: -_weight(one[1][0]))[:_MOST_PAINTED]
    return [area for _, area in sorted(largest)]


def _weight(box: Box) -> float:
    return max(box.x1 - box.x0, box.y1 - box.y0)


def _belongs(box: Box, table: Box) -> bool:
    """Whether it is a rule or a shaded cell of the table."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    wide, high = table.x1 - table.x0, table.y1 - table.y0
    inside = table.x0 - 4 <= x <= table.x1 + 4 and table.y0 - 4 <= y <= table.y1 + 4
    return inside and box.x1 - box.x0 <= 1.3 * wide + 8 and box.y1 - box.y0 <= 1.3 * high + 8


class Ground:
    """What is painted on a page, in points."""

    def __init__(self, page: Page) -> None:
        width, height = page.width_pt, page.height_pt
        self.areas = [(Box(*_scaled(area, width, height)), area.color) for area in page.areas]
        self._rules = [(box, color) for box, color in self.areas if is_rule(box)]
        self._fills = [(box, color) for box, color in self.areas if not is_rule(box)]

    def fill_at(self, box: Box) -> str | None:
        """The colour last painted behind most of the box; None for that of the paper."""
        found = None
        for area, color in self._fills:
            if _shared(area, box) > _COVERED:
                found = color
        return None if found == _PAPER else found

    def sides(self, box: Box) -> Sides:
        return Sides(
            self._down(box.x0, box),
            self._across(box.y0, box),
            self._down(box.x1, box),
            self._across(box.y1, box),
        )

    def _across(self, y: float, box: Box) -> Rule | None:
        for rule, color in self._rules:
            if abs((rule.y0 + rule.y1) / 2 - y) <= _NEAR_PT and rule.x1 - rule.x0 > rule.y1 - rule.y0:
                shared = min(rule.x1, box.x1) - max(rule.x0, box.x0)
                if shared > _COVERED * (box.x1 - box.x0):
                    return Rule(color, rule.y1 - rule.y0)
        return None

    def _down(self, x: float, box: Box) -> Rule | None:
        for rule, color in self._rules:
            if abs((rule.x0 + rule.x1) / 2 - x) <= _NEAR_PT and rule.y1 - rule.y0 > rule.x1 - rule.x0:
                shared = min(rule.y1, box.y1) - max(rule.y0, box.y0)
                if shared > _COVERED * (box.y1 - box.y0):
                    return Rule(color, rule.x1 - rule.x0)
        return None


def is_rule(box: Box) -> bool:
    return min(box.x1 - box.x0, box.y1 - box.y0) <= THIN_PT


def sides_of(cell: Box, ground: Ground, block: Block) -> Sides:
    """The rules around a cell; on a picture only the kind of the table tells."""
    rule = Rule(_UNSEEN_RULE, 0.5) if block.body.get("kind") == "ruled" else None
    found = ground.sides(cell)
    if any(found):
        return found
    # Dots and dashes are no rules to the reader of areas, and a picture has no areas at all.
    return Sides(rule, rule, rule, rule)


def is_dark(color: str | None) -> bool:
    """Whether light letters can be read on it."""
    if color is None:
        return False
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return 0.3 * red + 0.59 * green + 0.11 * blue < 170


def _scaled(area: Area, width: float, height: float) -> tuple[float, float, float, float]:
    box = area.bbox
    return box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height


def _shared(area: Box, box: Box) -> float:
    """The share of the box that the area covers."""
    wide = min(area.x1, box.x1) - max(area.x0, box.x0)
    high = min(area.y1, box.y1) - max(area.y0, box.y0)
    whole = (box.x1 - box.x0) * (box.y1 - box.y0)
    return wide * high / whole if wide > 0 and high > 0 and whole > 0 else 0.0


def steps(edges: Sequence[float]) -> list[float]:
    return [max(_LEAST_STEP_PT, after - before) for before, after in pairwise(edges)]
