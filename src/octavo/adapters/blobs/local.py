"""Blobs as files in a folder, durable before they are visible."""

import contextlib
import logging
import os
import shutil
import time
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from octavo.adapters.blobs.durable import sync_folder, sync_folders
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
from octavo.domain.errors import TemporaryFailure
from octavo.ports.blobs import StoredBlob

_log = logging.getLogger(__name__)

_TRIES = 5
_LOOK_EVERY_S = 3600.0
_ABANDONED_S = 24 * 3600.0
"""No upload pauses this long."""


class LocalBlobs:
    """One file a key under `objects/`; what is being written lies under `incoming/` on the same disk."""

    def __init__(self, folder: Path) -> None:
        self._objects = folder.absolute() / "objects"
        self._incoming = folder.absolute() / "incoming"
        self._looked_at = float("-inf")

    async def put(
        self, key: str, chunks: AsyncIterator[bytes], *, limit_bytes: int | None = None
    ) -> StoredBlob:
        target = self._file(key)
        tally = Tally(limit_bytes)
        with _storage_errors(writing=True):
            incoming, opened = await in_thread(self._new_incoming)
        try:
            # What the caller's iterator raises is the caller's, and passes as it is.
            async for piece in gathered(chunks, tally, PIECE_BYTES):
                with _storage_errors(writing=True):
                    await in_thread(_write, opened, piece, tally)
            with _storage_errors(writing=True):
                await in_thread(_publish, opened, incoming, target, self._objects)
        finally:
            # What did not fit on a full disk is tried again here, and fails again.
            with contextlib.suppress(OSError):
                opened.close()
            incoming.unlink(missing_ok=True)
        return tally.stored(key)

    async def put_bytes(self, key: str, content: bytes) -> StoredBlob:
        return await self.put(key, chunks_of(content))

    async def put_path(self, key: str, path: Path) -> StoredBlob:
        return await self.put(key, file_chunks(path))

    async def read(self, key: str, *, start: int = 0, stop: int | None = None) -> AsyncIterator[bytes]:
        with _storage_errors():
            async for chunk in file_chunks(self._file(key), start, stop):
                yield chunk

    async def size(self, key: str) -> int | None:
        path = self._file(key)
        with _storage_errors():
            try:
                return (await in_thread(path.stat)).st_size
            except (FileNotFoundError, NotADirectoryError):
                return None

    async def copy(self, source: str, target: str) -> None:
        with _storage_errors():
            await in_thread(self._copy, self._file(source), self._file(target))

    async def copy_all(self, pairs: Sequence[tuple[str, str]]) -> set[str]:
        with _storage_errors(writing=True):
            return await in_thread(self._copy_all, pairs)

    @contextlib.asynccontextmanager
    async def local_path(self, key: str) -> AsyncIterator[Path]:
        path = self._file(key)
        if await self.size(key) is None:
            raise no_such_blob()
        yield path

    async def delete_prefix(self, prefix: str) -> int:
        with _storage_errors():
            return await in_thread(_delete_tree, self._objects / check_prefix(prefix))

    async def list_groups(self, prefix: str) -> list[str]:
        with _storage_errors():
            return await in_thread(_folders_in, self._objects / check_prefix(prefix))

    async def tidy(self) -> None:
        """The folder is the store: there are no copies."""

    async def check(self) -> None:
        key = f"check/{uuid.uuid4().hex}/probe"
        await self.put_bytes(key, b"octavo")
        found = b"".join([chunk async for chunk in self.read(key)])
        await self.delete_prefix(key.removesuffix("probe"))
        if found != b"octavo":
            raise TemporaryFailure("The blob folder does not give back what was written. Check its disk.")

    def _file(self, key: str) -> Path:
        return self._objects / check_key(key)

    def _new_incoming(self) -> tuple[Path, BinaryIO]:
        self._incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        if time.monotonic() - self._looked_at > _LOOK_EVERY_S:
            self._looked_at = time.monotonic()
            _drop_abandoned(self._incoming)
        path = self._incoming / uuid.uuid4().hex
        return path, path.open("xb")

    def _copy(self, source: Path, target: Path) -> None:
        """A blob is never written in place, so that two names may share its bytes."""
        incoming, opened = self._new_incoming()
        opened.close()
        incoming.unlink()
        try:
            try:
                os.link(source, incoming)
            except FileNotFoundError:
                raise
            except OSError:
                shutil.copyfile(source, incoming)
            with incoming.open("rb") as content:
                _publish(content, incoming, target, self._objects)
        finally:
            incoming.unlink(missing_ok=True)

    def _copy_all(self, pairs: Sequence[tuple[str, str]]) -> set[str]:
        """All names first, then each folder once: the journal is written once for all of them."""
        done: set[str] = set()
        folders: set[Path] = set()
        for source, target in pairs:
            incoming, opened = self._new_incoming()
            opened.close()
            incoming.unlink()
            try:
                os.link(self._file(source), incoming)
                _into_place(incoming, self._file(target))
                folders.update(_folders_above(self._file(target), self._objects))
            except FileNotFoundError:
                continue
            except OSError:
                # No second name can be given here, so the bytes are copied.
                self._copy(self._file(source), self._file(target))
            finally:
                incoming.unlink(missing_ok=True)
            done.add(target)
        sync_folders(folders, self._objects)
        return done


def _drop_abandoned(incoming: Path) -> None:
    """What a killed process was receiving; nobody else will ever finish or remove it."""
    for entry in os.scandir(incoming):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - entry.stat().st_mtime > _ABANDONED_S:
                Path(entry.path).unlink()


def _write(opened: BinaryIO, piece: bytes, tally: Tally) -> None:
    opened.write(piece)
    tally.hash(piece)


def _publish(opened: BinaryIO, incoming: Path, target: Path, top: Path) -> None:
    """The bytes, then the name, then the folders that hold the name: in this order nothing is ever half there."""
    if opened.writable():
        opened.flush()
    os.fsync(opened.fileno())
    _into_place(incoming, target)
    # Folders made on the way are entries in theirs, whoever made them, up to the store's own.
    sync_folders(_folders_above(target, top), top)


def _folders_above(target: Path, top: Path) -> list[Path]:
    return [folder for folder in target.parents if folder.is_relative_to(top.parent)]


def _into_place(incoming: Path, target: Path) -> None:
    for attempt in range(_TRIES):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            incoming.replace(target)
        except FileNotFoundError:
            # A purge beside us removed the empty folder in between.
            if attempt == _TRIES - 1:
                raise
        else:
            return


def _delete_tree(top: Path) -> int:
    """Files first, then the folders that are empty by then: a blob put at the same time is kept."""
    gone = 0
    for folder, _, files in os.walk(top, topdown=False):
        for name in files:
            with contextlib.suppress(FileNotFoundError):
                Path(folder, name).unlink()
                gone += 1
        with contextlib.suppress(OSError):
            Path(folder).rmdir()
    if gone:
        sync_folder(top.parent)
    return gone


def _folders_in(top: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in os.scandir(top) if entry.is_dir())
    except (FileNotFoundError, NotADirectoryError):
        return []


@contextlib.contextmanager
def _storage_errors(*, writing: bool = False) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        missing = isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError)
        if missing and not writing:
            raise no_such_blob() from error
        _log.exception("the blob folder failed")
        raise TemporaryFailure(
            "The blob folder cannot be used. Check that its disk is mounted, writable and not full."
        ) from error
