"""Erasing what batches are called and carry, once it can be of no use."""

from datetime import datetime

from octavo.adapters.postgres.connect import Connection, many
from octavo.domain.ids import BatchId


async def expire_batches(connection: Connection, now: datetime, limit: int) -> list[BatchId]:
    """One whose jobs still have results is looked at again a day later."""
    rows = await many(
        connection,
        """with due as (
             select id, exists (select 1 from jobs where batch_id = batches.id
                                and result_deleted_at is null) as alive
             from batches where expired_at is null and expires_at <= %(now)s
             order by expires_at limit %(limit)s for update skip locked),
           kept as (
             update batches set expires_at = %(now)s::timestamptz + interval '1 day'
             where id in (select id from due where alive))
           update batches set expired_at = %(now)s, name = null, metadata = '{}', refused = '[]',
             idempotency_key = null, fingerprint = null
           where id in (select id from due where not alive) returning id""",
        {"now": now, "limit": limit},
    )
    return [BatchId(row["id"]) for row in rows]
