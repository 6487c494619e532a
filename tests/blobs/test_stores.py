"""What is particular to the folder, to the bucket and to the choice between them."""

import asyncio
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.blobs.seaweed import BUCKET, CREDENTIALS

from octavo.adapters.blobs import S3Credentials, make_blobs
from octavo.adapters.blobs.cache import LocalCopies
from octavo.adapters.blobs.keys import check_key
from octavo.adapters.blobs.local import LocalBlobs
from octavo.domain.errors import InvalidRequest, NotFound, TemporaryFailure
from octavo.ports.blobs import Blobs


def test_a_url_chooses_the_store(tmp_path: Path) -> None:
    assert isinstance(make_blobs(str(tmp_path), cache_dir=tmp_path), LocalBlobs)
    assert isinstance(make_blobs(f"file://{tmp_path}", cache_dir=tmp_path), LocalBlobs)


@pytest.mark.parametrize(
    ("url", "reason"),
    [("http://host/x", "folder"), ("s3:///x", "names the bucket"), ("s3://b?ssl=no", "no option ssl")],
)
def test_a_url_that_names_no_store_is_refused(url: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match=reason):
        make_blobs(url, cache_dir=tmp_path)


def test_credentials_do_not_show_in_a_log() -> None:
    assert "secret" not in repr(CREDENTIALS)


