"""The templates of a tenant. Implements `ports.templates.TemplateStore`."""

from dataclasses import replace
from datetime import datetime

from psycopg.types.json import Jsonb

from octavo.adapters.postgres.audit.record import note
from octavo.adapters.postgres.connect import Connection, Pool, many, one, reading, run, transaction
from octavo.adapters.postgres.history import escaped
from octavo.adapters.postgres.rows import Row
from octavo.adapters.postgres.scope import Scope
from octavo.adapters.postgres.secrets import Sealer
from octavo.adapters.postgres.templates.belongings import erase, keep, read_examples, read_references
from octavo.adapters.postgres.templates.rows import content_to_row, template_from_row
from octavo.adapters.postgres.webhooks.announce import announce
from octavo.domain.audit import AuditAction
from octavo.domain.errors import Conflict, NotFound
from octavo.domain.event import EventType
from octavo.domain.ids import TemplateId
from octavo.domain.template import Template
from octavo.domain.tenancy import Tenant
from octavo.ports.clock import Clock
from octavo.ports.templates import SEALED, TemplateVersion

_MISSING = "There is no such template."
_EVENTS = {
    AuditAction.TEMPLATE_CREATED: EventType.TEMPLATE_CREATED,
    AuditAction.TEMPLATE_CHANGED: EventType.TEMPLATE_UPDATED,
    AuditAction.TEMPLATE_DELETED: EventType.TEMPLATE_DELETED,
}
_JOINED = """
    select t.id, t.organization_id, t.project_id, t.created_at, t.deleted_at, v.created_at as updated_at,
           v.version, v.name, v.content, v.sealed_api_key
    from templates t join template_versions v on v.template_id = t.id
"""


