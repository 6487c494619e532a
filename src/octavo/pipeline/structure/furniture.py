"""Lines at the very top or bottom that belong to the paper: peeled off before columns are looked for."""

from collections.abc import Callable
from dataclasses import dataclass

from octavo.pipeline.structure import markers
from octavo.pipeline.structure.rows import Row
from octavo.pipeline.structure.segments import Segment

TOP_ZONE = 0.09
BOTTOM_ZONE = 0.91
"""Fractions of the page height."""
WHITE_EM = 0.9
"""Between page furniture and the text."""
LONE_NUMBER_WHITE_EM = 0.2
LONE_NUMBER_IN_EM = 5.0
NUMBER_TOP = 0.2
NUMBER_BOTTOM = 0.8
"""A line that is nothing but a page number may stand nearer to the text."""
FIRST_SURE_PAGE = 10
"""A smaller number before capitals may be that of a section."""
MOST_DIGITS = 4
MOST_LINES = 3


@dataclass(slots=True)
class Peeled:
    """Segments by place; `header` and `footer` hold at most `MOST_LINES` lines each."""

    header: list[Segment]
    body: list[Segment]
    footer: list[Segment]


@dataclass(slots=True)
class _Level:
    """All segments on one height, across the page."""

    y0: float
    y1: float
    segments: list[Segment]


def peel(segments: list[Segment], page_height: float) -> Peeled:
    """What stands alone in the outer zones, parted from the rest by white."""
    levels = _levels([segment for segment in segments if segment.words])
    above = _outer(
        levels, lambda level: level.y1 <= (NUMBER_TOP if _is_number(level) else TOP_ZONE) * page_height
    )
    below = _outer(
        levels[above:][::-1],
        lambda level: level.y0 >= (NUMBER_BOTTOM if _is_number(level) else BOTTOM_ZONE) * page_height,
    )
    header = [segment for level in levels[:above] for segment in level.segments]
    footer = [segment for level in levels[len(levels) - below :] for segment in level.segments]
    outside = {id(segment) for segment in header + footer}
    return Peeled(header, [segment for segment in segments if id(segment) not in outside], footer)


def is_furniture(row: Row, small_size: float) -> bool:
    """Whether a peeled row is page furniture for sure; what repeats over pages is found in `assemble`."""
    return markers.is_page_number(row.text) or 0 < row.size < small_size or _is_running_head(row)


def _is_running_head(row: Row) -> bool:
    """A title in capitals with the page's number: `SECRETS  15`, `26 THE CHILD OF THE MOAT`."""
    words = row.text.split()
    if len(words) < 2 or not row.text.isupper():
        return False
    ends_apart = bool(row.cells) and row.cells[-1].text == words[-1]
    return (ends_apart and words[-1].isdecimal()) or (
        words[0].isdecimal()
        and int(words[0][:MOST_DIGITS]) >= FIRST_SURE_PAGE
        and len(words[0]) <= MOST_DIGITS
    )


def _levels(texts: list[Segment]) -> list[_Level]:
    levels: list[_Level] = []
    for segment in sorted(texts, key=lambda s: s.y0):
        if levels and segment.center_y < levels[-1].y1:
            levels[-1].y1 = max(levels[-1].y1, segment.y1)
            levels[-1].segments.append(segment)
        else:
            levels.append(_Level(segment.y0, segment.y1, [segment]))
    return levels


def _is_number(level: _Level) -> bool:
    words = [word.text for segment in level.segments for word in segment.words]
    return len(words) <= 4 and markers.is_page_number(" ".join(words))


def _is_lone_number(level: _Level, neighbour: _Level) -> bool:
    """A page number away from the left edge of the text, where no last word of a paragraph stands."""
    left = min(segment.x0 for segment in neighbour.segments)
    return _is_number(level) and level.segments[0].x0 > left + LONE_NUMBER_IN_EM * level.segments[0].size


def _outer(levels: list[_Level], is_in_zone: Callable[[_Level], bool]) -> int:
    """How many levels, from the first, stand in the zone and are parted from the next by white."""
    for count in range(min(MOST_LINES, len(levels) - 1), 0, -1):
        last, following = levels[count - 1], levels[count]
        white = max(following.y0 - last.y1, last.y0 - following.y1)
        least = LONE_NUMBER_WHITE_EM if _is_lone_number(last, following) else WHITE_EM
        if is_in_zone(last) and white >= least * last.segments[0].size:
            return count
    return 0
