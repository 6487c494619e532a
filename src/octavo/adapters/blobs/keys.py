"""What may be a key, and bytes counted and hashed on their way past."""

import hashlib
import re
from collections.abc import AsyncIterator

from octavo.domain.errors import DocumentTooLarge, InvalidRequest, NotFound
from octavo.ports.blobs import StoredBlob

PIECE_BYTES = 2**20
"""No chunk handed out is larger; chunks that come in are gathered to at least this."""

_SEGMENT = re.compile(r"[A-Za-z0-9._-]{1,200}", re.ASCII)


def check_key(key: str) -> str:
    """The key itself. Raises `InvalidRequest` for one that could name anything but a blob."""
    segments = key.split("/")
    if not all(_SEGMENT.fullmatch(segment) and segment not in {".", ".."} for segment in segments):
        raise InvalidRequest("A blob's key is segments of letters, digits, `.`, `_`, `-`, joined by `/`.")
    return key


def check_prefix(prefix: str) -> str:
    """The prefix without its last `/`. Raises `InvalidRequest` where it has none."""
    if not prefix.endswith("/"):
        raise InvalidRequest("A prefix of blobs ends in `/`.")
    return check_key(prefix[:-1])


def no_such_blob() -> NotFound:
    return NotFound("These bytes are not in the blob store (any more).")


class Tally:
    """Counts and hashes what passes; raises `DocumentTooLarge` as soon as the limit is passed."""

    def __init__(self, limit_bytes: int | None) -> None:
        self._limit_bytes = limit_bytes
        self._size_bytes = 0
        self._sha256 = hashlib.sha256()

    def count(self, chunk: bytes) -> None:
        self._size_bytes += len(chunk)
        if self._limit_bytes is not None and self._size_bytes > self._limit_bytes:
            raise DocumentTooLarge(
                f"The content is larger than the {self._limit_bytes} bytes allowed. Send a smaller one.",
                limit_bytes=self._limit_bytes,
            )

    def hash(self, piece: bytes) -> None:
        """Apart from `count`, because hashing a large piece belongs in a thread."""
        self._sha256.update(piece)

    def stored(self, key: str) -> StoredBlob:
        return StoredBlob(key, self._size_bytes, self._sha256.hexdigest())


async def gathered(chunks: AsyncIterator[bytes], tally: Tally, size_bytes: int) -> AsyncIterator[bytes]:
    """The same bytes in pieces of about `size_bytes`: uploads trickle in by the network packet."""
    waiting: list[bytes] = []
    length = 0
    async for chunk in chunks:
        tally.count(chunk)
        waiting.append(chunk)
        length += len(chunk)
        if length >= size_bytes:
            yield b"".join(waiting)
            waiting, length = [], 0
    if waiting:
        yield b"".join(waiting)


async def chunks_of(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), PIECE_BYTES):
        yield content[start : start + PIECE_BYTES]
