"""Blobs as objects in an S3-compatible bucket."""

import asyncio
import contextlib
import logging
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import (
    BaseError,
    NotFoundError,
    PermissionDeniedError,
    UnauthenticatedError,
)
from obstore.store import S3Store

from octavo.adapters.blobs.cache import LocalCopies
from octavo.adapters.blobs.keys import (
    PIECE_BYTES,
    Tally,
    check_key,
    check_prefix,
    chunks_of,
    gathered,
    no_such_blob,
)
from octavo.adapters.blobs.threads import file_chunks, in_thread
from octavo.domain.errors import NotFound, TemporaryFailure
from octavo.ports.blobs import StoredBlob

if TYPE_CHECKING:
    # The library has its dictionaries' types in its stubs only.
    from obstore import GetOptions

_log = logging.getLogger(__name__)

_PART_BYTES = 8 * 2**20
"""S3 takes at most 10,000 parts of an object: 80 GB. Smaller content goes in one request."""
_PARTS_AT_ONCE = 2
"""With one part being gathered: at most about 24 MiB of memory an upload."""
_COPIES_AT_ONCE = 32


class S3Blobs:
    def __init__(self, store: S3Store, copies: LocalCopies) -> None:
        """`store` starts at our prefix in the bucket."""
        self._store = store
        self._copies = copies

    async def put(
        self, key: str, chunks: AsyncIterator[bytes], *, limit_bytes: int | None = None
    ) -> StoredBlob:
        upload = _Upload(chunks, Tally(limit_bytes))
        pieces = aiter(upload)
        first = await anext(pieces, b"")
        with _bucket_errors():
            if len(first) < _PART_BYTES:
                await obstore.put_async(self._store, check_key(key), first)
                return upload.tally.stored(key)
        try:
            with _bucket_errors():
                await obstore.put_async(
                    self._store,
                    key,
                    _again(first, pieces),
                    chunk_size=_PART_BYTES,
                    max_concurrency=_PARTS_AT_ONCE,
                )
        except TemporaryFailure:
            # What our caller's iterator raised comes back as the library's own error.
            if upload.error is not None:
                raise upload.error from None
            raise
        return upload.tally.stored(key)

    async def put_bytes(self, key: str, content: bytes) -> StoredBlob:
        return await self.put(key, chunks_of(content))

    async def put_path(self, key: str, path: Path) -> StoredBlob:
        return await self.put(key, file_chunks(path))

    async def read(self, key: str, *, start: int = 0, stop: int | None = None) -> AsyncIterator[bytes]:
        size_bytes = None if start == 0 and stop is None else await self.size(key)
        if size_bytes is not None:
            stop = size_bytes if stop is None else min(stop, size_bytes)
            if start >= stop:
                return
        with _bucket_errors():
            wanted: GetOptions | None = None if stop is None else {"range": (start, stop)}
            found = await obstore.get_async(self._store, check_key(key), options=wanted)
            async for piece in found.stream(min_chunk_size=PIECE_BYTES):
                for at in range(0, len(piece), PIECE_BYTES):
                    yield bytes(piece[at : at + PIECE_BYTES])

    async def size(self, key: str) -> int | None:
        try:
            with _bucket_errors():
                return int((await obstore.head_async(self._store, check_key(key)))["size"])
        except NotFound:
            return None

    async def copy(self, source: str, target: str) -> None:
        with _bucket_errors():
            await obstore.copy_async(self._store, check_key(source), check_key(target))

    async def copy_all(self, pairs: Sequence[tuple[str, str]]) -> set[str]:
        seats = asyncio.Semaphore(_COPIES_AT_ONCE)

        async def copied(source: str, target: str) -> bool:
            async with seats:
                try:
                    await self.copy(source, target)
                except NotFound:
                    return False
                return True

        found = await asyncio.gather(*(copied(*pair) for pair in pairs))
        return {target for (_, target), is_there in zip(pairs, found, strict=True) if is_there}

    @contextlib.asynccontextmanager
    async def local_path(self, key: str) -> AsyncIterator[Path]:
        with _bucket_errors():
            head = await obstore.head_async(self._store, check_key(key))

        async def fetch(target: Path) -> None:
            with target.open("xb") as opened:
                async for chunk in self.read(key):
                    await in_thread(opened.write, chunk)

        version = f"{head['e_tag']} {head['size']} {head['last_modified']}"
        async with self._copies.lease(key, version, fetch) as path:
            yield path

    async def delete_prefix(self, prefix: str) -> int:
        folder = check_prefix(prefix)
        gone = 0
        with _bucket_errors():
            async for page in obstore.list(self._store, folder, chunk_size=1000):
                keys = [found["path"] for found in page]
                if keys:
                    await obstore.delete_async(self._store, keys)
                    gone += len(keys)
                    for key in keys:
                        await in_thread(self._copies.drop, key)
        return gone

    async def list_groups(self, prefix: str) -> list[str]:
        folder = check_prefix(prefix)
        with _bucket_errors():
            found = await obstore.list_with_delimiter_async(self._store, folder)
        return sorted(path.rstrip("/").rsplit("/", maxsplit=1)[-1] for path in found["common_prefixes"])

    async def tidy(self) -> None:
        await in_thread(self._copies.trim)

    async def check(self) -> None:
        key = f"check/{uuid.uuid4().hex}/probe"
        try:
            await self.put_bytes(key, b"octavo")
            found = b"".join([chunk async for chunk in self.read(key)])
        except NotFound:
            raise TemporaryFailure(
                "The bucket does not exist. Make it, or correct its name in the blob URL."
            ) from None
        await self.delete_prefix(key.removesuffix("probe"))
        if found != b"octavo":
            raise TemporaryFailure("The bucket does not give back what was written. Check its service.")


class _Upload:
    """The pieces of an upload, and what went wrong while they were gathered."""

    def __init__(self, chunks: AsyncIterator[bytes], tally: Tally) -> None:
        self.tally = tally
        self.error: BaseException | None = None
        self._chunks = chunks

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for piece in gathered(self._chunks, self.tally, _PART_BYTES):
                await in_thread(self.tally.hash, piece)
                yield piece
        except BaseException as error:
            self.error = error
            raise


async def _again(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece


@contextlib.contextmanager
def _bucket_errors() -> Iterator[None]:
    try:
        yield
    except (NotFoundError, FileNotFoundError) as error:
        raise no_such_blob() from error
    except (PermissionDeniedError, UnauthenticatedError) as error:
        _log.exception("the bucket refused us")
        raise TemporaryFailure(
            "The bucket refuses our credentials. Check the access key and what it may do."
        ) from error
    except (BaseError, OSError) as error:
        _log.exception("the bucket failed")
        raise TemporaryFailure(
            "The bucket cannot be reached or does not answer. Check its endpoint and its service."
        ) from error
