"""A reader and engines that do what a test says, without files and models."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from octavo.domain.document import EngineIdentity, Line, Origin, Region, Word
from octavo.domain.errors import PageUnreadable
from octavo.domain.geometry import BBox, Rotation, enclosing
from octavo.ports.engines import PageImage
from octavo.ports.readers import LoadedPage

WIDTH, HEIGHT = 595.0, 842.0
PAPER = EngineIdentity("paper", "1", "sha256:" + "0" * 64)


def line_of(
    text: str,
    x: float,
    y: float,
    *,
    size: float = 10.0,
    letter: float = 0.5,
    origin: Origin = Origin.TEXT_LAYER,
    bold: bool | None = False,
    monospace: bool | None = False,
    confidence: float | None = None,
) -> Line:
    """A line set from `x`, `y` (its top) in points on A4, each letter `letter` em wide."""
    words: list[Word] = []
    place = x
    for word in text.split():
        end = place + letter * size * len(word)
        box = BBox.clamped(place / WIDTH, y / HEIGHT, end / WIDTH, (y + size) / HEIGHT)
        words.append(Word(word, box, confidence, origin))
        place = end + 0.3 * size
    return Line(
        tuple(words), enclosing([word.bbox for word in words]), size, bold, italic=False, monospace=monospace
    )


def paragraph_of(
    texts: Sequence[str], x: float, y: float, *, size: float = 10.0, leading: float = 1.2
) -> list[Line]:
    return [line_of(text, x, y + number * leading * size, size=size) for number, text in enumerate(texts)]


def blank_image(dpi: float = 100) -> PageImage:
    shape = (round(HEIGHT * dpi / 72), round(WIDTH * dpi / 72), 3)
    return PageImage(np.full(shape, 255, np.uint8), dpi)


@dataclass
class FakeReader:
    """Pages by number; every page shows `picture`, whatever resolution is asked for."""

    lines: dict[int, Sequence[Line]] = field(default_factory=dict)
    regions: Sequence[Region] = ()
    picture: PageImage = field(default_factory=blank_image)
    native_dpi: float | None = None
    hidden_text: bool = False
    garbled: float = 0.0
    rendered: list[float] = field(default_factory=list)
    page_count: int = 1
    is_closed: bool = False

    def load(self, number: int) -> LoadedPage:
        if not 1 <= number <= self.page_count:
            raise PageUnreadable(f"There is no page {number}.", page=number)
        return LoadedPage(
            number=number,
            width_pt=WIDTH,
            height_pt=HEIGHT,
            lines=tuple(self.lines.get(number, ())),
            regions=tuple(self.regions),
            render=self._render,
            native_dpi=self.native_dpi,
            hidden_text=self.hidden_text,
            garbled=self.garbled,
        )

    def close(self) -> None:
        self.is_closed = True

    def _render(self, dpi: float) -> PageImage:
        self.rendered.append(dpi)
        return self.picture


@dataclass
class FakeRecogniser:
    """Reads the same lines from every picture, and keeps what it was shown."""

    lines: Sequence[Line] = ()
    seen: list[PageImage] = field(default_factory=list)
    identity: EngineIdentity = PAPER

    def recognise(self, image: PageImage) -> tuple[Line, ...]:
        self.seen.append(image)
        return tuple(self.lines)


@dataclass
class RedTopRecogniser:
    """Reads a picture well where its upper half is redder than its lower, as `letter_page` is, else nothing."""

    identity: EngineIdentity = PAPER

    def recognise(self, image: PageImage) -> tuple[Line, ...]:
        redness = image.pixels[:, :, 0].astype(int) - image.pixels[:, :, 2]
        middle = image.height // 2
        if redness[:middle].mean() < redness[middle:].mean() + 2.5:
            return ()
        return (line_of("read with confidence", 100, 100, origin=Origin.OCR, confidence=0.95),)


@dataclass
class FakeOrienter:
    rotation: Rotation = 0
    confidence: float = 1.0
    seen: list[PageImage] = field(default_factory=list)

    def orientation(self, image: PageImage) -> tuple[Rotation, float]:
        self.seen.append(image)
        return self.rotation, self.confidence
