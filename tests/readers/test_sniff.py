"""The kind of a file comes from its bytes, whatever it is called."""

import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from octavo.adapters.readers.sniff import (
    DOC,
    DOCX,
    HTML,
    PDF,
    PPTX,
    RTF,
    TEXT,
    UNKNOWN,
    XLSX,
    XML,
    ZIP,
    media_type_of,
)
from octavo.adapters.readers.table import READERS, inspect_source
from octavo.domain.errors import (
    DocumentTooLarge,
    EmptyDocument,
    OctavoError,
    UnreadableDocument,
)
from octavo.ports.readers import Limits
from tests.readers.samples import DEV, needs_samples, pdf_at

MAIN_PART = (
    '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{}.main+xml"/></Types>'
)


def office(path: Path, family: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", MAIN_PART.format(family))
    return path


def ole(path: Path, stream: str) -> Path:
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    header[30:32] = struct.pack("<H", 9)
    header[48:52] = struct.pack("<I", 0)
    path.write_bytes(bytes(header) + stream.encode("utf-16-le").ljust(512, b"\0"))
    return path


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.4\n", PDF),
        (b"\n\njunk from a mailer\n%PDF-1.4\n", PDF),
        (b"\xff\xd8\xff\xe0" + b"\0" * 20, "image/jpeg"),
        (b"GIF89a" + b"\0" * 20, "image/gif"),
        (b"II*\0" + b"\0" * 20, "image/tiff"),
        (b"MM\0*" + b"\0" * 20, "image/tiff"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "image/heif"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", "image/avif"),
        (b"<!DOCTYPE html><p>Hi", HTML),
        (b"  \n<html><body>", HTML),
        (b"{\\rtf1 Hi}", RTF),
        (b"<?xml version='1.0'?><invoice/>", XML),
        (b"<meta charset=utf-8><h2>Hi", HTML),
        (b"Just a note.\n", TEXT),
        (b"An old note.\r\n\x1a", TEXT),
        ("Grüße, Käufer\n".encode("cp1252"), TEXT),
        ("Grüße".encode("utf-16"), TEXT),
        (b"BM is how this note begins, and it is no picture", TEXT),
        (bytes(range(256)), UNKNOWN),
        (b"PK\x03\x04 not really", ZIP),
    ],
)
def test_the_kind_is_told_by_content(tmp_path: Path, content: bytes, media_type: str) -> None:
    path = tmp_path / "misnamed.docx"
    path.write_bytes(content)

    assert media_type_of(path) == media_type


@pytest.mark.parametrize(
    ("family", "media_type"),
    [
        ("wordprocessingml.document", DOCX),
        ("presentationml.presentation", PPTX),
        ("spreadsheetml.sheet", XLSX),
    ],
)
def test_office_files_are_told_by_their_main_part(tmp_path: Path, family: str, media_type: str) -> None:
    assert media_type_of(office(tmp_path / "office.pdf", family)) == media_type


@pytest.mark.parametrize("name", ["report.pdf", "scan.PNG", "letter.docx"])
def test_a_web_page_or_note_in_place_of_a_document_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "upload"
    path.write_bytes(b"<!DOCTYPE html><h1>Please log in</h1>")

    with pytest.raises(UnreadableDocument, match="a web page: the document itself may not have been saved"):
        inspect_source(path, filename=name)
    assert inspect_source(path, filename="login.html").media_type == HTML
    assert inspect_source(path).media_type == HTML


def test_legacy_office_files_are_told_by_their_main_stream(tmp_path: Path) -> None:
    assert media_type_of(ole(tmp_path / "old.bin", "WordDocument")) == DOC


def test_an_empty_file_is_empty_and_not_unsupported(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.write_bytes(b"")

    with pytest.raises(EmptyDocument):
        inspect_source(path)


def test_a_misleading_name_is_only_a_warning(tmp_path: Path) -> None:
    path = pdf_at(tmp_path / "real", lambda c: c.drawString(60, 700, "text"))

    assert inspect_source(path, filename="invoice.docx").warnings == ("name_mismatch",)
    assert inspect_source(path, filename="../../etc/cron.d/x .PDF").warnings == ()
    assert inspect_source(path, filename="no suffix").warnings == ()


def test_more_bytes_than_allowed_are_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    path.write_bytes(b"%PDF-1.4" + b" " * 100)

    with pytest.raises(DocumentTooLarge) as refused:
        inspect_source(path, limits=Limits(max_bytes=50))
    assert refused.value.details == {"bytes": 108, "max_bytes": 50}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        [
            b"",
            b"%PDF-1.7\n",
            b"\xff\xd8\xff\xe0",
            b"\x89PNG\r\n\x1a\n",
            b"II*\0",
            b"GIF89a",
            b"PK\x03\x04",
            b"BM",
        ]
    ),
    st.binary(max_size=400),
)
def test_any_bytes_are_inspected_or_refused_by_a_typed_error(
    tmp_path: Path, start: bytes, rest: bytes
) -> None:
    path = tmp_path / "any"
    path.write_bytes(start + rest)

    said = _inspected(path)

    assert said in READERS or str(tmp_path) not in said


def _inspected(path: Path) -> str:
    """The media type, or the summary of a typed refusal; anything else is a failure."""
    try:
        return inspect_source(path).media_type
    except OctavoError as refused:
        return refused.summary


@needs_samples
@pytest.mark.parametrize(
    ("folder", "pattern", "media_type"),
    [
        ("office_docx", "*.docx", DOCX),
        ("office_pptx", "*.pptx", PPTX),
        ("office_xlsx", "*.xlsx", XLSX),
        ("zugferd", "*.pdf", PDF),
        ("sroie", "*.jpg", "image/jpeg"),
    ],
)
def test_real_files_are_told(folder: str, pattern: str, media_type: str) -> None:
    files = sorted((DEV / folder).glob(pattern))

    assert files
    assert {path.name: media_type_of(path) for path in files} == {path.name: media_type for path in files}
