"""The invisible text of one page, as the operators of a content stream.

Each word is as wide as its ink (`Tz`) and is followed by a space as wide as the gap, so that
copied and searched text has its spaces, whichever way a viewer looks for them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest

from octavo.domain.document import Word
from octavo.exporters.searchable_pdf.codes import Codes
from octavo.exporters.searchable_pdf.font import ADVANCE, DESCENT
from octavo.exporters.searchable_pdf.placing import Placing, Step
from octavo.exporters.searchable_pdf.writing import Direction, Run, is_right_to_left

_LEAST_SPACE = 0.11
"""Of the font size: Poppler takes less for no space at all. Words that touch are drawn in by so much."""
_MOST_DRAWN_IN = 0.15
"""Of a word's length."""
_WIDEST_TEXT = 100_000.0
"""Percent of horizontal scaling: a dash drawn across the page."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A word on its line: points from the line's first baseline point, along and across it."""

    text: str
    start: float
    end: float
    rise: float
    size: float


def text_operators(runs: Iterable[Run], placing: Placing, font: str, codes: Codes) -> bytes:
    """Empty where nothing is to be written. Leaves the graphics state as it was."""
    lines = [_line(run, placing, font, codes) for run in runs]
    if not lines:
        return b""
    return b"\n".join([b"q", b"BT", b"3 Tr", *lines, b"ET", b"Q", b""])


def _line(run: Run, placing: Placing, font: str, codes: Codes) -> bytes:
    along, up = _directions(run.direction, placing)
    starts = [_feet(word, run.direction, placing) for word in run.words]
    stretches = [
        _stretch(word, run.direction, placing, start, starts[0])
        for word, start in zip(run.words, starts, strict=True)
    ]
    origin = starts[0]
    matrix = " ".join(_number(value, 5) for value in (along.x, along.y, up.x, up.y))
    operators = [f"{matrix} {_number(origin.x)} {_number(origin.y)} Tm"]
    pen, size = (0.0, 0.0), 0.0
    for word, following in zip_longest(stretches, stretches[1:]):
        stretch = _apart(word, following) if following is not None else word
        if stretch.size != size:
            size = stretch.size
            operators.append(f"/{font} {_number(size)} Tf")
        pen = _moved(operators, pen, (stretch.start, stretch.rise))
        operators.append(_shown(_visual(stretch.text), stretch.end - stretch.start, size, codes))
        if following is not None:
            begin, end = _gap(stretch, following)
            pen = _moved(operators, pen, (begin, stretch.rise))
            operators.append(_shown(" ", end - begin, size, codes))
    return "\n".join(operators).encode("ascii")


def _directions(direction: Direction, placing: Placing) -> tuple[Step, Step]:
    """Where reading goes and where the letters' heads are, in user space, each one point long."""
    across, down = placing.across.unit, placing.down.unit
    if direction is Direction.RIGHT:
        return across, down.times(-1)
    if direction is Direction.UP:
        return down.times(-1), across.times(-1)
    return down, across


def _feet(word: Word, direction: Direction, placing: Placing) -> Step:
    """Where its baseline begins, in user space."""
    box = word.bbox
    if direction is Direction.RIGHT:
        return placing.point(box.x0, box.y1 - DESCENT * box.height)
    if direction is Direction.UP:
        return placing.point(box.x1 - DESCENT * box.width, box.y1)
    return placing.point(box.x0 + DESCENT * box.width, box.y0)


def _stretch(word: Word, direction: Direction, placing: Placing, start: Step, origin: Step) -> _Stretch:
    along, up = _directions(direction, placing)
    wide = word.bbox.width * placing.across.length
    tall = word.bbox.height * placing.down.length
    length, size = (wide, tall) if direction is Direction.RIGHT else (tall, wide)
    x, y = start.x - origin.x, start.y - origin.y
    begin, rise = x * along.x + y * along.y, x * up.x + y * up.y
    return _Stretch(word.text, begin, begin + length, rise, max(0.01, round(size, 2)))


def _apart(word: _Stretch, following: _Stretch) -> _Stretch:
    """The word with at least a narrow space between it and the one that follows."""
    least, most = _LEAST_SPACE * word.size, _MOST_DRAWN_IN * (word.end - word.start)
    if following.start >= word.start:
        return replace(word, end=word.end - max(0.0, min(most, word.end + least - following.start)))
    return replace(word, start=word.start + max(0.0, min(most, following.end + least - word.start)))


def _gap(word: _Stretch, following: _Stretch) -> tuple[float, float]:
    """Where the space between the two lies; right to left, the following word stands before this one."""
    if following.start > word.end:
        return word.end, following.start
    if following.end < word.start:
        return following.end, word.start
    return word.end, word.end + _LEAST_SPACE * word.size


def _moved(operators: list[str], pen: tuple[float, float], to: tuple[float, float]) -> tuple[float, float]:
    """Where the line begins now: what was written, not what was meant, so that roundings do not add up."""
    step = (round(to[0] - pen[0], 3), round(to[1] - pen[1], 3))
    if step != (0.0, 0.0):
        operators.append(f"{_number(step[0])} {_number(step[1])} Td")
    return pen[0] + step[0], pen[1] + step[1]


def _shown(text: str, length: float, size: float, codes: Codes) -> str:
    natural = len(text) * ADVANCE * size
    percent = min(_WIDEST_TEXT, 100 * length / natural) if natural else 100.0
    return f"{_number(percent)} Tz <{codes.encode(text).hex().upper()}> Tj"


def _visual(text: str) -> str:
    """Letters from left to right as they stand on the page, which is how viewers expect to find them."""
    return text[::-1] if is_right_to_left(text) else text


def _number(value: float, digits: int = 3) -> str:
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") if value else "0"
