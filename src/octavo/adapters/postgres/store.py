"""The store over PostgreSQL, put together; opened once a process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from octavo.adapters.postgres.access import insert_key
from octavo.adapters.postgres.audit.record import note
from octavo.adapters.postgres.connect import (
    Connection,
    Pool,
    make_pool,
    many,
    one,
    only,
    reading,
    run,
    transaction,
)
from octavo.adapters.postgres.leases import PostgresLeases
from octavo.adapters.postgres.limits.take import PostgresSubmitLimits
from octavo.adapters.postgres.revision import REVISION
from octavo.adapters.postgres.rows import Row, key_from_row, organization_from_row, project_from_row
from octavo.adapters.postgres.secrets import Sealer
from octavo.adapters.postgres.tenant import PostgresTenant
from octavo.adapters.postgres.upkeep import PostgresUpkeep
from octavo.adapters.postgres.webhooks.outbox import PostgresOutbox
from octavo.adapters.postgres.work import PostgresWork
from octavo.domain.audit import AuditAction
from octavo.domain.errors import NotFound
from octavo.domain.ids import JobId, OrganizationId, ProjectId, new_id
from octavo.domain.tenancy import Key, Organization, Project, Tenant
from octavo.ports.clock import Clock

FIRST_LOCK = 0x0C7A_0003
"""Held while the first organization is looked for, so that two machines that start at once make one."""
SOURCE_RETENTION_S = 7 * 86_400
RESULT_RETENTION_S = 30 * 86_400


@asynccontextmanager
async def open_store(
    url: str,
    *,
    secret: bytes,
    clock: Clock,
    slices_in_flight: int = 32,
    pool_size: int = 10,
    source_retention_s: int = SOURCE_RETENTION_S,
    result_retention_s: int = RESULT_RETENTION_S,
) -> AsyncIterator["PostgresStore"]:
    """A store on the database at `url` (libpq), for as long as the block lasts.

    `secret` seals stored secrets and is the same for every process of an installation. At most
    `slices_in_flight` slices of one job are queued or read at once. The retentions are what a new
    project starts with, in seconds.
    """
    pool = make_pool(url, size=pool_size)
    await pool.open(wait=False)
    try:
        yield PostgresStore(
            pool,
            sealer=Sealer(secret),
            clock=clock,
            slices_in_flight=slices_in_flight,
            retention_s=(source_retention_s, result_retention_s),
        )
    finally:
        await pool.close(timeout=2)


class PostgresStore:
    """Implements `ports.store.Store`."""

    def __init__(
        self,
        pool: Pool,
        *,
        sealer: Sealer,
        clock: Clock,
        slices_in_flight: int,
        retention_s: tuple[int, int],
    ) -> None:
        self._pool = pool
        self._sealer = sealer
        self._clock = clock
        self._retention_s = retention_s
        self.work = PostgresWork(pool, sealer=sealer, clock=clock, slices_in_flight=slices_in_flight)
        self.outbox = PostgresOutbox(pool, sealer=sealer, clock=clock)
        self.upkeep = PostgresUpkeep(pool, clock=clock)
        self.submit_limits = PostgresSubmitLimits(pool, clock)
        self.leases = PostgresLeases(pool)

    def tenant(self, tenant: Tenant) -> PostgresTenant:
        return PostgresTenant(
            self._pool, tenant, sealer=self._sealer, clock=self._clock, retention_s=self._retention_s
        )

    async def key_by_hash(self, digest: bytes) -> Key | None:
        async with reading(self._pool) as connection:
            row = await one(connection, "select * from keys where digest = %(digest)s", {"digest": digest})
        return key_from_row(row) if row else None

    async def knows_job(self, job_id: JobId) -> bool:
        async with reading(self._pool) as connection:
            return await one(connection, "select 1 from jobs where id = %(id)s", {"id": job_id}) is not None

    async def names_model(self) -> bool:
        async with reading(self._pool) as connection:
            row = await only(
                connection,
                """select exists (select from projects where model is not null)
                   or exists (select from template_versions v join templates t
                              on t.id = v.template_id and t.version = v.version
                              where t.deleted_at is null and v.content -> 'model' <> 'null') as found""",
            )
        return bool(row["found"])

    async def project(self, project_id: ProjectId) -> Project:
        async with reading(self._pool) as connection:
            row = await one(connection, "select * from projects where id = %(id)s", {"id": project_id})
        if row is None:
            raise NotFound("There is no such project.")
        return project_from_row(row)

    async def first_project(self, organization_id: OrganizationId) -> Project:
        async with reading(self._pool) as connection:
            row = await one(
                connection,
                "select * from projects where organization_id = %(id)s order by id limit 1",
                {"id": organization_id},
            )
        if row is None:
            raise NotFound("This organization has no project yet. Create one first.")
        return project_from_row(row)

    async def organizations(self) -> list[Organization]:
        async with reading(self._pool) as connection:
            rows = await many(connection, "select * from organizations order by id")
        return [organization_from_row(row) for row in rows]

    async def ensure_organization(self, name: str) -> Organization:
        async with transaction(self._pool) as connection:
            await run(connection, "select pg_advisory_xact_lock(%(lock)s)", {"lock": FIRST_LOCK})
            row = await one(connection, "select * from organizations order by id limit 1")
            if row is None:
                row = await self._insert_organization(connection, name)
                await self._insert_project(connection, row["id"], name)
        return organization_from_row(row)

    async def add_organization(self, name: str) -> Organization:
        async with transaction(self._pool) as connection:
            return organization_from_row(await self._insert_organization(connection, name))

    async def add_project(self, organization_id: OrganizationId, name: str) -> Project:
        async with transaction(self._pool) as connection:
            return project_from_row(await self._insert_project(connection, organization_id, name))

    async def _insert_organization(self, connection: Connection, name: str) -> Row:
        now = self._clock.now()
        row = await only(
            connection,
            "insert into organizations (id, name) values (%(id)s, %(name)s) returning *",
            {"id": new_id(now), "name": name},
        )
        who = Tenant(OrganizationId(row["id"]), None)
        await note(connection, who, AuditAction.ORGANIZATION_CREATED, row["id"], now, details={"name": name})
        return row

    async def _insert_project(self, connection: Connection, organization_id: str, name: str) -> Row:
        (source_s, result_s), now = self._retention_s, self._clock.now()
        row = await only(
            connection,
            """insert into projects (id, organization_id, name, source_retention_s, result_retention_s)
               values (%(id)s, %(organization)s, %(name)s, %(source)s, %(result)s) returning *""",
            {
                "id": new_id(now),
                "organization": organization_id,
                "name": name,
                "source": source_s,
                "result": result_s,
            },
        )
        who = Tenant(OrganizationId(organization_id), ProjectId(row["id"]))
        await note(connection, who, AuditAction.PROJECT_CREATED, row["id"], now, details={"name": name})
        return row

    async def add_key(self, key: Key, digest: bytes) -> Key:
        async with transaction(self._pool) as connection:
            await insert_key(connection, key, digest)
            who, scopes = Tenant(key.organization_id, key.project_id), sorted(key.scopes)
            details = {"scopes": [scope.value for scope in scopes]}
            await note(connection, who, AuditAction.KEY_CREATED, key.id, self._clock.now(), details=details)
        return key

    async def check(self) -> dict[str, Any]:
        async with reading(self._pool) as connection:
            row = await one(
                connection,
                """select current_setting('server_version') as server_version,
                     (select version_num from alembic_version) as revision,
                     (select count(*) from (select 1 from procrastinate_jobs where status = 'todo'
                                            limit 10000) waiting) as queue_depth,
                     (select count(*) from procrastinate_jobs
                        where status = 'doing' and worker_id is not null) as running_tasks,
                     (select count(*) from procrastinate_workers
                        where last_heartbeat > now() - interval '5 seconds') as workers""",
            )
        facts = dict(row or {})
        return {
            **facts,
            "expected_revision": REVISION,
            "current": facts.get("revision") == REVISION,
        }
