"""From PDF user space to the page as displayed, in points from its top-left corner."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octavo.adapters.readers.pdf.bulk import made
from octavo.domain.geometry import BBox

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Display:
    """What is shown of a page: the crop box (`left`, `bottom`, `right`, `top`), turned by `quarters`."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int
    """Clockwise quarter turns, 0-3."""

    @property
    def width(self) -> float:
        return self.right - self.left if self.quarters % 2 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        return self.top - self.bottom if self.quarters % 2 == 0 else self.right - self.left

    def linear(self) -> tuple[float, float, float, float]:
        """(xx, xy, yx, yy): the displayed step is (xx*dx + xy*dy, yx*dx + yy*dy), y downwards."""
        return ((1, 0, 0, -1), (0, 1, 1, 0), (-1, 0, 0, 1), (0, -1, -1, 0))[self.quarters]

    def points(self, x: Points, y: Points) -> tuple[Points, Points]:
        """User space to displayed points."""
        return (
            (x - self.left, self.top - y),
            (y - self.bottom, x - self.left),
            (self.right - x, y - self.bottom),
            (self.top - y, self.right - x),
        )[self.quarters]

    def boxes(self, edges: Points) -> Points:
        """Rows of two opposite corners (x, y, x, y) in user space to displayed (x0, y0, x1, y1)."""
        xa, ya = self.points(edges[:, 0], edges[:, 1])
        xb, yb = self.points(edges[:, 2], edges[:, 3])
        return np.stack(
            (np.minimum(xa, xb), np.minimum(ya, yb), np.maximum(xa, xb), np.maximum(ya, yb)), axis=1
        )

    def fraction(self, x0: float, y0: float, x1: float, y1: float) -> BBox:
        """A displayed box as fractions of the page."""
        width, height = self.width, self.height
        return BBox.clamped(x0 / width, y0 / height, x1 / width, y1 / height)

    def fractions(self, boxes: Points) -> list[BBox]:
        """Many displayed boxes at once; the same rule as `BBox.clamped`."""
        scaled = boxes / np.array((self.width, self.height, self.width, self.height))
        return made(BBox, *np.round(scaled.clip(0.0, 1.0), 5).T.tolist())
