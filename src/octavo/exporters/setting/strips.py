"""The printed lines of a paragraph, and which of them end where they do on purpose. Points."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from octavo.exporters.setting.runs import Printed

_SAME_LINE = 0.5
_WIDE_EM, _SURELY_WIDE = 1.6, 3.2
"""White within a line that is wider, in heights of it, is no space: in most lines of a paragraph, or in one."""
_ROOM = 1.1
"""Times the width of the next word: what was left of the line, where the line ended on purpose."""
_SPACE_EM = 0.4
_LEVEL_EM = 0.6


@dataclass(frozen=True, slots=True)
class Setting:
    """What is usual on a page."""

    width: float
    height: float
    body_size: float | None
    family: str
    """Of text whose font has no name."""


class Strip(NamedTuple):
    """One printed line."""

    x0: float
    y0: float
    x1: float
    y1: float
    words: tuple[Printed, ...]

    @property
    def text(self) -> str:
        return " ".join(printed.word.text for printed in self.words)


def strips_of(words: Sequence[Printed], setting: Setting) -> list[Strip]:
    """From top to bottom; lines that stand side by side are one."""
    by_line: dict[int, list[Printed]] = {}
    for word in words:
        by_line.setdefault(word.line, []).append(word)
    strips: list[Strip] = []
    for strip in sorted(
        (_strip(found, setting) for found in by_line.values()), key=lambda one: (one.y0, one.x0)
    ):
        last = strips[-1] if strips else None
        if last and min(last.y1, strip.y1) - max(last.y0, strip.y0) > _SAME_LINE * min(
            last.y1 - last.y0, strip.y1 - strip.y0
        ):
            strips[-1] = _strip([*last.words, *strip.words], setting)
        else:
            strips.append(strip)
    return strips


def _strip(words: Sequence[Printed], setting: Setting) -> Strip:
    boxes = [printed.word.bbox for printed in words]
    return Strip(
        min(box.x0 for box in boxes) * setting.width,
        min(box.y0 for box in boxes) * setting.height,
        max(box.x1 for box in boxes) * setting.width,
        max(box.y1 for box in boxes) * setting.height,
        tuple(words),
    )


def broken(
    text: str, start: int, stop: int, owners: Sequence[int], words: Sequence[Printed], setting: Setting
) -> list[tuple[int, int]]:
    """The text from `start` to `stop` in parts: those lines apart that do not flow into one another."""
    own = sorted({owner for owner in owners[start:stop] if owner >= 0})
    strips = strips_of([words[at] for at in own], setting) if own else []
    if len(strips) < 2:
        return [(start, stop)]
    at_line = {printed.line: at for at, strip in enumerate(strips) for printed in strip.words}
    places = [(at, at_line[words[owners[at]].line]) for at in range(start, stop) if owners[at] >= 0]
    if any(later < earlier for (_, earlier), (_, later) in pairwise(places)):
        return [(start, stop)]
    ends = _ends(strips)
    cuts = [
        at
        for (before, above), (at, below) in pairwise(places)
        if above != below and above in ends and text[before + 1 : at].strip() == "" and at > before + 1
    ]
    edges = [start, *cuts, stop]
    return list(pairwise(edges))


def _ends(strips: Sequence[Strip]) -> set[int]:
    """The lines that end on purpose: about one middle, at one right edge, with wide white, or with room left."""
    every = set(range(len(strips)))
    size = min(strip.y1 - strip.y0 for strip in strips)
    widest = [_widest_white(strip) for strip in strips]
    is_tabular = max(widest) > _SURELY_WIDE or 2 * sum(white > _WIDE_EM for white in widest) > len(strips)
    if is_tabular or _is_set_apart(strips, _LEVEL_EM * size):
        return every
    right = max(strip.x1 for strip in strips)
    found = set()
    for at, (above, below) in enumerate(pairwise(strips)):
        first = below.words[0].word.bbox
        page = page_width(below)
        if right - above.x1 > _ROOM * first.width * page + _SPACE_EM * size:
            found.add(at)
    return found


def _is_set_apart(strips: Sequence[Strip], near: float) -> bool:
    """Ragged on the left, level in the middle or on the right."""
    lefts = [strip.x0 for strip in strips]
    indent = 4 * near if len(lefts) > 2 else near
    if max(lefts[1:]) - min(lefts[1:]) <= near and abs(lefts[0] - lefts[1]) <= indent:
        return False
    rights = [strip.x1 for strip in strips]
    middles = [(left + right) / 2 for left, right in zip(lefts, rights, strict=True)]
    return max(middles) - min(middles) <= 2 * near or max(rights) - min(rights) <= near


def _widest_white(strip: Strip) -> float:
    """Between two words, in heights of the line."""
    ordered = sorted((printed.word.bbox for printed in strip.words), key=lambda box: box.x0)
    widest = max((after.x0 - before.x1 for before, after in pairwise(ordered)), default=0.0)
    return widest * page_width(strip) / max(1.0, strip.y1 - strip.y0)


def page_width(strip: Strip) -> float:
    """Points for the whole width of the page."""
    boxes = [printed.word.bbox for printed in strip.words]
    wide = max(box.x1 for box in boxes) - min(box.x0 for box in boxes)
    return (strip.x1 - strip.x0) / wide if wide > 0 else 0.0


def tabbed(text: str, owners: Sequence[int], words: Sequence[Printed], em: float) -> str:
    """A line with a tab for each space that is far wider than spaces are; `em` is a share of the page's width."""
    letters = list(text)
    for at in range(1, len(text) - 1):
        before, after = owners[at - 1], owners[at + 1]
        if letters[at] == " " and before >= 0 and after >= 0 and before != after:
            white = words[after].word.bbox.x0 - words[before].word.bbox.x1
            if white > _WIDE_EM * em:
                letters[at] = "\t"
    return "".join(letters)
