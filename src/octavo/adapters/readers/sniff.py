"""What a file is, told from its content alone: a name or a header can say anything."""

import codecs
import re
import zipfile
from pathlib import Path

import filetype

from octavo.adapters.readers.office.archive import REFUSALS, check_directory
from octavo.domain.errors import EmptyDocument

PDF = "application/pdf"
HTML = "text/html"
TEXT = "text/plain"
RTF = "application/rtf"
XML = "application/xml"
ZIP = "application/zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOC = "application/msword"
PPT = "application/vnd.ms-powerpoint"
XLS = "application/vnd.ms-excel"
OLE = "application/x-ole-storage"
LOCKED_OFFICE = "application/x-encrypted-ooxml"
ODT = "application/vnd.oasis.opendocument.text"
ODP = "application/vnd.oasis.opendocument.presentation"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
UNKNOWN = "application/octet-stream"

_HEAD_BYTES = 16 * 1024
_PDF_WITHIN = 1024
"""How far into a file readers look for `%PDF-`: mailers and scanners put junk before it."""
_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_IMAGE_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"II+\0", "image/tiff"),
    (b"MM\0+", "image/tiff"),
)
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}
_OFFICE_MARKS = (
    (b"wordprocessingml.", DOCX),
    (b"application/vnd.ms-word.", DOCX),
    (b"presentationml.", PPTX),
    (b"application/vnd.ms-powerpoint.", PPTX),
    (b"spreadsheetml.", XLSX),
    (b"application/vnd.ms-excel.", XLSX),
)
_OFFICE_FOLDERS = ((b"word/", DOCX), (b"ppt/", PPTX), (b"xl/", XLSX))
_LARGEST_CONTENT_TYPES = 2 * 2**20
_OLE_STREAMS = (
    # An Office file with a password is a container around its encrypted bytes.
    ("EncryptedPackage", LOCKED_OFFICE),
    ("WordDocument", DOC),
    ("PowerPoint Document", PPT),
    ("Workbook", XLS),
    ("Book", XLS),
)
_HTML_STARTS = (
    *(b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<title", b"<table", b"<div"),
    *(b"<p>", b"<p ", b"<h1", b"<h2", b"<h3", b"<ul>", b"<ul ", b"<ol>", b"<ol "),
    *(b"<section", b"<article", b"<main", b"<center"),
)


_INVOICE_ROOT = re.compile(
    r"(?:<!--.*?-->\s*)*<(?:[\w.-]+:)?(?:crossindustryinvoice|crossindustrydocument|invoice|creditnote)\s[^<>]*\"urn:",
    re.DOTALL,
)
"""An e-invoice without a declaration, lower case."""


def media_type_of(path: Path) -> str:
    """The media type of a file's content; `UNKNOWN` where nothing fits. Raises `EmptyDocument`, and `DocumentTooLarge` for an archive of too many parts."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head:
        raise EmptyDocument("The file is empty (0 bytes). Check the upload and send it again.")
    return (
        _image(head)
        or _zip_container(path, head)
        or _ole_container(path, head)
        or _pdf(head)
        or _by_magic(head)
        or _textual(head)
        or UNKNOWN
    )


def _image(head: bytes) -> str | None:
    for magic, media_type in _IMAGE_MAGIC:
        if head.startswith(magic):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:2] == b"BM" and len(head) >= 26 and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    return _iso_image(head)


def _iso_image(head: bytes) -> str | None:
    """HEIF and AVIF share a container; the major brand, then the compatible ones, tell which."""
    if head[4:8] != b"ftyp":
        return None
    end = min(int.from_bytes(head[:4], "big"), len(head), 256)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]
    if any(brand in _AVIF_BRANDS for brand in brands):
        return "image/avif"
    if any(brand in _HEIF_BRANDS for brand in brands):
        return "image/heic" if brands[0].startswith((b"hei", b"hev")) else "image/heif"
    return None


def _pdf(head: bytes) -> str | None:
    return PDF if b"%PDF-" in head[:_PDF_WITHIN] else None


def _zip_container(path: Path, head: bytes) -> str | None:
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    try:
        check_directory(path)
        with zipfile.ZipFile(path) as archive:
            return _office_kind(archive) or _declared_kind(archive) or ZIP
    except REFUSALS:
        return _by_folders(head) or ZIP


def _by_folders(head: bytes) -> str | None:
    """An Office file that was cut off has lost its list of entries; its first ones still say what it was."""
    if b"[Content_Types].xml" not in head:
        return None
    return next((kind for folder, kind in _OFFICE_FOLDERS if folder in head), None)


def _office_kind(archive: zipfile.ZipFile) -> str | None:
    try:
        with archive.open("[Content_Types].xml") as part:
            content_types = part.read(_LARGEST_CONTENT_TYPES)
    except (KeyError, *REFUSALS):
        return None
    main = next((at for at in (content_types.find(b".main+xml"),) if at >= 0), None)
    around = content_types if main is None else content_types[max(0, main - 200) : main]
    return next((kind for mark, kind in _OFFICE_MARKS if mark in around), None)


def _declared_kind(archive: zipfile.ZipFile) -> str | None:
    """OpenDocument and EPUB say what they are in an entry of that name."""
    try:
        with archive.open("mimetype") as part:
            declared = part.read(128).decode("ascii", "replace").strip()
    except (KeyError, *REFUSALS):
        return None
    for kind in (ODT, ODP, ODS):
        if declared in {kind, f"{kind}-template"}:
            return kind
    return declared if declared.startswith("application/") and declared.isprintable() else None


def _ole_container(path: Path, head: bytes) -> str | None:
    """Legacy office files are told apart by the name of their main stream, UTF-16 in the directory."""
    if not head.startswith(_OLE_MAGIC):
        return None
    sector = 1 << min(12, max(7, int.from_bytes(head[30:32], "little")))
    first_directory = (int.from_bytes(head[48:52], "little") + 1) * sector
    with path.open("rb") as file:
        try:
            file.seek(first_directory)
            directory = file.read(8 * sector)
        except (OSError, OverflowError):
            return OLE
    return next((kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") in directory), OLE)


def _by_magic(head: bytes) -> str | None:
    kind = filetype.guess(head)
    if kind is None or kind.mime == "image/bmp":  # it takes any text that begins with BM for one
        return None
    return str(kind.mime)


def _textual(head: bytes) -> str | None:
    text = _decoded(head)
    if text is None:
        return None
    start = text.lstrip("\ufeff \t\r\n")[:512].encode().lower()
    if start.startswith(b"{\\rtf"):
        return RTF
    if start.startswith(_HTML_STARTS) or (start.startswith((b"<!--", b"<?xml")) and b"<html" in start):
        return HTML
    return XML if start.startswith(b"<?xml") or _INVOICE_ROOT.match(start.decode()) else TEXT


def _decoded(head: bytes) -> str | None:
    """The head as text, None where it is binary; a character cut at the end is no objection."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            return head.decode(encoding, "ignore")
    # DOS ended its texts with Ctrl-Z.
    head = head.removesuffix(b"\x1a")
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    if controls:
        return None
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return head.decode("cp1252", "replace")
