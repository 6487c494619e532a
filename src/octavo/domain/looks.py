"""How a page looks beside what it says: how words are set, and what is painted behind and between them."""

from dataclasses import dataclass

from octavo.domain.geometry import BBox


@dataclass(frozen=True, slots=True)
class Look:
    """How a word is set. At least one member is known."""

    font: str | None = None
    """The family as its file names it, without the tag of a subset: `Times New Roman`."""
    size: float | None = None
    """Points on the upright page."""
    bold: bool | None = None
    italic: bool | None = None
    color: str | None = None
    """`#rrggbb`; None for black, and where it is not known."""


@dataclass(frozen=True, slots=True)
class Area:
    """A painted rectangle. One that is thinner than 2.5 points is a rule."""

    bbox: BBox
    color: str
    """`#rrggbb`."""
