"""Marks of lists as Word counts them, in the shape in which they are printed."""

import re
from typing import NamedTuple

from octavo.exporters.docx_blocks import Body
from octavo.exporters.docx_styles import Count
from octavo.exporters.markup import element, empty
from octavo.exporters.setting.paragraphs import Bullet

_NUMBERED = re.compile(r"(\(?)(\d{1,4}|[A-Za-z])([.):]|\.\))\Z")
_DEEPEST = 8
_PRIVATE = "\ue000"
_USUAL = "\u2022"


class Counted(NamedTuple):
    """The last mark of a level: its shape, what it counted to, the number of its list."""

    shape: tuple[str, str]
    number: int
    list_id: int


class Counting:
    """Which list each mark goes on; a list goes on as long as its marks do."""

    def __init__(self) -> None:
        self._levels: dict[int, Counted] = {}
        self._bullets: dict[tuple[str, int], int] = {}

    def properties(self, bullet: Bullet, body: Body) -> str:
        """Empty where the mark is none that Word could make: it is written as text then."""
        level = max(0, min(bullet.level, _DEEPEST))
        list_id = self._numbered(bullet.mark, level, body) or self._bulleted(bullet.mark, level, body)
        if list_id is None:
            return ""
        return element("w:numPr", empty("w:ilvl", {"w:val": level}) + empty("w:numId", {"w:val": list_id}))

    def _numbered(self, mark: str, level: int, body: Body) -> int | None:
        match = _NUMBERED.match(mark)
        if match is None:
            return None
        before, core, after = match.groups()
        style = "1" if core.isdigit() else "a" if core.islower() else "A"
        number = int(core) if core.isdigit() else ord(core.lower()) - 96
        if core.isdigit() and core != str(number):
            return None
        shape = (style, f"{before}#{after}")
        last = self._levels.get(level)
        is_next = last is not None and (last.shape, last.number + 1) == (shape, number)
        list_id = last.list_id if last and is_next else body.count(Count(style, level, number, shape[1]))
        self._levels = {at: known for at, known in self._levels.items() if at < level}
        self._levels[level] = Counted(shape, number, list_id)
        return list_id

    def _bulleted(self, mark: str, level: int, body: Body) -> int | None:
        if len(mark) != 1 or mark.isalnum() or mark == "#":
            return None
        sign = _USUAL if mark >= _PRIVATE else mark
        if (sign, level) not in self._bullets:
            self._bullets[sign, level] = body.count(Count(None, level, 1, sign))
        return self._bullets[sign, level]
