"""Opening a PDF: PDFium first, pikepdf's repair where PDFium gives up."""

import io
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2.raw as pdfium

from octavo.adapters.readers.pdf.unpacking import check_unpacked_size
from octavo.domain.errors import DocumentEncrypted, DocumentTooLarge, UnreadableDocument
from octavo.ports.readers import Limits

logging.getLogger("pikepdf").setLevel(logging.CRITICAL)  # its warnings quote the document

_REPAIRABLE_BYTES = 256 * 2**20
"""Repairing keeps the file twice in memory."""
_PAGES_TRIED = 20
"""A document is given up when none of its first pages opens."""


@dataclass(slots=True)
class OpenedPdf:
    """PDFium's document. `close` it; `source` must live as long when it was opened from memory."""

    document: Any
    page_count: int
    repaired: bool = False
    source: bytes = field(default=b"", repr=False)
    _forms: Any = None
    _forms_setup: Any = None

    def flatten(self, page: Any) -> None:
        """Make forms and notes part of the page, fields without an appearance of their own included.

        No script can run: this PDFium has no JavaScript, and no action of the document is triggered.
        The change is seen when the page is loaded again.
        """
        if self._forms is None and pdfium.FPDF_GetFormType(self.document) != pdfium.FORMTYPE_NONE:
            self._forms_setup = pdfium.FPDF_FORMFILLINFO(version=2)
            self._forms = pdfium.FPDFDOC_InitFormFillEnvironment(self.document, self._forms_setup)
        if self._forms:
            pdfium.FORM_OnAfterLoadPage(page, self._forms)
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        if self._forms:
            pdfium.FORM_OnBeforeClosePage(page, self._forms)

    def close(self) -> None:
        if self._forms:
            pdfium.FPDFDOC_ExitFormFillEnvironment(self._forms)
            self._forms = None
        if self.document:
            pdfium.FPDF_CloseDocument(self.document)
            self.document = None


def open_pdf(path: Path, *, password: str | None, limits: Limits) -> OpenedPdf:
    """Open and count pages.

    Raises:
        DocumentEncrypted: `reason` in its details is `password_required` or `wrong_password`.
        DocumentTooLarge: more than `limits.max_pages`, or streams that unpack to too much.
        UnreadableDocument: beyond repair.
    """
    check_unpacked_size(path, password=password, limits=limits)
    opened = _open(path, password, limits)
    if opened.page_count > limits.max_pages:
        opened.close()
        raise DocumentTooLarge(
            f"The document has {opened.page_count} pages; at most {limits.max_pages} are read. Split it.",
            pages=opened.page_count,
            max_pages=limits.max_pages,
        )
    return opened


def _open(path: Path, password: str | None, limits: Limits) -> OpenedPdf:
    """A lost first page is what broken page trees look like: then the repair is tried first."""
    direct = _open_directly(path, password)
    if direct is not None and _has_page(direct, range(1)):
        return direct
    try:
        repaired = _open_repaired(path, password, limits)
    except UnreadableDocument:
        if direct is not None and _has_page(direct, range(1, _PAGES_TRIED)):
            return direct
        if direct is not None:
            direct.close()
        raise
    if direct is not None:
        direct.close()
    return repaired


def _open_directly(path: Path, password: str | None) -> OpenedPdf | None:
    """None where PDFium cannot make sense of the file."""
    for candidate in _encodings(password):
        document = pdfium.FPDF_LoadDocument(str(path).encode(), candidate)
        if document:
            return OpenedPdf(document, pdfium.FPDF_GetPageCount(document))
        if pdfium.FPDF_GetLastError() != pdfium.FPDF_ERR_PASSWORD:
            return None
    return None


def _encodings(password: str | None) -> list[bytes | None]:
    """Revision 6 encodes passwords in UTF-8, older ones in Latin-1; PDFium is told bytes."""
    if not password:
        return [None]
    forms: list[bytes | None] = [password.encode()]
    try:
        latin = password.encode("latin-1")
    except UnicodeEncodeError:
        return forms
    return forms if latin in forms else [*forms, latin]


def _open_repaired(path: Path, password: str | None, limits: Limits) -> OpenedPdf:
    """Let qpdf rebuild the file in memory, decrypted. The password's verdict is qpdf's."""
    if path.stat().st_size > min(_REPAIRABLE_BYTES, limits.max_unpacked_bytes):
        raise _damaged()
    try:
        with pikepdf.open(path, password=password or "", suppress_warnings=True) as damaged:
            rebuilt = io.BytesIO()
            damaged.save(rebuilt)
    except pikepdf.PasswordError:
        raise _encrypted(password) from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, RuntimeError, RecursionError) as error:
        raise _damaged() from error
    source = rebuilt.getvalue()
    document = pdfium.FPDF_LoadMemDocument64(source, len(source), None)
    opened = OpenedPdf(document, pdfium.FPDF_GetPageCount(document) if document else 0, True, source)
    if not _has_page(opened, range(_PAGES_TRIED)):
        opened.close()
        raise _damaged()
    return opened


def _has_page(opened: OpenedPdf, indices: range) -> bool:
    """Whether any of these pages (from 0) is there. They are asked for their size, which fails exactly
    where opening them would, and parses nothing of what is drawn on them: that may take for ever.
    """
    size = pdfium.FS_SIZEF()
    return any(
        pdfium.FPDF_GetPageSizeByIndexF(opened.document, index, size)
        for index in range(indices.start, min(indices.stop, opened.page_count))
    )


def _encrypted(password: str | None) -> DocumentEncrypted:
    if password:
        return DocumentEncrypted(
            "The password does not open this document. Send the right one.", reason="wrong_password"
        )
    return DocumentEncrypted(
        "The document is protected. Send its password with it.", reason="password_required"
    )


def _damaged() -> UnreadableDocument:
    return UnreadableDocument(
        "This PDF is damaged beyond repair. Open it in a viewer, save or print it to a new PDF, and send that."
    )
