"""The invisible font: every character is a glyph without ink, half as wide as the font is tall.

A box of its text is exactly as tall as the font size, a fifth of it below the baseline, so that a
word's box on the page is what viewers show when it is selected.
"""

import struct
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

NAME = "AAAAAA+OctavoInvisible"
ADVANCE = 0.5
"""Of the font size."""
DESCENT = 0.2
"""Of the font size, below the baseline."""

_EM = 1000
_WIDTH = round(ADVANCE * _EM)
_BELOW = round(DESCENT * _EM)
_ABOVE = _EM - _BELOW
_CODES = 65536
_MADE = 3_850_070_400
"""Seconds from 1904: the first of January 2026."""
_FIXED_PITCH_SYMBOLIC = 1 | 4


def add_font(pdf: pikepdf.Pdf) -> Dictionary:
    """The font of all invisible text; `finish_font` gives it what is known only at the end."""
    program = _compressed(pdf, _program())
    program[Name.Length1] = len(_program())
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/" + NAME),
            Flags=_FIXED_PITCH_SYMBOLIC,
            FontBBox=Array([0, -_BELOW, _WIDTH, _ABOVE]),
            ItalicAngle=0,
            Ascent=_ABOVE,
            Descent=-_BELOW,
            CapHeight=_ABOVE,
            StemV=80,
            FontFile2=program,
        )
    )
    # Every code shows the one glyph without ink: the glyph for "missing" may not be used in PDF/A.
    glyph_of_code = _compressed(pdf, b"\x00\x01" * _CODES)
    descendant = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name("/" + NAME),
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=descriptor,
            DW=_WIDTH,
            CIDToGIDMap=glyph_of_code,
        )
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/" + NAME),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([descendant]),
    )
    return pdf.make_indirect(font)


def finish_font(pdf: pikepdf.Pdf, font: Dictionary, to_unicode: bytes) -> None:
    font[Name.ToUnicode] = _compressed(pdf, to_unicode)


def _compressed(pdf: pikepdf.Pdf, content: bytes) -> Stream:
    return pdf.make_stream(zlib.compress(content, 9), Filter=Name.FlateDecode)


def _program() -> bytes:
    """A TrueType file with two glyphs; https://learn.microsoft.com/typography/opentype/spec has the tables.

    Two contours of a single point each have no ink, but a height: without one, PDFium leaves out text that
    stands on end.
    """
    missing = struct.pack(">hhhhhH", 0, 0, 0, 0, 0, 0)
    corners = struct.pack(
        ">hhhhhHHHBBhhhh",
        *(2, 0, -_BELOW, _WIDTH, _ABOVE),
        *(0, 1, 0, 1, 1),
        *(0, _WIDTH, -_BELOW, _EM),
    )
    tables = {
        b"glyf": missing + corners,
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh",
            *(0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0b11, _EM, _MADE, _MADE),
            *(0, -_BELOW, _WIDTH, _ABOVE, 0, 8, 2, 0, 0),
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH",
            *(0x00010000, _ABOVE, -_BELOW, 0, _WIDTH),
            *(0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2),
        ),
        b"hmtx": struct.pack(">HhHh", _WIDTH, 0, _WIDTH, 0),
        b"loca": struct.pack(">HHH", 0, len(missing) // 2, len(missing + corners) // 2),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x00010000, 2, *(2, 2, 0, 0, 1), *(0,) * 8),
    }
    return _font_file(tables)


def _font_file(tables: dict[bytes, bytes]) -> bytes:
    power = 1 << (len(tables).bit_length() - 1)
    header = struct.pack(
        ">IHHHH", 0x00010000, len(tables), power * 16, power.bit_length() - 1, (len(tables) - power) * 16
    )
    offset = len(header) + 16 * len(tables)
    directory, bodies, places = header, b"", {}
    for tag, content in sorted(tables.items()):
        places[tag] = offset + len(bodies)
        directory += struct.pack(">4sIII", tag, _checksum(content), places[tag], len(content))
        bodies += content + b"\0" * (-len(content) % 4)
    whole = bytearray(directory + bodies)
    adjustment = (0xB1B0AFBA - _checksum(bytes(whole))) & 0xFFFFFFFF
    struct.pack_into(">I", whole, places[b"head"] + 8, adjustment)
    return bytes(whole)


def _checksum(content: bytes) -> int:
    padded = content + b"\0" * (-len(content) % 4)
    total: int = sum(struct.unpack(f">{len(padded) // 4}I", padded))
    return total & 0xFFFFFFFF
