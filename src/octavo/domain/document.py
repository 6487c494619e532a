"""The document that every reader makes and every exporter reads.

Page numbers start at 1. Text is NFC. Confidence is 0.0-1.0, or None where the
engine does not say. Positions are page fractions, see `geometry`.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from octavo.domain.geometry import BBox, UprightTransform
from octavo.domain.looks import Area, Look

SCHEMA_VERSION = "1.0"


class TextSource(StrEnum):
    """Where a block's text comes from."""

    VERIFIED = "verified"
    """Byte for byte from a text layer or native shape, or two independent readings agree."""
    INFERRED = "inferred"
    """A model read it."""
    DERIVED = "derived"
    """It has no text of its own."""


class Origin(StrEnum):
    """Which reading a word comes from."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    NATIVE = "native"


class BlockType(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    PAGE_HEADER = "page_header"
    PAGE_FOOTER = "page_footer"
    CALLOUT = "callout"
    CODE = "code"
    TABLE = "table"
    IMAGE = "image"
    DIAGRAM = "diagram"
    CHART = "chart"
    FORMULA = "formula"


class PageQuality(StrEnum):
    """What was done about a page."""

    READ = "read"
    BLANK = "blank"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    bbox: BBox
    confidence: float | None
    origin: Origin
    look: Look | None = None
    """None where the source does not say: words of a scan, of a text file."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline, left to right as read."""

    words: tuple[Word, ...]
    bbox: BBox
    font_size: float | None = None
    """Points on the upright page; measured from the ink where there is no font."""
    bold: bool | None = None
    italic: bool | None = None
    monospace: bool | None = None

    @property
    def text(self) -> str:
        return " ".join([word.text for word in self.words])


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page that is no text: a picture or a ruled area, as its reader found it."""

    kind: str
    """`image` or `rule`."""
    bbox: BBox


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page as it was recognised: lines in no particular order, before `structure`."""

    number: int
    width_pt: float
    height_pt: float
    lines: tuple[Line, ...]
    regions: tuple[Region, ...] = ()
    transform: UprightTransform = UprightTransform()
    engine: str | None = None
    """The engine that read ink on this page; None where a text layer was enough."""
    language: str | None = None
    """BCP 47 tag, where the engine or the caller said."""
    notes: tuple[str, ...] = ()
    """Codes worth telling: `text_layer_garbled`, `rotated`, `deskewed`, `low_resolution`, …"""


SHOWN_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What every browser shows; others (`image/emf`, `image/wmf`) are handed on as they are."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of one picture of a page, kept beside the page; blocks name it in `body["image"]`."""

    name: str
    """`<page>-<12 hex digits of the bytes' SHA-256>`: the same input gives the same name."""
    media_type: str
    content: bytes
    width_px: int
    height_px: int

    @classmethod
    def of(cls, page: int, media_type: str, content: bytes, width_px: int, height_px: int) -> Self:
        digest = hashlib.sha256(content).hexdigest()[:12]
        return cls(f"{page}-{digest}", media_type, content, width_px, height_px)

    def to_body(self) -> dict[str, Any]:
        """What a block says of its picture."""
        return {
            "name": self.name,
            "media_type": self.media_type,
            "width_px": self.width_px,
            "height_px": self.height_px,
        }


@dataclass(frozen=True, slots=True)
class Block:
    """One thing on the page, in reading order."""

    id: str
    """`blk_` + 12 hex digits of the page, type, position and text: the same input gives the same id."""
    type: BlockType
    page: int
    bbox: BBox | None
    """None only where the source has no layout: DOCX, XLSX, HTML, plain text."""
    reading_order_index: int
    """0-based within the page."""
    text: str
    text_source: TextSource
    confidence: float | None
    verified: bool
    lines: tuple[Line, ...] = ()
    level: int | None = None
    """Of a heading: 1 is the highest in the document."""
    role: str | None = None
    """`title` for the document's own title, `contents` for a paragraph that lists what is in it."""
    body: dict[str, Any] = field(default_factory=dict)
    """What only this type has (table cells, list entries, chart series), JSON values only."""


@dataclass(frozen=True, slots=True)
class PageFailure:
    page: int
    code: str
    summary: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Page:
    """One finished page. It is written once, when its slice is checkpointed."""

    number: int
    width_pt: float
    height_pt: float
    blocks: tuple[Block, ...]
    transform: UprightTransform = UprightTransform()
    quality: PageQuality = PageQuality.READ
    engine: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()
    duration_ms: int = 0
    """Wall time of reading this page, all stages."""
    name: str | None = None
    """What the source calls it: a sheet's name, a slide's title."""
    pictures: tuple[Picture, ...] = ()
    areas: tuple[Area, ...] = ()
    """In painting order; those of charts, diagrams and formulas are left out."""

    @property
    def text(self) -> str:
        return "\n\n".join(block.text for block in self.blocks if block.text)

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for block in self.blocks for line in block.lines for word in line.words)

    def picture(self, name: str) -> Picture | None:
        return next((picture for picture in self.pictures if picture.name == name), None)

    def text_source_mix(self) -> dict[str, float]:
        """The share of the page's characters by `text_source`; empty for a page without text."""
        counts: dict[str, int] = {}
        for block in self.blocks:
            if block.text:
                counts[block.text_source] = counts.get(block.text_source, 0) + len(block.text)
        total = sum(counts.values())
        return {source: round(count / total, 4) for source, count in sorted(counts.items())} if total else {}


@dataclass(frozen=True, slots=True)
class EngineIdentity:
    """An engine exactly as it ran: the digest changes when any model or version does."""

    name: str
    version: str
    digest: str
    """`sha256:` over name, version and every model file."""


@dataclass(frozen=True, slots=True)
class Source:
    filename: str | None
    media_type: str
    size_bytes: int
    sha256: str
    page_count: int


@dataclass(frozen=True, slots=True)
class Extraction:
    engine: EngineIdentity
    profile: str
    duration_ms: int
    faithfulness_score: float | None
    """Share of the emitted characters that are grounded in ink or a text layer; None without text."""
    mean_confidence: float | None
    per_page_failures: tuple[PageFailure, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole result. `pages` may be read from storage as they are walked: once or more, never held."""

    source: Source
    extraction: Extraction
    pages: Iterable[Page]
    fields: dict[str, Any] = field(default_factory=dict)
