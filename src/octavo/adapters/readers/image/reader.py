"""Picture files: one page, or one page a frame for TIFF."""

from math import sqrt
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from octavo.adapters.readers.image.opening import (
    REFUSALS,
    check_pixels,
    damaged,
    decode,
    open_image,
    quiet_pillow,
)
from octavo.adapters.readers.image.paper import resolution_of
from octavo.adapters.readers.image.pixels import to_rgb
from octavo.domain.document import Region
from octavo.domain.errors import DocumentTooLarge, OctavoError, PageUnreadable
from octavo.domain.geometry import BBox
from octavo.ports.engines import PageImage
from octavo.ports.readers import Inspection, Limits, LoadedPage

_ORIENTATION = 0x0112
_TURNED = {5, 6, 7, 8}
"""EXIF orientations that swap width and height."""
_MULTIPAGE = {"TIFF"}
_SAME_SIZE = 0.01
"""A picture within 1 % of the size asked for is handed out as it is: resampling only blurs it."""


class ImageKind:
    """A row of READERS: one Pillow plugin under one media type."""

    def __init__(self, pillow_format: str, media_type: str) -> None:
        self._format = pillow_format
        self._media_type = media_type

    def inspect(self, path: Path, *, password: str | None, limits: Limits) -> Inspection:
        del password  # pictures have none
        with ImageReader(path, self._format, limits) as reader:
            warnings = ("first_frame_only",) if reader.is_animated else ()
            return Inspection(self._media_type, reader.page_count, 1.0, warnings)

    def open(self, path: Path, *, password: str | None, limits: Limits) -> "ImageReader":
        del password  # pictures have none
        return ImageReader(path, self._format, limits)


class ImageReader:
    """Frames are counted by their headers and decoded when a page is rendered."""

    def __init__(self, path: Path, pillow_format: str, limits: Limits) -> None:
        self._limits = limits
        self._path, self._format = path, pillow_format
        self._image = open_image(path, pillow_format, limits)
        try:
            self._frames = self._count_frames()
        except OctavoError:
            self.close()
            raise
        except REFUSALS as error:
            self.close()
            raise damaged() from error

    @property
    def is_animated(self) -> bool:
        return self._format not in _MULTIPAGE and self._frames > 1

    @property
    def page_count(self) -> int:
        return self._frames if self._format in _MULTIPAGE else 1

    def load(self, number: int) -> LoadedPage:
        width, height, across, down = self._measure(number)

        def render(dpi: float) -> PageImage:
            return self._render(number, dpi)

        return LoadedPage(
            number=number,
            width_pt=round(width * 72 / across, 3),
            height_pt=round(height * 72 / down, 3),
            lines=(),
            regions=(Region("image", BBox(0.0, 0.0, 1.0, 1.0)),),
            render=render,
            native_dpi=round(max(across, down), 1),
        )

    def close(self) -> None:
        self._image.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _count_frames(self) -> int:
        """Walks TIFF directories at most as far as pages are allowed."""
        most = self._limits.max_pages
        with quiet_pillow():
            if self._format not in _MULTIPAGE:
                return int(getattr(self._image, "n_frames", 1))
            count = 1
            while count <= most and self._has_frame(count):
                count += 1
            self._image.seek(0)
        if count > most:
            raise DocumentTooLarge(
                f"The document has more than the {most} pages that are read. Split it.", max_pages=most
            )
        return count

    def _has_frame(self, index: int) -> bool:
        try:
            self._image.seek(index)
        except EOFError:
            return False
        except REFUSALS:
            return False  # the pages before the damage are still good
        return True

    def _measure(self, number: int) -> tuple[int, int, float, float]:
        """Width and height as displayed in pixels, and the resolution of each."""
        frame = self._seek(number)
        width, height = frame.size
        across, down = resolution_of(width, height, frame.info.get("dpi"))
        if _orientation(frame) in _TURNED:
            return height, width, down, across
        return width, height, across, down

    def _seek(self, number: int) -> Image.Image:
        if not 1 <= number <= self.page_count:
            raise PageUnreadable(f"There is no page {number}.", page=number)
        try:
            with quiet_pillow():
                self._image.seek(number - 1)
        except REFUSALS as error:
            raise _unreadable(number) from error
        check_pixels(self._image.size, self._limits, page=number)
        return self._image

    def _render(self, number: int, dpi: float) -> PageImage:
        width, height, across, down = self._measure(number)
        size, actual = _target(width, height, across, down, dpi, self._limits.max_pixels)
        try:
            with quiet_pillow():
                pixels = self._frame_pixels(size)
        except REFUSALS as error:
            raise _unreadable(number) from error
        return PageImage(pixels, dpi=actual)

    def _frame_pixels(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        """A TIFF stays where it was sought; a single picture is opened afresh, so that it is not kept decoded."""
        if self._format in _MULTIPAGE:
            decode(self._image)
            return np.asarray(to_rgb(self._image, size), np.uint8)
        with open_image(self._path, self._format, self._limits) as image:
            if self._format == "JPEG":
                _draft(image, size)
            decode(image)
            return np.asarray(to_rgb(image, size), np.uint8)


def _draft(image: Image.Image, size: tuple[int, int]) -> None:
    """JPEG decodes straight to a half, a quarter or an eighth where that is still enough."""
    image.draft(None, size[::-1] if _orientation(image) in _TURNED else size)


def _orientation(image: Image.Image) -> int:
    try:
        with quiet_pillow():
            return int(image.getexif().get(_ORIENTATION, 1))
    except REFUSALS:
        return 1


def _target(
    width: int, height: int, across: float, down: float, dpi: float, max_pixels: int
) -> tuple[tuple[int, int], float]:
    """The size in square pixels at `dpi`, its own size where that is nearly it, and the resulting resolution."""
    wanted_width, wanted_height = width * dpi / across, height * dpi / down
    shrink = min(1.0, sqrt(max_pixels / max(1.0, wanted_width * wanted_height)))
    wanted_width, wanted_height = wanted_width * shrink, wanted_height * shrink
    if abs(wanted_width / width - 1) <= _SAME_SIZE and abs(wanted_height / height - 1) <= _SAME_SIZE:
        return (width, height), across
    size = (max(1, int(wanted_width)), max(1, int(wanted_height)))
    return size, dpi * shrink


def _unreadable(number: int) -> PageUnreadable:
    return PageUnreadable(
        f"The picture on page {number} is damaged or incomplete. Save it again as PNG or TIFF and send that.",
        page=number,
    )
