"""What one tenant may see and change. Every statement goes through `Scope`, which adds the filter."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from octavo.adapters.postgres import erasures
from octavo.adapters.postgres.access import PostgresAccess
from octavo.adapters.postgres.audit.log import PostgresAuditLog
from octavo.adapters.postgres.audit.record import note
from octavo.adapters.postgres.batches.store import PostgresBatches
from octavo.adapters.postgres.cached import finished_like_any
from octavo.adapters.postgres.connect import Connection, Pool, many, one, only, reading, run, transaction
from octavo.adapters.postgres.fields.corrections import PostgresFields
from octavo.adapters.postgres.file_history import PostgresFileHistory
from octavo.adapters.postgres.history import count_statement, list_statement
from octavo.adapters.postgres.rows import (
    JOB_COLUMNS,
    Row,
    event_from_row,
    file_from_row,
    job_from_row,
)
from octavo.adapters.postgres.scope import Scope
from octavo.adapters.postgres.secrets import Sealer
from octavo.adapters.postgres.stats import stats_from_rows
from octavo.adapters.postgres.stored_files import insert_file
from octavo.adapters.postgres.submission import insert_submission
from octavo.adapters.postgres.submissions import insert_submissions
from octavo.adapters.postgres.templates.templates import PostgresTemplates
from octavo.adapters.postgres.transitions import PLAN, count, drop_tasks, end, enqueue, tell
from octavo.adapters.postgres.uploads.store import PostgresUploads
from octavo.adapters.postgres.usage.charge import charge_retry
from octavo.adapters.postgres.usage.records import PostgresUsage
from octavo.adapters.postgres.webhooks import announce
from octavo.adapters.postgres.webhooks.tenant import PostgresWebhooks
from octavo.adapters.postgres.work import read_page_rows
from octavo.domain.audit import AuditAction
from octavo.domain.errors import Conflict, Gone, NotFound, OctavoError
from octavo.domain.event import Event, EventType
from octavo.domain.file import StoredFile
from octavo.domain.ids import BatchId, FileId, JobId, ProjectId
from octavo.domain.job import Job, JobStatus
from octavo.domain.storage import file_prefix, job_prefix
from octavo.domain.tenancy import Tenant
from octavo.ports.clock import Clock
from octavo.ports.history import JobQuery, JobStats
from octavo.ports.store import NewJob, PageRow, Submission

ERASED_AGAIN_AFTER = timedelta(minutes=15)
"""A purge deletes at once; what a worker cut off from us stored after that goes with a second look."""
POSITION_CAP = 1000
"""How far a queue position is counted; a job further back is told this number."""


class PostgresTenant:
    """Implements `ports.store.TenantStore`."""

    def __init__(
        self, pool: Pool, tenant: Tenant, *, sealer: Sealer, clock: Clock, retention_s: tuple[int, int]
    ) -> None:
        self._pool = pool
        self._retention_s = retention_s
        self._tenant = tenant
        self._scope = Scope(tenant)
        self._sealer = sealer
        self._clock = clock

    @property
    def access(self) -> PostgresAccess:
        return PostgresAccess(
            self._pool,
            self._tenant,
            retention_s=self._retention_s,
            clock=self._clock,
            sealer=self._sealer,
        )

    @property
    def batches(self) -> PostgresBatches:
        return PostgresBatches(self._pool, self._tenant, self._clock)

    @property
    def uploads(self) -> PostgresUploads:
        return PostgresUploads(self._pool, self._tenant, self._clock)

    @property
    def usage(self) -> PostgresUsage:
        return PostgresUsage(self._pool, self._scope, self._clock)

    @property
    def audit(self) -> PostgresAuditLog:
        return PostgresAuditLog(self._pool, self._scope)

    @property
    def fields(self) -> PostgresFields:
        return PostgresFields(self._pool, self._tenant, clock=self._clock)

    @property
    def file_history(self) -> PostgresFileHistory:
        return PostgresFileHistory(self._pool, self._scope, self._clock)

    @property
    def webhooks(self) -> PostgresWebhooks:
        return PostgresWebhooks(self._pool, self._tenant, sealer=self._sealer, clock=self._clock)

    @property
    def templates(self) -> PostgresTemplates:
        return PostgresTemplates(self._pool, self._tenant, sealer=self._sealer, clock=self._clock)

    async def submit_job(self, new: NewJob) -> Submission:
        async with transaction(self._pool) as connection:
            row, created = await insert_submission(
                connection,
                new,
                await self._project(connection, new.project_id),
                sealer=self._sealer,
                now=self._clock.now(),
            )
        return Submission(job_from_row(row), created)

    async def submit_jobs(self, batch_id: BatchId, news: Sequence[NewJob]) -> list[Submission | OctavoError]:
        if not news:
            return []
        async with transaction(self._pool) as connection:
            outcomes = await insert_submissions(
                connection,
                batch_id,
                news,
                await self._project(connection, news[0].project_id),
                sealer=self._sealer,
                now=self._clock.now(),
            )
        return [
            outcome if isinstance(outcome, OctavoError) else Submission(job_from_row(outcome[0]), outcome[1])
            for outcome in outcomes
        ]

    async def job(self, job_id: JobId) -> Job:
        async with reading(self._pool) as connection:
            row = await self._job_row(connection, job_id)
            position = await _queue_position(connection, job_id) if row["status"] == "queued" else None
        return job_from_row(row, queue_position=position)

    async def jobs(self, query: JobQuery) -> list[Job]:
        async with reading(self._pool) as connection:
            rows = await many(connection, *self._scope.sql(*list_statement(query)), replan=True)
        return [job_from_row(row) for row in rows]

    async def count_jobs(self, query: JobQuery, *, at_most: int) -> int:
        statement = self._scope.sql(*count_statement(query, at_most))
        async with reading(self._pool) as connection:
            rows = await many(connection, *statement, replan=True)
        return int(rows[0]["found"])

    async def finished_like(self, cache_key: str) -> Job | None:
        return (await self.finished_like_any([cache_key])).get(cache_key)

    async def finished_like_any(self, cache_keys: Sequence[str]) -> dict[str, Job]:
        return await finished_like_any(self._pool, self._tenant, cache_keys, self._clock.now())

    async def stats(self, days: int) -> JobStats:
        async with reading(self._pool) as connection:
            rows = await many(
                connection,
                *self._scope.sql(
                    """select day, name, sum(amount)::bigint as amount from (
                         select day, name, amount from counters
                           where {mine} and (day = '0001-01-01' or day > %(today)s::date - %(days)s)
                         union all select day, name, amount from counter_deltas where {mine}
                         union all select '0001-01-01', name, amount from counter_deltas where {mine}
                       ) counted group by day, name""",
                    {"days": days, "today": self._clock.now().date()},
                ),
            )
        return stats_from_rows(rows, days)

    async def cancel_job(self, job_id: JobId) -> Job:
        async with transaction(self._pool) as connection:
            row = await self._locked(connection, job_id)
            if JobStatus(row["status"]).is_final:
                raise Conflict(
                    f"The job is {row['status']} already; only a queued or running job can be cancelled.",
                    status=row["status"],
                )
            await drop_tasks(connection, job_id)
            now = self._clock.now()
            ended = await end(connection, row, JobStatus.CANCELLED, now=now)
            await self._note(connection, AuditAction.JOB_CANCELLED, ended, now)
        return job_from_row(ended)

    async def retry_job(self, job_id: JobId) -> Job:
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            row = await self._locked(connection, job_id)
            _require_retriable(row)
            await run(
                connection,
                "delete from pages where job_id = %(job)s and failure is not null",
                {"job": job_id},
            )
            revived = await only(
                connection,
                """update jobs set status = 'queued', stage = 'waiting', attempt = attempt + 1, error = null,
                     next_position = 0, pages_failed = 0, started_at = null, finished_at = null,
                     result_expires_at = null, updated_at = %(now)s, version = version + 1,
                     pages_done = kept.pages, pages_kept = kept.pages
                   from (select count(*) as pages from pages where job_id = %(job)s) kept
                   where id = %(job)s returning *""",
                {"job": job_id, "now": now},
            )
            await charge_retry(connection, revived, now)
            await enqueue(connection, revived, PLAN, [{}], [1])
            await self._note(connection, AuditAction.JOB_RETRIED, revived, now)
            await tell(connection, revived, EventType.JOB_QUEUED, {"status": "queued"}, now)
            await count(connection, revived, {f"status:{row['status']}": -1, "status:queued": 1}, now)
        return job_from_row(revived)

    async def mark_purged(self, job_id: JobId) -> Job:
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            row = await self._locked(connection, job_id)
            if not JobStatus(row["status"]).is_final:
                raise Conflict("The job has not ended; cancel it before purging it.", status=row["status"])
            if row["purged_at"] is not None:
                return job_from_row(row)
            purged = await only(
                connection,
                """update jobs set purged_at = %(now)s, updated_at = %(now)s, version = version + 1,
                     source_deleted_at = coalesce(source_deleted_at, %(now)s),
                     result_deleted_at = coalesce(result_deleted_at, %(now)s),
                     filename = null, options = '{}', sealed_password = null, metadata = '{}', sha256 = '',
                     cache_key = '', document_type = null, template_id = null, fields = null, error = case when error is null then null
                                             else error || '{"summary": "Purged."}' end
                   where id = %(job)s returning *""",
                {"job": job_id, "now": now},
            )
            await run(connection, "delete from pages where job_id = %(job)s", {"job": job_id})
            await run(connection, "delete from corrections where job_id = %(job)s", {"job": job_id})
            await run(
                connection,
                "delete from idempotency_keys where job_id = %(job)s and project_id = %(project)s",
                {"job": job_id, "project": row["project_id"]},
            )
            await announce.erase(connection, job_id, now)
            await erasures.owe(connection, [job_prefix(job_id)], now + ERASED_AGAIN_AFTER)
            await self._note(connection, AuditAction.JOB_PURGED, purged, now)
        return job_from_row(purged)

    async def events(self, job_id: JobId, *, after: int, limit: int = 500) -> list[Event]:
        async with reading(self._pool) as connection:
            await self._job_row(connection, job_id)
            rows = await many(
                connection,
                """select job_id, sequence, type, payload, created_at from events
                     where job_id = %(job)s and sequence > %(after)s
                   union all
                   select job_id, sequence, 'job.page', jsonb_build_object(
                       'page', number, 'failed', failure is not null, 'confidence', confidence,
                       'characters', characters, 'duration_ms', duration_ms), finished_at
                     from pages where job_id = %(job)s and sequence > %(after)s
                   order by sequence limit %(limit)s""",
                {"job": job_id, "after": after, "limit": limit},
            )
        return [event_from_row(row) for row in rows]

    async def page_rows(self, job_id: JobId, *, after: int, limit: int) -> list[PageRow]:
        async with reading(self._pool) as connection:
            await self._job_row(connection, job_id)
            return await read_page_rows(connection, job_id, after, limit)

    async def add_file(self, file: StoredFile) -> StoredFile:
        async with transaction(self._pool) as connection:
            await insert_file(connection, replace(file, organization_id=self._tenant.organization_id))
        return file

    async def file(self, file_id: FileId) -> StoredFile:
        async with reading(self._pool) as connection:
            file = file_from_row(await self._file_row(connection, file_id))
        if file.deleted_at is not None or file.expires_at <= self._clock.now():
            raise Gone("This file was deleted or has expired. Upload it again.")
        return file

    async def files_named(self, file_ids: Sequence[FileId]) -> dict[FileId, StoredFile]:
        async with reading(self._pool) as connection:
            rows = await many(
                connection,
                *self._scope.sql(
                    """select * from files where {mine} and id = any(%(ids)s) and deleted_at is null
                         and expires_at > %(now)s""",
                    {"ids": list(file_ids), "now": self._clock.now()},
                ),
            )
        return {FileId(row["id"]): file_from_row(row) for row in rows}

    async def files(self, *, before: FileId | None, limit: int) -> list[StoredFile]:
        async with reading(self._pool) as connection:
            rows = await many(
                connection,
                *self._scope.sql(
                    """select * from files where {mine} and deleted_at is null and expires_at > %(now)s
                         and (%(before)s::text is null or id < %(before)s) order by id desc limit %(limit)s""",
                    {"before": before, "limit": limit, "now": self._clock.now()},
                ),
            )
        return [file_from_row(row) for row in rows]

    async def mark_file_deleted(self, file_id: FileId) -> StoredFile:
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            row = await one(
                connection,
                *self._scope.sql(
                    """update files set deleted_at = coalesce(deleted_at, %(now)s), metadata = '{}'
                       where id = %(id)s and {mine} returning *""",
                    {"id": file_id, "now": now},
                ),
            )
            if row is None:
                raise NotFound("There is no such file.")
            await erasures.owe(connection, [file_prefix(file_id)], now)
            if row["deleted_at"] == now:
                await self._note(connection, AuditAction.FILE_DELETED, row, now)
        return file_from_row(row)

    async def _project(self, connection: Connection, project_id: ProjectId) -> Row:
        row = await one(
            connection,
            *self._scope.sql(
                "select * from (select id as project_id, p.* from projects p) p where id = %(id)s and {mine}",
                {"id": project_id},
            ),
        )
        if row is None:
            raise NotFound("There is no such project.")
        return row

    async def _note(self, connection: Connection, action: AuditAction, row: Row, now: datetime) -> None:
        await note(connection, self._tenant, action, row["id"], now, project_id=row["project_id"])

    async def _job_row(self, connection: Connection, job_id: JobId) -> Row:
        row = await one(
            connection,
            *self._scope.sql(
                f"select {JOB_COLUMNS} from jobs where id = %(id)s and {{mine}}", {"id": job_id}
            ),
        )
        if row is None:
            raise NotFound("There is no such job.")
        return row

    async def _locked(self, connection: Connection, job_id: JobId) -> Row:
        row = await one(
            connection,
            *self._scope.sql("select * from jobs where id = %(id)s and {mine} for update", {"id": job_id}),
        )
        if row is None:
            raise NotFound("There is no such job.")
        return row

    async def _file_row(self, connection: Connection, file_id: FileId) -> Row:
        row = await one(
            connection,
            *self._scope.sql("select * from files where id = %(id)s and {mine}", {"id": file_id}),
        )
        if row is None:
            raise NotFound("There is no such file.")
        return row


def _require_retriable(row: Row) -> None:
    if row["purged_at"] is not None or row["source_deleted_at"] is not None:
        raise Gone("The job's source is no longer stored. Submit the document again.")
    if row["status"] not in (JobStatus.FAILED, JobStatus.CANCELLED):
        raise Conflict(
            f"The job is {row['status']}; only a failed or cancelled job can be retried.",
            status=row["status"],
        )


async def _queue_position(connection: Connection, job_id: str) -> int | None:
    """How many waiting tasks stand before this job's first, counted to `POSITION_CAP`."""
    row = await one(
        connection,
        """select (select count(*) from (
                     select 1 from procrastinate_jobs o where o.status = 'todo'
                       and (o.priority > m.priority or (o.priority = m.priority and o.id < m.id))
                     limit %(cap)s) ahead) as ahead
           from procrastinate_jobs m
           where m.args ->> 'job_id' = %(job)s and m.status in ('todo', 'doing') order by m.id limit 1""",
        {"job": job_id, "cap": POSITION_CAP},
    )
    return row["ahead"] if row else None
