"""Where shapes stand after all groups around them moved, scaled, turned and flipped them."""

from dataclasses import dataclass
from math import cos, radians, sin

from octavo.adapters.readers.office.xml import NAMESPACES, Element

EMU_PER_POINT = 12_700
_DEGREE = 60_000
_FAR = 10**9
"""Beyond any page: numbers are cut to it, so that nothing overflows."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Affine:
    """x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> Point:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, first: "Affine") -> "Affine":
        """`first`, then this one."""
        e, f = self.at(first.e, first.f)
        return Affine(
            self.a * first.a + self.c * first.b,
            self.b * first.a + self.d * first.b,
            self.a * first.c + self.c * first.d,
            self.b * first.c + self.d * first.d,
            e,
            f,
        )

    def box(self) -> Box:
        """The upright box around the unit square where it ends up: a shape's own box."""
        corners = [self.at(x, y) for x in (0, 1) for y in (0, 1)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def is_upright(self) -> bool:
        """Neither turned nor sheared (mirrored or turned upside down it may be)."""
        return abs(self.b) + abs(self.c) <= 1e-6 * (abs(self.a) + abs(self.d) + 1)


def placed(xfrm: Element) -> Affine | None:
    """The unit square as a shape's `a:xfrm` (or `p:xfrm`) places it; None where that says nothing."""
    offset, extent = xfrm.find("a:off", NAMESPACES), xfrm.find("a:ext", NAMESPACES)
    if offset is None or extent is None:
        return None
    width, height = whole(extent, "cx"), whole(extent, "cy")
    angle = radians(whole(xfrm, "rot") / _DEGREE)
    across = -width if xfrm.get("flipH") in {"1", "true"} else width
    down = -height if xfrm.get("flipV") in {"1", "true"} else height
    turned = Affine(across * cos(angle), across * sin(angle), -down * sin(angle), down * cos(angle))
    center = turned.at(0.5, 0.5)
    x, y = whole(offset, "x") + width / 2 - center[0], whole(offset, "y") + height / 2 - center[1]
    return Affine(turned.a, turned.b, turned.c, turned.d, x, y)


def inside_group(outer: Affine, xfrm: Element | None) -> Affine:
    """Coordinates of a group's children as coordinates of the page; `outer` does so for the group itself."""
    frame = placed(xfrm) if xfrm is not None else None
    if frame is None or xfrm is None:
        return outer
    offset, extent = xfrm.find("a:chOff", NAMESPACES), xfrm.find("a:chExt", NAMESPACES)
    if offset is None or extent is None:
        return outer
    width, height = whole(extent, "cx") or 1, whole(extent, "cy") or 1
    unit = Affine(1 / width, 0, 0, 1 / height, -whole(offset, "x") / width, -whole(offset, "y") / height)
    return outer.after(frame).after(unit)


def whole(element: Element, name: str) -> int:
    """A number attribute; 0 where it is missing or none. Strict files may add a unit (`12pt`)."""
    written = element.get(name, "")
    try:
        number = float(written) if written else 0.0
    except ValueError:
        number = _with_unit(written)
    return int(max(-_FAR, min(_FAR, number))) if number == number else 0  # noqa: PLR0124 - not a number


def _with_unit(written: str) -> float:
    units = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "pc": 152_400, "pi": 152_400}
    unit = units.get(written[-2:])
    try:
        return float(written[:-2]) * unit if unit else 0.0
    except ValueError:
        return 0.0
