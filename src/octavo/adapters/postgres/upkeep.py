"""What runs in the background, one leader at a time."""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import psycopg

from octavo.adapters.postgres import erasures
from octavo.adapters.postgres.batches.expiry import expire_batches
from octavo.adapters.postgres.connect import Connection, Pool, many, one, reading, run, transaction
from octavo.adapters.postgres.webhooks.announce import forget_old as forget_announcements
from octavo.domain.ids import BatchId, FileId, JobId, UploadId
from octavo.domain.storage import file_prefix, job_prefix, source_prefix, upload_prefix
from octavo.domain.webhook import CALLBACK_GRACE
from octavo.ports.clock import Clock

log = logging.getLogger(__name__)

LEADER_LOCK = 0x0C7A_0002
STALLED_S = 5.0
"""A worker without a heartbeat for this long is taken for dead; they beat once a second."""
STALLED_TASKS = """
    select t.id from procrastinate_jobs t left join procrastinate_workers w on w.id = t.worker_id
    where t.status = 'doing'
      and (w.id is null or greatest(w.last_heartbeat, pg_postmaster_start_time())
                           < now() - make_interval(secs => %(stalled)s))
    limit 500
"""
IDEMPOTENCY_HOURS = 24
AUDIT_DAYS = 400
"""More than a year, so that yearly reviews find a whole one."""


class PostgresUpkeep:
    """Implements `ports.store.Upkeep`, and what only this queue needs."""

    def __init__(self, pool: Pool, *, clock: Clock) -> None:
        self._pool = pool
        self._clock = clock

    @asynccontextmanager
    async def leadership(self) -> AsyncIterator[bool]:
        """True for one process at a time, until the block ends or its connection is lost."""
        async with reading(self._pool) as connection:
            row = await one(connection, "select pg_try_advisory_lock(%(lock)s) as won", {"lock": LEADER_LOCK})
            won = bool(row and row["won"])
            try:
                yield won
            finally:
                if won and not connection.closed:
                    await run(connection, "select pg_advisory_unlock(%(lock)s)", {"lock": LEADER_LOCK})

    async def recover_stalled(self) -> int:
        """Hand on the tasks of workers that are gone; how many. One that fails does not stop the others.

        While the database was away nobody's heart could beat, so its own start counts as a beat.
        """
        async with reading(self._pool) as connection:
            tasks = await many(connection, STALLED_TASKS, {"stalled": STALLED_S})
            recovered = 0
            for task in tasks:
                try:
                    async with connection.transaction():
                        recovered += await _recover(connection, task["id"])
                except psycopg.DatabaseError:
                    continue
            if recovered:
                log.warning("handed on %s tasks of workers that are gone", recovered)
            return recovered

    async def expire_sources(self, limit: int) -> list[JobId]:
        """Only of jobs that have ended: a job in work keeps what it reads."""
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            rows = await many(
                connection,
                """update jobs set source_deleted_at = %(now)s, sealed_password = null,
                     updated_at = %(now)s, version = version + 1
                   where id in (select id from jobs where source_deleted_at is null
                                and source_expires_at <= %(now)s
                                and status in ('completed', 'failed', 'cancelled')
                                order by source_expires_at limit %(limit)s for update skip locked)
                   returning id""",
                {"now": now, "limit": limit},
            )
            ids = [JobId(row["id"]) for row in rows]
            await erasures.owe(connection, [source_prefix(id_) for id_ in ids], now)
        return ids

    async def expire_results(self, limit: int) -> list[JobId]:
        """The result goes, and with it everything else the job still holds.

        The job's own callback may still carry it to its owner, for a short time.
        """
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            rows = await many(
                connection,
                """update jobs set result_deleted_at = %(now)s, source_deleted_at = coalesce(source_deleted_at, %(now)s),
                     sealed_password = null, fields = null, updated_at = %(now)s, version = version + 1
                   where id in (select id from jobs where result_deleted_at is null
                                and result_expires_at <= %(now)s
                                and not exists (select 1 from deliveries d where d.subject_id = jobs.id
                                  and d.webhook_id is null and d.status = 'pending' and d.created_at > %(grace)s)
                                order by result_expires_at limit %(limit)s for update skip locked)
                   returning id""",
                {"now": now, "limit": limit, "grace": now - CALLBACK_GRACE},
            )
            ids = [JobId(row["id"]) for row in rows]
            await run(connection, "delete from pages where job_id = any(%(ids)s)", {"ids": ids})
            await run(connection, "delete from corrections where job_id = any(%(ids)s)", {"ids": ids})
            await run(connection, "delete from callbacks where job_id = any(%(ids)s)", {"ids": ids})
            await erasures.owe(connection, [job_prefix(id_) for id_ in ids], now)
        return ids

    async def expire_files(self, limit: int) -> list[FileId]:
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            rows = await many(
                connection,
                """update files set deleted_at = %(now)s, metadata = '{}'
                   where id in (select id from files where deleted_at is null and expires_at <= %(now)s
                                order by expires_at limit %(limit)s for update skip locked)
                   returning id""",
                {"now": now, "limit": limit},
            )
            ids = [FileId(row["id"]) for row in rows]
            await erasures.owe(connection, [file_prefix(id_) for id_ in ids], now)
        return ids

    async def expire_uploads(self, limit: int) -> list[UploadId]:
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            rows = await many(
                connection,
                """delete from uploads where id in (select id from uploads where expires_at <= %(now)s
                     order by expires_at limit %(limit)s for update skip locked) returning id""",
                {"now": now, "limit": limit},
            )
            ids = [UploadId(row["id"]) for row in rows]
            await erasures.owe(connection, [upload_prefix(id_) for id_ in ids], now)
        return ids

    async def expire_batches(self, limit: int) -> list[BatchId]:
        async with transaction(self._pool) as connection:
            return await expire_batches(connection, self._clock.now(), limit)

    async def erasures_due(self, limit: int) -> list[str]:
        async with reading(self._pool) as connection:
            return await erasures.due(connection, self._clock.now(), limit)

    async def erased(self, prefixes: Sequence[str]) -> None:
        async with transaction(self._pool) as connection:
            await erasures.settle(connection, prefixes, self._clock.now())

    async def existing(self, ids: Sequence[str]) -> set[str]:
        async with reading(self._pool) as connection:
            rows = await many(
                connection,
                """select id from jobs where id = any(%(ids)s)
                   union all select id from files where id = any(%(ids)s)
                   union all select id from uploads where id = any(%(ids)s)""",
                {"ids": list(ids)},
            )
        return {row["id"] for row in rows}

    async def roll_up_counters(self) -> int:
        """Fold deltas into one row a day and one for all days, in one statement: none is counted twice."""
        async with transaction(self._pool) as connection:
            return await run(
                connection,
                """with taken as (
                     delete from counter_deltas where id in
                       (select id from counter_deltas order by id limit 20000 for update skip locked)
                     returning organization_id, project_id, day, name, amount),
                   doubled as (
                     select organization_id, project_id, day, name, amount from taken where name not like 'status:%%'
                     union all select organization_id, project_id, '0001-01-01', name, amount from taken)
                   insert into counters (organization_id, project_id, day, name, amount)
                   select organization_id, project_id, day, name, sum(amount) from doubled
                   group by organization_id, project_id, day, name
                   on conflict (project_id, day, name) do update set amount = counters.amount + excluded.amount""",
            )

    async def forget_old(self) -> int:
        async with transaction(self._pool) as connection:
            gone = await run(
                connection,
                """delete from idempotency_keys where created_at < now() - make_interval(hours => %(hours)s)""",
                {"hours": IDEMPOTENCY_HOURS},
            )
            gone += await _forget_quiet(connection)
            gone += await run(
                connection, "delete from keys where expires_at < now() - make_interval(days => 30)"
            )
            gone += await forget_announcements(connection, self._clock.now())
            return gone + await run(
                connection,
                """delete from procrastinate_jobs where id in (
                     select id from procrastinate_jobs
                     where status in ('succeeded', 'failed', 'cancelled', 'aborted') limit 5000)""",
            )


