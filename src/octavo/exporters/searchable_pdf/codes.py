"""Which two-byte code of the invisible font stands for which character.

A character of the Basic Multilingual Plane has its own number as its code. The others borrow the
numbers of surrogates, which no character has, in the order in which they come.
"""

from collections.abc import Iterator

_BEYOND = range(0xD800, 0xE000)
_REPLACEMENT = 0xFFFD
_IN_ONE_BLOCK = 100
"""A CMap lists at most so many entries between `begin` and `end`."""

_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Octavo-Invisible-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class Codes:
    """The codes given out so far in one document."""

    def __init__(self) -> None:
        self._rows: set[int] = {0}
        self._beyond: dict[str, int] = {}

    def encode(self, text: str) -> bytes:
        """Two bytes for each character, in the order of `text`."""
        return b"".join(self._code(character).to_bytes(2, "big") for character in text)

    def to_unicode(self) -> bytes:
        """The CMap that leads back from every code given out."""
        ranges = [f"<{row:02X}00> <{row:02X}FF> <{row:02X}00>" for row in sorted(self._rows)]
        single = [
            f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>"
            for character, code in self._beyond.items()
        ]
        blocks = [*_blocks("bfrange", ranges), *_blocks("bfchar", single)]
        return "".join([_HEAD, *blocks, _TAIL]).encode("ascii")

    def _code(self, character: str) -> int:
        code = ord(character)
        if code > 0xFFFF:
            return self._borrowed(character)
        if code in _BEYOND:
            code = _REPLACEMENT
        self._rows.add(code >> 8)
        return code

    def _borrowed(self, character: str) -> int:
        if character not in self._beyond:
            if len(self._beyond) == len(_BEYOND):
                return self._code(chr(_REPLACEMENT))
            self._beyond[character] = _BEYOND[len(self._beyond)]
        return self._beyond[character]


def _blocks(kind: str, entries: list[str]) -> Iterator[str]:
    for start in range(0, len(entries), _IN_ONE_BLOCK):
        block = entries[start : start + _IN_ONE_BLOCK]
        yield f"{len(block)} begin{kind}\n" + "\n".join(block) + f"\nend{kind}\n"
