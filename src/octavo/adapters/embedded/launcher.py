"""Start here: one PostgreSQL cluster in Octavo's data folder, for this machine only."""

import contextlib
import fcntl
import hashlib
import logging
import os
import shutil
import signal
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg

from octavo.adapters.embedded.account import Account, choose_account, name_of
from octavo.adapters.embedded.binaries import Binaries, find_binaries
from octavo.adapters.embedded.configuration import configure
from octavo.adapters.embedded.postmaster import (
    Postmaster,
    end_orphans,
    ended,
    forget_dead,
    read_postmaster,
)
from octavo.domain.errors import Conflict, TemporaryFailure

_log = logging.getLogger(__name__)

ROLE = DATABASE = "octavo"
_SUPERUSER = "postgres"
_START_WAIT_S = 300
"""Recovery after a crash replays the log; pg_ctl's own 60 s would call a healthy server dead."""
_ORPHAN_PATIENCE_S = 5.0
_SOCKET_DIR_BYTES = 104 - len("/.s.PGSQL.5432") - 1
"""macOS holds 104 bytes of a socket's path, Linux 108."""
_OWN_WORKING_FOLDER = Path("/proc/self/cwd")


def running_url(data_dir: Path) -> str | None:
    """How a second process reaches the server that runs on `data_dir`; None where none is ready."""
    server = read_postmaster(_cluster_in(data_dir))
    return _url(server.socket_dir, ROLE, DATABASE) if server is not None and server.ready else None


