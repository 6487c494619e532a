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
_LETTERS_PER_HEIGHT = 0.7
"""Letters in a stretch as long as the line is high: Latin text has about two. Of a Chinese line a Latin recogniser
sees commas and figures, and is sure of them."""
_SURELY_CHINESE = 0.75
_LIKELY_CHINESE = 0.6
"""The same on a page of which a part was surely Chinese."""
_PART_OF_A_PAGE, _LEAST_LINES = 0.1, 2
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
            first = self._with_chinese(first)
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

    def _with_chinese(self, lines: list[ReadLine]) -> list[ReadLine]:
        """Lines read with every character there is where only that makes sense of them.

        Where enough of a page turns out to be Chinese, none of its lines is taken for Latin untried.
        """
        tried = {
            at: self._with_every_character(line) for at, line in enumerate(lines) if _may_be_chinese(line)
        }
        found = {
            at: read
            for at, read in tried.items()
            if _is_chinese(read, 1 if lines[at].reading.confidence < _HARDLY_READ else 2, _SURELY_CHINESE)
        }
        if len(found) >= max(_LEAST_LINES, _PART_OF_A_PAGE * len(lines)):
            tried |= {
                at: self._with_every_character(line) for at, line in enumerate(lines) if at not in tried
            }
            found |= {at: read for at, read in tried.items() if _is_chinese(read, 1, _LIKELY_CHINESE)}
        return [found.get(at, line) for at, line in enumerate(lines)]

    def _with_every_character(self, line: ReadLine) -> ReadLine:
        fast = self._profile is Profile.FAST
        reader = self._reader(models.READ_TINY_FULL if fast else models.READ_SMALL_FULL)
        return ReadLine(line.crop, reader.read(line.crop))

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


def _may_be_chinese(line: ReadLine) -> bool:
    """Hardly anything could be read of it, or less than such a length of Latin text would hold."""
    wide, high = line.crop.width, line.crop.pixels.shape[0]
    if wide < high:
        return False
    letters = len("".join(line.reading.text.split()))
    return line.reading.confidence < _HARDLY_READ or letters < _LETTERS_PER_HEIGHT * wide / high


def _is_chinese(line: ReadLine, wanted: int, confidence: float) -> bool:
    """Whether it holds at least that many Chinese or Japanese characters, and makes sense so."""
    reading = line.reading
    return reading.confidence >= confidence and len(_HAN_OR_KANA.findall(reading.text)) >= wanted
