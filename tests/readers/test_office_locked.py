"""Office files behind a password are opened with it, and ask for it without."""

import io
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

from octavo.adapters.readers.office.package import Package
from octavo.adapters.readers.office.unlocking import OLE_MAGIC
from octavo.adapters.readers.sniff import XLSX
from octavo.adapters.readers.table import inspect_source, open_source
from octavo.domain.errors import DocumentEncrypted, UnreadableDocument
from octavo.ports.readers import Limits


def locked(path: Path, password: str) -> Path:
    plain = io.BytesIO()
    Workbook().save(plain)
    with path.open("wb") as file:
        OOXMLFile(plain).encrypt(password, file)
    return path


def test_the_right_password_opens_the_package(tmp_path: Path) -> None:
    with Package(locked(tmp_path / "x.xlsx", "s3cret"), Limits(), password="s3cret") as package:
        assert package.main_part() == "xl/workbook.xml"


@pytest.mark.parametrize(("password", "reason"), [(None, "password_required"), ("wrong", "wrong_password")])
def test_no_password_and_a_wrong_one_are_told_apart(
    tmp_path: Path, password: str | None, reason: str
) -> None:
    with pytest.raises(DocumentEncrypted) as refused:
        Package(locked(tmp_path / "x.xlsx", "s3cret"), Limits(), password=password)

    assert refused.value.details["reason"] == reason


def test_a_file_that_only_may_not_be_changed_opens_without_a_password(tmp_path: Path) -> None:
    with Package(locked(tmp_path / "x.xlsx", "VelvetSweatshop"), Limits()) as package:
        assert package.main_part() == "xl/workbook.xml"


def test_a_file_that_asks_for_endless_work_is_refused(tmp_path: Path) -> None:
    path = locked(tmp_path / "x.xlsx", "s3cret")
    content = path.read_bytes()
    assert b'spinCount="100000"' in content
    path.write_bytes(content.replace(b'spinCount="100000"', b'spinCount="999999"'))

    with pytest.raises(UnreadableDocument, match="more work"):
        Package(path, Limits(), password="s3cret")


@pytest.mark.parametrize("rest", [b"", b"\0" * 600, bytes(range(256)) * 8])
def test_a_damaged_container_is_damaged(tmp_path: Path, rest: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(OLE_MAGIC + rest)

    with pytest.raises(UnreadableDocument, match="damaged"):
        Package(path, Limits(), password="s3cret")


def test_a_locked_file_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = locked(tmp_path / "x.bin", "s3cret")

    inspection = inspect_source(path, password="s3cret")
    reader = open_source(path, inspection.media_type, password="s3cret")

    assert inspection.media_type == XLSX
    assert reader.load(1).number == 1
    reader.close()
    with pytest.raises(DocumentEncrypted, match="Send its password"):
        inspect_source(path)
