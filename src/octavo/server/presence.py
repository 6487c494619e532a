"""Who has the data folder: a lock while somebody does, and a file that says how to reach a server."""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import psutil

from octavo.domain.errors import Conflict

LOCK_NAME = "serve.lock"
PRESENCE_NAME = "serve.json"
_LOOK_EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class Presence:
    """A running server, as other commands on this machine find it."""

    pid: int
    url: str
    started_at: str
    """ISO 8601, UTC."""
    certificate: str | None = None
    """PEM file that a client must trust, where the server's certificate is its own."""

    @property
    def alive(self) -> bool:
        """False for a file left behind, also when another process got the number since."""
        try:
            born = psutil.Process(self.pid).create_time()
        except psutil.Error:
            return False
        return born <= datetime.fromisoformat(self.started_at).timestamp() + 1.0


def read_presence(data_dir: Path) -> Presence | None:
    """The server that runs on this folder; None where none does."""
    try:
        presence = Presence(**json.loads((data_dir / PRESENCE_NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return presence if presence.alive else None


def write_presence(data_dir: Path, presence: Presence) -> None:
    """Visible to this user only, whole or not at all."""
    unfinished = data_dir / f".{PRESENCE_NAME}.{os.getpid()}"
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps(asdict(presence)), encoding="utf-8")
    unfinished.replace(data_dir / PRESENCE_NAME)


def remove_presence(data_dir: Path) -> None:
    (data_dir / PRESENCE_NAME).unlink(missing_ok=True)


def make_data_dir(data_dir: Path) -> None:
    """Raises `Conflict` where the folder cannot be made or written."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        (data_dir / LOCK_NAME).touch(mode=0o600)
    except OSError as error:
        raise Conflict(
            f"The data folder cannot be used: {error.strerror}. Name another with --data-dir.",
        ) from error


@contextmanager
def data_dir_lock(
    data_dir: Path, *, patience_s: float, give_up: Callable[[], bool] = lambda: False
) -> Iterator[bool]:
    """Hold the folder alone; yields False where `give_up` said so while somebody else held it.

    The kernel frees the lock with its process, however that ends.

    Raises:
        Conflict: still held after `patience_s`.
    """
    make_data_dir(data_dir)
    handle = os.open(data_dir / LOCK_NAME, os.O_RDWR)
    try:
        yield _acquire(handle, time.monotonic() + patience_s, give_up)
    finally:
        os.close(handle)


def _acquire(handle: int, deadline: float, give_up: Callable[[], bool]) -> bool:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if give_up():
                return False
            if time.monotonic() > deadline:
                raise Conflict(
                    "Another Octavo uses this data folder. Stop it, or name another folder with --data-dir."
                ) from None
            time.sleep(_LOOK_EVERY_S)
        else:
            return True
