"""A zip archive held to its limits before anything in it is unpacked."""

import struct
import zipfile
import zlib
from pathlib import Path
from typing import IO

from octavo.domain.errors import DocumentEncrypted, DocumentTooLarge, UnreadableDocument
from octavo.ports.readers import Limits

_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_END_MAGIC = b"PK\x05\x06"
_END_BYTES = 22
_LONGEST_COMMENT = 65_535
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_LARGEST_DIRECTORY = 16 * 2**20
"""The list of entries; about 160,000 of them. It is held in memory whole, five times as large."""
_LIGHT_BYTES = 64 * 2**20
"""What is unpacked to less than this is never a bomb, however well it was packed."""
_IS_ENCRYPTED = 0x1
_STEP_BYTES = 2**20

REFUSALS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)
"""What the standard library raises at a damaged or unsupported archive."""


def damaged(what: str = "The file") -> UnreadableDocument:
    return UnreadableDocument(
        f"{what} is damaged or incomplete. Open it in its own program, save it again and send that."
    )


def open_archive(source: Path | IO[bytes], limits: Limits) -> zipfile.ZipFile:
    """The archive; close it.

    Raises:
        DocumentEncrypted: An Office file behind a password is an OLE container.
        DocumentTooLarge: Too many entries, or they unpack to too much.
        UnreadableDocument: It is no zip archive, or a damaged one.
    """
    try:
        check_directory(source)
        archive = zipfile.ZipFile(source)
    except REFUSALS as error:
        raise damaged() from error
    try:
        _check_entries(archive.infolist(), limits)
    except BaseException:
        archive.close()
        raise
    return archive


def check_directory(source: Path | IO[bytes]) -> None:
    """The size of the list of entries, told by its end record, before the list is read.

    Raises:
        DocumentEncrypted: As `open_archive` does.
        DocumentTooLarge: The list alone would fill the memory.
        zipfile.BadZipFile: There is no end record.
    """
    if isinstance(source, Path):
        with source.open("rb") as file:
            check_directory(file)
        return
    source.seek(0)
    if source.read(len(_OLE_MAGIC)) == _OLE_MAGIC:
        raise DocumentEncrypted(
            "The document is protected by a password. Send its password with it.", reason="password_required"
        )
    size = _directory_bytes(source)
    source.seek(0)
    if size > _LARGEST_DIRECTORY:
        raise _too_large("holds far more parts than a document needs", directory_bytes=size)


def _directory_bytes(file: IO[bytes]) -> int:
    end_of_file = file.seek(0, 2)
    file.seek(max(0, end_of_file - _END_BYTES - _LONGEST_COMMENT))
    start, tail = file.tell(), file.read()
    at = tail.rfind(_END_MAGIC)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise zipfile.BadZipFile("no end record")
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    return max(size, _directory_bytes_64(file, start + at))


def _directory_bytes_64(file: IO[bytes], end_record_at: int) -> int:
    """What the larger record says that may stand before the end record; 0 where there is none."""
    locator_at = end_record_at - _LOCATOR_64.size
    if locator_at < 0:
        return 0
    file.seek(locator_at)
    magic, _, record_at, _ = _LOCATOR_64.unpack(file.read(_LOCATOR_64.size))
    if magic != b"PK\x06\x07":
        return 0
    # The standard library looks for the record right before its locator, whatever the locator says.
    sizes = []
    for place in (record_at, locator_at - _END_64.size):
        if 0 <= place <= locator_at - _END_64.size:
            file.seek(place)
            record = _END_64.unpack(file.read(_END_64.size))
            sizes.append(int(record[8]) if record[0] == b"PK\x06\x06" else 0)
    return max(sizes, default=0)


def _check_entries(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Sizes as the archive declares them; the standard library never unpacks more than that."""
    if any(entry.flag_bits & _IS_ENCRYPTED for entry in entries):
        raise DocumentEncrypted(
            "The parts of this file are encrypted. Save it without a password and send that."
        )
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if unpacked > limits.max_unpacked_bytes:
        raise _too_large(
            "unpacks to far more than is read",
            unpacked_bytes=unpacked,
            max_unpacked_bytes=limits.max_unpacked_bytes,
        )
    dense = _dense(entries, limits)
    if dense or (unpacked > _LIGHT_BYTES and unpacked > packed * limits.max_unpacked_ratio):
        raise _too_large(
            "unpacks to far more than it holds on disk, and is not read for safety",
            unpacked_bytes=unpacked,
            packed_bytes=packed,
            max_unpacked_ratio=limits.max_unpacked_ratio,
        )


def _dense(entries: list[zipfile.ZipInfo], limits: Limits) -> bool:
    """Whether one entry alone is a bomb, hidden among large pictures."""
    return any(
        entry.file_size > _LIGHT_BYTES
        and entry.file_size > max(1, entry.compress_size) * limits.max_unpacked_ratio
        for entry in entries
    )


def _too_large(why: str, **details: int) -> DocumentTooLarge:
    return DocumentTooLarge(f"The file {why}. Save it as PDF, or split it, and send that.", **details)


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Its whole content. Raises `UnreadableDocument`."""
    try:
        return archive.read(entry)
    except REFUSALS as error:
        raise damaged("A part of the file") from error


def open_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> IO[bytes]:
    """To be read in steps, which may raise any of `REFUSALS`. Raises `UnreadableDocument`."""
    try:
        return archive.open(entry)
    except REFUSALS as error:
        raise damaged("A part of the file") from error


def read_step(entry: IO[bytes]) -> bytes:
    """The next megabyte, empty at the end. Raises `UnreadableDocument`."""
    try:
        return entry.read(_STEP_BYTES)
    except REFUSALS as error:
        raise damaged("A part of the file") from error
