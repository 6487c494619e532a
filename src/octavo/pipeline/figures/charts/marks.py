"""What a chart is drawn with, before anything is said about what it means."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.figures.view import Box


class Tint(NamedTuple):
    """A colour in CIE L*a*b*, where distances are roughly what an eye sees."""

    light: float
    a: float
    b: float

    def distance(self, other: "Tint") -> float:
        return float(
            ((self.light - other.light) ** 2 + (self.a - other.a) ** 2 + (self.b - other.b) ** 2) ** 0.5
        )

    @property
    def chroma(self) -> float:
        return float((self.a**2 + self.b**2) ** 0.5)


SAME_TINT = 14.0
"""Neighbouring colours of real palettes are 18 apart or more; a fill's shading and JPEG stay under 12."""


@dataclass(frozen=True, slots=True)
class Fill:
    """One area of one colour."""

    box: Box
    tint: Tint
    area: float
    """Pixels of it that show; print over it counts."""
    flat_sides: frozenset[str]
    """Of `left right top bottom`: those that are straight along the box."""

    @property
    def is_solid(self) -> bool:
        """Whether it fills its box."""
        return self.area >= 0.85 * self.box.area


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of one colour from left to right: its height at each x where it shows."""

    tint: Tint
    xs: NDArray[np.float64]
    ys: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Dot:
    tint: Tint
    x: float
    y: float
    area: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin straight line along an axis of the page."""

    is_level: bool
    at: float
    """Its y where it is level, else its x."""
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Marks:
    fills: tuple[Fill, ...]
    rules: tuple[Rule, ...]
