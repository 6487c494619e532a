"""What an exporter is given besides the document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from octavo.domain.document import Page
from octavo.domain.errors import NotFound
from octavo.domain.geometry import BBox


@dataclass(frozen=True, slots=True)
class Cutting:
    """A page, or a part of it, as a picture."""

    content: bytes
    media_type: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class SourceAccess:
    """The document as it was sent, for exporters that write on it."""

    path: Path
    media_type: str
    password: str | None
    picture: Callable[[int, float], Any]
    """The page (from 1) as displayed, at so many dots per inch: a `PageImage`."""
    cutting: Callable[[Page, float, BBox | None], Cutting] | None = None
    """The page as it was read, at so many dots per inch, or what is under that box. Raises `NotFound` for a
    page without a look of its own."""

    def cut(self, page: Page, dpi: float, box: BBox | None = None) -> Cutting | None:
        """None for a page that has no look: one of a Word file, say."""
        if self.cutting is None:
            return None
        try:
            return self.cutting(page, dpi, box)
        except NotFound:
            return None


@dataclass(frozen=True, slots=True)
class Rendering:
    """How one export is wanted."""

    images_at: str = "images/"
    """What stands before a picture's name to make its address."""
    options: Mapping[str, str] = field(default_factory=dict)
    """Only options the exporter has, with one of its values."""
    source: SourceAccess | None = None
    """None where the exporter does not need it."""

    def option(self, name: str, default: str) -> str:
        return self.options.get(name, default)


WITHOUT_PICTURES = Rendering(options={"images": "none"})
