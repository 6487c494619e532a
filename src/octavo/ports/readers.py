"""What opens a file of one kind and hands out its pages. Runs only in child processes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from octavo.domain.document import Block, Line, Picture, Region
from octavo.domain.drawing import Glyph
from octavo.domain.drawing import Path as DrawnPath
from octavo.domain.geometry import BBox
from octavo.ports.engines import PageImage


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets that are checked before memory is spent."""

    max_bytes: int = 512 * 2**20
    max_pages: int = 10_000
    max_pixels: int = 120_000_000
    """Of one page picture."""
    max_unpacked_bytes: int = 2 * 2**30
    """Of a container (zip) or a compressed image."""
    max_unpacked_ratio: int = 200
    sampled_pages: int = 8
    """How many pages are looked at to tell what a document is like; 0: it is opened, and no page is touched."""


def _no_glyphs(_: BBox) -> tuple[Glyph, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file is, found by opening it and nothing more."""

    media_type: str
    page_count: int
    scanned_sample: float
    """Share of the sampled pages that have no text layer; 1.0 for images."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Glyphs of a font that may not be what the text layer says; only their ink can tell."""

    glyph: str
    """Names font and glyph: the same on every page of the document."""
    boxes: tuple[BBox, ...]
    """The parts of words that have it on this page, as displayed."""


@dataclass(slots=True)
class Tally:
    """How often the ink of a doubted glyph was read, and what came of it."""

    agreed: int = 0
    differed: int = 0


@dataclass(frozen=True, slots=True)
class LoadedPage:
    """One page as its file has it."""

    number: int
    width_pt: float
    height_pt: float
    lines: tuple[Line, ...]
    """The text layer, boxes as fractions of the page as displayed; empty where there is none."""
    regions: tuple[Region, ...]
    """Pictures on the page (`image`), as displayed."""
    render: Callable[[float], PageImage]
    """The page as displayed at so many dots per inch, never above `Limits.max_pixels`."""
    native_dpi: float | None
    """The resolution of the picture that fills the page, where one does."""
    hidden_text: bool = False
    """The text layer is invisible: somebody's OCR under a scan."""
    garbled: float = 0.0
    """Share of the text layer's characters with no sure meaning (no ToUnicode, private use, U+FFFD)."""
    paths: Callable[[], tuple[DrawnPath, ...]] = tuple
    """What is drawn with lines and areas, as displayed; asked for only where it is needed."""
    glyphs: Callable[[BBox], tuple[Glyph, ...]] = _no_glyphs
    """The characters of the text layer inside a box, one by one, as displayed, in stream order."""
    doubts: tuple[Doubt, ...] = ()
    """What the fonts of its text layer leave in doubt; nothing for nearly every page."""
    tallies: dict[str, Tally] = field(default_factory=dict)
    """By `Doubt.glyph`. The reader keeps one for all pages of its document, so that a font is asked about once."""


@dataclass(frozen=True, slots=True)
class NativePage:
    """One page (slide, sheet, part of a text) of a file that says itself what is what."""

    number: int
    width_pt: float
    height_pt: float
    """0 by 0 where the source has no paper."""
    blocks: tuple[Block, ...]
    """Finished, in reading order; see `domain.native`."""
    pictures: tuple[Picture, ...] = ()
    name: str | None = None
    """The sheet's name, the slide's title."""
    notes: tuple[str, ...] = ()


class Reader(Protocol):
    """An open document. Close it; it may hold a native handle."""

    @property
    def page_count(self) -> int: ...

    def load(self, number: int) -> LoadedPage | NativePage:
        """Page `number` (from 1). Raises `PageUnreadable`."""
        ...

    def close(self) -> None: ...


class ReaderKind(Protocol):
    """How one family of media types is opened: the rows of READERS."""

    def inspect(self, path: Path, *, password: str | None, limits: Limits) -> Inspection:
        """Open and look, at most a few pages.

        Raises:
            UnreadableDocument, DocumentEncrypted, DocumentTooLarge, EmptyDocument.
        """
        ...

    def open(self, path: Path, *, password: str | None, limits: Limits) -> Reader:
        """Raises as `inspect` does."""
        ...
