"""`octavo doctor`, with parts that are broken on purpose."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from octavo.cli.doctor import State, diagnose
from octavo.domain.errors import TemporaryFailure
from octavo.settings import Settings, load_settings
from tests.cli.conftest import Octavo

pytestmark = pytest.mark.usefixtures("clean_environment")


def _states(settings: Settings, *, quick: bool = True) -> dict[str, tuple[State, str]]:
    return {found.check: (found.state, found.detail) for found in diagnose(settings, quick=quick)}


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other checks do not wait for one."""

    def away(*_: object, **__: object) -> None:
        raise TemporaryFailure("The database does not answer.")

    monkeypatch.setattr("octavo.cli.doctor.reachable_database", away)


def test_a_fresh_machine_passes_and_leaves_no_database_running(
    octavo: Octavo, clean_environment: Path
) -> None:
    ran = octavo("doctor", "--json", "--quick")

    checks = {check["check"]: check for check in json.loads(ran.output)["checks"]}
    assert checks["database"]["state"] == "ok"
    assert "embedded PostgreSQL 18" in checks["database"]["detail"]
    assert checks["blobs"]["state"] == "ok"
    assert not (clean_environment / "postgres" / "data" / "postmaster.pid").exists()


@pytest.mark.usefixtures("no_database")
def test_one_broken_part_does_not_hide_the_others() -> None:
    states = _states(load_settings())

    assert states["database"] == (State.FAILED, "The database does not answer.")
    assert states["blobs"][0] is State.OK


@pytest.mark.usefixtures("no_database")
def test_a_blob_folder_that_cannot_be_written_is_found(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    state, detail = _states(load_settings(blob_url=str(tmp_path / "file" / "blobs")))["blobs"]

    assert state is State.FAILED
    assert str(tmp_path) not in detail


@pytest.mark.usefixtures("no_database")
def test_missing_models_are_found_with_the_way_to_get_them(tmp_path: Path) -> None:
    state, detail = _states(load_settings(models_dir=tmp_path / "none"), quick=False)["models"]

    assert state is State.FAILED
    assert "make setup" in detail


@pytest.mark.usefixtures("no_database")
def test_tesseract_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    from octavo.adapters.engines.tesseract_program import find_program

    getattr(find_program, "cache_clear", lambda: None)()
    try:
        state, detail = _states(load_settings())["tesseract"]
    finally:
        getattr(find_program, "cache_clear", lambda: None)()

    assert state is State.NOTE
    assert "apt install tesseract-ocr" in detail


@pytest.mark.usefixtures("no_database")
def test_something_failed_is_an_exit_status(octavo: Octavo) -> None:
    assert octavo("doctor", "--quick").status == 1


@pytest.mark.usefixtures("no_database")
def test_a_check_that_breaks_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Settings) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("octavo.cli.doctor.open_blobs", broken)

    assert _states(load_settings())["blobs"] == (State.FAILED, "The check itself broke (ZeroDivisionError).")


def _in_a_child(code: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can forbid a process its sockets")
def test_an_engine_that_opens_an_internet_connection_does_not_survive_the_check() -> None:
    lock = (
        "from octavo.cli.offline import _forbid_internet; _forbid_internet(); import socket, subprocess, sys;"
    )

    direct = _in_a_child(lock + "socket.socket(socket.AF_INET)")
    program = "import socket; socket.socket(socket.AF_INET6)"
    below = _in_a_child(
        lock + f"sys.exit(subprocess.run([sys.executable, '-c', {program!r}]).returncode != 0)"
    )
    harmless = _in_a_child(lock + "socket.socketpair()[0].close()")

    assert direct.returncode < 0
    assert below.returncode == 1
    assert harmless.returncode == 0


def test_looking_up_a_name_is_noticed_everywhere() -> None:
    code = """
import socket, sys
from octavo.cli.offline import _watch
reached = set()
sys.addaudithook(_watch(reached))
try:
    socket.getaddrinfo("127.0.0.1", 80)
finally:
    print(sorted(reached))
"""

    assert _in_a_child(code).stdout.strip() == "['socket.getaddrinfo']"


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize(
    ("missing", "state", "told"),
    [
        (None, State.OK, "DOC, PPT, XLS, RTF, ODT, ODP and ODS are read"),
        (
            ("XLS and ODS", "some-calc"),
            State.NOTE,
            "XLS and ODS are not read. To read them: apt install some-calc",
        ),
    ],
)
def test_it_says_what_libreoffice_would_make_readable(
    monkeypatch: pytest.MonkeyPatch, missing: tuple[str, str] | None, state: State, told: str
) -> None:
    monkeypatch.setattr("octavo.cli.doctor.unread_for_want_of_office", lambda: missing)

    assert _states(load_settings())["libreoffice"] == (state, told)
