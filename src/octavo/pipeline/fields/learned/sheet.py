"""A page as a form is laid over it: words and boxes in one measure, whatever the paper or the source."""

from dataclasses import dataclass
from functools import cached_property

from octavo.domain.geometry import BBox
from octavo.pipeline.fields.tokens import Token
from octavo.pipeline.fields.view import PageView

_NOMINAL = (595.0, 842.0)
"""Points. Pages with a layout are measured in fractions of themselves; text without one in fractions of this."""


@dataclass(frozen=True, slots=True)
class Box:
    """Measured on a sheet; may leave it."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def center(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def moved(self, right: float, down: float) -> "Box":
        return Box(self.x0 + right, self.y0 + down, self.x1 + right, self.y1 + down)

    def union(self, other: "Box") -> "Box":
        return Box(
            min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1)
        )

    def to_list(self) -> list[float]:
        return [round(edge, 5) for edge in (self.x0, self.y0, self.x1, self.y1)]


@dataclass(frozen=True)
class Sheet:
    page: PageView

    @cached_property
    def scale(self) -> tuple[float, float]:
        is_made_up = any(not token.placed for row in self.page.rows for token in row.tokens)
        if not is_made_up:
            return 1.0, 1.0
        return self.page.width_pt / _NOMINAL[0], self.page.height_pt / _NOMINAL[1]

    @property
    def aspect(self) -> float:
        """Width by height of what a sheet is measured in."""
        right, down = self.scale
        return self.page.width_pt / right / (self.page.height_pt / down)

    @cached_property
    def words(self) -> tuple[tuple[Token, Box], ...]:
        return tuple((token, self.box(token.bbox)) for row in self.page.rows for token in row.tokens)

    def box(self, box: BBox) -> Box:
        right, down = self.scale
        return Box(box.x0 * right, box.y0 * down, box.x1 * right, box.y1 * down)


def around(boxes: list[Box]) -> Box:
    """At least one."""
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.union(box)
    return whole
