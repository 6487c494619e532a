"""A real PostgreSQL for one benchmark: Octavo's own embedded server on a folder that is thrown away."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from octavo.adapters.embedded import EmbeddedPostgres
from octavo.adapters.postgres.migrate import migrate

SECRET = b"a secret of the benchmarks, 32 bytes or more"


@dataclass(frozen=True, slots=True)
class Database:
    url: str
    admin_url: str
    """As the superuser, on the database that `url` names."""
    pid: int
    """Of the server; its backends are its children."""
    folder: Path


class SystemClock:
    """Implements `ports.clock.Clock`."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@contextmanager
def fresh_database() -> Iterator[Database]:
    """Migrated and empty, gone afterwards; `TMPDIR` says on which disk."""
    with tempfile.TemporaryDirectory(prefix="octavo-bench-") as home, kept_database(Path(home)) as database:
        yield database


@contextmanager
def kept_database(home: Path) -> Iterator[Database]:
    """As the last run left it in that folder; with the settings that the service gives its server."""
    home.mkdir(parents=True, exist_ok=True)
    postgres = EmbeddedPostgres(home)
    url = postgres.start()
    try:
        migrate(url)
        pid = postgres.pid
        if pid is None:
            raise RuntimeError("the database that was just started is gone")
        yield Database(url, _named(postgres.admin_url, "octavo"), pid, home)
    finally:
        postgres.stop()


def query_one(url: str, statement: str) -> tuple[object, ...]:
    """One row, on a connection of its own."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(statement.encode()).fetchone()
    if row is None:
        raise RuntimeError("a statement that must return a row returned none")
    return row


def _named(url: str, database: str) -> str:
    head, _, query = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{database}?{query}"
