"""The characters inside a part of a page, one by one, with the ink of each."""

from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from octavo.adapters.readers.pdf import native
from octavo.adapters.readers.pdf.geometry import Display
from octavo.domain.drawing import Glyph
from octavo.domain.geometry import BBox

_MOST = 4_000
"""Characters of one part; a formula has a hundred."""


def glyphs_of(page: Any, display: Display, box: BBox) -> tuple[Glyph, ...]:
    """In stream order, without spaces and what PDFium made up; none where there are too many to be a formula."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return ()
    try:
        return _glyphs(native.address_of(text_page), pdfium.FPDFText_CountChars(text_page), display, box)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _glyphs(text_page: int, count: int, display: Display, box: BBox) -> tuple[Glyph, ...]:
    codes = native.char_codes(text_page, max(0, count))
    drawn = _drawn(text_page, codes)
    origins = native.char_origins(text_page, drawn)
    xs, ys = display.points(origins[:, 0], origins[:, 1])
    xs, ys = xs / display.width, ys / display.height
    inside = np.flatnonzero((xs >= box.x0) & (xs <= box.x1) & (ys >= box.y0) & (ys <= box.y1)).tolist()
    if len(inside) > _MOST:
        return ()
    kept = [drawn[at] for at in inside]
    names = _font_names(text_page, kept)
    matrices = native.char_matrices(text_page, kept)
    sizes = native.char_font_sizes(text_page, kept) * np.hypot(matrices[:, 2], matrices[:, 3])
    inks = display.boxes(np.array([native.char_tight_box(text_page, at) for at in kept]).reshape(-1, 4))
    return tuple(
        Glyph(
            text=chr(codes[at]),
            bbox=BBox.clamped(
                ink[0] / display.width,
                ink[1] / display.height,
                ink[2] / display.width,
                ink[3] / display.height,
            ),
            x=float(xs[place]),
            baseline=float(ys[place]),
            size_pt=round(float(size), 3),
            font=name,
            is_unmapped=native.char_unmapped(text_page, at),
        )
        for at, place, name, size, ink in zip(kept, inside, names, sizes, inks, strict=True)
    )


def _drawn(text_page: int, codes: NDArray[np.uint32]) -> list[int]:
    """All but white space. Symbol fonts have glyphs at the codes of control characters, without a meaning."""
    low = np.flatnonzero(codes <= 32).tolist()
    meant = [at for at in low if native.char_unmapped(text_page, at)]
    return sorted(np.flatnonzero(codes > 32).tolist() + meant)


def _font_names(text_page: int, kept: list[int]) -> list[str]:
    fonts = native.object_fonts(native.char_objects(text_page, kept).tolist())
    known = {font: native.font_facts(font)[0].split("+", 1)[-1] if font else "" for font in set(fonts)}
    return [known[font] for font in fonts]
