"""Pictures inside Office files, as a browser can show them."""

import io

from PIL import Image

from octavo.adapters.readers.image.opening import REFUSALS, quiet_pillow
from octavo.domain.document import Picture
from octavo.ports.readers import Limits

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


def to_picture(content: bytes, page: int, limits: Limits) -> Picture | None:
    """None where nothing can show it: EMF, WMF, SVG (it may carry scripts), damaged or oversized pictures."""
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


def _as_png(image: Image.Image) -> bytes:
    made = io.BytesIO()
    shown = image if image.mode in _PLAIN_MODES else image.convert("RGB")
    shown.save(made, "PNG")
    return made.getvalue()
