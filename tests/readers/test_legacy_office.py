"""Legacy Office files, OpenDocument and RTF: through LibreOffice where it is installed, else a clear refusal."""

import tempfile
import zipfile
from pathlib import Path

import pytest

from octavo.adapters.readers import libreoffice as office
from octavo.adapters.readers.legacy import reader
from octavo.adapters.readers.legacy.locks import check_unlocked
from octavo.adapters.readers.legacy.reader import LegacyKind
from octavo.adapters.readers.sniff import DOC, LOCKED_OFFICE, ODP, ODS, ODT, RTF, media_type_of
from octavo.adapters.readers.table import READERS, inspect_source, open_source
from octavo.domain.document import BlockType
from octavo.domain.errors import DocumentEncrypted, DocumentTooLarge, UnreadableDocument, UnsupportedMediaType
from octavo.ports.readers import Limits, NativePage

needs_office = pytest.mark.skipif(office.office_folder() is None, reason="LibreOffice is not installed")
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
RICH = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 {\b Gr\'fc\'dfe} from RTF\par Second\par}"


def opendocument(path: Path, kind: str, content: str = "", manifest: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{_MANIFEST}">{manifest}</manifest:manifest>',
        )
        archive.writestr("content.xml", content)
    return path


def ole(path: Path, stream: str, sectors: bytes = b"") -> Path:
    """The head of a container whose directory is sector 0; `sectors` follow it."""
    head = bytearray(512)
    head[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    head[30:32] = (9).to_bytes(2, "little")
    directory = stream.encode("utf-16-le").ljust(512, b"\0")
    path.write_bytes(bytes(head) + directory + sectors)
    return path


@pytest.mark.parametrize(
    ("declared", "media_type"), [(ODT, ODT), (f"{ODT}-template", ODT), (ODP, ODP), (ODS, ODS)]
)
def test_opendocument_files_are_told_by_their_first_entry(
    tmp_path: Path, declared: str, media_type: str
) -> None:
    assert media_type_of(opendocument(tmp_path / "x", declared)) == media_type


@pytest.mark.parametrize("media_type", [DOC, RTF, ODT, ODP, ODS])
def test_without_libreoffice_the_refusal_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, media_type: str
) -> None:
    monkeypatch.setattr(reader, "office_folder", lambda: None)
    path = tmp_path / "old"
    path.write_bytes(RICH)

    with pytest.raises(
        UnsupportedMediaType, match="Install it with: apt install libreoffice-writer"
    ) as refused:
        open_source(path, media_type)
    assert "export it as PDF" in refused.value.summary
    assert refused.value.details["media_type"] == media_type


def test_workbooks_need_the_package_that_has_their_view(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "office_folder", lambda: tmp_path)
    monkeypatch.setattr(reader, "reads_workbooks", lambda: False)

    with pytest.raises(UnsupportedMediaType, match="apt install libreoffice-calc;"):
        open_source(opendocument(tmp_path / "x.ods", ODS), ODS)


def test_an_office_file_behind_a_password_is_encrypted(tmp_path: Path) -> None:
    path = ole(tmp_path / "locked.docx", "EncryptedPackage")

    assert media_type_of(path) == LOCKED_OFFICE
    with pytest.raises(DocumentEncrypted, match="protected by a password"):
        inspect_source(path)


def test_a_word_document_with_the_flag_of_encryption_is_encrypted(tmp_path: Path) -> None:
    block = bytearray(512)
    block[:2] = b"\xec\xa5"
    block[10:12] = (0x0100).to_bytes(2, "little")
    path = ole(tmp_path / "locked.doc", "WordDocument", bytes(block))

    with pytest.raises(DocumentEncrypted):
        check_unlocked(path, Limits())


def test_an_opendocument_file_with_encrypted_parts_is_encrypted(tmp_path: Path) -> None:
    locked = opendocument(tmp_path / "locked.odt", ODT, manifest="<manifest:encryption-data/>")

    with pytest.raises(DocumentEncrypted):
        check_unlocked(locked, Limits())
    check_unlocked(opendocument(tmp_path / "open.odt", ODT), Limits())


def test_a_bomb_is_refused_before_libreoffice_sees_it(tmp_path: Path) -> None:
    with pytest.raises(DocumentTooLarge):
        check_unlocked(opendocument(tmp_path / "x.odt", ODT, "0" * 4096), Limits(max_unpacked_bytes=1024))


@needs_office
def test_rich_text_is_read_and_nothing_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    path = tmp_path / "letter.rtf"
    path.write_bytes(RICH)

    opened = open_source(path, media_type_of(path))
    page = opened.load(1)
    opened.close()

    assert isinstance(page, NativePage)
    assert [(block.type, block.text) for block in page.blocks] == [
        (BlockType.PARAGRAPH, "Grüße from RTF"),
        (BlockType.PARAGRAPH, "Second"),
    ]
    assert page.notes == ("converted_by_libreoffice",)
    assert list(scratch.iterdir()) == []


@pytest.mark.skipif(not office.reads_workbooks(), reason="LibreOffice Calc is not installed with its view")
def test_a_workbook_is_read_from_opendocument(tmp_path: Path) -> None:
    rows = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell><text:p>{cell}</text:p></table:table-cell>' for cell in row)}"
        "</table:table-row>"
        for row in (("Name", "Sum"), ("Ann", "five"))
    )
    names = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "table", "text")
    )
    sheet = f'<table:table table:name="Sales">{rows}</table:table>'
    content = f"<office:document-content {names}><office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body></office:document-content>"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
    path = opendocument(tmp_path / "x.ods", ODS, content, entry)

    opened = open_source(path, ODS)
    page = opened.load(1)
    opened.close()

    assert isinstance(page, NativePage)
    assert page.name == "Sales"
    assert any(block.type is BlockType.TABLE and "Ann\tfive" in block.text for block in page.blocks)


@needs_office
def test_what_libreoffice_cannot_read_is_unreadable_and_nothing_stays_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    broken = ole(tmp_path / "broken.doc", "WordDocument")

    with pytest.raises(UnreadableDocument):
        open_source(broken, DOC)
    assert list(tmp_path.iterdir()) == [broken]


def test_every_kind_becomes_what_a_native_reader_reads() -> None:
    legacy = {media_type: kind for media_type, kind in READERS.items() if isinstance(kind, LegacyKind)}

    assert {kind.becomes for kind in legacy.values()} == {".docx", ".pptx", ".xlsx"}
    assert all(kind.media_type == media_type for media_type, kind in legacy.items())
