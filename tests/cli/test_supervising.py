"""Who has the data folder, and children that cannot be helped by starting them again."""

import asyncio
import os
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from octavo.bootstrap import SystemClock, secret_of
from octavo.domain.errors import Conflict, TemporaryFailure
from octavo.server.child import Child
from octavo.server.presence import (
    Presence,
    data_dir_lock,
    read_presence,
    remove_presence,
    write_presence,
)
from octavo.server.readiness import url_of
from octavo.settings import Settings, load_settings

pytestmark = pytest.mark.usefixtures("clean_environment")

URL = "http://127.0.0.1:1"


def _now(shift_s: float = 0.0) -> str:
    return (datetime.now(UTC) + timedelta(seconds=shift_s)).isoformat()


def test_a_running_server_is_found(tmp_path: Path) -> None:
    presence = Presence(os.getpid(), URL, _now(), "/c.pem")

    write_presence(tmp_path, presence)

    assert read_presence(tmp_path) == presence


def test_what_a_dead_server_left_behind_is_not_believed(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()

    write_presence(tmp_path, Presence(gone.pid, URL, _now()))

    assert read_presence(tmp_path) is None


def test_another_process_with_a_dead_servers_number_is_not_believed(tmp_path: Path) -> None:
    write_presence(tmp_path, Presence(os.getpid(), URL, _now(-86_400)))

    assert read_presence(tmp_path) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": 1}'])
def test_a_broken_file_is_no_server(content: str, tmp_path: Path) -> None:
    (tmp_path / "serve.json").write_text(content)

    assert read_presence(tmp_path) is None
    remove_presence(tmp_path)
    assert read_presence(tmp_path) is None


def test_a_folder_is_held_by_one_and_free_again_afterwards(tmp_path: Path) -> None:
    with data_dir_lock(tmp_path, patience_s=0) as ours:
        assert ours
        with pytest.raises(Conflict, match="Another Octavo uses this data folder"), ExitStack() as stack:
            stack.enter_context(data_dir_lock(tmp_path, patience_s=0))

    with data_dir_lock(tmp_path, patience_s=0) as ours:
        assert ours


def test_who_waits_for_a_folder_may_learn_that_it_need_not(tmp_path: Path) -> None:
    with (
        data_dir_lock(tmp_path, patience_s=0),
        data_dir_lock(tmp_path, patience_s=60, give_up=lambda: True) as ours,
    ):
        assert not ours


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),  # noqa: S104 -- listened on by nobody
        ("::", "http://[::1]:80"),
        ("ocr.example.com", "http://ocr.example.com:80"),
    ],
)
def test_a_servers_url_is_one_that_this_machine_can_call(host: str, url: str) -> None:
    assert url_of(host, 80, tls=False) == url


async def test_a_child_that_cannot_run_is_not_started_again(capfd: pytest.CaptureFixture[str]) -> None:
    known: asyncio.Future[Settings] = asyncio.get_running_loop().create_future()
    known.set_result(
        load_settings(blob_url="s3://bucket?colour=red", database_url="postgresql:///none?host=/none")
    )
    child = Child("worker", ["worker"], settings=known)

    with pytest.raises(TemporaryFailure, match="The worker process cannot run"):
        async with asyncio.timeout(60):
            await child.keep_running()

    assert "A bucket's URL has no option colour" in capfd.readouterr().err


async def test_a_child_that_waits_for_its_settings_ends_when_it_is_stopped() -> None:
    child = Child("worker", ["worker"], settings=asyncio.get_running_loop().create_future())
    running = asyncio.create_task(child.keep_running())
    async with asyncio.timeout(60):
        while child.pid is None:  # noqa: ASYNC110 -- the child tells nobody that it was started
            await asyncio.sleep(0.01)

        child.stop()
        await running


def test_the_secret_is_made_once_and_only_this_user_reads_it(clean_environment: Path) -> None:
    first = secret_of(load_settings())

    assert secret_of(load_settings()) == first
    assert len(first) >= 32
    assert (clean_environment / "secret.key").stat().st_mode & 0o777 == 0o600
    assert secret_of(load_settings(secret_key="k" * 32)) == b"k" * 32


def test_time_is_aware_and_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC
