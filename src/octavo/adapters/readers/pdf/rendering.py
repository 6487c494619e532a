"""A page as pixels, on white, as a person sees it."""

from math import sqrt
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from octavo.domain.errors import PageUnreadable
from octavo.ports.engines import PageImage

_LONGEST_EDGE = 32_000
"""PDFium's rasteriser counts in 1/256 of a pixel in 32 bits; it fails beyond."""


def pixel_size(width_pt: float, height_pt: float, dpi: float, max_pixels: int) -> tuple[int, int]:
    """How many pixels a page gets at `dpi`, less where `max_pixels` would be passed."""
    width, height = width_pt * dpi / 72, height_pt * dpi / 72
    shrink = min(1.0, sqrt(max_pixels / max(1.0, width * height)), _LONGEST_EDGE / max(width, height))
    return max(1, int(width * shrink + 0.5 * (shrink == 1.0))), max(
        1, int(height * shrink + 0.5 * (shrink == 1.0))
    )


def render_page(
    page: Any, *, number: int, width_pt: float, height_pt: float, dpi: float, max_pixels: int
) -> PageImage:
    """Raises `PageUnreadable` where PDFium has no memory for it."""
    width, height = pixel_size(width_pt, height_pt, dpi, max_pixels)
    pixels = np.full((height, width, 3), 255, np.uint8)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, pixels.ctypes.data, width * 3)
    if not bitmap:
        raise PageUnreadable(
            f"Page {number} could not be drawn. Print the document to a new PDF and send that.", page=number
        )
    flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
    try:
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return PageImage(pixels, dpi=72 * width / width_pt)
