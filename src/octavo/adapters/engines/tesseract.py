"""Tesseract reads a page: the engine for scripts PP-OCRv6 does not know."""

import csv
import unicodedata
from collections.abc import Iterable
from itertools import groupby

import cv2
import numpy as np

from octavo.adapters.engines.tesseract_program import Program
from octavo.adapters.engines.typesize import font_size
from octavo.domain.document import EngineIdentity, Line, Origin, Word
from octavo.domain.errors import PageUnreadable
from octavo.domain.geometry import BBox, enclosing
from octavo.domain.job import Profile
from octavo.ports.engines import PageImage

_LIMITS_S = {Profile.FAST: 60.0, Profile.STANDARD: 120.0, Profile.ADVANCED: 180.0}
_WORD_ROW = "5"
_LEAST_SIDE = 8
_LEAST_DPI, _MOST_DPI = 70.0, 2400.0
"""What Tesseract believes; outside it guesses."""


class Tesseract:
    """Implements `ports.engines.Recogniser` with one process a page."""

    def __init__(
        self, identity: EngineIdentity, program: Program, profile: Profile, packs: tuple[str, ...]
    ) -> None:
        self._identity = identity
        self._program = program
        self._packs = packs
        self._limit_s = _LIMITS_S[profile]

    @property
    def identity(self) -> EngineIdentity:
        return self._identity

    def recognise(self, image: PageImage) -> tuple[Line, ...]:
        if min(image.width, image.height) < _LEAST_SIDE or np.ptp(image.pixels) == 0:
            return ()
        dpi = min(_MOST_DPI, max(_LEAST_DPI, image.dpi))
        tsv = self._program.read_tsv(_to_pnm(image), self._packs, dpi, self._limit_s)
        return tuple(_to_line(rows, image) for rows in _word_rows(tsv))


def _to_pnm(image: PageImage) -> bytes:
    """Uncompressed, because packing it would cost more than the pipe."""
    written, buffer = cv2.imencode(".ppm", cv2.cvtColor(image.pixels, cv2.COLOR_RGB2BGR))
    if not written:
        raise PageUnreadable("This page's picture cannot be handed to Tesseract.")
    return buffer.tobytes()


def _word_rows(tsv: str) -> Iterable[list[dict[str, str]]]:
    """The rows of each line's words. The columns are those of `tesseract … tsv`."""
    rows = csv.DictReader(tsv.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = (row for row in rows if row["level"] == _WORD_ROW and (row["text"] or "").strip())
    for _, line in groupby(words, key=lambda row: (row["block_num"], row["par_num"], row["line_num"])):
        yield list(line)


def _to_line(rows: list[dict[str, str]], image: PageImage) -> Line:
    words = tuple(_to_word(row, image) for row in rows)
    sizes = sorted(font_size(row["text"], float(row["height"]), image.dpi) for row in rows)
    return Line(words, enclosing([word.bbox for word in words]), font_size=sizes[len(sizes) // 2])


def _to_word(row: dict[str, str], image: PageImage) -> Word:
    left, top = float(row["left"]), float(row["top"])
    right, bottom = left + float(row["width"]), top + float(row["height"])
    box = BBox.clamped(left / image.width, top / image.height, right / image.width, bottom / image.height)
    confidence = float(row["conf"])
    return Word(
        unicodedata.normalize("NFC", row["text"].strip()),
        box,
        None if confidence < 0 else round(min(1.0, confidence / 100), 4),
        Origin.OCR,
    )
