"""Corrections: the new standing, the audit and the event in one transaction. Implements `ports.fields.FieldStore`."""

from dataclasses import replace

from psycopg.types.json import Jsonb

from octavo.adapters.postgres.audit.record import note
from octavo.adapters.postgres.connect import Connection, Pool, many, one, only, reading, run, transaction
from octavo.adapters.postgres.rows import Row, job_from_row, standing_to_row
from octavo.adapters.postgres.scope import Scope
from octavo.adapters.postgres.transitions import tell
from octavo.domain.audit import AuditAction
from octavo.domain.correction import Correction, FieldChange
from octavo.domain.errors import Conflict, Gone, NotFound
from octavo.domain.event import EventType
from octavo.domain.ids import JobId, KeyId
from octavo.domain.job import Job
from octavo.domain.tenancy import Tenant
from octavo.ports.clock import Clock
from octavo.ports.fields import NewCorrection

MAX_PATHS_TOLD = 100
"""In an event; the history has them all."""


class PostgresFields:
    def __init__(self, pool: Pool, tenant: Tenant, *, clock: Clock) -> None:
        self._pool = pool
        self._tenant = tenant
        self._scope = Scope(tenant)
        self._clock = clock

    async def correct(self, correction: NewCorrection) -> Job:
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            row = await self._job(connection, correction.job_id, "for update")
            _require_version(row, correction.standing.version - 1)
            changed = await only(
                connection,
                """update jobs set fields_version = %(version)s, fields = %(fields)s, updated_at = %(now)s,
                     version = version + 1 where id = %(job)s returning *""",
                {
                    "job": correction.job_id,
                    "version": correction.standing.version,
                    "fields": Jsonb(standing_to_row(correction.standing)),
                    "now": now,
                },
            )
            await run(
                connection,
                """insert into corrections (job_id, version, key_id, changes, created_at)
                   values (%(job)s, %(version)s, %(key)s, %(changes)s, %(now)s)""",
                {
                    "job": correction.job_id,
                    "version": correction.standing.version,
                    "key": correction.key_id,
                    "changes": Jsonb([[one.path, one.before, one.after] for one in correction.changes]),
                    "now": now,
                },
            )
            # Names, never values: events outlive what a purge erases.
            told = {
                "fields_version": correction.standing.version,
                "paths": [change.path for change in correction.changes[:MAX_PATHS_TOLD]],
            }
            await tell(connection, changed, EventType.JOB_CORRECTED, told, now)
            await note(
                connection,
                replace(self._tenant, key_id=correction.key_id),
                AuditAction.FIELDS_CORRECTED,
                correction.job_id,
                now,
                project_id=changed["project_id"],
                details={"fields_version": correction.standing.version, "values": len(correction.changes)},
            )
        return job_from_row(changed)

    async def history(self, job_id: JobId, *, before: int | None, limit: int) -> list[Correction]:
        async with reading(self._pool) as connection:
            await self._job(connection, job_id)
            rows = await many(
                connection,
                """select * from corrections where job_id = %(job)s
                     and (%(before)s::integer is null or version < %(before)s)
                   order by version desc limit %(limit)s""",
                {"job": job_id, "before": before, "limit": limit},
            )
        return [_correction_from_row(row) for row in rows]

    async def _job(self, connection: Connection, job_id: JobId, lock: str = "") -> Row:
        row = await one(
            connection,
            *self._scope.sql(f"select * from jobs where id = %(id)s and {{mine}} {lock}", {"id": job_id}),
        )
        if row is None:
            raise NotFound("There is no such job.")
        return row


def _require_version(row: Row, expected: int) -> None:
    if row["result_deleted_at"] is not None:
        raise Gone("The result was purged, or its retention has ended.")
    if row["fields_version"] != expected:
        raise Conflict(
            f"The fields are at version {row['fields_version']} by now. Read them again, then correct them.",
            fields_version=row["fields_version"],
        )


def _correction_from_row(row: Row) -> Correction:
    return Correction(
        job_id=JobId(row["job_id"]),
        version=row["version"],
        key_id=KeyId(row["key_id"]),
        created_at=row["created_at"],
        changes=tuple(FieldChange(path, before, after) for path, before, after in row["changes"]),
    )
