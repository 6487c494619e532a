"""Which recogniser reads which line: the tiny one first, the small one where it is needed."""

import re
from dataclasses import dataclass
from pathlib import Path

from octavo.adapters.engines import models
from octavo.adapters.engines.languages import CHINESE_JAPANESE, CONFIDENT_WHEN_RIGHT
from octavo.adapters.engines.ppocr.crop import Crop
from octavo.adapters.engines.ppocr.guess import has_untrusted_letter, seems_untrusted
from octavo.adapters.engines.ppocr.read import LineReader, Reading
from octavo.domain.job import Profile

_SURE = 0.97
"""Mean confidence of a line below which it is read again: a quarter of the lines of the measured pages."""
_SURE_OF_EACH = 0.6
"""The same for its weakest character."""
_HARDLY_READ = 0.6
"""Below this, a line in no stated language is tried as Chinese or Japanese."""
_SURELY_CHINESE = 0.75
_HAN_OR_KANA = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class ReadLine:
    crop: Crop
    """The turn of the line that made most sense."""
    reading: Reading


class Cascade:
    """Opens a recogniser when the first line needs it, and keeps it."""

    def __init__(self, models_dir: Path, profile: Profile, languages: tuple[str, ...]) -> None:
        self._models_dir = models_dir
        self._profile = profile
        self._open: dict[str, LineReader] = {}
        self._guesses = not languages
        self._full = any(language in CHINESE_JAPANESE for language in languages)
        untrusted = any(
            language not in CONFIDENT_WHEN_RIGHT and language not in CHINESE_JAPANESE
            for language in languages
        )
        self._only_small = profile is Profile.ADVANCED or untrusted

    def read(self, lines: list[list[Crop]]) -> list[ReadLine]:
        """One reading a line; each line comes as the turns in which it may be read."""
        first = [self._best_turn(turns) for turns in lines]
        if not self._only_small:
            suspicious = self._guesses and seems_untrusted(" ".join(line.reading.text for line in first))
            first = [self._again(line) if suspicious or self._doubts(line) else line for line in first]
        if self._guesses:
            first = [self._maybe_chinese(line) for line in first]
        return first

    @property
    def closest(self) -> LineReader:
        """The reader for a line that deserves a second look."""
        return self._tiny if self._profile is Profile.FAST else self._small

    def _best_turn(self, turns: list[Crop]) -> ReadLine:
        reader = self._small if self._only_small else self._tiny
        readings = [ReadLine(crop, reader.read(crop)) for crop in turns]
        return max(readings, key=lambda line: line.reading.confidence)

    def _doubts(self, line: ReadLine) -> bool:
        if self._profile is Profile.FAST:
            return False
        if line.reading.confidence < _SURE or line.reading.weakest < _SURE_OF_EACH:
            return True
        return not self._full and has_untrusted_letter(line.reading.text)

    def _again(self, line: ReadLine) -> ReadLine:
        reading = self._small.read(line.crop)
        return ReadLine(line.crop, reading) if reading.tokens else line

    def _maybe_chinese(self, line: ReadLine) -> ReadLine:
        """The line read with every character there is, where only that makes sense of it."""
        if line.reading.confidence >= _HARDLY_READ or line.crop.width < line.crop.pixels.shape[0]:
            return line
        fast = self._profile is Profile.FAST
        reading = self._reader(models.READ_TINY_FULL if fast else models.READ_SMALL_FULL).read(line.crop)
        if reading.confidence >= _SURELY_CHINESE and _HAN_OR_KANA.search(reading.text):
            return ReadLine(line.crop, reading)
        return line

    @property
    def _tiny(self) -> LineReader:
        return self._reader(models.READ_TINY_FULL if self._full else models.READ_TINY)

    @property
    def _small(self) -> LineReader:
        return self._reader(models.READ_SMALL_FULL if self._full else models.READ_SMALL)

    def _reader(self, name: str) -> LineReader:
        if name not in self._open:
            self._open[name] = LineReader(self._models_dir / name)
        return self._open[name]
