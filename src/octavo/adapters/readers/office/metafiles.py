"""Drawings of Windows (EMF, WMF): how large they are, and, where LibreOffice is installed, how they look."""

import base64
import io
import shutil
import struct
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from octavo.adapters.readers.libreoffice import convert, office_folder
from octavo.domain.errors import OctavoError

EMF, WMF = "image/emf", "image/wmf"
_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_UNPLACED = (b"\x01\x00\x09\x00\x00\x03", b"\x02\x00\x09\x00\x00\x03")
_GZIP = b"\x1f\x8b"
_LARGEST_BYTES = 32 * 2**20
_DPI = 96
_USUAL_PX = (320, 240)
"""Of one that does not say."""
_LARGEST_PX = 20_000
_WIDTH_MM, _HEIGHT_MM = 180.0, 240.0
"""What fits on the page that LibreOffice takes, A4 or letter."""
_MADE_DPI = 144
_LONGEST_PX = 1600
_MOST = 200
"""Drawings of one document."""


class Metafile(NamedTuple):
    media_type: str
    content: bytes
    """Unpacked."""
    width_px: int
    """At 96 to the inch."""
    height_px: int


def to_metafile(content: bytes) -> Metafile | None:
    """None for anything else, and for what is packed too large (EMZ, WMZ)."""
    if content.startswith(_GZIP):
        unpacking = zlib.decompressobj(wbits=31)
        try:
            content = unpacking.decompress(content, _LARGEST_BYTES)
        except zlib.error:
            return None
        if unpacking.unconsumed_tail:
            return None
    if len(content) >= 88 and content[:4] == b"\x01\0\0\0" and content[40:44] == b" EMF":
        left, top, right, bottom = struct.unpack_from("<4i", content, 24)
        return Metafile(EMF, content, *_pixels((right - left) / 2540, (bottom - top) / 2540))
    if len(content) >= 40 and content.startswith(_PLACEABLE):
        left, top, right, bottom, inch = struct.unpack_from("<4hH", content, 6)
        inch = inch or 1440
        return Metafile(WMF, content, *_pixels(abs(right - left) / inch, abs(bottom - top) / inch))
    if content.startswith(_UNPLACED):
        return Metafile(WMF, content, *_USUAL_PX)
    return None


def _pixels(width_in: float, height_in: float) -> tuple[int, int]:
    width, height = round(width_in * _DPI), round(height_in * _DPI)
    return (width, height) if 0 < width <= _LARGEST_PX and 0 < height <= _LARGEST_PX else _USUAL_PX


def drawn_metafiles(metafiles: Mapping[str, Metafile]) -> dict[str, bytes]:
    """PNG by the same names, of those that could be drawn; nothing where LibreOffice is not installed.

    All of a document at once: to start LibreOffice takes some seconds.
    """
    chosen = dict(list(metafiles.items())[:_MOST])
    if not chosen or office_folder() is None:
        return {}
    scratch = Path(tempfile.mkdtemp(prefix="metafiles-"))
    try:
        source, target, work = scratch / "drawings.fodg", scratch / "drawings.pdf", scratch / "work"
        work.mkdir()
        source.write_text(_drawing(list(chosen.values())), encoding="utf-8")
        convert(source, target, work)
        return _cut_out(target, chosen)
    except (OctavoError, OSError):
        return {}
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _drawing(metafiles: list[Metafile]) -> str:
    """An OpenDocument drawing with a page for each, at its upper left corner."""
    odf = "urn:oasis:names:tc:opendocument:xmlns"
    names = {
        "office": f"{odf}:office:1.0",
        "style": f"{odf}:style:1.0",
        "draw": f"{odf}:drawing:1.0",
        "fo": f"{odf}:xsl-fo-compatible:1.0",
        "svg": f"{odf}:svg-compatible:1.0",
    }
    declared = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in names.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {declared} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.graphics"><office:automatic-styles>'
        '<style:page-layout style:name="L"><style:page-layout-properties fo:margin-top="0mm" '
        'fo:margin-bottom="0mm" fo:margin-left="0mm" fo:margin-right="0mm"/></style:page-layout>'
        '</office:automatic-styles><office:master-styles><style:master-page style:name="M" '
        'style:page-layout-name="L"/></office:master-styles><office:body><office:drawing>'
        + "".join(_page(metafile) for metafile in metafiles)
        + "</office:drawing></office:body></office:document>"
    )


def _page(metafile: Metafile) -> str:
    width, height = _size_mm(metafile)
    place = f'svg:x="0mm" svg:y="0mm" svg:width="{width:.3f}mm" svg:height="{height:.3f}mm"'
    content = base64.b64encode(metafile.content).decode()
    picture = f"<draw:image><office:binary-data>{content}</office:binary-data></draw:image>"
    return f'<draw:page draw:master-page-name="M"><draw:frame {place}>{picture}</draw:frame></draw:page>'


def _size_mm(metafile: Metafile) -> tuple[float, float]:
    width, height = metafile.width_px * 25.4 / _DPI, metafile.height_px * 25.4 / _DPI
    scale = min(1.0, _WIDTH_MM / width, _HEIGHT_MM / height)
    return width * scale, height * scale


def _cut_out(pdf: Path, metafiles: Mapping[str, Metafile]) -> dict[str, bytes]:
    """What is drawn on each page, as large as it is at 144 to the inch. Nothing where pages are missing."""
    import pypdfium2

    made: dict[str, bytes] = {}
    with pypdfium2.PdfDocument(pdf) as document:
        if len(document) != len(metafiles):
            return {}
        for page, (name, metafile) in zip(document, metafiles.items(), strict=True):
            width, height = (side * 72 / 25.4 for side in _size_mm(metafile))
            wanted = min(_LONGEST_PX, max(metafile[2:]) * _MADE_DPI / _DPI)
            scale = wanted / max(width, height)
            crop = (0, max(0.0, page.get_height() - height), max(0.0, page.get_width() - width), 0)
            image = page.render(scale=scale, crop=crop).to_pil().convert("RGB")
            if image.getextrema() == ((255, 255),) * 3:
                continue  # What is not drawn at all was not understood.
            file = io.BytesIO()
            image.save(file, "PNG")
            made[name] = file.getvalue()
    return made
