"""Pictures inside Office files, as a browser can show them."""

import io

from PIL import Image

from octavo.adapters.readers.image.opening import REFUSALS, quiet_pillow
from octavo.adapters.readers.office.metafiles import Metafile, drawn_metafiles, to_metafile
from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.office.svg import is_svg, svg_as_png
from octavo.domain.document import SHOWN_PICTURES, Picture
from octavo.domain.errors import OctavoError
from octavo.ports.readers import Limits

NOT_DRAWN = "picture_not_drawn"
_SHOWN = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
"""Kept byte for byte."""
_OPENED = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
"""What has a mark of its own at its start; MPO is opened as JPEG."""
_PLAIN_MODES = {"1", "L", "LA", "RGB", "RGBA", "P"}
_ENDINGS = (".emf", ".wmf", ".emz", ".wmz")
_MOST_METAFILE_BYTES = 64 * 2**20
"""Of one document, to be drawn."""


def picture_of(package: Package, part: str, page: int, limits: Limits) -> Picture | None:
    """A picture of an Office file; a Windows drawing (EMF, WMF) as it is where it cannot be drawn here.

    Raises as `Package` does.
    """
    content = package.content(part)
    metafile = to_metafile(content)
    if metafile is None:
        return to_picture(content, page, limits)
    if package.drawn is None:
        package.drawn = drawn_metafiles(_metafiles(package))
    drawn = package.drawn.get(part.lower())
    return _as_it_is(metafile, page) if drawn is None else to_picture(drawn, page, limits)


def to_picture(content: bytes, page: int, limits: Limits) -> Picture | None:
    """None where nothing can show it: damaged or oversized pictures. SVG is drawn: it may carry scripts."""
    metafile = to_metafile(content)
    if metafile is not None:
        return _as_it_is(metafile, page)
    if is_svg(content):
        drawn = svg_as_png(content)
        return to_picture(drawn, page, limits) if drawn else None
    Image.init()
    try:
        with quiet_pillow(), Image.open(io.BytesIO(content), formats=_OPENED) as image:
            width, height = image.size
            if not 0 < width * height <= limits.max_pixels:
                return None
            kept = _SHOWN.get(image.format or "")
            if kept:
                return Picture.of(page, kept, content, width, height)
            return Picture.of(page, "image/png", _as_png(image), width, height)
    except REFUSALS:
        return None


def note_of(picture: Picture | None) -> str | None:
    """What is to be told of a picture that is there in the file."""
    if picture is None:
        return "picture_not_shown"
    return None if picture.media_type in SHOWN_PICTURES else NOT_DRAWN


def _as_it_is(metafile: Metafile, page: int) -> Picture:
    return Picture.of(page, metafile.media_type, metafile.content, metafile.width_px, metafile.height_px)


def _metafiles(package: Package) -> dict[str, Metafile]:
    """All of the file, so that they are drawn at once; as many as there is room for."""
    found: dict[str, Metafile] = {}
    left = _MOST_METAFILE_BYTES
    for name in package.names:
        if not name.lower().endswith(_ENDINGS) or package.size(name) > left:
            continue
        try:
            metafile = to_metafile(package.content(name))
        except OctavoError:
            continue
        if metafile is not None and len(metafile.content) <= left:
            left -= len(metafile.content)
            found[name.lower()] = metafile
    return found


def _as_png(image: Image.Image) -> bytes:
    made = io.BytesIO()
    shown = image if image.mode in _PLAIN_MODES else image.convert("RGB")
    shown.save(made, "PNG")
    return made.getvalue()
