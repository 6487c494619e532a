"""Bytes by key: a folder or an S3-compatible bucket."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredBlob:
    key: str
    size_bytes: int
    sha256: str
    """Hex digest of the content."""


class Blobs(Protocol):
    """Keys are `/`-separated segments of `[A-Za-z0-9._-]`. A stored blob is durable when `put` returns.

    Every method raises `TemporaryFailure` when the store cannot be reached.
    """

    async def put(
        self, key: str, chunks: AsyncIterator[bytes], *, limit_bytes: int | None = None
    ) -> StoredBlob:
        """Store what `chunks` yields; nothing is visible under `key` until all of it is durable.

        Raises:
            DocumentTooLarge: more than `limit_bytes` came; nothing is kept.
        """
        ...

    async def put_bytes(self, key: str, content: bytes) -> StoredBlob: ...

    async def put_path(self, key: str, path: Path) -> StoredBlob:
        """Store a local file's content; the file may be moved away."""
        ...

    def read(self, key: str, *, start: int = 0, stop: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` up to, without, `stop`, in chunks of at most 1 MiB.

        Raises:
            NotFound: no such key (at the first chunk).
        """
        ...

    async def size(self, key: str) -> int | None:
        """In bytes; None where there is no such blob."""
        ...

    async def copy(self, source: str, target: str) -> None:
        """Make `target` the same bytes; raises `NotFound` where `source` is missing."""
        ...

    async def copy_all(self, pairs: Sequence[tuple[str, str]]) -> set[str]:
        """As `copy`, of many (source, target); the targets that are there now, others' sources being missing."""
        ...

    def local_path(self, key: str) -> AbstractAsyncContextManager[Path]:
        """A readable local file with the blob's content, valid inside the context.

        A bucket's blob is brought to a bounded local cache, once for all who ask at the same time.
        Raises `NotFound`.
        """
        ...

    async def delete_prefix(self, prefix: str) -> int:
        """Delete everything below a prefix that ends in `/`; how many blobs went. Safe to repeat."""
        ...

    async def list_groups(self, prefix: str) -> list[str]:
        """The names of the folders directly below `prefix` (which ends in `/`)."""
        ...

    async def tidy(self) -> None:
        """Drop local copies that nobody here asked for lately; every process calls it now and then.

        What another machine purged stays here no longer than an hour and the time between two calls.
        """
        ...

    async def check(self) -> None:
        """Write, read and delete a probe; raises `TemporaryFailure` with a safe reason."""
        ...
