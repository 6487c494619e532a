"""A picture file as an image in a PDF: its own bytes wherever PDF knows them, else the same pixels.

JPEG and PNG go in as they are. What PDF does not know is decoded by the reader and packed without
loss; what its own format had packed with loss (HEIC, AVIF, WebP) becomes a JPEG of high quality,
because without loss it would be ten times as large.
"""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from octavo.exporters.rendering import SourceAccess
from octavo.exporters.searchable_pdf.drawing import Embedded
from octavo.exporters.searchable_pdf.jpeg import JpegHeader
from octavo.exporters.searchable_pdf.png import embedded_png

_LOSSY = frozenset({"image/jpeg", "image/heic", "image/heif", "image/avif", "image/webp"})
_QUALITY = 92
_ORIENTATION = 0x0112
_LOOK_DPI = 72.0
_FORMATS = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/tiff": ("TIFF",),
    "image/bmp": ("BMP",),
    "image/gif": ("GIF",),
    "image/webp": ("WEBP",),
    "image/heic": ("HEIF",),
    "image/heif": ("HEIF",),
    "image/avif": ("AVIF",),
}
PICTURE_TYPES = frozenset(_FORMATS)
"""Media types that pages can be made from."""

Pixels = NDArray[np.uint8]
Size = tuple[float, float]
"""Points, as displayed."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to be made from a picture."""

    picture: Embedded
    width_pt: float
    height_pt: float
    """Both as displayed."""


def sheets_of(source: SourceAccess, page_count: int, known: Mapping[int, Size]) -> Iterator[Sheet]:
    """The pages of a picture file, decoded one by one where they must be.

    `known` has the sizes of pages that were read, by number; the others are looked at.
    """
    for number in range(1, page_count + 1):
        size = known.get(number) or _looked_at(source, number)
        picture = _untouched(source) if page_count == 1 else None
        yield Sheet(picture or _decoded(source, number, size), *size)


def _looked_at(source: SourceAccess, number: int) -> Size:
    look = source.picture(number, _LOOK_DPI)
    return look.width * 72 / look.dpi, look.height * 72 / look.dpi


def _untouched(source: SourceAccess) -> Embedded | None:
    """The file's own bytes; None where PDF could not show them."""
    if source.media_type == "image/png":
        found = embedded_png(source.path)
    elif source.media_type == "image/jpeg":
        found = _embedded_jpeg(source.path)
    else:
        found = None
    if found is None:
        return None
    with _header(source) as image:
        profile = _profile(image, found.colours)
        return replace(found, profile=profile, orientation=_orientation(image))


def _embedded_jpeg(path: Path) -> Embedded | None:
    content = path.read_bytes()
    header = JpegHeader.of(content)
    if header is None or header.components not in {1, 3}:
        return None  # inks of a press need their own profile: the reader turns them into RGB
    colours = "/DeviceGray" if header.components == 1 else "/DeviceRGB"
    return Embedded(content, header.width, header.height, 8, colours, "/Filter /DCTDecode")


def _decoded(source: SourceAccess, number: int, size: Size) -> Embedded:
    """Its pixels as they are displayed, at their own resolution."""
    with _header(source) as image:
        if number > 1:
            with _quiet():
                image.seek(number - 1)
        displayed = image.size[::-1] if _orientation(image) in {5, 6, 7, 8} else image.size
        has_loss = _has_loss(source, image)
    dpi = max(72 * pixels / points for pixels, points in zip(displayed, size, strict=True))
    pixels = source.picture(number, dpi).pixels
    if has_loss:
        return _as_jpeg(pixels)
    return _as_fax(pixels) if _is_bilevel(pixels) else _as_png(pixels)


def _has_loss(source: SourceAccess, image: Any) -> bool:
    if source.media_type == "image/tiff":
        return "jpeg" in str(image.info.get("compression", ""))
    if source.media_type == "image/webp":
        with source.path.open("rb") as file:
            return b"VP8L" not in file.read(64)
    return source.media_type in _LOSSY


def _is_grey(pixels: Pixels) -> bool:
    return bool((pixels[:, :, 0] == pixels[:, :, 1]).all() and (pixels[:, :, 1] == pixels[:, :, 2]).all())


def _is_bilevel(pixels: Pixels) -> bool:
    return bool(((pixels == 0) | (pixels == 255)).all()) and _is_grey(pixels)


def _as_jpeg(pixels: Pixels) -> Embedded:
    grey = _is_grey(pixels)
    picture = Image.fromarray(pixels[:, :, 0] if grey else pixels)
    file = BytesIO()
    picture.save(file, "JPEG", quality=_QUALITY, subsampling=0)
    colours = "/DeviceGray" if grey else "/DeviceRGB"
    return Embedded(file.getvalue(), picture.width, picture.height, 8, colours, "/Filter /DCTDecode")


def _as_png(pixels: Pixels) -> Embedded:
    picture = Image.fromarray(pixels[:, :, 0] if _is_grey(pixels) else pixels)
    file = BytesIO()
    picture.save(file, "PNG", compress_level=6)
    found = embedded_png(file)
    if found is None:
        raise RuntimeError("Pillow wrote a PNG of another kind than it was given")
    return found


def _as_fax(pixels: Pixels) -> Embedded:
    """CCITT group 4, half to a third of what PNG needs for a page of print; in one strip, as PDF wants it."""
    picture = Image.fromarray(pixels[:, :, 0]).convert("1", dither=Image.Dither.NONE)
    file = BytesIO()
    picture.save(file, "TIFF", compression="group4", tiffinfo={278: picture.height})
    with Image.open(file, formats=("TIFF",)) as written:
        tags: Any = written.tag_v2  # type: ignore[attr-defined]
        offsets, lengths, photometric = tags[273], tags[279], tags[262]
    if len(offsets) != 1:
        return _as_png(pixels)
    strip = file.getvalue()[offsets[0] : offsets[0] + lengths[0]]
    black_is_one = "true" if photometric == 1 else "false"
    coding = (
        f"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns {picture.width} /Rows {picture.height} "
        f"/BlackIs1 {black_is_one} >>"
    )
    return Embedded(strip, picture.width, picture.height, 1, "/DeviceGray", coding)


def _profile(image: Any, colours: str) -> bytes | None:
    """The picture's own ICC profile where it is one for its kind of colours, of version 2 or 4."""
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or len(profile) <= 128 or profile[36:40] != b"acsp" or profile[8] > 4:
        return None
    wanted = {"/DeviceGray": b"GRAY", "/DeviceRGB": b"RGB "}.get(colours)
    return profile if profile[16:20] == wanted and profile[12:16] in {b"scnr", b"mntr", b"spac"} else None


def _orientation(image: Any) -> int:
    try:
        with _quiet():
            return int(image.getexif().get(_ORIENTATION, 1))
    except (OSError, ValueError, TypeError, KeyError, SyntaxError):
        return 1


@contextmanager
def _header(source: SourceAccess) -> Iterator[Any]:
    """Opened, not decoded: the reader has been through it, within its limits."""
    if source.media_type in {"image/heic", "image/heif"}:
        import pi_heif

        pi_heif.register_heif_opener()
    with _quiet():
        image = Image.open(source.path, formats=_FORMATS[source.media_type])
    with image:
        yield image


@contextmanager
def _quiet() -> Iterator[None]:
    limit = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        Image.MAX_IMAGE_PIXELS = limit
