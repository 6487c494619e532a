"""Connections: one pool a process, one transaction a decision."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from octavo.domain.errors import TemporaryFailure

Connection = psycopg.AsyncConnection[DictRow]
Pool = AsyncConnectionPool[Connection]

TIMEOUT_S = 10.0
LONGEST_STATEMENT_S = 30
"""Ours take milliseconds; a filter that no index serves must not keep everybody's connections for minutes."""
FRESH_S = 1.0
KEEPALIVE: dict[str, Any] = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}


def make_pool(url: str, *, size: int) -> Pool:
    return AsyncConnectionPool(
        url,
        connection_class=psycopg.AsyncConnection[DictRow],
        kwargs={"row_factory": dict_row, "autocommit": True, **KEEPALIVE},
        min_size=1,
        max_size=size,
        timeout=TIMEOUT_S,
        open=False,
        check=_check_if_rested,
        configure=_bound,
    )


_seen_alive: WeakKeyDictionary[Connection, float] = WeakKeyDictionary()


async def _check_if_rested(connection: Connection) -> None:
    """Ask a connection whether it lives, unless it did a moment ago.

    The question costs as much as a read of one job. A connection that broke within that moment
    fails its next statement, which is a `TemporaryFailure` like any other.
    """
    now = monotonic()
    if now - _seen_alive.get(connection, -FRESH_S) >= FRESH_S:
        await AsyncConnectionPool.check_connection(connection)
    _seen_alive[connection] = now


async def _bound(connection: Connection) -> None:
    """Not in the connection's `options`, which poolers such as PgBouncer refuse."""
    await connection.execute(f"set statement_timeout = {LONGEST_STATEMENT_S * 1000}")


@asynccontextmanager
async def transaction(pool: Pool) -> AsyncIterator[Connection]:
    """One transaction: committed when the block ends, rolled back when it raises.

    Raises:
        TemporaryFailure: the database cannot be reached or took the connection away.
    """
    try:
        async with pool.connection() as connection, connection.transaction():
            yield connection
    except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout) as error:
        raise TemporaryFailure("The database is not available at the moment. Try again shortly.") from error


@asynccontextmanager
async def reading(pool: Pool) -> AsyncIterator[Connection]:
    """One statement's worth of reading, without a transaction around it. Raises `TemporaryFailure`."""
    try:
        async with pool.connection() as connection:
            yield connection
    except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout) as error:
        raise TemporaryFailure("The database is not available at the moment. Try again shortly.") from error


async def one(connection: Connection, sql: str, params: dict[str, Any] | None = None) -> DictRow | None:
    cursor = await connection.execute(sql, params)
    return await cursor.fetchone()


async def only(connection: Connection, sql: str, params: dict[str, Any] | None = None) -> DictRow:
    """The row of a statement that cannot but return one: an insert, or a row this transaction has locked."""
    row = await one(connection, sql, params)
    if row is None:
        raise RuntimeError("a statement that must return a row returned none")
    return row


async def many(
    connection: Connection, sql: str, params: dict[str, Any] | None = None, *, replan: bool = False
) -> list[DictRow]:
    """`replan`: plan for these very values each time, where the best plan depends on them."""
    cursor = await connection.execute(sql, params, prepare=False if replan else None)
    return await cursor.fetchall()


async def run(connection: Connection, sql: str, params: dict[str, Any] | None = None) -> int:
    """How many rows it changed."""
    cursor = await connection.execute(sql, params)
    return cursor.rowcount
