"""Positions on a page.

A position is a fraction of the page as a person sees it (upright), origin
top-left, `[x0, y0, x1, y1]`. What a reader measured in pixels or points is
converted once, at its edge.
"""

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Literal, Self

Rotation = Literal[0, 90, 180, 270]


@dataclass(frozen=True, slots=True)
class BBox:
    """An upright box, `0 <= x0 <= x1 <= 1` and the same for y."""

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def clamped(cls, x0: float, y0: float, x1: float, y1: float) -> Self:
        """The box cut to the page, its corners put in order, rounded to 1e-5 of the page."""
        left, top, right, bottom = _on_page(x0), _on_page(y0), _on_page(x1), _on_page(y1)
        if right < left:
            left, right = right, left
        if bottom < top:
            top, bottom = bottom, top
        return cls(left, top, right, bottom)

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def center(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def union(self, other: "BBox") -> "BBox":
        return BBox(
            min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1)
        )

    def intersection_area(self, other: "BBox") -> float:
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        if width <= 0.0:
            return 0.0
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        return width * max(0.0, height)

    def to_list(self) -> list[float]:
        return [self.x0, self.y0, self.x1, self.y1]


@dataclass(frozen=True, slots=True)
class UprightTransform:
    """How the page as delivered was turned to stand upright.

    First `rotation` degrees clockwise (quarter turns), then `deskew_degrees`
    clockwise about the centre on a canvas of the same size. `to_source` maps a
    point of the upright page back to the page as delivered.
    """

    rotation: Rotation = 0
    deskew_degrees: float = 0.0
    width: float = 1.0
    """Of the upright page, in any unit that `height` shares."""
    height: float = 1.0

    @property
    def is_identity(self) -> bool:
        return self.rotation == 0 and self.deskew_degrees == 0.0

    def to_source(self, x: float, y: float) -> tuple[float, float]:
        """The point (fractions of the upright page) as fractions of the delivered page."""
        if self.deskew_degrees:
            x, y = self._undo_deskew(x, y)
        if self.rotation == 90:
            return y, 1.0 - x
        if self.rotation == 180:
            return 1.0 - x, 1.0 - y
        if self.rotation == 270:
            return 1.0 - y, x
        return x, y

    def bbox_to_source(self, box: BBox) -> BBox:
        """The upright box around the four mapped corners."""
        corners = [self.to_source(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        return BBox.clamped(
            min(x for x, _ in corners),
            min(y for _, y in corners),
            max(x for x, _ in corners),
            max(y for _, y in corners),
        )

    def _undo_deskew(self, x: float, y: float) -> tuple[float, float]:
        angle = radians(-self.deskew_degrees)
        dx, dy = (x - 0.5) * self.width, (y - 0.5) * self.height
        return (
            0.5 + (dx * cos(angle) - dy * sin(angle)) / self.width,
            0.5 + (dx * sin(angle) + dy * cos(angle)) / self.height,
        )


def _on_page(place: float) -> float:
    """Cut to 0.0-1.0 and rounded to 1e-5, as `round` does it but at a third of its cost: a page asks for thousands."""
    if not place > 0.0:
        return 0.0
    if place >= 1.0:
        return 1.0
    steps = place * 100_000 + 0.5
    whole = int(steps)
    # Only beside the middle between two steps can the multiplication have gone to the wrong side.
    return whole / 100_000 if 1e-6 < steps - whole < 1 - 1e-6 else round(place, 5)


def enclosing(boxes: list[BBox]) -> BBox:
    """The smallest box around all of them; there must be at least one."""
    return BBox(
        min([box.x0 for box in boxes]),
        min([box.y0 for box in boxes]),
        max([box.x1 for box in boxes]),
        max([box.y1 for box in boxes]),
    )
