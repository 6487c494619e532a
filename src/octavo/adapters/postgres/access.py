"""A tenant's projects and keys, each change with its entry in the audit."""

from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from octavo.adapters.postgres.audit.record import note
from octavo.adapters.postgres.connect import Connection, Pool, many, one, only, reading, run, transaction
from octavo.adapters.postgres.model_rows import model_from_row, model_to_row
from octavo.adapters.postgres.rows import Row, key_from_row, project_from_row
from octavo.adapters.postgres.scope import Scope
from octavo.adapters.postgres.secrets import Sealer
from octavo.domain.audit import AuditAction
from octavo.domain.errors import Conflict, NotFound
from octavo.domain.ids import KeyId, ProjectId, new_id
from octavo.domain.template import ModelChoice
from octavo.domain.tenancy import Key, Project, Tenant
from octavo.ports.access import ProjectChanges
from octavo.ports.clock import Clock
from octavo.ports.templates import SEALED

CHANGEABLE = (
    "name",
    "source_retention_s",
    "result_retention_s",
    "weight",
    "max_running_slices",
    "submits_per_minute",
    "reads_per_minute",
    "pages_per_month",
)
"""Columns of a project: the only names that become part of a statement."""
_MY_PROJECTS = "(select id as project_id, p.* from projects p) p"


