"""A block before it has its place in reading order."""

from dataclasses import dataclass, field
from typing import Any

from octavo.domain.document import BlockType
from octavo.domain.geometry import BBox


@dataclass(frozen=True, slots=True)
class Draft:
    type: BlockType
    text: str
    bbox: BBox
    level: int | None = None
    role: str | None = None
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unit:
    """What stays together in reading order: the drafts of one shape, or of shapes tied by connectors."""

    bbox: BBox
    drafts: tuple[Draft, ...]