async def test_a_folder_that_cannot_be_written_is_our_failure(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("a file where the folder should be")

    with pytest.raises(TemporaryFailure, match="writable"):
        await make_blobs(str(tmp_path / "blobs"), cache_dir=tmp_path).check()


@given(st.text(max_size=30) | st.text(alphabet="ab./-_", max_size=30))
def test_a_key_never_names_anything_outside_the_store(key: str) -> None:
    top = Path("/store/objects")
    try:
        named = top / check_key(key)
    except InvalidRequest:
        return

    assert Path(os.path.normpath(named)) == named
    assert top in named.parents


async def test_a_blob_is_on_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "objects" / "jobs" / "1" / "content"
    synced: dict[tuple[int, int], bool] = {}
    fsync = os.fsync

    def observed(handle: int) -> None:
        status = os.fstat(handle)
        synced[status.st_dev, status.st_ino] = target.exists()
        fsync(handle)

    monkeypatch.setattr(os, "fsync", observed)
    await LocalBlobs(tmp_path).put_bytes("jobs/1/content", b"x")

    named = {path: synced.get((path.stat().st_dev, path.stat().st_ino)) for path in _up_to(target, tmp_path)}
    assert named.pop(target) is False, "the bytes are synced while the name is not there yet"
    assert set(named.values()) == {True}, "every folder that holds a new name is synced after"


def _up_to(path: Path, top: Path) -> list[Path]:
    return [path, *(folder for folder in path.parents if folder.is_relative_to(top))]


async def test_a_folder_shares_the_bytes_of_a_copy(tmp_path: Path) -> None:
    folder = LocalBlobs(tmp_path)
    await folder.put_bytes("a/b", b"x" * 1000)

    await folder.copy("a/b", "c/d")

    async with folder.local_path("a/b") as one, folder.local_path("c/d") as other:
        assert one.samefile(other)
    assert not list((tmp_path / "incoming").iterdir())


async def test_a_folder_lists_a_deleted_group_no_more(folder: Blobs) -> None:
    """A bucket may for a while: SeaweedFS clears its empty folders in the background."""
    await folder.put_bytes("jobs/h1/a/x", b"x")

    await folder.delete_prefix("jobs/h1/a/")

    assert await folder.list_groups("jobs/h1/") == []


async def test_a_bucket_that_is_down_is_our_failure(tmp_path: Path) -> None:
    url = "s3://b?endpoint=http://127.0.0.1:9&path_style=true"
    down = make_blobs(url, cache_dir=tmp_path, credentials=S3Credentials("k", "s"))

    with pytest.raises(TemporaryFailure, match="cannot be reached"):
        await down.size("a/b")


async def test_wrong_credentials_are_told_apart_from_a_bucket_that_is_down(
    s3_endpoint: str, tmp_path: Path
) -> None:
    url = f"s3://{BUCKET}?endpoint={s3_endpoint}"
    wrong = S3Credentials(CREDENTIALS.access_key_id, "not the secret")

    with pytest.raises(TemporaryFailure, match="refuses our credentials"):
        await make_blobs(url, cache_dir=tmp_path, credentials=wrong).check()


async def test_prefixes_keep_two_stores_in_one_bucket_apart(
    s3_endpoint: str, bucket: Blobs, tmp_path: Path
) -> None:
    url = f"s3://{BUCKET}/another?endpoint={s3_endpoint}"
    another = make_blobs(url, cache_dir=tmp_path / "cache", credentials=CREDENTIALS)

    await bucket.put_bytes("a/b", b"mine")

    assert await another.size("a/b") is None


async def test_a_purged_blob_leaves_no_local_copy(bucket: Blobs, tmp_path: Path) -> None:
    await bucket.put_bytes("jobs/1/source", b"secret")
    async with bucket.local_path("jobs/1/source"):
        pass
    assert len(list((tmp_path / "cache" / "copies").iterdir())) == 1

    await bucket.delete_prefix("jobs/1/")

    assert not [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]


def _write(target: Path, content: bytes) -> None:
    target.write_bytes(content)


async def test_all_who_ask_at_the_same_time_wait_for_one_fetch(tmp_path: Path) -> None:
    copies = LocalCopies(tmp_path, 1000)
    fetches = 0
    release = asyncio.Event()

    async def fetch(target: Path) -> None:
        nonlocal fetches
        fetches += 1
        await release.wait()
        _write(target, b"content")

    async def ask() -> bytes:
        async with copies.lease("key", "1", fetch) as path:
            return path.read_bytes()

    waiting = [asyncio.create_task(ask()) for _ in range(5)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    release.set()
    answers = await asyncio.gather(*waiting, return_exceptions=True)

    assert fetches == 1
    assert answers[1:] == [b"content"] * 4


async def test_a_fetch_that_fails_is_told_and_tried_again(tmp_path: Path) -> None:
    copies = LocalCopies(tmp_path, 1000)

    async def missing(target: Path) -> None:
        raise NotFound("gone")

    async def fetch(target: Path) -> None:
        _write(target, b"x")

    with pytest.raises(NotFound):
        async with copies.lease("key", "1", missing):
            pass
    async with copies.lease("key", "1", fetch) as path:
        assert path.read_bytes() == b"x"


async def test_a_copy_nobody_asked_for_lately_is_dropped(tmp_path: Path) -> None:
    copies = LocalCopies(tmp_path, max_bytes=2500)

    async def fetch(target: Path) -> None:
        _write(target, b"x")

    for key in ("purged elsewhere", "in use"):
        async with copies.lease(key, "1", fetch):
            pass
    old = next((tmp_path / "copies").iterdir())
    os.utime(old, (time.time() - 7200,) * 2)

    copies.trim()

    assert not old.exists()
    assert len(list((tmp_path / "copies").iterdir())) == 1


async def test_the_local_copies_stay_bounded_and_a_reader_keeps_its_file(tmp_path: Path) -> None:
    copies = LocalCopies(tmp_path, max_bytes=2500)

    async def fetch(target: Path) -> None:
        _write(target, bytes(1000))

    async with copies.lease("0", "1", fetch) as held:
        for key in "123456":
            async with copies.lease(key, "1", fetch):
                pass
        copies.trim()

        kept = sum(path.stat().st_size for path in (tmp_path / "copies").iterdir())
        assert kept <= 2500
        assert len(held.read_bytes()) == 1000
    assert not list((tmp_path / "leases").iterdir())
