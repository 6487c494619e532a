"""PDF pages as their file has them: text layer, pictures, and the page as pixels."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from octavo.adapters.readers.pdf import native
from octavo.adapters.readers.pdf.characters import Characters, FontTable, read_characters
from octavo.adapters.readers.pdf.garbled import garbled_share
from octavo.adapters.readers.pdf.geometry import Display
from octavo.adapters.readers.pdf.glyphs import glyphs_of
from octavo.adapters.readers.pdf.lines import lines_of
from octavo.adapters.readers.pdf.maps import FontMaps
from octavo.adapters.readers.pdf.mending import Mended, mend
from octavo.adapters.readers.pdf.opening import OpenedPdf, open_pdf
from octavo.adapters.readers.pdf.paths import paths_of
from octavo.adapters.readers.pdf.regions import pictures_of
from octavo.adapters.readers.pdf.rendering import render_page
from octavo.adapters.readers.pdf.words import words_by_direction
from octavo.domain.document import Line, Region
from octavo.domain.errors import PageUnreadable
from octavo.ports.engines import PageImage
from octavo.ports.readers import Doubt, Inspection, Limits, LoadedPage, Tally

_MOST_CHARACTERS = 500_000
"""Of one page; the densest real ones (indexes, maps) have 60,000."""
_LETTER = Display(0.0, 0.0, 612.0, 792.0, 0)
"""What PDFium and viewers show for a page whose box is empty."""
_UNSEEN = (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP)


class PdfKind:
    """The row of READERS for PDF."""

    def inspect(self, path: Path, *, password: str | None, limits: Limits) -> Inspection:
        opened = open_pdf(path, password=password, limits=limits)
        try:
            without_text, warnings = _sample(opened, limits.sampled_pages)
        finally:
            opened.close()
        if opened.repaired:
            warnings = ("repaired", *warnings)
        return Inspection("application/pdf", opened.page_count, without_text, warnings)

    def open(self, path: Path, *, password: str | None, limits: Limits) -> "PdfReader":
        opened = open_pdf(path, password=password, limits=limits)
        return PdfReader(opened, limits, FontMaps(opened.source or path, password))


class PdfReader:
    """Keeps the page it loaded last open, so that rendering it does not parse it again."""

    def __init__(self, opened: OpenedPdf, limits: Limits, maps: FontMaps) -> None:
        self._opened = opened
        self._limits = limits
        self._fonts = FontTable({})
        self._maps = maps
        self._tallies: dict[str, Tally] = {}
        self._page: Any = None
        self._number = 0

    @property
    def page_count(self) -> int:
        return self._opened.page_count

    def load(self, number: int) -> LoadedPage:
        page = self._open_page(number)
        display = display_of(page)
        pictures = pictures_of(page, display, number=number, max_pixels=self._limits.max_pixels)
        text = self._text(page, number, display, pictures.regions)

        def render(dpi: float) -> PageImage:
            return render_page(
                self._open_page(number),
                number=number,
                width_pt=display.width,
                height_pt=display.height,
                dpi=dpi,
                max_pixels=self._limits.max_pixels,
            )

        return LoadedPage(
            number=number,
            width_pt=round(display.width, 3),
            height_pt=round(display.height, 3),
            lines=text.lines,
            regions=pictures.regions,
            render=render,
            native_dpi=pictures.native_dpi,
            hidden_text=text.is_hidden,
            garbled=text.garbled,
            paths=cache(lambda: paths_of(self._open_page(number), display)),
            glyphs=lambda box: glyphs_of(self._open_page(number), display, box),
            doubts=text.doubts,
            tallies=self._tallies,
        )

    def close(self) -> None:
        self._close_page()
        self._maps.close()
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _text(self, page: Any, number: int, display: Display, pictures: tuple[Region, ...]) -> "_Text":
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return _NO_TEXT
        try:
            address = native.address_of(text_page)
            count = min(pdfium.FPDFText_CountChars(text_page), _MOST_CHARACTERS)
            characters = read_characters(address, count, display, self._fonts) if count > 0 else None
            if characters is None:
                return _NO_TEXT
            mended = mend(characters, address, display, self._maps.of_page(number))
        finally:
            pdfium.FPDFText_ClosePage(text_page)
        return _lines(mended, display, pictures)

    def _open_page(self, number: int) -> Any:
        if number == self._number and self._page:
            return self._page
        self._close_page()
        if not self._opened.document or not 1 <= number <= self.page_count:
            raise PageUnreadable(f"There is no page {number}.", page=number)
        page = _load(self._opened.document, number)
        if _has_visible_annotations(page):
            page = self._with_annotations(page, number)
        self._page, self._number = page, number
        return page

    def _with_annotations(self, page: Any, number: int) -> Any:
        """What was typed into forms and notes becomes part of the page, and so of its text layer."""
        self._opened.flatten(page)
        pdfium.FPDF_ClosePage(page)
        return _load(self._opened.document, number)

    def _close_page(self) -> None:
        if self._page:
            pdfium.FPDF_ClosePage(self._page)
        self._page, self._number = None, 0


def display_of(page: Any) -> Display:
    box = pdfium.FS_RECTF()
    turned = pdfium.FPDFPage_GetRotation(page) % 4
    if not pdfium.FPDF_GetPageBoundingBox(page, box):
        return _LETTER
    display = Display(box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top), turned)
    usable = np.isfinite([display.left, display.bottom, display.width, display.height]).all()
    return display if usable and min(display.width, display.height) > 0 else _LETTER


def _load(document: Any, number: int) -> Any:
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise PageUnreadable(
            f"Page {number} is damaged and cannot be opened. The other pages are unaffected.", page=number
        )
    return page


def _has_visible_annotations(page: Any) -> bool:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), 1000)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            subtype = pdfium.FPDFAnnot_GetSubtype(annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)
            if subtype not in _UNSEEN:
                return True
    return False


@dataclass(frozen=True, slots=True)
class _Text:
    """The text layer of a page."""

    lines: tuple[Line, ...]
    is_hidden: bool
    garbled: float
    doubts: tuple[Doubt, ...]


_NO_TEXT = _Text((), is_hidden=False, garbled=0.0, doubts=())


def _lines(mended: Mended, display: Display, pictures: tuple[Region, ...]) -> _Text:
    characters = mended.characters
    unseen = characters.runs.invisible[characters.run_of]
    lengths = characters.pieces.ends - characters.pieces.starts
    hidden = bool(lengths[unseen].sum() * 2 >= lengths.sum())
    keep = _on_page(characters, display)
    if not hidden and unseen.any():
        # Invisible text on a visible page is somebody's OCR where a picture is, and bait elsewhere.
        keep &= ~unseen | _over_pictures(characters, display, pictures)
    lines: list[Line] = []
    for words in words_by_direction(characters, keep, display) if keep.any() else ():
        lines.extend(lines_of(words, characters))
    return _Text(tuple(lines), hidden, garbled_share(characters), mended.doubts)


def _on_page(characters: Characters, display: Display) -> NDArray[np.bool_]:
    x = (characters.boxes[:, 0] + characters.boxes[:, 2]) / 2
    y = (characters.boxes[:, 1] + characters.boxes[:, 3]) / 2
    return (x >= 0) & (x <= display.width) & (y >= 0) & (y <= display.height)


def _over_pictures(
    characters: Characters, display: Display, pictures: tuple[Region, ...]
) -> NDArray[np.bool_]:
    x = (characters.boxes[:, 0] + characters.boxes[:, 2]) / 2 / display.width
    y = (characters.boxes[:, 1] + characters.boxes[:, 3]) / 2 / display.height
    inside = np.zeros(len(x), np.bool_)
    for box in (picture.bbox for picture in pictures):
        inside |= (x >= box.x0) & (x <= box.x1) & (y >= box.y0) & (y <= box.y1)
    return inside


def _sample(opened: OpenedPdf, most: int) -> tuple[float, tuple[str, ...]]:
    """The share of at most `most` pages, spread over the document, without a text layer.

    Where none may be looked at, all of them count as scanned: they are then read one by one.
    """
    if most < 1:
        return 1.0, ("pages_not_sampled",)
    count = opened.page_count
    step = max(1.0, (count - 1) / max(1, most - 1))
    numbers = sorted({1 + round(index * step) for index in range(min(count, most))})
    scanned, damaged = 0, False
    for number in numbers:
        page = pdfium.FPDF_LoadPage(opened.document, number - 1)
        if not page:
            scanned, damaged = scanned + 1, True
            continue
        text_page = pdfium.FPDFText_LoadPage(page)
        scanned += not text_page or pdfium.FPDFText_CountChars(text_page) <= 0
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)
    return scanned / len(numbers), ("damaged_pages",) if damaged else ()
