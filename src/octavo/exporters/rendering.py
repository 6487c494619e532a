"""What an exporter is given besides the document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class SourceAccess:
    """The document as it was sent, for exporters that write on it."""

    path: Path
    media_type: str
    password: str | None
    picture: Callable[[int, float], Any]
    """The page (from 1) as displayed, at so many dots per inch: a `PageImage`."""


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