async def _forget_quiet(connection: Connection) -> int:
    """Keys of batches as of jobs, limits that are whole again, old audit entries."""
    gone = await run(
        connection,
        """update batches set idempotency_key = null, fingerprint = null
           where idempotency_key is not null and created_at < now() - make_interval(hours => %(hours)s)""",
        {"hours": IDEMPOTENCY_HOURS},
    )
    gone += await run(connection, "delete from rate_limits where arrival < now() - interval '5 minutes'")
    gone += await run(connection, "delete from leases where until < now() - interval '5 minutes'")
    return gone + await run(
        connection,
        """delete from audit where id in (select id from audit
             where created_at < now() - make_interval(days => %(days)s) order by id limit 5000)""",
        {"days": AUDIT_DAYS},
    )


async def _recover(connection: Connection, task_id: int) -> int:
    """Queue it again, in its old place; a slice remembers that it lost its worker."""
    task = await one(
        connection,
        "select * from procrastinate_jobs where id = %(id)s and status = 'doing' for update skip locked",
        {"id": task_id},
    )
    if task is None:
        return 0
    if task["task_name"] == "slice":
        await run(
            connection,
            "update slices set deaths = deaths + 1 where job_id = %(job)s and start = %(start)s",
            {"job": task["args"]["job_id"], "start": task["args"]["start"]},
        )
    await run(
        connection, "select procrastinate_retry_job_v2(%(id)s, now(), null, null, null)", {"id": task_id}
    )
    return 1
