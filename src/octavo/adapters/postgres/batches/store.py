"""A tenant's batches."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from psycopg.types.json import Jsonb

from octavo.adapters.postgres.audit.record import note
from octavo.adapters.postgres.batches.news import announce_batch, announce_end
from octavo.adapters.postgres.batches.states import CONDITIONS
from octavo.adapters.postgres.connect import Connection, Pool, many, one, only, reading, transaction
from octavo.adapters.postgres.history import escaped
from octavo.adapters.postgres.rows import Row, job_from_row
from octavo.adapters.postgres.scope import Scope
from octavo.domain.audit import AuditAction
from octavo.domain.batch import Batch, BatchTally, RefusedDocument
from octavo.domain.errors import IdempotencyConflict, NotFound
from octavo.domain.event import EventType
from octavo.domain.ids import BatchId, JobId, KeyId, OrganizationId, ProjectId, first_id_at
from octavo.domain.job import Job, JobStatus
from octavo.domain.tenancy import Tenant
from octavo.ports.batches import BatchQuery, NewBatch
from octavo.ports.clock import Clock


class PostgresBatches:
    """Implements `ports.batches.Batches`."""

    def __init__(self, pool: Pool, tenant: Tenant, clock: Clock) -> None:
        self._pool = pool
        self._tenant = tenant
        self._scope = Scope(tenant)
        self._clock = clock

    async def add(self, new: NewBatch) -> tuple[Batch, bool]:
        async with transaction(self._pool) as connection:
            project = await one(
                connection,
                *self._scope.sql(
                    "select * from (select id as project_id, p.* from projects p) p where id = %(id)s and {mine}",
                    {"id": new.project_id},
                ),
            )
            if project is None:
                raise NotFound("There is no such project.")
            row = await self._insert(connection, new, project)
            if row is not None:
                await announce_batch(connection, row, EventType.BATCH_CREATED, self._clock.now())
                return _from_row(row, BatchTally()), True
            row = await one(
                connection,
                "select * from batches where project_id = %(project)s and idempotency_key = %(key)s",
                {"project": new.project_id, "key": new.idempotency_key},
            )
            if row is None or row["fingerprint"] != new.fingerprint:
                raise IdempotencyConflict(
                    "This Idempotency-Key was used for a different request. Use a new key for a new request."
                )
            return (await self._with_tallies(connection, [row]))[0], False

    async def batch(self, batch_id: BatchId) -> Batch:
        async with reading(self._pool) as connection:
            row = await one(
                connection,
                *self._scope.sql("select * from batches where id = %(id)s and {mine}", {"id": batch_id}),
            )
            if row is None:
                raise NotFound("There is no such batch.")
            return (await self._with_tallies(connection, [row]))[0]

    async def batches(self, query: BatchQuery) -> list[Batch]:
        async with reading(self._pool) as connection:
            rows = await many(connection, *self._scope.sql(*_list_statement(query)), replan=True)
            return await self._with_tallies(connection, rows)

    async def count(self, query: BatchQuery, *, at_most: int) -> int:
        listed, params = _list_statement(replace(query, limit=at_most, offset=0))
        async with reading(self._pool) as connection:
            row = await only(
                connection,
                *self._scope.sql(f"select count(*) as found from ({listed}) counted", params),
            )
        return int(row["found"])

    async def members(self, batch_id: BatchId, keys: Sequence[str]) -> dict[str, Job]:
        async with reading(self._pool) as connection:
            rows = await many(
                connection,
                *self._scope.sql(
                    """select mine.*, claims.key from (select * from jobs where batch_id = %(batch)s and {mine}) mine
                       join idempotency_keys claims
                         on claims.project_id = mine.project_id and claims.job_id = mine.id
                       where claims.key = any(%(keys)s)""",
                    {"batch": batch_id, "keys": list(keys)},
                ),
            )
        return {row["key"]: job_from_row(row) for row in rows}

    async def settle(self, batch_id: BatchId, refused: Sequence[RefusedDocument]) -> Batch:
        async with transaction(self._pool) as connection:
            before = await self._locked(connection, batch_id)
            row = await only(
                connection,
                "update batches set refused = %(refused)s, filling_until = null where id = %(id)s returning *",
                {"id": batch_id, "refused": Jsonb([asdict(document) for document in refused])},
            )
            if before["filling_until"] is not None:
                await announce_end(connection, batch_id, self._clock.now())
            return (await self._with_tallies(connection, [row]))[0]

    async def close(self, batch_id: BatchId) -> list[JobId]:
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            row = await self._locked(connection, batch_id)
            if row["cancelled_at"] is None:
                await one(
                    connection,
                    "update batches set cancelled_at = %(now)s, filling_until = null where id = %(id)s returning id",
                    {"id": batch_id, "now": now},
                )
                await note(
                    connection,
                    self._tenant,
                    AuditAction.BATCH_CANCELLED,
                    batch_id,
                    now,
                    project_id=row["project_id"],
                )
            rows = await many(
                connection,
                """select id from jobs where batch_id = %(id)s and status in ('queued', 'processing') order by id""",
                {"id": batch_id},
            )
        return [JobId(found["id"]) for found in rows]

    async def _locked(self, connection: Connection, batch_id: BatchId) -> Row:
        row = await one(
            connection,
            *self._scope.sql(
                "select * from batches where id = %(id)s and {mine} for update", {"id": batch_id}
            ),
        )
        if row is None:
            raise NotFound("There is no such batch.")
        return row

    async def _insert(self, connection: Connection, new: NewBatch, project: Row) -> Row | None:
        """None where the idempotency key names a batch already."""
        now = self._clock.now()
        kept_s = max(project["source_retention_s"], project["result_retention_s"])
        return await one(
            connection,
            """insert into batches (id, organization_id, project_id, key_id, name, metadata, idempotency_key,
                                    fingerprint, filling_until, created_at, expires_at)
               values (%(id)s, %(organization)s, %(project)s, %(key)s, %(name)s, %(metadata)s, %(idempotency)s,
                       %(fingerprint)s, %(filling)s, %(now)s, %(expires)s)
               on conflict (project_id, idempotency_key) where idempotency_key is not null do nothing
               returning *""",
            {
                "id": new.id,
                "organization": project["organization_id"],
                "project": new.project_id,
                "key": new.key_id,
                "name": new.name,
                "metadata": Jsonb(new.metadata),
                "idempotency": new.idempotency_key,
                "fingerprint": new.fingerprint,
                "filling": now + timedelta(seconds=new.filling_s) if new.filling_s else None,
                "now": now,
                "expires": now + timedelta(seconds=kept_s),
            },
        )

    async def _with_tallies(self, connection: Connection, rows: Sequence[Row]) -> list[Batch]:
        if not rows:
            return []
        counted = await many(
            connection,
            """select batch_id, status, count(*) as jobs, coalesce(sum(pages_total), 0)::bigint as pages_total,
                      sum(pages_done)::bigint as pages_done, sum(pages_failed)::bigint as pages_failed,
                      max(finished_at) as finished_at
               from jobs where batch_id = any(%(ids)s) group by batch_id, status""",
            {"ids": [row["id"] for row in rows]},
        )
        return [
            _from_row(row, _tally([found for found in counted if found["batch_id"] == row["id"]]))
            for row in rows
        ]


def _tally(rows: Sequence[Row]) -> BatchTally:
    jobs = {JobStatus(row["status"]): row["jobs"] for row in rows}
    ended = bool(rows) and all(status.is_final for status in jobs)
    return BatchTally(
        jobs=jobs,
        pages_total=sum(row["pages_total"] for row in rows),
        pages_done=sum(row["pages_done"] for row in rows),
        pages_failed=sum(row["pages_failed"] for row in rows),
        finished_at=max(row["finished_at"] for row in rows) if ended else None,
    )


def _list_statement(query: BatchQuery) -> tuple[str, dict[str, Any]]:
    params: dict[str, Any] = {"limit": query.limit, "offset": query.offset}
    conditions = ["{mine}"]
    from_, before = query.created_from, query.created_before
    for condition, name, value in (
        ("id < %(before)s", "before", query.before),
        ("id >= %(from_id)s", "from_id", first_id_at(from_) if from_ else None),
        ("id < %(before_id)s", "before_id", first_id_at(before) if before else None),
        ("name ilike %(name)s", "name", f"%{escaped(query.name)}%" if query.name else None),
        ("metadata @> %(metadata)s", "metadata", Jsonb(dict(query.metadata)) if query.metadata else None),
    ):
        if value is not None:
            conditions.append(condition)
            params[name] = value
    if query.statuses:
        conditions.append(f"({' or '.join(f'({CONDITIONS[status]})' for status in query.statuses)})")
    page = "order by id desc limit %(limit)s offset %(offset)s"
    return f"select * from batches where {' and '.join(conditions)} {page}", params


def _from_row(row: Row, tally: BatchTally) -> Batch:
    return Batch(
        id=BatchId(row["id"]),
        organization_id=OrganizationId(row["organization_id"]),
        project_id=ProjectId(row["project_id"]),
        key_id=KeyId(row["key_id"]) if row["key_id"] else None,
        name=row["name"],
        metadata=row["metadata"],
        refused=tuple(RefusedDocument(**told) for told in row["refused"]),
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        filling_until=row["filling_until"],
        cancelled_at=row["cancelled_at"],
        expired_at=row["expired_at"],
        tally=tally,
    )
