"""A bounded folder of local copies of a bucket's blobs."""

import asyncio
import contextlib
import hashlib
import logging
import os
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from octavo.adapters.blobs.threads import in_thread
from octavo.domain.errors import TemporaryFailure

_log = logging.getLogger(__name__)

_KEEP_S = 3600.0
"""A copy nobody asked for this long goes: what was purged elsewhere must not stay here."""
_LEASE_S = 24 * 3600.0
"""Nobody reads one file this long; what is older was left by a killed process."""

_TRIMS_A_FILL = 16
"""Each looks at every file, and a scan of 1,000 pages is put together from as many small blobs."""


class LocalCopies:
    """Shared by every process of the machine: files appear whole, by rename.

    Who reads a copy holds a hard link of its own to it, so that the copy can be dropped at any time
    and the reader keeps its bytes.
    """

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._copies = folder.absolute() / "copies"
        self._leases = folder.absolute() / "leases"
        self._max_bytes = max_bytes
        self._fetching: dict[str, asyncio.Task[None]] = {}
        self._untrimmed_bytes = max_bytes

    @contextlib.asynccontextmanager
    async def lease(
        self, key: str, version: str, fetch: Callable[[Path], Awaitable[None]]
    ) -> AsyncIterator[Path]:
        """A local file with the content of `key` at `version`; `fetch` writes it where it is missing.

        All who ask at the same time wait for one fetch; it fails for all of them or for none.

        Raises:
            TemporaryFailure: the folder cannot be written. And what `fetch` raises.
        """
        name = f"{_mark(key)}-{_mark(version)}"
        mine = self._leases / uuid.uuid4().hex
        try:
            while not await in_thread(self._link, name, mine):
                await self._fetch_once(name, fetch)
        except OSError as error:
            _log.exception("the folder of local copies failed")
            raise TemporaryFailure(
                "The folder for local copies of a bucket's blobs cannot be used. Check that its disk is "
                "writable and not full."
            ) from error
        try:
            yield mine
        finally:
            mine.unlink(missing_ok=True)

    def drop(self, key: str) -> None:
        """Forget every version of a blob that was deleted."""
        for copy in self._copies.glob(f"{_mark(key)}-*"):
            copy.unlink(missing_ok=True)

    def trim(self) -> None:
        """Drop what nobody asked for lately, then the least recently used until the rest fits."""
        now = time.time()
        for lease in _files(self._leases):
            if now - lease[0] > _LEASE_S:
                lease[2].unlink(missing_ok=True)
        kept_bytes = 0
        for used_at, size_bytes, copy in sorted(_files(self._copies), reverse=True):
            unfinished = copy.name.startswith(".")
            kept_bytes += 0 if unfinished else size_bytes
            if now - used_at > _KEEP_S or (kept_bytes > self._max_bytes and not unfinished):
                copy.unlink(missing_ok=True)

    def _link(self, name: str, mine: Path) -> bool:
        copy = self._copies / name
        self._leases.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            os.link(copy, mine)
        except FileNotFoundError:
            return False
        # The time of last use; access times are off on most disks.
        os.utime(mine)
        return True

    async def _fetch_once(self, name: str, fetch: Callable[[Path], Awaitable[None]]) -> None:
        running = self._fetching.get(name)
        if running is None:
            running = asyncio.create_task(self._fetch(name, fetch))
            self._fetching[name] = running
            running.add_done_callback(lambda done: self._fetched(name, done))
        # Shielded: who gives up waiting must not take the file away from the others.
        await asyncio.shield(running)

    def _fetched(self, name: str, done: asyncio.Task[None]) -> None:
        self._fetching.pop(name, None)
        if not done.cancelled():
            # Looked at even where everybody gave up waiting, or asyncio complains that nobody did.
            done.exception()

    async def _fetch(self, name: str, fetch: Callable[[Path], Awaitable[None]]) -> None:
        await in_thread(self._copies.mkdir, mode=0o700, parents=True, exist_ok=True)
        if self._untrimmed_bytes >= self._max_bytes / _TRIMS_A_FILL:
            self._untrimmed_bytes = 0
            await in_thread(self.trim)
        unfinished = self._copies / f".{name}.{uuid.uuid4().hex}"
        try:
            await fetch(unfinished)
            self._untrimmed_bytes += unfinished.stat().st_size
            unfinished.replace(self._copies / name)
        finally:
            unfinished.unlink(missing_ok=True)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def _files(folder: Path) -> list[tuple[float, int, Path]]:
    found = []
    with contextlib.suppress(FileNotFoundError):
        for entry in os.scandir(folder):
            with contextlib.suppress(FileNotFoundError):
                status = entry.stat()
                found.append((status.st_mtime, status.st_size, Path(entry.path)))
    return found
