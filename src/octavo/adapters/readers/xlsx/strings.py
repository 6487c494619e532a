"""The workbook's shared strings: cells point into one list of texts."""

import re
from collections.abc import Iterable, Mapping

from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.office.xml import Element, tag
from octavo.pipeline.structure.wording import clean

_HELD_BYTES = 16 * 2**20
"""A list of up to this size (unpacked) is kept; a longer one is walked for each sheet, which keeps what it uses."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RUN, _TEXT = tag("s:r"), tag("s:t")


class SharedStrings:
    """Raises as `Package` does."""

    def __init__(self, package: Package, part: str | None) -> None:
        self._package, self._part = package, part
        self._held: dict[int, str] | None = None

    def texts(self, wanted: Iterable[int]) -> Mapping[int, str]:
        """By their places in the list; places that are not there are left out."""
        if self._part is None:
            return {}
        if self._held is not None:
            return self._held
        if self._package.size(self._part) <= _HELD_BYTES:
            self._held = dict(self._walk())
            return self._held
        needed = frozenset(wanted)
        return {place: text for place, text in self._walk() if place in needed}

    def _walk(self) -> Iterable[tuple[int, str]]:
        assert self._part is not None  # noqa: S101 - asked for only where there is a list
        for place, element in enumerate(self._package.stream(self._part, "s:si")):
            yield place, string_text(element)


def string_text(element: Element) -> str:
    """Of an `si`, `is` or `text`: its runs together, without how it is pronounced (`rPh`)."""
    parts = []
    for child in element:
        if child.tag == _TEXT:
            parts.append(child.text or "")
        elif child.tag == _RUN:
            parts.extend(text.text or "" for text in child if text.tag == _TEXT)
    return unescaped("".join(parts))


def unescaped(text: str) -> str:
    """`_x000D_` stands for a character that XML does not take; line ends become newlines. NFC."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))
