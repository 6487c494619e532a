"""Office files behind a password: an OLE container around the encrypted package."""

import io
import re
import struct
import zlib
from pathlib import Path
from typing import IO

from octavo.adapters.readers.office.archive import damaged
from octavo.domain.errors import DocumentEncrypted, UnreadableDocument

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_READ_ONLY_PASSWORD = "VelvetSweatshop"  # noqa: S105 - published: Excel uses it for files that only may not be changed
_SPINS = re.compile(rb'spinCount="(\d+)"')
_MOST_SPINS = 500_000
"""Office makes 100,000 rounds; each costs a microsecond, and a file can ask for any number."""
_LARGEST_DESCRIPTION = 256 * 1024
_BROKEN = (
    OSError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)
"""What parsers of damaged containers raise: they have no exception of their own for it."""


def unlocked(path: Path, password: str | None) -> Path | IO[bytes]:
    """The package itself: the file as it is, or in memory what its password opens.

    Raises:
        DocumentEncrypted: A password is needed, or the one given is wrong.
        UnreadableDocument: The container is damaged, or takes too long to open.
    """
    with path.open("rb") as file:
        if file.read(len(OLE_MAGIC)) != OLE_MAGIC:
            return path
        file.seek(0)
        try:
            return _opened(file, password)
        except UnreadableDocument as error:
            if password is not None:
                raise
            # Whether it is damaged as well is for the one to hear who has the password.
            raise _refused(None) from error


def _opened(file: IO[bytes], password: str | None) -> IO[bytes]:
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    package = io.BytesIO()
    try:
        _check_effort(file)
        locked = msoffcrypto.OfficeFile(file)
        locked.load_key(password=password or _READ_ONLY_PASSWORD, verify_password=True)
        locked.decrypt(package)
    except (InvalidKeyError, DecryptionError) as error:
        raise _refused(password) from error
    except (FileFormatError, ParseError, *_BROKEN) as error:
        raise damaged() from error
    package.seek(0)
    return package


def _check_effort(file: IO[bytes]) -> None:
    import olefile

    with olefile.OleFileIO(file) as container:
        if not container.exists("EncryptionInfo"):
            raise damaged()
        description = container.openstream("EncryptionInfo").read(_LARGEST_DESCRIPTION)
    if any(int(spins) > _MOST_SPINS for spins in _SPINS.findall(description)):
        raise UnreadableDocument(
            "The document's encryption asks for more work than any Office program does. "
            "Save it without a password and send that."
        )
    file.seek(0)


def _refused(password: str | None) -> DocumentEncrypted:
    if password is None:
        return DocumentEncrypted(
            "The document is protected by a password. Send its password with it.", reason="password_required"
        )
    return DocumentEncrypted(
        "The password does not open this document. Send the right one.", reason="wrong_password"
    )
