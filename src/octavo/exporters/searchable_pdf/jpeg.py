"""What PDF must know of a JPEG, and whether its decoder can show it; ITU-T T.81 has the markers."""

import struct
from dataclasses import dataclass

_PLAIN_FRAMES = {0xC0, 0xC1, 0xC2}
"""Baseline, extended and progressive, with Huffman codes: all that PDF knows."""
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_SCAN, _ADOBE = 0xDA, 0xEE
_END = b"\xff\xd9"


@dataclass(frozen=True, slots=True)
class JpegHeader:
    width: int
    height: int
    components: int

    @classmethod
    def of(cls, content: bytes) -> "JpegHeader | None":
        """None where it is incomplete, or of a kind that PDF does not know."""
        if not content.startswith(b"\xff\xd8") or _END not in content[-65536:]:
            return None
        position, has_adobe = 2, False
        while position + 9 < len(content):
            marker, length = content[position + 1], 0
            if content[position] != 0xFF or marker == _SCAN:
                return None
            if marker == 0xFF:  # a byte of padding
                position += 1
                continue
            if marker in _FRAMES:
                return _frame(content, position, marker, has_adobe=has_adobe)
            has_adobe |= marker == _ADOBE
            if marker not in _WITHOUT_LENGTH:
                length = int.from_bytes(content[position + 2 : position + 4], "big")
            position += 2 + length
        return None


def _frame(content: bytes, position: int, marker: int, *, has_adobe: bool) -> JpegHeader | None:
    precision, height, width, components = struct.unpack_from(">BHHB", content, position + 4)
    ids = content[position + 10 : position + 10 + 3 * components : 3]
    if marker not in _PLAIN_FRAMES or precision != 8 or not width or not height:
        return None
    if ids == b"RGB" and not has_adobe:
        return None  # red, green and blue as they are, which only some decoders guess from these letters
    return JpegHeader(width, height, components)
