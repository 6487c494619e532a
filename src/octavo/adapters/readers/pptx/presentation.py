"""The presentation as a whole: its slides in order, their size, and what slides inherit."""

from dataclasses import dataclass
from functools import lru_cache

from octavo.adapters.readers.office.archive import damaged
from octavo.adapters.readers.office.geometry import whole
from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.office.xml import NAMESPACES, Element, tag
from octavo.domain.errors import DocumentTooLarge, EmptyDocument
from octavo.ports.readers import Limits

_DEFAULT_SIZE = (9_144_000, 6_858_000)


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What a slide inherits from: its layout and that layout's master, where the file has them."""

    layout: Element | None
    master: Element | None

    @property
    def layout_type(self) -> str:
        """`title`, `obj`, `twoObj`, …; empty where the layout does not say."""
        return self.layout.get("type", "") if self.layout is not None else ""


class Presentation:
    """The slides of an open package. Raises as `Package` does, and `DocumentTooLarge` for too many slides and `EmptyDocument` for none."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self.package = package
        self._main = package.main_part()
        root = package.tree(self._main)
        if root.tag != tag("p:presentation"):
            raise damaged()
        listed = root.findall("p:sldIdLst/p:sldId", NAMESPACES)
        if not listed:
            raise EmptyDocument("The presentation has no slides.")
        if len(listed) > limits.max_pages:
            raise DocumentTooLarge(
                f"The presentation has {len(listed)} slides; at most {limits.max_pages} are read. Split it.",
                pages=len(listed),
                max_pages=limits.max_pages,
            )
        self.slides = tuple(package.target(self._main, slide.get(tag("r:id"))) for slide in listed)
        """Names of parts in the order shown; None where the part is missing."""
        self.width, self.height = _size(root)
        self.text_style = root.find("p:defaultTextStyle", NAMESPACES)
        self.backdrop = lru_cache(maxsize=16)(self._backdrop)

    def layout_of(self, slide: str) -> str | None:
        return self.package.related(slide, "slideLayout")

    def _backdrop(self, layout: str | None) -> Backdrop:
        """By the layout's part name: slides share a few."""
        if layout is None:
            return Backdrop(None, None)
        master = self.package.related(layout, "slideMaster")
        return Backdrop(self.package.tree(layout), self.package.tree(master) if master else None)


def _size(root: Element) -> tuple[int, int]:
    """Width and height of a slide in EMU."""
    size = root.find("p:sldSz", NAMESPACES)
    if size is None:
        return _DEFAULT_SIZE
    width, height = whole(size, "cx"), whole(size, "cy")
    return (width, height) if width > 0 and height > 0 else _DEFAULT_SIZE
