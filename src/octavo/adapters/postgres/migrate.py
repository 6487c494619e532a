"""Bringing a database to this version's schema; safe to run from many processes at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, pool

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x0C7A_0001
"""The advisory lock that makes one process migrate while the others wait."""


def migrate(url: str) -> str:
    """Apply what is missing; the revision the database has then.

    Args:
        url: A libpq URL, `postgresql://…`.
    """
    return _with_connection(url, _upgrade)


def head_revision() -> str:
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def check(url: str) -> None:
    """Compare the tables of this version with the database, as `alembic check` does; raises where they differ."""

    def compare(connection: Connection) -> str:
        config = _config()
        config.attributes["connection"] = connection
        command.check(config)
        return ""

    _with_connection(url, compare)


def _upgrade(connection: Connection) -> str:
    config = _config()
    config.attributes["connection"] = connection
    connection.exec_driver_sql("select pg_advisory_lock(%s)", (LOCK,))
    connection.commit()
    try:
        command.upgrade(config, "head")
        connection.commit()
    finally:
        connection.rollback()
        connection.exec_driver_sql("select pg_advisory_unlock(%s)", (LOCK,))
        connection.commit()
    return head_revision()


def _with_connection(url: str, work: Callable[[Connection], str]) -> str:
    engine = create_engine("postgresql+psycopg://", creator=_connector(url), poolclass=pool.NullPool)
    try:
        with engine.connect() as connection:
            return work(connection)
    finally:
        engine.dispose()


def _connector(url: str) -> Callable[[], Any]:
    return lambda: psycopg.connect(url)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
