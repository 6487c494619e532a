"""What the server's own lock file and the process table say about a cluster."""

import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True, slots=True)
class Postmaster:
    pid: int
    socket_dir: str
    ready: bool
    """It accepts connections; before that it starts up, recovers or shuts down."""


def read_postmaster(cluster: Path) -> Postmaster | None:
    """The live server of this cluster; None where there is none, or where it is not ours to see.

    Lines of `postmaster.pid` (src/include/utils/pidfile.h): 1 pid, 2 data folder, 3 start time,
    4 port, 5 socket folder, 6 TCP address, 7 shared memory key, 8 status.
    """
    try:
        lines = (cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        pid = int(lines[0])
    except (OSError, ValueError, IndexError):
        return None
    # A number read from a file left by a dead server may be anybody's by now.
    if not _works_in(pid, cluster):
        return None
    socket_dir = lines[4].strip() if len(lines) > 4 else ""
    return Postmaster(pid, socket_dir, ready=len(lines) > 7 and lines[7].strip() == "ready")


def forget_dead(cluster: Path, socket_dir: Path) -> None:
    """Remove the lock files of a dead server.

    PostgreSQL believes them as long as the number in them is any process of the same account:
    an innocent one that got the number since, or a zombie that nobody in a container reaps.
    """
    if read_postmaster(cluster) is None:
        (cluster / "postmaster.pid").unlink(missing_ok=True)
        for left in socket_dir.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)


def end_orphans(cluster: Path, patience_s: float) -> None:
    """Wait for the backends of a dead postmaster; those still there after `patience_s` are killed.

    They hold the shared memory, and a new server refuses to start beside them. A committed
    transaction is in the log already, so killing them loses nothing.
    """
    deadline = time.monotonic() + patience_s
    while orphans := list(_server_processes(cluster)):
        if time.monotonic() >= deadline:
            for orphan in orphans:
                orphan.kill()
        psutil.wait_procs(orphans, timeout=0.2)
        if time.monotonic() >= deadline + patience_s:
            return


def ended(pid: int, how: signal.Signals, wait_s: float) -> bool:
    """Signal the server and wait; a zombie has ended. See "Shutting Down the Server" in its manual."""
    try:
        process = psutil.Process(pid)
        process.send_signal(how)
        deadline = time.monotonic() + wait_s
        while process.status() != psutil.STATUS_ZOMBIE:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.01)
    except psutil.NoSuchProcess:
        pass
    return True


def _server_processes(cluster: Path) -> Iterator[psutil.Process]:
    return (process for process in psutil.process_iter() if _works_in(process.pid, cluster))


def _works_in(pid: int, cluster: Path) -> bool:
    """Every PostgreSQL process has its data folder as its working folder."""
    try:
        process = psutil.Process(pid)
        named = process.name().startswith("postgres")
        return named and process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()) == cluster.resolve()
    except (psutil.Error, OSError):
        return False
