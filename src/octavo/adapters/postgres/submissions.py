"""The one transaction behind a batch: as `submission`, of all its documents together."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from psycopg.types.json import Jsonb

from octavo.adapters.postgres.batches.joining import full, seats_in, take_seats
from octavo.adapters.postgres.connect import Connection, many, run
from octavo.adapters.postgres.rows import Row
from octavo.adapters.postgres.secrets import Sealer
from octavo.adapters.postgres.submission import INSERT_JOB, job_values
from octavo.adapters.postgres.transitions import count, enqueue_plans
from octavo.adapters.postgres.usage.charge import charge_submissions, room_for
from octavo.adapters.postgres.webhooks.announce import announce_jobs, keep_callbacks
from octavo.domain.errors import IdempotencyConflict, OctavoError
from octavo.domain.event import EventType
from octavo.domain.ids import BatchId
from octavo.ports.store import NewJob

Outcome = tuple[Row, bool] | OctavoError
"""A job's row and whether it is new, or why there is none."""


async def insert_submissions(
    connection: Connection,
    batch_id: BatchId,
    news: Sequence[NewJob],
    project: Row,
    *,
    sealer: Sealer,
    now: datetime,
) -> list[Outcome]:
    """In the order of `news`, which are one batch's, each with an idempotency key, none from the cache.

    Locks are taken in the order in which `insert_submission` takes them. Raises `NotFound`,
    `Conflict` for the batch.
    """
    outcomes: dict[str, Outcome] = await _claim(connection, news, now)
    wanted = [new for new in news if new.id not in outcomes]
    room = await seats_in(connection, batch_id, project["id"])
    for new in wanted[room:]:
        outcomes[new.id] = full()
    wanted = wanted[:room]
    fits = await room_for(connection, project, [new.pages_total for new in wanted], now)
    outcomes |= {new.id: error for new, error in zip(wanted, fits, strict=True) if error}
    wanted = [new for new in wanted if new.id not in outcomes]
    if wanted:
        rows = await _insert(connection, wanted, project, sealer, now)
        outcomes |= {row["id"]: (row, True) for row in rows}
    await _unclaim(connection, project, [key for key, found in outcomes.items() if _is_error(found)])
    return [outcomes[new.id] for new in news]


def _is_error(found: Outcome) -> bool:
    return isinstance(found, OctavoError)


async def _claim(connection: Connection, news: Sequence[NewJob], now: datetime) -> dict[str, Outcome]:
    """What is not new, by the id that it was to have; the keys of all others are theirs now.

    In the order of keys, so that two equal requests wait for one another and not both.
    """
    values = {
        "project": news[0].project_id,
        "keys": [new.idempotency_key for new in news],
        "fingerprints": [new.fingerprint for new in news],
        "ids": [new.id for new in news],
        "now": now,
    }
    await run(
        connection,
        """insert into idempotency_keys (project_id, key, fingerprint, job_id, created_at)
           select %(project)s, key, fingerprint, job_id, %(now)s
           from unnest(%(keys)s::text[], %(fingerprints)s::text[], %(ids)s::text[])
             as claim (key, fingerprint, job_id)
           order by key on conflict do nothing""",
        values,
    )
    rows = await many(
        connection,
        """select j.*, i.key, i.fingerprint from idempotency_keys i join jobs j on j.id = i.job_id
           where i.project_id = %(project)s and i.key = any(%(keys)s)""",
        values,
    )
    earlier = {row["key"]: row for row in rows}
    return {
        new.id: (found, False) if found["fingerprint"] == new.fingerprint else _used_otherwise()
        for new in news
        if (found := earlier.get(new.idempotency_key))
    }


def _used_otherwise() -> IdempotencyConflict:
    return IdempotencyConflict("This document's place in the batch holds another document already.")


async def _unclaim(connection: Connection, project: Row, refused: Sequence[str]) -> None:
    """What was refused may be sent again."""
    await run(
        connection,
        "delete from idempotency_keys where project_id = %(project)s and job_id = any(%(ids)s)",
        {"project": project["id"], "ids": list(refused)},
    )


async def _insert(
    connection: Connection, wanted: Sequence[NewJob], project: Row, sealer: Sealer, now: datetime
) -> list[Row]:
    async with connection.cursor() as cursor:
        await cursor.executemany(INSERT_JOB, [job_values(new, project, sealer, now) for new in wanted])
    rows = await many(
        connection,
        "select * from jobs where id = any(%(ids)s) order by id",
        {"ids": [new.id for new in wanted]},
    )
    until = now + timedelta(seconds=max(row["result_retention_s"] for row in rows))
    await take_seats(connection, rows[0]["batch_id"], len(rows), until)
    by_id = {row["id"]: row for row in rows}
    for new in wanted:
        await keep_callbacks(connection, by_id[new.id], new.callbacks, sealer=sealer)
    await _tell(connection, rows, now)
    await count(
        connection,
        rows[0],
        {
            "submitted": len(rows),
            "bytes": sum(row["size_bytes"] for row in rows),
            "status:queued": len(rows),
        },
        now,
    )
    await charge_submissions(connection, rows, now)
    await enqueue_plans(connection, rows)
    return rows


async def _tell(connection: Connection, rows: Sequence[Row], now: datetime) -> None:
    """As `transitions.tell`; nobody can wait yet for a job whose id is told when this has committed."""
    await run(
        connection,
        """insert into events (job_id, sequence, type, payload, created_at)
           select job_id, 1, %(type)s, %(payload)s, %(now)s from unnest(%(jobs)s::text[]) as told (job_id)""",
        {
            "jobs": [row["id"] for row in rows],
            "type": EventType.JOB_QUEUED.value,
            "payload": Jsonb({"status": "queued"}),
            "now": now,
        },
    )
    await announce_jobs(connection, rows, EventType.JOB_QUEUED, now)
