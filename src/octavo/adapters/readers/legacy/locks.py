"""Whether a legacy or OpenDocument file is protected by a password, told before it is converted."""

import zipfile
from pathlib import Path

from octavo.adapters.readers.office.archive import REFUSALS, open_archive
from octavo.domain.errors import DocumentEncrypted
from octavo.ports.readers import Limits

_MANIFEST = "META-INF/manifest.xml"
_LARGEST_MANIFEST = 4 * 2**20
_ENCRYPTED_PART = b"encryption-data"
_HEAD_BYTES = 64 * 1024
_SECTOR = 512
_WORD_MAGIC = b"\xec\xa5"
"""Of a file information block (MS-DOC 2.5.1), which stands at the beginning of a sector."""
_FLAGS_AT = 10
_IS_ENCRYPTED = 0x0100


def check_unlocked(path: Path, limits: Limits) -> None:
    """Raises `DocumentEncrypted`, and for archives what `open_archive` raises."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    is_locked = _locked_archive(path, limits) if head.startswith(b"PK\x03\x04") else _locked_word(head)
    if is_locked:
        raise DocumentEncrypted("The document is protected by a password. Save it without one and send that.")


def _locked_archive(path: Path, limits: Limits) -> bool:
    """Of an OpenDocument file, whose manifest says how each part is encrypted."""
    archive = open_archive(path, limits)
    try:
        with archive.open(_MANIFEST) as part:
            return _ENCRYPTED_PART in part.read(_LARGEST_MANIFEST)
    except (KeyError, zipfile.BadZipFile, *REFUSALS):
        return False
    finally:
        archive.close()


def _locked_word(head: bytes) -> bool:
    starts = (at for at in range(_SECTOR, len(head), _SECTOR) if head[at : at + 2] == _WORD_MAGIC)
    return any(
        int.from_bytes(head[at + _FLAGS_AT : at + _FLAGS_AT + 2], "little") & _IS_ENCRYPTED for at in starts
    )
