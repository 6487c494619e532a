"""What every blob store promises (`octavo.ports.blobs`)."""

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from octavo.domain.errors import DocumentTooLarge, InvalidRequest, NotFound
from octavo.ports.blobs import Blobs, StoredBlob

_BIG = random.Random(7).randbytes(21 * 2**20 + 13)


async def _chunks(content: bytes, size: int = 65_536) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def _content(blobs: Blobs, key: str, start: int = 0, stop: int | None = None) -> bytes:
    return b"".join([chunk async for chunk in blobs.read(key, start=start, stop=stop)])


async def test_what_is_put_is_read_back_with_its_digest(blobs: Blobs) -> None:
    content = b"forty-two pages" * 1000

    stored = await blobs.put("jobs/1/source/content", _chunks(content))

    digest = hashlib.sha256(content).hexdigest()
    assert stored == StoredBlob("jobs/1/source/content", len(content), digest)
    assert await blobs.size("jobs/1/source/content") == len(content)
    assert await _content(blobs, "jobs/1/source/content") == content


async def test_a_blob_of_many_parts_is_whole_and_comes_in_bounded_chunks(blobs: Blobs) -> None:
    stored = await blobs.put("big/one", _chunks(_BIG, 1_000_003), limit_bytes=len(_BIG))

    sizes = [len(chunk) async for chunk in blobs.read("big/one")]

    assert stored.sha256 == hashlib.sha256(_BIG).hexdigest()
    assert sum(sizes) == len(_BIG)
    assert max(sizes) <= 2**20
    assert await _content(blobs, "big/one") == _BIG


async def test_an_empty_blob_is_a_blob(blobs: Blobs) -> None:
    stored = await blobs.put_bytes("a/empty", b"")

    assert stored.size_bytes == 0
    assert await blobs.size("a/empty") == 0
    assert await _content(blobs, "a/empty") == b""


@pytest.mark.parametrize(
    ("start", "stop"), [(0, None), (0, 1), (3, 7), (7, None), (9, 10), (10, None), (4, 4), (5, 99), (99, 120)]
)
async def test_a_range_is_what_a_slice_of_the_bytes_would_be(
    blobs: Blobs, start: int, stop: int | None
) -> None:
    await blobs.put_bytes("a/ten", b"0123456789")

    assert await _content(blobs, "a/ten", start, stop) == b"0123456789"[start:stop]


async def test_putting_again_replaces_the_whole_blob(blobs: Blobs) -> None:
    await blobs.put_bytes("a/b", b"the first and longer one")

    await blobs.put_bytes("a/b", b"second")

    assert await _content(blobs, "a/b") == b"second"
    async with blobs.local_path("a/b") as path:
        assert path.read_bytes() == b"second"