class PostgresTemplates:
    def __init__(self, pool: Pool, tenant: Tenant, *, sealer: Sealer, clock: Clock) -> None:
        self._pool = pool
        self._tenant = tenant
        self._scope = Scope(tenant)
        self._sealer = sealer
        self._clock = clock

    async def add(self, template: Template) -> Template:
        async with transaction(self._pool) as connection:
            owner = await one(
                connection,
                *self._scope.sql(
                    "select 1 from (select id as project_id, p.* from projects p) p where id = %(id)s and {mine}",
                    {"id": template.project_id},
                ),
            )
            if owner is None:
                raise NotFound("There is no such project.")
            await run(
                connection,
                """insert into templates (id, organization_id, project_id, version, created_at, updated_at)
                   values (%(id)s, %(organization)s, %(project)s, %(version)s, %(now)s, %(now)s)""",
                {
                    "id": template.id,
                    "organization": self._tenant.organization_id,
                    "project": template.project_id,
                    "version": template.version,
                    "now": template.created_at,
                },
            )
            await self._insert_version(connection, template, sealed=None)
            await keep(connection, template)
            await self._tell(connection, AuditAction.TEMPLATE_CREATED, template, template.created_at)
            return await self._read(connection, template.id, template.version)

    async def newest(
        self, *, before: TemplateId | None, limit: int, name: str | None = None
    ) -> list[Template]:
        async with reading(self._pool) as connection:
            rows = await many(
                connection,
                *self._scope.sql(
                    f"""select * from ({_JOINED} where t.version = v.version) t
                        where {{mine}} and deleted_at is null and (%(before)s::text is null or id < %(before)s)
                          and (%(name)s::text is null or name ilike %(name)s)
                        order by id desc limit %(limit)s""",
                    {"before": before, "limit": limit, "name": f"%{escaped(name)}%" if name else None},
                ),
            )
        return [template_from_row(row, []) for row in rows]

    async def template(self, template_id: TemplateId, version: int | None = None) -> Template:
        async with reading(self._pool) as connection:
            return await self._read(connection, template_id, version)

    async def for_work(self, template_id: TemplateId, version: int) -> Template:
        async with reading(self._pool) as connection:
            row = await self._row(connection, template_id, version)
            examples = await read_examples(connection, template_id, version)
            references = await read_references(connection, template_id, version, with_text=True)
        return replace(template_from_row(row, examples, sealer=self._sealer), references=references)

    async def change(self, template: Template) -> Template:
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            row = await self._locked(connection, template.id)
            if row["version"] != template.version:
                raise Conflict(
                    f"The template is at version {row['version']} by now. Read it again, then change it.",
                    version=row["version"],
                )
            following = replace(template, version=template.version + 1, updated_at=now)
            sealed = await self._sealed_key(connection, template)
            await self._insert_version(connection, following, sealed=sealed)
            await run(
                connection,
                "update templates set version = %(version)s, updated_at = %(now)s where id = %(id)s",
                {"id": template.id, "version": following.version, "now": now},
            )
            await keep(connection, following)
            await self._tell(connection, AuditAction.TEMPLATE_CHANGED, following, now)
            return await self._read(connection, template.id, following.version)

    async def versions(
        self, template_id: TemplateId, *, before: int | None, limit: int
    ) -> list[TemplateVersion]:
        async with reading(self._pool) as connection:
            await self._row(connection, template_id, None, hidden=False)
            rows = await many(
                connection,
                """select version, name, created_at from template_versions where template_id = %(id)s
                     and (%(before)s::integer is null or version < %(before)s)
                   order by version desc limit %(limit)s""",
                {"id": template_id, "before": before, "limit": limit},
            )
        return [TemplateVersion(row["version"], row["name"], row["created_at"]) for row in rows]

    async def delete(self, template_id: TemplateId) -> None:
        async with transaction(self._pool) as connection:
            row = await self._locked(connection, template_id, hidden=True)
            if row["deleted_at"] is None:
                template = await self._read(connection, template_id, None)
                await self._tell(connection, AuditAction.TEMPLATE_DELETED, template, self._clock.now())
            await run(
                connection,
                "update templates set deleted_at = coalesce(deleted_at, %(now)s) where id = %(id)s",
                {"id": template_id, "now": self._clock.now()},
            )
            await erase(connection, template_id)

    async def _tell(
        self, connection: Connection, action: AuditAction, template: Template, now: datetime
    ) -> None:
        """The event and the entry in the audit."""
        facts = {"name": template.name, "version": template.version}
        await announce(
            connection,
            _EVENTS[action],
            organization_id=self._tenant.organization_id,
            project_id=template.project_id,
            subject_id=template.id,
            facts=facts,
            now=now,
        )
        await note(
            connection,
            self._tenant,
            action,
            template.id,
            now,
            project_id=template.project_id,
            details=facts,
        )

    async def _read(self, connection: Connection, template_id: TemplateId, version: int | None) -> Template:
        row = await self._row(connection, template_id, version, hidden=False)
        examples = await read_examples(connection, template_id, row["version"])
        references = await read_references(connection, template_id, row["version"], with_text=False)
        return replace(template_from_row(row, examples), references=references)

    async def _row(
        self, connection: Connection, template_id: TemplateId, version: int | None, *, hidden: bool = True
    ) -> Row:
        row = await one(
            connection,
            *self._scope.sql(
                f"""select * from ({_JOINED} where v.version = coalesce(%(version)s::integer, t.version)) t
                    where id = %(id)s and {{mine}} and (%(hidden)s or deleted_at is null)""",
                {"id": template_id, "version": version, "hidden": hidden},
            ),
        )
        if row is None:
            raise NotFound(_MISSING)
        return row

    async def _locked(self, connection: Connection, template_id: TemplateId, *, hidden: bool = False) -> Row:
        row = await one(
            connection,
            *self._scope.sql(
                """select * from templates where id = %(id)s and {mine} and (%(hidden)s or deleted_at is null)
                   for update""",
                {"id": template_id, "hidden": hidden},
            ),
        )
        if row is None:
            raise NotFound(_MISSING)
        return row

    async def _sealed_key(self, connection: Connection, template: Template) -> bytes | None:
        """The key of the version before, where it is to stay."""
        if template.model is None or template.model.api_key != SEALED:
            return None
        row = await self._row(connection, template.id, template.version)
        sealed: bytes | None = row["sealed_api_key"]
        return sealed

    async def _insert_version(
        self, connection: Connection, template: Template, *, sealed: bytes | None
    ) -> None:
        key = template.model.api_key if template.model else None
        await run(
            connection,
            """insert into template_versions (template_id, version, name, content, sealed_api_key, created_at)
               values (%(id)s, %(version)s, %(name)s, %(content)s, %(sealed)s, %(now)s)""",
            {
                "id": template.id,
                "version": template.version,
                "name": template.name,
                "content": Jsonb(content_to_row(template)),
                "sealed": self._sealer.seal(key) if key and key != SEALED else sealed,
                "now": template.updated_at,
            },
        )
