"""PP-OCRv6 reads a page.  Start reading here."""

import unicodedata
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from octavo.adapters.engines import models
from octavo.adapters.engines.memory import give_back
from octavo.adapters.engines.ppocr.cascade import Cascade, ReadLine
from octavo.adapters.engines.ppocr.crop import HEIGHT, Crop, cut, turns
from octavo.adapters.engines.ppocr.detect import Detector, Quad
from octavo.adapters.engines.ppocr.session import Session
from octavo.adapters.engines.ppocr.words import PlacedLine, PlacedWord, place_words
from octavo.adapters.engines.ppocr.zone import read_zones
from octavo.adapters.engines.typesize import font_size
from octavo.domain.document import EngineIdentity, Line, Origin, Word
from octavo.domain.geometry import BBox, enclosing
from octavo.domain.job import Profile
from octavo.ports.engines import PageImage

_LEAST_CONFIDENCE = 0.5
"""Below, a "line" is mostly a stamp, a logo or a fold."""
_LEAST_SIDE = 8
"""Pixels: no smaller picture holds text."""


class PpOcrV6:
    """Implements `ports.engines.Recogniser`."""

    def __init__(
        self, identity: EngineIdentity, models_dir: Path, profile: Profile, languages: tuple[str, ...]
    ) -> None:
        self._identity = identity
        self._detector = Detector(Session(models_dir / models.DETECT_TINY))
        self._cascade = Cascade(models_dir, profile, languages)

    @property
    def identity(self) -> EngineIdentity:
        return self._identity

    def recognise(self, image: PageImage) -> tuple[Line, ...]:
        if min(image.width, image.height) < _LEAST_SIDE or np.ptp(image.pixels) == 0:
            return ()
        quads = self._detector.find(image.pixels, image.dpi)
        cut_lines = [[cut(image.pixels, turn) for turn in turns(quad)] for quad in quads]
        read_lines = read_zones(image.pixels, self._cascade.read(cut_lines), lambda: self._cascade.closest)
        lines = (_to_line(read, image) for read in read_lines)
        found = tuple(line for line in lines if line is not None)
        give_back()
        return found


def _to_line(read: ReadLine, image: PageImage) -> Line | None:
    if read.reading.confidence < _LEAST_CONFIDENCE:
        return None
    placed = place_words(read.reading, read.crop)
    if placed is None:
        return None
    words = tuple(_to_word(word, placed, read.crop, image) for word in placed.words)
    across = float(np.linalg.norm(read.crop.quad[3] - read.crop.quad[0]))
    sizes = [font_size(word.text, word.height / HEIGHT * across, image.dpi) for word in placed.words]
    return Line(words, enclosing([word.bbox for word in words]), font_size=round(median(sizes), 2))


def _to_word(word: PlacedWord, line: PlacedLine, crop: Crop, image: PageImage) -> Word:
    corners = _on_page(crop.quad, crop.width, word.x0, line.y0, word.x1, line.y1)
    (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
    box = BBox.clamped(
        float(x0) / image.width, float(y0) / image.height, float(x1) / image.width, float(y1) / image.height
    )
    return Word(unicodedata.normalize("NFC", word.text), box, round(word.confidence, 4), Origin.OCR)


def _on_page(quad: Quad, width: int, x0: float, y0: float, x1: float, y1: float) -> NDArray[np.float64]:
    """The page positions of four corners given in pixels of the crop."""
    along = (quad[1] - quad[0]) / width
    across = (quad[3] - quad[0]) / HEIGHT
    return np.array([quad[0] + along * x + across * y for x in (x0, x1) for y in (y0, y1)], dtype=np.float64)
