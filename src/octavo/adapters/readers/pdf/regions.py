"""The pictures on a page, nested forms included, and the resolution of the one that fills it."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from octavo.adapters.readers.pdf import native
from octavo.adapters.readers.pdf.geometry import Display
from octavo.adapters.readers.pdf.objects import Matrix, matrix_of, objects_on, times
from octavo.domain.document import Region
from octavo.domain.errors import PageUnreadable

_MOST_PICTURES = 2_000
_FILLS_PAGE = 0.75
"""Share of the page a picture covers to count as its scan: scans are placed with margins."""
_SAME_DPI = 0.03
"""Strips of one scan differ by rounding."""
_MOST_RESOLUTIONS = 50
_TOO_MANY_TIMES = 8
"""A picture may have this many times the pixels of a rendered page: large 1-bit plans do."""


@dataclass(frozen=True, slots=True)
class Pictures:
    regions: tuple[Region, ...]
    native_dpi: float | None


def pictures_of(page: Any, display: Display, *, number: int, max_pixels: int) -> Pictures:
    """Raises `PageUnreadable` for a picture of absurd size, before it is decoded."""
    regions: list[Region] = []
    placed: list[tuple[float, float]] = []
    for obj, matrix in _picture_objects(page):
        width, height = _pixel_size(obj)
        if width * height > max_pixels * _TOO_MANY_TIMES:
            raise PageUnreadable(
                f"Page {number} holds a picture of {width} x {height} pixels, which is more than is read here. "
                "Send it at a lower resolution.",
                page=number,
                pixels=width * height,
                max_pixels=max_pixels * _TOO_MANY_TIMES,
            )
        region = _region(matrix, display)
        if region is None:
            continue
        regions.append(region)
        dpi = _resolution(width, height, matrix)
        if dpi:
            placed.append((dpi, region.bbox.area))
    return Pictures(tuple(dict.fromkeys(regions)), _native_dpi(placed))


def _native_dpi(placed: list[tuple[float, float]]) -> float | None:
    """The finest resolution whose pictures (dpi, area) fill the page: scans come whole, in strips or in layers."""
    for dpi in sorted({dpi for dpi, _ in placed}, reverse=True)[:_MOST_RESOLUTIONS]:
        if sum(area for other, area in placed if abs(other / dpi - 1) <= _SAME_DPI) >= _FILLS_PAGE:
            return dpi
    return None


def _picture_objects(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """Image objects with the matrix that places their unit square in user space."""
    for address, placed in islice(objects_on(page, pdfium.FPDF_PAGEOBJ_IMAGE), _MOST_PICTURES):
        yield native.object_at(address), times(matrix_of(address), placed)


def _pixel_size(obj: Any) -> tuple[int, int]:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not pdfium.FPDFImageObj_GetImagePixelSize(obj, width, height):
        return 0, 0
    return width.value, height.value


def _region(matrix: Matrix, display: Display) -> Region | None:
    a, b, c, d, e, f = matrix
    corners = np.array([(e, f), (e + a, f + b), (e + c, f + d), (e + a + c, f + b + d)], np.float64)
    if not np.isfinite(corners).all():
        return None
    x, y = display.points(corners[:, 0], corners[:, 1])
    box = display.fraction(float(x.min()), float(y.min()), float(x.max()), float(y.max()))
    return Region("image", box) if box.area > 0 else None


def _resolution(width: int, height: int, matrix: Matrix) -> float | None:
    """Pixels per inch of the picture as placed; the coarser of the two directions."""
    a, b, c, d, _, _ = matrix
    across, down = float(np.hypot(a, b)), float(np.hypot(c, d))
    if across <= 0 or down <= 0 or not width or not height:
        return None
    return round(min(width * 72 / across, height * 72 / down), 1)
