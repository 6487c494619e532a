"""The operating-system account PostgreSQL runs as: it refuses to run as root."""

import logging
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from octavo.domain.errors import TemporaryFailure

_log = logging.getLogger(__name__)

DEDICATED_NAME = "octavo-db"
_SHARED_NAMES = ("postgres", "_postgres", "nobody")
"""Accepted when no account can be made (a read-only /etc): unprivileged, but other programs may use them."""

_ENVIRONMENT = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C"}
"""PostgreSQL's programs see none of ours: PGDATA, PGOPTIONS and secrets stay out."""


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    uid: int
    gid: int

    def run(
        self, command: Sequence[str | Path], *, cwd: Path | str = "/", output: IO[str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run to its end as this account.

        Pass `output` where the command leaves a daemon behind: a pipe would stay open with it for ever.

        Raises:
            PermissionError: the account cannot reach the program.
        """
        change = os.geteuid() == 0 and self.uid != 0
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=output or subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            umask=0o077,
            user=self.uid if change else None,
            group=self.gid if change else None,
            extra_groups=[] if change else None,
        )

    def reaches(self, path: Path) -> bool:
        """Whether every folder above, and the thing itself, can be entered and read by the account."""
        return self.run(["/bin/sh", "-c", 'test -r "$0" && test -x "$0"', path]).returncode == 0

    def own(self, path: Path) -> None:
        """Give a file or folder we made to the account; nothing to do unless we are root."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def own_tree(self, top: Path) -> None:
        """Give a whole folder over: a volume that moved to another container carries the old number."""
        for folder, _, files in os.walk(top):
            self.own(Path(folder))
            for name in files:
                self.own(Path(folder, name))


def name_of(uid: int) -> str | None:
    """None where the system has no name for this number (a container with an arbitrary user id)."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return None


def choose_account(cluster: Path) -> Account:
    """Who runs the server: us; or, when we are root, the owner of the files, else an account of its own.

    Raises:
        TemporaryFailure: no account is fit; says what to do.
    """
    uid = os.geteuid()
    if uid != 0:
        return _own_account(uid)
    owner = _owner_of(cluster)
    if owner is not None:
        return owner
    found = _named(DEDICATED_NAME) or _create_dedicated()
    if found is None:
        found = next(filter(None, map(_named, _SHARED_NAMES)), None)
    if found is None:
        raise TemporaryFailure(
            "PostgreSQL must not run as root and there is no other account for it. "
            f"Create a system account named {DEDICATED_NAME}, run Octavo as an ordinary user, "
            "or set a database URL."
        )
    return found


def _own_account(uid: int) -> Account:
    name = name_of(uid)
    if name is None:
        raise TemporaryFailure(
            f"The user id {uid} has no name on this machine, and the embedded database needs one. "
            "Run as a user the system knows, or set a database URL.",
            uid=uid,
        )
    return Account(name, uid, os.getegid())


def _owner_of(cluster: Path) -> Account | None:
    """Whoever owns an existing cluster keeps it, so that a run with sudo does not lock its user out."""
    try:
        uid = cluster.stat().st_uid
    except FileNotFoundError:
        return None
    name = name_of(uid)
    return _named(name) if uid != 0 and name is not None else None


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid) if entry.pw_uid != 0 else None


def _create_dedicated() -> Account | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if useradd is None:
        return None
    command = [useradd, "--system", "--no-create-home", "--home-dir", "/nonexistent"]
    command += ["--shell", "/usr/sbin/nologin", "--user-group", DEDICATED_NAME]
    made = subprocess.run(command, capture_output=True, check=False)
    account = _named(DEDICATED_NAME)
    if made.returncode == 0:
        _log.info("Made the system account %s for the embedded database.", DEDICATED_NAME)
    return account
