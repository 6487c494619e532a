"""Waiting for a database that is still starting."""

import time

import psycopg

from octavo.domain.errors import TemporaryFailure


def wait_until_ready(url: str, timeout_s: float) -> None:
    """Return once the database answers; raises `TemporaryFailure` after `timeout_s`."""
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            with psycopg.connect(url, connect_timeout=2) as connection:
                connection.execute("select 1")
                return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise TemporaryFailure(
                    "The database does not answer. Check OCTAVO_DATABASE_URL and that it is running."
                ) from error
            time.sleep(0.1)
