"""Who reads what: one row a media type. A new kind of file is a new row in READERS."""

from collections.abc import Mapping
from pathlib import Path, PurePath
from types import MappingProxyType

from octavo.adapters.readers.docx.reader import DocxKind
from octavo.adapters.readers.html.reader import HtmlKind
from octavo.adapters.readers.image.reader import ImageKind
from octavo.adapters.readers.legacy.reader import LegacyKind
from octavo.adapters.readers.locked import LockedKind
from octavo.adapters.readers.pdf.reader import PdfKind
from octavo.adapters.readers.plain.reader import TextKind
from octavo.adapters.readers.pptx.reader import PptxKind
from octavo.adapters.readers.sniff import (
    DOC,
    DOCX,
    HTML,
    LOCKED_OFFICE,
    ODP,
    ODS,
    ODT,
    OLE,
    PDF,
    PPT,
    PPTX,
    RTF,
    TEXT,
    UNKNOWN,
    XLS,
    XLSX,
    XML,
    ZIP,
    media_type_of,
)
from octavo.adapters.readers.xlsx.reader import XlsxKind
from octavo.adapters.readers.xml_invoice.reader import XmlInvoiceKind
from octavo.domain.errors import (
    DocumentTooLarge,
    EmptyDocument,
    UnreadableDocument,
    UnsupportedMediaType,
)
from octavo.ports.readers import Inspection, Limits, Reader, ReaderKind

_READABLE = "PDF, TIFF, JPEG, PNG, BMP, WebP, GIF, HEIC, AVIF, DOCX, PPTX, XLSX, HTML, plain text and e-invoices in XML"

READERS: Mapping[str, ReaderKind] = MappingProxyType(
    {
        PDF: PdfKind(),
        "image/jpeg": ImageKind("JPEG", "image/jpeg"),
        "image/png": ImageKind("PNG", "image/png"),
        "image/tiff": ImageKind("TIFF", "image/tiff"),
        "image/bmp": ImageKind("BMP", "image/bmp"),
        "image/gif": ImageKind("GIF", "image/gif"),
        "image/webp": ImageKind("WEBP", "image/webp"),
        "image/heic": ImageKind("HEIF", "image/heic"),
        "image/heif": ImageKind("HEIF", "image/heif"),
        "image/avif": ImageKind("AVIF", "image/avif"),
        DOCX: DocxKind(),
        PPTX: PptxKind(),
        HTML: HtmlKind(),
        TEXT: TextKind(),
        LOCKED_OFFICE: LockedKind(
            {"wordprocessingml": DocxKind(), "presentationml": PptxKind(), "spreadsheetml": XlsxKind()}
        ),
        DOC: LegacyKind(DOC, "a legacy Word document (DOC)", ".docx", DocxKind()),
        PPT: LegacyKind(PPT, "a legacy PowerPoint presentation (PPT)", ".pptx", PptxKind()),
        XLS: LegacyKind(XLS, "a legacy Excel workbook (XLS)", ".xlsx", XlsxKind()),
        RTF: LegacyKind(RTF, "a rich text document (RTF)", ".docx", DocxKind()),
        ODT: LegacyKind(ODT, "an OpenDocument text (ODT)", ".docx", DocxKind()),
        ODP: LegacyKind(ODP, "an OpenDocument presentation (ODP)", ".pptx", PptxKind()),
        ODS: LegacyKind(ODS, "an OpenDocument spreadsheet (ODS)", ".xlsx", XlsxKind()),
        XLSX: XlsxKind(),
        XML: XmlInvoiceKind(f"Send {_READABLE}."),
    }
)

_EXPORT_AS_PDF = "Save or export it as PDF and send that."
_RECOGNISED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        OLE: ("a legacy Office or Outlook file", _EXPORT_AS_PDF),
        ZIP: ("a ZIP archive", f"Unpack it and send the documents in it one by one: {_READABLE}."),
    }
)
"""What is told apart but not read: what to call it, and what can be sent instead."""

