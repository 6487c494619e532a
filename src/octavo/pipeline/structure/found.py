"""Something on the page that is no running text: found before the text is put in order."""

from dataclasses import dataclass, field
from typing import Any

from octavo.domain.document import BlockType, Line
from octavo.domain.geometry import BBox


@dataclass(frozen=True, slots=True)
class Found:
    """A table, picture, diagram, chart or formula."""

    type: BlockType
    bbox: BBox
    lines: tuple[Line, ...]
    """Lines of the page, or parts of lines, that belong to it and so leave the running text."""
    text: str
    body: dict[str, Any] = field(default_factory=dict)
    confidence: float | None = None
    """Of its structure; its words have their own."""
    is_named: bool = False
    """Whether a caption says what it is: nobody doubts it then."""