class EmbeddedPostgres:
    """The server under `data_dir`/postgres.

    It listens on a socket only, in a folder that only its account may enter, and asks the kernel
    who connects (`peer`): there is no password, no TCP port, and no other account gets in. The
    server outlives a killed owner; the next `start` takes it over.
    """

    def __init__(self, data_dir: Path) -> None:
        self._home = data_dir.absolute() / "postgres"
        self._cluster = _cluster_in(data_dir)
        self._lock: int | None = None
        self._turn = threading.Lock()
        """A supervisor's `ensure_running` and its `stop` come from different threads."""

    @property
    def pid(self) -> int | None:
        server = read_postmaster(self._cluster)
        return server.pid if server is not None else None

    @property
    def admin_url(self) -> str:
        """As the superuser, for backups, upgrades and tests; the service itself never uses it."""
        server = read_postmaster(self._cluster)
        if server is None:
            raise TemporaryFailure("The embedded database is not running. Start it first.")
        return _url(server.socket_dir, _SUPERUSER, _SUPERUSER)

    def is_running(self) -> bool:
        server = read_postmaster(self._cluster)
        return server is not None and server.ready

    def start(self) -> str:
        """Make the cluster if it is new, start it, and hand out the URL of the `octavo` database.

        The URL is libpq's; SQLAlchemy takes it with its driver named (`postgresql+psycopg:`).

        Raises:
            Conflict: another process serves this folder, or another PostgreSQL version made it.
            TemporaryFailure: it does not start; says where its log is.
        """
        with self._turn, _failures():
            self._take_lock()
            try:
                if read_postmaster(self._cluster) is None:
                    self._launch()
                server = self._await_ready()
                _provision(server.socket_dir)
            except BaseException:
                self._free_lock()
                raise
            return _url(server.socket_dir, ROLE, DATABASE)

    def ensure_running(self) -> bool:
        """For a supervisor to call now and then: True where the server was gone and is back."""
        with self._turn, _failures():
            if self._lock is None or self.is_running():
                return False
            _log.warning("The embedded database was gone; starting it again.")
            if read_postmaster(self._cluster) is None:
                self._launch()
            self._await_ready()
            return True

    def stop(self, timeout_s: float = 60.0) -> None:
        """Let it finish cleanly; after `timeout_s` cut it off, which costs a recovery at the next start.

        Only who started it stops it.
        """
        with self._turn:
            if self._lock is not None:
                self._end(timeout_s)
                self._free_lock()

    def _end(self, timeout_s: float) -> None:
        server = read_postmaster(self._cluster)
        # Signals, not pg_ctl: it takes a zombie for a live server and waits its whole time for it.
        for how, wait_s in ((signal.SIGINT, timeout_s), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
            if server is None or ended(server.pid, how, wait_s):
                break
        if server is not None and server.socket_dir:
            # It may stand outside the data folder, where nobody else would clear it away.
            with contextlib.suppress(OSError):
                Path(server.socket_dir).rmdir()

    def _launch(self) -> None:
        account = choose_account(self._cluster)
        self._home.chmod(0o700)
        account.own(self._home)
        binaries = find_binaries(account, self._home)
        if not self._cluster.exists():
            self._initialise(account, binaries)
        self._check_version(binaries)
        if self._cluster.stat().st_uid != account.uid:
            self._take_over(account)
        admitted = [account.name, name_of(os.geteuid()) or account.name]
        socket_dir = self._socket_dir(account)
        configure(self._cluster, socket_dir=socket_dir, account=account, admitted=admitted)
        end_orphans(self._cluster, _ORPHAN_PATIENCE_S)
        forget_dead(self._cluster, socket_dir)
        self._pg_ctl_start(account, binaries)

    def _initialise(self, account: Account, binaries: Binaries) -> None:
        """Beside, then renamed: a cluster that exists is a whole one."""
        unfinished = self._cluster.with_name("data.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        account.own(unfinished)
        # Characters are classed and compared by tables inside PostgreSQL, so that a copy of the data
        # sorts the same on every system; libc's locale is only asked by the trigram index.
        libc = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
        options = ["--username=" + _SUPERUSER, "--encoding=UTF8", "--locale=" + libc]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums"]
        options += ["--auth-local=peer", "--auth-host=reject", "--no-instructions"]
        where = self._as_seen(account, unfinished)
        made = account.run([binaries.program("initdb"), "-D", where, *options], cwd=unfinished)
        if made.returncode != 0:
            _log.error("initdb failed: %s", made.stdout[-2000:])
            raise TemporaryFailure("The embedded database could not be made; its reason is in Octavo's log.")
        unfinished.rename(self._cluster)

    def _check_version(self, binaries: Binaries) -> None:
        made_by = (self._cluster / "PG_VERSION").read_text(encoding="utf-8").strip()
        if made_by != binaries.major:
            raise Conflict(
                f"The data folder was made by PostgreSQL {made_by}, and this Octavo brings {binaries.major}. "
                f"Dump it with PostgreSQL {made_by} (pg_dump), move its `postgres` folder away, "
                "start Octavo and load the dump; or point a database URL at a server that runs it.",
                found=made_by,
                needed=binaries.major,
            )

    def _take_over(self, account: Account) -> None:
        if os.geteuid() != 0:
            raise Conflict(
                "The data folder belongs to another user. Start Octavo as that user or as root, "
                "or give it another data folder."
            )
        account.own_tree(self._cluster)

    def _as_seen(self, account: Account, folder: Path) -> Path:
        """The folder's path; or, where a private folder above it is in the way, the working folder.

        Root's own folders (/root) are closed to the server's account. Linux reaches a process's
        working folder without passing the folders above it, so that nobody's permissions change.
        """
        if account.reaches(folder):
            return folder
        if sys.platform == "linux":
            return _OWN_WORKING_FOLDER
        raise TemporaryFailure(
            f"The account {account.name} cannot reach the data folder. Choose a data folder whose "
            "parents other users may enter, or run Octavo as an ordinary user."
        )

    def _socket_dir(self, account: Account) -> Path:
        inside = self._home / "socket"
        mark = hashlib.sha256(os.fsencode(self._cluster)).hexdigest()[:12]
        folder = inside
        if len(os.fsencode(inside)) > _SOCKET_DIR_BYTES or not account.reaches(self._home):
            run = Path("/run")
            top = run if os.geteuid() == 0 and run.is_dir() else Path(tempfile.gettempdir())
            folder = top / f"octavo-{mark}"
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            account.own(folder)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {account.uid, os.geteuid()}:
            raise Conflict("The folder for the database's socket belongs to somebody else; remove it first.")
        folder.chmod(0o700)
        account.own(folder)
        return folder

    def _pg_ctl_start(self, account: Account, binaries: Binaries) -> None:
        log = self._home / "start.log"
        log.touch(mode=0o600)
        account.own(log)
        where = self._as_seen(account, self._cluster)
        with log.open("w", encoding="utf-8") as output:
            program = binaries.program("pg_ctl")
            command: list[str | Path] = [program, "start", "-D", where, "-w", "-t", str(_START_WAIT_S)]
            done = account.run(command, cwd=self._cluster, output=output)
        if done.returncode != 0:
            _log.warning("pg_ctl start failed: %s", log.read_text(errors="replace")[-2000:])

    def _await_ready(self) -> Postmaster:
        """A server that was taken over while it recovers is waited for like one of our own."""
        deadline = time.monotonic() + _START_WAIT_S
        while (server := read_postmaster(self._cluster)) is not None and time.monotonic() < deadline:
            if server.ready:
                return server
            time.sleep(0.02)
        raise TemporaryFailure(
            "The embedded database did not start. Its reason is in `postgres/start.log` and "
            "`postgres/data/log` of the data folder; free disk space is the usual one."
        )

    def _take_lock(self) -> None:
        if self._lock is not None:
            return
        self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._home / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise Conflict(
                "Another Octavo already serves this data folder. Stop it first, or give this one "
                "a data folder of its own."
            ) from None
        self._lock = handle

    def _free_lock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


@contextlib.contextmanager
def _failures() -> Iterator[None]:
    """What the system or the server refuses, as the operator's to act on."""
    try:
        yield
    except OSError as error:
        _log.exception("the embedded database's files cannot be used")
        raise TemporaryFailure(
            f"The data folder cannot be used ({error.strerror}). Check that it is writable by this user "
            "and that its disk is not full."
        ) from error
    except psycopg.Error as error:
        _log.exception("the embedded database refused its set-up")
        raise TemporaryFailure(
            "The embedded database started but refused its set-up; the reason is in the log."
        ) from error


def _cluster_in(data_dir: Path) -> Path:
    return data_dir.absolute() / "postgres" / "data"


def _url(socket_dir: str, role: str, database: str) -> str:
    return f"postgresql:///{database}?host={quote(socket_dir, safe='/')}&user={role}"


def _provision(socket_dir: str) -> None:
    """The role, its database and the trigram extension; safe to repeat after a crash in between."""
    with psycopg.connect(_url(socket_dir, _SUPERUSER, _SUPERUSER), autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone() is None:
            admin.execute("CREATE ROLE octavo LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB")
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            admin.execute("CREATE DATABASE octavo OWNER octavo")
    with psycopg.connect(_url(socket_dir, _SUPERUSER, DATABASE), autocommit=True) as admin:
        admin.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
