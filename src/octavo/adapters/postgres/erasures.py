"""Bytes that nothing names any more, owed to the sweeper in the transaction that stopped naming them.

A blob store takes no part in a transaction: it may be away when a row is erased, and a worker may
store what it was reading a moment later. The debt is paid when the bytes are gone for sure.
"""

from collections.abc import Sequence
from datetime import datetime

from octavo.adapters.postgres.connect import Connection, many, run


async def owe(connection: Connection, prefixes: Sequence[str], due_at: datetime) -> None:
    """Everything below these prefixes of the blob store is to be deleted, not before `due_at`."""
    await run(
        connection,
        """insert into erasures (prefix, due_at) select prefix, %(due_at)s from unnest(%(prefixes)s::text[]) as p (prefix)
           on conflict (prefix) do update set due_at = greatest(erasures.due_at, excluded.due_at)""",
        {"prefixes": list(prefixes), "due_at": due_at},
    )


async def due(connection: Connection, now: datetime, limit: int) -> list[str]:
    rows = await many(
        connection,
        "select prefix from erasures where due_at <= %(now)s order by due_at limit %(limit)s",
        {"now": now, "limit": limit},
    )
    return [row["prefix"] for row in rows]


async def settle(connection: Connection, prefixes: Sequence[str], now: datetime) -> None:
    """They are deleted; one that became due again later stays owed."""
    await run(
        connection,
        "delete from erasures where prefix = any(%(prefixes)s) and due_at <= %(now)s",
        {"prefixes": list(prefixes), "now": now},
    )
