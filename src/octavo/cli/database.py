"""A database for a command that needs one for a moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from octavo.bootstrap import embedded_database, prepare_database, running_database, with_database
from octavo.server.presence import data_dir_lock, read_presence
from octavo.settings import Settings

PATIENCE_S = 30.0
"""For a server that is just starting, or another command at the same folder."""


@contextmanager
def reachable_database(settings: Settings, *, migrate: bool = True) -> Iterator[Settings]:
    """Settings that name a running, migrated database; one named by URL is left as it is without `migrate`.

    That is the one set by URL, or the one of the server that runs on the data folder; where none
    runs, the embedded database is started and stopped again.

    Raises:
        TemporaryFailure: it cannot be reached. Conflict: somebody else holds the folder.
    """
    if settings.database_url is not None:
        if migrate:
            prepare_database(settings)
        yield settings
        return

    def served() -> bool:
        return read_presence(settings.data_dir) is not None and running_database(settings) is not None

    with data_dir_lock(settings.data_dir, patience_s=PATIENCE_S, give_up=served) as ours:
        if ours:
            yield from _started(settings)
        else:
            yield with_database(settings)


def _started(settings: Settings) -> Iterator[Settings]:
    database = embedded_database(settings)
    if database is None:
        raise AssertionError("a database URL was set")
    try:
        settings = settings.with_changes(database_url=database.start())
        prepare_database(settings)
        yield settings
    finally:
        database.stop()
