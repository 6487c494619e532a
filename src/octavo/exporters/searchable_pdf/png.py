"""A PNG's packed rows as a PDF image: PDF knows them by the same names, `FlateDecode` and predictor 15."""

import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from octavo.exporters.searchable_pdf.drawing import Embedded

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOURS = {0: ("/DeviceGray", 1), 2: ("/DeviceRGB", 3), 3: ("indexed", 1)}
"""By colour type; those with transparency are not among them."""
_UNPACKED_AT_ONCE = 1 << 20


@dataclass(slots=True)
class _Chunks:
    header: bytes = b""
    palette: bytes = b""
    rows: list[bytes] = field(default_factory=list)
    transparent: bool = False


def embedded_png(file: Path | BinaryIO) -> Embedded | None:
    """None where it is damaged, interlaced or partly transparent."""
    content = file.read_bytes() if isinstance(file, Path) else _whole(file)
    chunks = _chunks(content)
    if chunks is None or chunks.transparent or len(chunks.header) != 13:
        return None
    width, height, bits, colour_type, compression, filtering, interlaced = struct.unpack(
        ">IIBBBBB", chunks.header
    )
    if colour_type not in _COLOURS or (compression, filtering, interlaced) != (0, 0, 0):
        return None
    colours, components = _COLOURS[colour_type]
    packed = b"".join(chunks.rows)
    if not _is_whole(packed, height * (1 + (width * components * bits + 7) // 8)):
        return None
    if colours == "indexed":
        colours = f"[/Indexed /DeviceRGB {len(chunks.palette) // 3 - 1} <{chunks.palette.hex()}>]"
    coding = (
        f"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors {components} "
        f"/BitsPerComponent {bits} /Columns {width} >>"
    )
    return Embedded(packed, width, height, bits, colours, coding)


def _whole(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()


def _chunks(content: bytes) -> _Chunks | None:
    """None where the file ends early or a part of it was changed."""
    found, position = _Chunks(), len(_SIGNATURE)
    while position + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, position)
        body = content[position + 8 : position + 8 + length]
        check = content[position + 8 + length : position + 12 + length]
        if len(check) != 4 or zlib.crc32(kind + body) != int.from_bytes(check, "big"):
            return None
        if kind == b"IEND":
            return found
        if kind == b"IHDR":
            found.header = body
        elif kind == b"PLTE":
            found.palette = body
        elif kind == b"IDAT":
            found.rows.append(body)
        found.transparent |= kind == b"tRNS"
        position += 12 + length
    return None


def _is_whole(packed: bytes, expected: int) -> bool:
    """Unpacked piece by piece, because a page of colour unpacked is 25 MB."""
    unpacker, length = zlib.decompressobj(), 0
    try:
        rest = packed
        while rest and length <= expected:
            length += len(unpacker.decompress(rest, _UNPACKED_AT_ONCE))
            rest = unpacker.unconsumed_tail
        while not unpacker.eof and length <= expected:
            piece = unpacker.decompress(b"", _UNPACKED_AT_ONCE)
            length += len(piece)
            if not piece:
                break
    except zlib.error:
        return False
    return unpacker.eof and length == expected
