"""What is drawn on a page with lines and areas instead of pixels or letters."""

from dataclasses import dataclass, field

from octavo.domain.geometry import BBox

Point = tuple[float, float]
Colour = tuple[int, int, int]
"""Red, green, blue, 0-255."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character of a text layer as it is drawn: what a formula is rebuilt from."""

    text: str
    """As the font maps it; the font's own code where `is_unmapped`."""
    bbox: BBox
    """Of its ink."""
    x: float
    baseline: float
    """Where it stands, page fractions."""
    size_pt: float
    font: str
    """Base name, without the tag of a subset."""
    is_unmapped: bool


@dataclass(frozen=True, slots=True)
class Path:
    """One sub-path, curves flattened to straight pieces."""

    points: tuple[Point, ...]
    """Page fractions of the upright page, at least two."""
    is_closed: bool
    stroke: Colour | None
    """None where its line is not drawn."""
    fill: Colour | None
    """None where its area is not painted."""
    width_pt: float
    """Of the line; 0 is the thinnest a device can draw."""

    bbox: BBox = field(init=False, compare=False, repr=False)
    """Kept, because it is asked for by everybody who looks at drawings."""

    def __post_init__(self) -> None:
        xs, ys = zip(*self.points, strict=True)
        object.__setattr__(self, "bbox", BBox.clamped(min(xs), min(ys), max(xs), max(ys)))