async def test_a_file_is_stored_and_may_go_away(blobs: Blobs, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(_BIG)

    stored = await blobs.put_path("a/file", path)
    path.unlink()

    assert stored.size_bytes == len(_BIG)
    assert await blobs.size("a/file") == len(_BIG)


@pytest.mark.parametrize("size", [100, len(_BIG)])
async def test_too_many_bytes_are_refused_and_nothing_is_kept(blobs: Blobs, size: int) -> None:
    with pytest.raises(DocumentTooLarge) as refused:
        await blobs.put("a/big", _chunks(_BIG[:size]), limit_bytes=size - 1)

    assert refused.value.details == {"limit_bytes": size - 1}
    assert await blobs.size("a/big") is None


@pytest.mark.parametrize("after", [1, 200])
async def test_an_upload_that_breaks_off_leaves_nothing_and_says_why(blobs: Blobs, after: int) -> None:
    async def broken() -> AsyncIterator[bytes]:
        for _ in range(after):
            yield bytes(65_536)
        raise ConnectionAbortedError("the caller hung up")

    with pytest.raises(ConnectionAbortedError, match="the caller hung up"):
        await blobs.put("a/broken", broken())

    assert await blobs.size("a/broken") is None


async def test_a_cancelled_upload_leaves_nothing(blobs: Blobs) -> None:
    waiting = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        yield _BIG[: 9 * 2**20]
        waiting.set()
        await asyncio.Event().wait()

    upload = asyncio.create_task(blobs.put("a/cancelled", endless()))
    await asyncio.wait_for(waiting.wait(), 10)
    upload.cancel()
    with pytest.raises(asyncio.CancelledError):
        await upload

    assert await blobs.size("a/cancelled") is None


async def test_a_copy_outlives_its_source(blobs: Blobs) -> None:
    await blobs.put_bytes("files/1/content", b"kept")

    await blobs.copy("files/1/content", "jobs/1/source/content")
    await blobs.copy("files/1/content", "jobs/1/source/content")
    await blobs.delete_prefix("files/1/")

    assert await blobs.size("files/1/content") is None
    assert await _content(blobs, "jobs/1/source/content") == b"kept"


async def test_many_are_copied_at_once_and_those_that_are_missing_are_told_by_their_absence(
    blobs: Blobs,
) -> None:
    pairs = [(f"files/{number}/content", f"jobs/{number}/source/content") for number in range(80)]
    for number in (0, 7, 39):
        await blobs.put_bytes(f"files/{number}/content", b"%d" % number)

    there = await blobs.copy_all(pairs)
    again = await blobs.copy_all(pairs)
    await blobs.delete_prefix("files/7/")

    assert there == again == {f"jobs/{number}/source/content" for number in (0, 7, 39)}
    assert await _content(blobs, "jobs/7/source/content") == b"7"
    assert await blobs.size("jobs/1/source/content") is None
    assert await blobs.copy_all([]) == set()


async def test_what_is_not_there_is_not_found(blobs: Blobs) -> None:
    assert await blobs.size("no/such") is None
    with pytest.raises(NotFound):
        await _content(blobs, "no/such")
    with pytest.raises(NotFound):
        await _content(blobs, "no/such", 3, 5)
    with pytest.raises(NotFound):
        await blobs.copy("no/such", "a/b")
    with pytest.raises(NotFound):
        async with blobs.local_path("no/such"):
            pass


async def test_a_prefix_is_deleted_with_all_below_and_nothing_beside(blobs: Blobs) -> None:
    for key in ("jobs/1/a", "jobs/1/pages/1", "jobs/1/pages/2", "jobs/10/a"):
        await blobs.put_bytes(key, b"x")

    assert await blobs.delete_prefix("jobs/1/") == 3
    assert await blobs.delete_prefix("jobs/1/") == 0
    assert await blobs.size("jobs/1/pages/1") is None
    assert await blobs.size("jobs/10/a") == 1


async def test_groups_are_the_folders_directly_below(blobs: Blobs) -> None:
    for key in ("jobs/h1/b/x", "jobs/h1/a/x/y", "jobs/h1/file", "jobs/h2/c/x"):
        await blobs.put_bytes(key, b"x")

    assert await blobs.list_groups("jobs/h1/") == ["a", "b"]
    assert await blobs.list_groups("jobs/none/") == []


async def test_a_local_file_stays_readable_inside_its_context(blobs: Blobs) -> None:
    await blobs.put_bytes("a/b", _BIG)

    async with blobs.local_path("a/b") as path, blobs.local_path("a/b") as again:
        assert path.read_bytes() == again.read_bytes() == _BIG


async def test_a_working_store_passes_its_check_and_keeps_no_probe(blobs: Blobs) -> None:
    await blobs.check()

    assert await blobs.delete_prefix("check/") == 0


@pytest.mark.parametrize(
    "key", ["", "/a", "a/", "a//b", "../a", "a/../b", "a/.", "a b", "a\\b", "ä", "a\n", "a\0"]
)
async def test_a_key_that_could_leave_the_store_is_refused(blobs: Blobs, key: str) -> None:
    with pytest.raises(InvalidRequest, match="key"):
        await blobs.put_bytes(key, b"x")
    with pytest.raises(InvalidRequest, match="key"):
        await blobs.size(key)


async def test_many_at_once_do_not_disturb_one_another(blobs: Blobs) -> None:
    async def one(number: int) -> bytes:
        await blobs.put_bytes(f"jobs/{number}/a", str(number).encode())
        content = await _content(blobs, f"jobs/{number}/a")
        await blobs.delete_prefix(f"jobs/{number}/")
        return content

    found = await asyncio.gather(*(one(number) for number in range(30)))

    assert found == [str(number).encode() for number in range(30)]
