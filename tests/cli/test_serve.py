"""`octavo serve` from outside: two starts on one folder, and what happens to it meanwhile."""

import json
import signal
import socket
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.cli.serving import Serving, eventually, octavo, serving


@dataclass
class FirstRun:
    data_dir: Path
    server: Serving
    key: str


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FirstRun]:
    data_dir = tmp_path_factory.mktemp("serve") / "data"
    with serving(data_dir, "--no-workers") as server:
        keys = server.keys()
        assert len(keys) == 1, server.text
        yield FirstRun(data_dir, server, keys[0])


def test_a_first_start_prints_one_key_and_how_to_use_it(first: FirstRun) -> None:
    assert first.server.text.count("shown once") == 1
    assert f"{first.server.url}/v1/jobs" in first.server.text


def test_the_printed_key_opens_the_api_and_no_key_does_not(first: FirstRun) -> None:
    assert first.server.get("/v1/jobs", first.key) == (200, {"jobs": [], "next_cursor": None})
    assert first.server.get("/v1/jobs")[0] == 401


def test_the_server_is_ready(first: FirstRun) -> None:
    assert first.server.get("/readyz")[0] == 200


def test_only_this_user_can_read_what_is_secret(first: FirstRun) -> None:
    for name in ("serve.json", "secret.key"):
        assert stat.S_IMODE((first.data_dir / name).stat().st_mode) == 0o600


def test_a_key_made_beside_the_running_server_works_at_once(first: FirstRun) -> None:
    made = octavo("keys", "create", "--data-dir", str(first.data_dir), "--name", "ci", "--json")

    assert made.returncode == 0, made.stderr
    key = json.loads(made.stdout)
    assert first.server.get("/v1/jobs", key["key"])[0] == 200
    assert key["name"] == "ci"
    assert "admin" not in key["scopes"]


def test_a_revoked_key_stays_listed_and_is_refused(first: FirstRun) -> None:
    folder = ["--data-dir", str(first.data_dir)]
    key = json.loads(octavo("keys", "create", *folder, "--json").stdout)

    revoked = octavo("keys", "revoke", key["id"], *folder)

    assert revoked.returncode == 0, revoked.stderr
    listed = json.loads(octavo("keys", "list", *folder, "--json").stdout)["keys"]
    assert [one["revoked_at"] is not None for one in listed if one["id"] == key["id"]] == [True]
    assert first.server.get("/v1/jobs", key["key"])[0] == 401


def test_a_second_server_on_the_same_folder_is_refused(first: FirstRun) -> None:
    second = octavo("serve", "--port", "0", "--data-dir", str(first.data_dir))

    assert second.returncode == 4
    assert "A server already runs on this data folder" in second.stderr
    assert first.server.get("/readyz")[0] == 200


def test_an_api_process_that_dies_is_replaced(first: FirstRun) -> None:
    [victim] = first.server.children("api")

    victim.kill()

    def replaced() -> bool:
        return [one for one in first.server.children("api") if one.pid != victim.pid] != []

    eventually(replaced, within_s=30, what="another API process")
    assert first.server.get("/readyz")[0] == 200


def test_a_database_that_dies_comes_back(first: FirstRun) -> None:
    pid_file = first.data_dir / "postgres" / "data" / "postmaster.pid"
    victim = psutil.Process(int(pid_file.read_text(encoding="ascii").split()[0]))

    victim.kill()
    psutil.wait_procs([victim], timeout=30)

    def answers() -> bool:
        return first.server.get("/v1/jobs", first.key)[0] == 200

    eventually(answers, within_s=60, what="the database")


def test_a_stop_finishes_cleanly_and_a_second_start_finds_everything_and_prints_no_key(
    first: FirstRun,
) -> None:
    """Last of the shared server: it stops it."""
    projects = _projects(first.server, first.key)

    assert first.server.stop() == 0, first.server.text
    assert not (first.data_dir / "serve.json").exists()
    without_server = octavo("projects", "list", "--data-dir", str(first.data_dir), "--json")
    with serving(first.data_dir, "--no-workers") as again:
        assert again.keys() == []
        assert _projects(again, first.key) == projects
    listed = json.loads(without_server.stdout)["projects"]
    assert [one["id"] for one in listed] == [one["id"] for one in projects]


def _projects(server: Serving, key: str) -> Any:
    status, answer = server.get("/v1/projects", key)
    assert status == 200
    return answer["projects"]


def test_https_with_its_own_certificate_and_processes_that_end_with_a_killed_supervisor(
    tmp_path: Path,
) -> None:
    with serving(tmp_path / "data", "--ssl-self-signed", "--slots", "1") as server:
        assert server.url.startswith("https://")
        assert server.get("/readyz")[0] == 200
        assert "--cacert" in server.text
        below = psutil.Process(server.process.pid).children(recursive=True)
        assert {"api", "worker"} <= {part for one in below for part in one.cmdline()}

        server.process.send_signal(signal.SIGKILL)
        server.process.wait(10)

        _, alive = psutil.wait_procs(below, timeout=30)
        assert [one.cmdline() for one in alive] == []
    # The database has outlived its owner; the next command takes it over and stops it.
    assert octavo("keys", "list", "--data-dir", str(tmp_path / "data")).returncode == 0


def test_a_stop_closes_streams_that_would_never_end(tmp_path: Path) -> None:
    with serving(tmp_path / "data", "--no-workers", OCTAVO_DRAIN_S="8") as server:
        job = _submit(server, server.keys()[0])
        host, port = server.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as stream:
            stream.sendall(
                f"GET /v1/jobs/{job}/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                f"{server.keys()[0]}\r\n\r\n".encode()
            )
            assert b"200 OK" in stream.recv(4096)

            assert server.stop() == 0

            stream.settimeout(5)
            while stream.recv(4096):
                pass
    assert "graceful shutdown exceeded" not in server.text


def _submit(server: Serving, key: str) -> str:
    """A job that nobody works on."""
    import httpx
    from PIL import Image

    picture = server.data_dir.parent / "page.png"
    Image.new("RGB", (200, 100), "white").save(picture)
    answer = httpx.post(
        f"{server.url}/v1/jobs",
        files={"file": ("page.png", picture.read_bytes())},
        headers={"Authorization": f"Bearer {key}"},
        timeout=60,
    )
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])
