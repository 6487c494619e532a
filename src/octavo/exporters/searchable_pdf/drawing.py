"""Pictures as PDF pages, written one after the other so that one at a time is in memory."""

import zlib
from dataclasses import dataclass, field
from typing import BinaryIO

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_CATALOG, _PAGES = 1, 2


@dataclass(frozen=True, slots=True)
class Embedded:
    """A picture as an image XObject keeps it."""

    content: bytes
    width_px: int
    height_px: int
    bits: int
    colours: str
    """A colour space: a name, or an array in PDF syntax."""
    coding: str
    """`/Filter` and what belongs to it, in PDF syntax."""
    profile: bytes | None = None
    """ICC; `colours` is then what to show without it."""
    orientation: int = 1
    """EXIF, 1-8: how it is turned to be shown."""


@dataclass(slots=True)
class PicturePages:
    """An open file that pages are added to; `finish` makes it a PDF."""

    file: BinaryIO
    _offsets: dict[int, int] = field(default_factory=dict)
    _pages: list[int] = field(default_factory=list)
    _profiles: dict[bytes, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.file.write(_HEADER)

    def add(self, picture: Embedded, width_pt: float, height_pt: float) -> None:
        """A page of that size, filled by the picture."""
        image = self._image(picture)
        matrix = _on_page(picture.orientation, width_pt, height_pt)
        content = self._object("<<", f"q {matrix} cm /Picture Do Q".encode())
        page = (
            f"<< /Type /Page /Parent {_PAGES} 0 R /MediaBox [0 0 {_number(width_pt)} {_number(height_pt)}] "
            f"/Resources << /XObject << /Picture {image} 0 R >> >> /Contents {content} 0 R >>"
        )
        self._pages.append(self._object(page))

    def finish(self) -> None:
        kids = " ".join(f"{number} 0 R" for number in self._pages)
        self._object(f"<< /Type /Pages /Count {len(self._pages)} /Kids [{kids}] >>", number=_PAGES)
        self._object(f"<< /Type /Catalog /Pages {_PAGES} 0 R >>", number=_CATALOG)
        start = self.file.tell()
        entries = [f"{self._offsets[number]:010} 00000 n \n" for number in sorted(self._offsets)]
        size = len(entries) + 1
        table = f"xref\n0 {size}\n0000000000 65535 f \n" + "".join(entries)
        trailer = f"trailer\n<< /Size {size} /Root {_CATALOG} 0 R >>\nstartxref\n{start}\n%%EOF\n"
        self.file.write((table + trailer).encode())
        self.file.seek(0)

    def _image(self, picture: Embedded) -> int:
        colours = picture.colours
        if picture.profile is not None:
            colours = f"[/ICCBased {self._profile(picture.profile, colours)} 0 R]"
        head = (
            f"<< /Type /XObject /Subtype /Image /Width {picture.width_px} /Height {picture.height_px} "
            f"/ColorSpace {colours} /BitsPerComponent {picture.bits} {picture.coding}"
        )
        return self._object(head, picture.content)

    def _profile(self, profile: bytes, colours: str) -> int:
        if profile not in self._profiles:
            components = 1 if colours == "/DeviceGray" else 3
            head = f"<< /N {components} /Alternate {colours} /Filter /FlateDecode"
            self._profiles[profile] = self._object(head, zlib.compress(profile, 9))
        return self._profiles[profile]

    def _object(self, body: str, stream: bytes | None = None, number: int | None = None) -> int:
        """A whole dictionary, or the beginning of a stream's."""
        if number is None:
            number = max(_PAGES, *self._offsets) + 1 if self._offsets else _PAGES + 1
        self._offsets[number] = self.file.tell()
        self.file.write(f"{number} 0 obj\n{body}".encode())
        if stream is not None:
            self.file.write(f" /Length {len(stream)} >>\nstream\n".encode())
            self.file.write(stream)
            self.file.write(b"\nendstream")
        self.file.write(b"\nendobj\n")
        return number


def _on_page(orientation: int, width_pt: float, height_pt: float) -> str:
    """The matrix that lays the unit square on the page; EXIF says which side of the picture is up."""
    w, h = _number(width_pt), _number(height_pt)
    return {
        1: f"{w} 0 0 {h} 0 0",
        2: f"-{w} 0 0 {h} {w} 0",
        3: f"-{w} 0 0 -{h} {w} {h}",
        4: f"{w} 0 0 -{h} 0 {h}",
        5: f"0 -{h} -{w} 0 {w} {h}",
        6: f"0 -{h} {w} 0 0 {h}",
        7: f"0 {h} {w} 0 0 0",
        8: f"0 {h} -{w} 0 {w} 0",
    }[orientation if orientation in range(1, 9) else 1]


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
