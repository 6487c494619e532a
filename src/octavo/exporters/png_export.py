"""The result as one picture: the pages as they were read, one below the other, with a frame around each value.

A frame is named by the value's path. The picture is written page by page: a page that is in it is not held.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from octavo.domain.document import Document, Page
from octavo.domain.errors import InvalidRequest
from octavo.exporters.rendering import Rendering, SourceAccess

if TYPE_CHECKING:
    from PIL.Image import Image

OPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"dpi": ("100", "72", "150", "200"), "frames": ("yes", "no")}
)
MAX_PAGES = 100
"""What is higher than these is beyond most viewers."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_POINTS_PER_INCH = 72
_GAP_PX = 12
_BETWEEN, _FRAME, _NAME = (200, 204, 208), (9, 105, 218), (255, 255, 255)
_UP = 2
"""The filter of each row: what it differs from the one above; text leaves much of a page alike."""
Size = tuple[int, int]
Marks = Mapping[int, list[tuple[str, list[float]]]]
"""By page: each value's path, and where it stands."""


def render(document: Document, rendering: Rendering) -> Iterator[bytes]:
    """The bytes of the PNG.

    Raises `InvalidRequest`: the source has no look of its own, or too many pages for one picture.
    """
    if rendering.source is None:
        raise InvalidRequest("Pages are drawn from the document as it was sent, which is not here.")
    dpi = float(rendering.option("dpi", "100"))
    sizes = [_size_of(page, dpi) for page in document.pages]
    if not 0 < len(sizes) <= MAX_PAGES:
        raise InvalidRequest(
            f"One picture holds 1 to {MAX_PAGES} pages; ask for pictures of single pages.", limit=MAX_PAGES
        )
    width = max(size[0] for size in sizes)
    height = sum(size[1] for size in sizes) + _GAP_PX * (len(sizes) - 1)
    marks = _marks(document.fields) if rendering.option("frames", "yes") == "yes" else {}
    yield _SIGNATURE + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = _Rows(width)
    for at, (page, size) in enumerate(zip(document.pages, sizes, strict=True)):
        if at:
            yield from rows.add(_filled((width, _GAP_PX), _BETWEEN))
        drawn = _drawn(page, size, dpi, rendering.source)
        _frame(drawn, marks.get(page.number, []))
        yield from rows.add(_widened(drawn, width))
    yield from rows.end()
    yield _chunk(b"IEND", b"")


def _size_of(page: Page, dpi: float) -> Size:
    scale = dpi / _POINTS_PER_INCH
    return max(1, round(page.width_pt * scale)), max(1, round(page.height_pt * scale))


def _marks(fields: dict[str, Any]) -> Marks:
    found: dict[int, list[tuple[str, list[float]]]] = {}
    for path, evidence in (fields.get("evidence") or {}).items():
        for place in evidence.get("places") or ():
            if place.get("bbox"):
                found.setdefault(place["page"], []).append((path, place["bbox"]))
    return found


def _drawn(page: Page, size: Size, dpi: float, source: SourceAccess) -> "Image":
    from PIL import Image

    cutting = source.cut(page, dpi)
    if cutting is None:
        raise InvalidRequest("This document has no pages to look at: its source is no PDF and no image.")
    with Image.open(BytesIO(cutting.content)) as image:
        drawn = image.convert("RGB")
    return drawn if drawn.size == size else drawn.resize(size)


def _frame(drawn: "Image", marks: list[tuple[str, list[float]]]) -> None:
    """Paths are plain ASCII, which the built-in letters have."""
    from PIL import ImageDraw, ImageFont

    pen, letters = ImageDraw.Draw(drawn), ImageFont.load_default(max(8, drawn.width // 90))
    for path, (x0, y0, x1, y1) in marks:
        box = (x0 * drawn.width - 2, y0 * drawn.height - 2, x1 * drawn.width + 2, y1 * drawn.height + 2)
        pen.rectangle(box, outline=_FRAME, width=max(1, drawn.width // 500))
        name = pen.textbbox((box[0], box[1]), path, font=letters, anchor="lb")
        pen.rectangle(name, fill=_FRAME)
        pen.text((box[0], box[1]), path, fill=_NAME, font=letters, anchor="lb")


def _widened(drawn: "Image", width: int) -> "Image":
    if drawn.width == width:
        return drawn
    wide = _filled((width, drawn.height), _BETWEEN)
    wide.paste(drawn, ((width - drawn.width) // 2, 0))
    return wide


def _filled(size: Size, colour: tuple[int, int, int]) -> "Image":
    from PIL import Image

    return Image.new("RGB", size, colour)


class _Rows:
    """The rows of one picture, packed as they come."""

    def __init__(self, width: int) -> None:
        import numpy as np

        self._above = np.zeros((1, width * 3), dtype=np.uint8)
        self._packer = zlib.compressobj(6)

    def add(self, part: "Image") -> Iterator[bytes]:
        import numpy as np

        rows = np.asarray(part, dtype=np.uint8).reshape(part.height, part.width * 3)
        above = np.concatenate([self._above, rows[:-1]])
        marked = np.full((part.height, 1), _UP, dtype=np.uint8)
        self._above = rows[-1:].copy()
        packed = self._packer.compress(np.hstack([marked, rows - above]).tobytes())
        if packed:
            yield _chunk(b"IDAT", packed)

    def end(self) -> Iterator[bytes]:
        yield _chunk(b"IDAT", self._packer.flush())


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
