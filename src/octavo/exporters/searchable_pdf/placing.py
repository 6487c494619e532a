"""From the upright page, where words were found, to the user space of the page as it was sent."""

from dataclasses import dataclass
from math import hypot
from typing import NamedTuple

from octavo.domain.geometry import UprightTransform


class Step(NamedTuple):
    x: float
    y: float

    def times(self, factor: float) -> "Step":
        return Step(self.x * factor, self.y * factor)

    @property
    def length(self) -> float:
        return hypot(self.x, self.y)

    @property
    def unit(self) -> "Step":
        return self.times(1 / self.length) if self.length else self


@dataclass(frozen=True, slots=True)
class Frame:
    """What is shown of a PDF page: its box in user space, and how a viewer turns it."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int = 0
    """Clockwise, 0-3."""

    def user_space(self, u: float, v: float) -> tuple[float, float]:
        """The point that is displayed at the fractions `u` across and `v` down."""
        across, down = ((u, v), (v, 1 - u), (1 - u, 1 - v), (1 - v, u))[self.quarters]
        return self.left + across * (self.right - self.left), self.top - down * (self.top - self.bottom)


@dataclass(frozen=True, slots=True)
class Placing:
    """Fractions of the upright page to points of user space."""

    origin: Step
    across: Step
    """The whole width of the upright page."""
    down: Step
    """Its whole height."""

    @classmethod
    def of(cls, frame: Frame, transform: UprightTransform) -> "Placing":
        corner, right, below = (
            Step(*frame.user_space(*transform.to_source(*at))) for at in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))
        )
        return cls(
            corner, Step(right.x - corner.x, right.y - corner.y), Step(below.x - corner.x, below.y - corner.y)
        )

    def point(self, x: float, y: float) -> Step:
        return Step(
            self.origin.x + x * self.across.x + y * self.down.x,
            self.origin.y + x * self.across.y + y * self.down.y,
        )
