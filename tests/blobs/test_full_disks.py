# ruff: noqa: ASYNC240 -- the files have a few bytes
"""What a store leaves behind, and says, when its disk is full or its process was killed."""

import os
import resource
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from octavo.adapters.blobs import make_blobs
from octavo.adapters.blobs.cache import LocalCopies
from octavo.domain.errors import TemporaryFailure
from octavo.ports.blobs import Blobs

MIB = 2**20


@pytest.fixture
def two_mib_at_most() -> Iterator[None]:
    """A write beyond that fails like one on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * MIB, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def _odd_pieces() -> AsyncIterator[bytes]:
    for _ in range(5):
        yield bytes(MIB + 1000)


@pytest.mark.usefixtures("two_mib_at_most")
async def test_a_full_disk_is_our_failure_and_keeps_no_part(folder: Blobs, tmp_path: Path) -> None:
    with pytest.raises(TemporaryFailure, match="disk"):
        await folder.put("a/b", _odd_pieces())

    assert list((tmp_path / "blobs" / "incoming").iterdir()) == []


async def test_what_a_killed_process_was_receiving_goes_a_day_later(tmp_path: Path) -> None:
    incoming = tmp_path / "blobs" / "incoming"
    incoming.mkdir(parents=True)
    for name, hours in (("left", 30), ("arriving", 1)):
        (incoming / name).write_bytes(b"part")
        os.utime(incoming / name, (time.time() - hours * 3600,) * 2)

    await make_blobs(str(tmp_path / "blobs"), cache_dir=tmp_path / "unused").put_bytes("a/b", b"new")

    assert [path.name for path in incoming.iterdir()] == ["arriving"]


async def test_a_cache_that_cannot_be_written_is_our_failure(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file where a folder should be")

    async def fetch(target: Path) -> None:
        target.write_bytes(b"x")

    with pytest.raises(TemporaryFailure, match="local copies"):
        async with LocalCopies(tmp_path / "cache", MIB).lease("key", "1", fetch):
            pytest.fail("there is nothing to read")


async def test_many_small_copies_are_not_looked_through_for_each_of_them(tmp_path: Path) -> None:
    class Counting(LocalCopies):
        trims = 0

        def trim(self) -> None:
            self.trims += 1
            super().trim()

    copies = Counting(tmp_path, MIB)

    async def fetch(target: Path) -> None:
        target.write_bytes(bytes(1024))

    for number in range(200):
        async with copies.lease(str(number), "1", fetch):
            pass

    assert 2 <= copies.trims <= 10, "about every sixteenth of what may be kept"
