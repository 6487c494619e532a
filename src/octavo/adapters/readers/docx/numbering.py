"""What stands before the entries of lists and numbered headings: counted as Word counts."""

import re
from dataclasses import dataclass
from functools import lru_cache

from octavo.adapters.readers.docx.counting import spelled
from octavo.adapters.readers.docx.styles import indent_of, switched, value_of, whole
from octavo.adapters.readers.office.xml import Element, tag

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_BULLETS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf076": "❖",
    "\uf0a8": "◻",
    "\uf071": "❑",
    "\uf06e": "■",
    "\uf06c": "●",
    "\uf0e0": "→",
    "\uf0e8": "➔",
    "\uf02d": "-",
    "\uf0be": "-",
}
"""What bullets in the fonts Symbol and Wingdings look like."""


@dataclass(frozen=True, slots=True)
class Level:
    form: str = "decimal"
    pattern: str = "%1."
    """`%1` stands for the number of the first level, and so on."""
    start: int = 1
    restart: int | None = None
    """After an entry of which level (from 1) it counts anew; 0 never; None after any higher one."""
    legal: bool = False
    """All numbers in digits."""
    style: str | None = None
    indent: int | None = None


@dataclass(frozen=True, slots=True)
class Marker:
    text: str
    """`3.`, `b)`, `•`; empty where nothing is shown."""
    ordered: bool
    indent: int | None


class Numbering:
    """Counts through the whole document: ask for every numbered paragraph, in order."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, Element] = {}
        self._numbers: dict[str, Element] = {}
        self._linked: dict[str, str] = {}
        for found in root if root is not None else ():
            if found.tag == tag("w:abstractNum"):
                identity = found.get(tag("w:abstractNumId"), "")
                self._abstract[identity] = found
                link = value_of(found.find(tag("w:styleLink")))
                if link:
                    self._linked[link] = identity
            elif found.tag == tag("w:num"):
                self._numbers[found.get(tag("w:numId"), "")] = found
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        self.level = lru_cache(maxsize=4096)(self._level)

    def knows(self, num_id: str) -> bool:
        return num_id in self._numbers and self._abstract_of(num_id) is not None

    def level_of_style(self, num_id: str, styles: tuple[str, ...]) -> int | None:
        """Which level is meant by a style that only names the list."""
        return next((at for at in range(LEVELS) if self.level(num_id, at).style in styles), None)

    def group(self, num_id: str) -> str:
        """What counts together: lists on the same definition go on with one another's numbers."""
        return self._abstract_of(num_id) or num_id

    def advance(self, num_id: str, at: int) -> Marker:
        """Count one entry at level `at` (from 0)."""
        at = min(max(at, 0), LEVELS - 1)
        counts = self._counts.setdefault(self.group(num_id), [None] * LEVELS)
        level = self.level(num_id, at)
        overridden = self._start_override(num_id, at)
        if overridden is not None and (num_id, at) not in self._started:
            counts[at] = None
            level = self._with_start(level, overridden)
        self._started.add((num_id, at))
        current = counts[at]
        counts[at] = level.start if current is None else current + 1
        self._restart_below(num_id, at, counts)
        return Marker(self._shown(num_id, at, counts), level.form not in {"bullet", "none"}, level.indent)

    def _restart_below(self, num_id: str, at: int, counts: list[int | None]) -> None:
        for lower in range(at + 1, LEVELS):
            after = self.level(num_id, lower).restart
            if after is None or at < after:
                counts[lower] = None

    def _shown(self, num_id: str, at: int, counts: list[int | None]) -> str:
        level = self.level(num_id, at)
        if level.form == "bullet":
            return "".join(_BULLETS.get(char, char) for char in level.pattern) or "•"
        if level.form == "none":
            return ""

        def number(match: re.Match[str]) -> str:
            other = self.level(num_id, int(match[1]) - 1)
            count = counts[int(match[1]) - 1]
            form = "decimal" if level.legal else other.form
            return spelled(other.start if count is None else count, form)

        return _PLACE.sub(number, level.pattern).strip()

    def _level(self, num_id: str, at: int) -> Level:
        override = self._override(num_id, at)
        own = None if override is None else override.find(tag("w:lvl"))
        if own is not None:
            return _to_level(own)
        abstract = self._abstract.get(self._abstract_of(num_id) or "")
        for found in abstract.iterchildren(tag("w:lvl")) if abstract is not None else ():
            if whole(found.get(tag("w:ilvl"))) == at:
                return _to_level(found)
        return Level(form="none", pattern="")

    def _abstract_of(self, num_id: str) -> str | None:
        """A list may be defined by a list style, which another definition spells out."""
        number = self._numbers.get(num_id)
        identity = None if number is None else value_of(number.find(tag("w:abstractNumId")))
        definition = self._abstract.get(identity or "")
        link = None if definition is None else value_of(definition.find(tag("w:numStyleLink")))
        return self._linked.get(link, identity) if link else identity if definition is not None else None

    def _override(self, num_id: str, at: int) -> Element | None:
        number = self._numbers.get(num_id)
        overrides = number.iterchildren(tag("w:lvlOverride")) if number is not None else ()
        return next((one for one in overrides if whole(one.get(tag("w:ilvl"))) == at), None)

    def _start_override(self, num_id: str, at: int) -> int | None:
        override = self._override(num_id, at)
        return None if override is None else whole(value_of(override.find(tag("w:startOverride"))))

    @staticmethod
    def _with_start(level: Level, start: int) -> Level:
        return Level(level.form, level.pattern, start, level.restart, level.legal, level.style, level.indent)


def _to_level(element: Element) -> Level:
    def value(name: str) -> str | None:
        return value_of(element.find(tag(name)))

    start = whole(value("w:start"))
    return Level(
        form=value("w:numFmt") or "decimal",
        pattern=value("w:lvlText") or "",
        start=0 if start is None else start,
        restart=whole(value("w:lvlRestart")),
        legal=switched(element, "w:isLgl"),
        style=value("w:pStyle"),
        indent=indent_of(element.find(tag("w:pPr"))),
    )