_SUFFIXES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        PDF: frozenset({".pdf"}),
        "image/jpeg": frozenset({".jpg", ".jpeg", ".jpe", ".jfif"}),
        "image/png": frozenset({".png"}),
        "image/tiff": frozenset({".tif", ".tiff"}),
        "image/bmp": frozenset({".bmp", ".dib"}),
        "image/gif": frozenset({".gif"}),
        "image/webp": frozenset({".webp"}),
        "image/heic": frozenset({".heic", ".heif"}),
        "image/heif": frozenset({".heic", ".heif"}),
        "image/avif": frozenset({".avif"}),
        DOCX: frozenset({".docx", ".docm", ".dotx", ".dotm"}),
        DOC: frozenset({".doc", ".dot"}),
        PPT: frozenset({".ppt", ".pps", ".pot"}),
        XLS: frozenset({".xls", ".xlt"}),
        RTF: frozenset({".rtf", ".doc"}),
        ODT: frozenset({".odt", ".ott"}),
        ODP: frozenset({".odp", ".otp"}),
        ODS: frozenset({".ods", ".ots"}),
        XML: frozenset({".xml"}),
        HTML: frozenset({".html", ".htm", ".xhtml", ".shtml"}),
        PPTX: frozenset({".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"}),
        XLSX: frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"}),
    }
)

_MAY_BE_TEXT = frozenset({HTML, TEXT, DOC, XLS, RTF})
"""What programs that export "for Word" or "for Excel" write pages and text under."""


def inspect_source(
    path: Path, *, filename: str | None = None, password: str | None = None, limits: Limits | None = None
) -> Inspection:
    """What a file is, found by its content; a misleading `filename` is only a warning (`name_mismatch`).

    Raises:
        EmptyDocument, UnsupportedMediaType, DocumentTooLarge, DocumentEncrypted, UnreadableDocument.
    """
    limits = limits or Limits()
    _check_bytes(path, limits)
    media_type = media_type_of(path)
    _check_no_leftover(filename, media_type)
    inspection = _reader_kind(media_type).inspect(path, password=password, limits=limits)
    if not _misleading(filename, media_type):
        return inspection
    warnings = ("name_mismatch", *inspection.warnings)
    return Inspection(inspection.media_type, inspection.page_count, inspection.scanned_sample, warnings)


def open_source(
    path: Path, media_type: str, *, password: str | None = None, limits: Limits | None = None
) -> Reader:
    """Open a file that `inspect_source` called `media_type`. Raises as it does; close the reader."""
    limits = limits or Limits()
    _check_bytes(path, limits)
    return _reader_kind(media_type).open(path, password=password, limits=limits)


def _reader_kind(media_type: str) -> ReaderKind:
    kind = READERS.get(media_type)
    if kind is not None:
        return kind
    if media_type == UNKNOWN:
        summary = f"The content of this file is of no known kind. Send {_READABLE}."
    else:
        name, instead = _RECOGNISED.get(media_type, (f"a file of type {media_type}", f"Send {_READABLE}."))
        summary = f"This is {name}, which is not read. {instead}"
    raise UnsupportedMediaType(summary, media_type=media_type, readable=sorted(READERS))


def _check_no_leftover(filename: str | None, media_type: str) -> None:
    """A login page or an error message that was saved as `report.pdf` is not the report."""
    suffix = PurePath(filename).suffix.strip().lower() if filename else ""
    claimed = next((kind for kind, suffixes in _SUFFIXES.items() if suffix in suffixes), media_type)
    if media_type in {HTML, TEXT} and claimed not in _MAY_BE_TEXT:
        found = "a web page" if media_type == HTML else "plain text"
        raise UnreadableDocument(
            f"The file is named {suffix}, but what is in it is {found}: the document itself may not have been saved. "
            "Open it to see what it is; to have it read as it is, name it .html or .txt.",
            media_type=media_type,
        )


def _check_bytes(path: Path, limits: Limits) -> None:
    size = path.stat().st_size
    if size == 0:
        raise EmptyDocument("The file is empty (0 bytes). Check the upload and send it again.")
    if size > limits.max_bytes:
        raise DocumentTooLarge(
            f"The file has {size} bytes; at most {limits.max_bytes} are read. Split or compress it.",
            bytes=size,
            max_bytes=limits.max_bytes,
        )


def _misleading(filename: str | None, media_type: str) -> bool:
    suffix = PurePath(filename).suffix.strip().lower() if filename else ""
    return bool(suffix) and suffix not in _SUFFIXES.get(media_type, frozenset({suffix}))