class PostgresAccess:
    """Implements `ports.access.Access`."""

    def __init__(
        self, pool: Pool, tenant: Tenant, *, retention_s: tuple[int, int], clock: Clock, sealer: Sealer
    ) -> None:
        self._pool = pool
        self._tenant = tenant
        self._scope = Scope(tenant)
        self._retention_s = retention_s
        self._clock = clock
        self._sealer = sealer

    async def projects(self, *, after: ProjectId | None = None, limit: int | None = None) -> list[Project]:
        async with reading(self._pool) as connection:
            rows = await many(
                connection,
                *self._scope.sql(
                    f"""select * from {_MY_PROJECTS} where {{mine}}
                          and (%(after)s::text is null or id > %(after)s) order by id limit %(limit)s""",
                    {"after": after, "limit": limit},
                ),
            )
        return [project_from_row(row) for row in rows]

    async def project(self, project_id: ProjectId) -> Project:
        async with reading(self._pool) as connection:
            return project_from_row(await self._project_row(connection, project_id))

    async def add_project(self, changes: ProjectChanges) -> Project:
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            row = await only(
                connection,
                """insert into projects (id, organization_id, name, source_retention_s, result_retention_s)
                   values (%(id)s, %(organization)s, %(name)s, %(source)s, %(result)s) returning *""",
                {
                    "id": new_id(now),
                    "organization": self._tenant.organization_id,
                    "name": changes.name or "project",
                    "source": self._retention_s[0],
                    "result": self._retention_s[1],
                },
            )
            row = await self._change(connection, row, changes)
            await self._note_project(connection, AuditAction.PROJECT_CREATED, row["id"], changes)
        return project_from_row(row)

    async def change_project(self, project_id: ProjectId, changes: ProjectChanges) -> Project:
        async with transaction(self._pool) as connection:
            row = await self._project_row(connection, project_id)
            if changes.given:
                row = await self._change(connection, row, changes)
                await self._note_project(connection, AuditAction.PROJECT_CHANGED, project_id, changes)
        return project_from_row(row)

    async def model_for_work(self, project_id: ProjectId) -> ModelChoice | None:
        async with reading(self._pool) as connection:
            row = await self._project_row(connection, project_id)
        return model_from_row(row["model"], row["sealed_model_key"], self._sealer)

    async def keys(self, *, after: KeyId | None = None, limit: int | None = None) -> list[Key]:
        async with reading(self._pool) as connection:
            rows = await many(
                connection,
                *self._scope.sql(
                    """select * from keys where {mine} and (%(after)s::text is null or id > %(after)s)
                       order by id limit %(limit)s""",
                    {"after": after, "limit": limit},
                ),
            )
        return [key_from_row(row) for row in rows]

    async def key(self, key_id: KeyId) -> Key:
        async with reading(self._pool) as connection:
            return key_from_row(await self._key_row(connection, key_id))

    async def add_key(self, key: Key, digest: bytes) -> Key:
        async with transaction(self._pool) as connection:
            await insert_key(connection, key, digest)
            scopes = sorted(scope.value for scope in key.scopes)
            await self._note_key(connection, AuditAction.KEY_CREATED, key, {"scopes": scopes})
        return key

    async def revoke_key(self, key_id: KeyId) -> Key:
        async with transaction(self._pool) as connection:
            row = await self._key_row(connection, key_id, locked=True)
            if row["revoked_at"] is not None:
                return key_from_row(row)
            row = await only(
                connection,
                "update keys set revoked_at = %(now)s where id = %(id)s returning *",
                {"id": key_id, "now": self._clock.now()},
            )
            key = key_from_row(row)
            await self._note_key(connection, AuditAction.KEY_REVOKED, key, {})
        return key

    async def switch_key(self, key_id: KeyId, *, disabled: bool) -> Key:
        async with transaction(self._pool) as connection:
            row = await self._key_row(connection, key_id, locked=True)
            if row["revoked_at"] is not None:
                raise Conflict("This key is revoked, and that is for good; make a new one.")
            if (row["disabled_at"] is not None) == disabled:
                return key_from_row(row)
            row = await only(
                connection,
                "update keys set disabled_at = %(at)s where id = %(id)s returning *",
                {"id": key_id, "at": self._clock.now() if disabled else None},
            )
            key = key_from_row(row)
            action = AuditAction.KEY_DISABLED if disabled else AuditAction.KEY_ENABLED
            await self._note_key(connection, action, key, {})
        return key

    async def rotate_key(self, key_id: KeyId, new: Key, digest: bytes, *, old_ends_at: datetime) -> Key:
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            row = await self._key_row(connection, key_id, locked=True)
            has_ended = row["expires_at"] is not None and row["expires_at"] <= now
            if row["revoked_at"] is not None or has_ended:
                raise Conflict("This key is revoked or has expired; make a new one.")
            column = "revoked_at" if old_ends_at <= now else "expires_at"
            await run(
                connection,
                f"update keys set {column} = least({column}, %(at)s) where id = %(id)s",
                {"id": key_id, "at": old_ends_at},
            )
            await insert_key(connection, new, digest)
            await self._note_key(connection, AuditAction.KEY_ROTATED, key_from_row(row), {"new_key": new.id})
        return new

    async def _note_key(
        self, connection: Connection, action: AuditAction, key: Key, details: dict[str, Any]
    ) -> None:
        now, project = self._clock.now(), key.project_id
        await note(connection, self._tenant, action, key.id, now, project_id=project, details=details)

    async def _note_project(
        self, connection: Connection, action: AuditAction, id_: str, changes: ProjectChanges
    ) -> None:
        now, details = self._clock.now(), _given(changes)
        if "model" in changes.given:
            details["model"] = changes.model.identity if changes.model else None
        await note(connection, self._tenant, action, id_, now, project_id=id_, details=details)

    async def _change(self, connection: Connection, row: Row, changes: ProjectChanges) -> Row:
        given = {**_given(changes), **self._model_columns(row, changes)}
        if not given:
            return row
        assignments = ", ".join(f"{name} = %({name})s" for name in given)
        return await only(
            connection,
            f"update projects set {assignments} where id = %(id)s returning *",
            {**given, "id": row["id"]},
        )

    def _model_columns(self, row: Row, changes: ProjectChanges) -> dict[str, Any]:
        if "model" not in changes.given:
            return {}
        model = changes.model
        key = model.api_key if model else None
        sealed = row["sealed_model_key"] if key == SEALED else self._sealer.seal(key) if key else None
        content = model_to_row(model)
        return {"model": Jsonb(content) if content else None, "sealed_model_key": sealed}

    async def _project_row(self, connection: Connection, project_id: ProjectId) -> Row:
        row = await one(
            connection,
            *self._scope.sql(
                f"select * from {_MY_PROJECTS} where id = %(id)s and {{mine}}", {"id": project_id}
            ),
        )
        if row is None:
            raise NotFound("There is no such project.")
        return row

    async def _key_row(self, connection: Connection, key_id: KeyId, *, locked: bool = False) -> Row:
        row = await one(
            connection,
            *self._scope.sql(
                f"select * from keys where id = %(id)s and {{mine}}{' for update' if locked else ''}",
                {"id": key_id},
            ),
        )
        if row is None:
            raise NotFound("There is no such key.")
        return row


async def insert_key(connection: Connection, key: Key, digest: bytes) -> None:
    await run(
        connection,
        """insert into keys (id, organization_id, project_id, name, hint, digest, scopes, created_at,
                             expires_at)
           values (%(id)s, %(organization)s, %(project)s, %(name)s, %(hint)s, %(digest)s, %(scopes)s,
                   %(created_at)s, %(expires_at)s)""",
        {
            "id": key.id,
            "organization": key.organization_id,
            "project": key.project_id,
            "name": key.name,
            "hint": key.hint,
            "digest": digest,
            "scopes": sorted(scope.value for scope in key.scopes),
            "created_at": key.created_at,
            "expires_at": key.expires_at,
        },
    )


def _given(changes: ProjectChanges) -> dict[str, Any]:
    return {name: getattr(changes, name) for name in CHANGEABLE if name in changes.given}
