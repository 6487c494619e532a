"""Reading what was used: one row a project and month, never a scan of jobs."""

from datetime import date

from octavo.adapters.postgres.connect import Pool, many, one, reading
from octavo.adapters.postgres.scope import Scope
from octavo.domain.errors import NotFound
from octavo.domain.ids import KeyId, ProjectId
from octavo.domain.usage import PageQuota, Usage, month_of, next_month
from octavo.ports.clock import Clock


class PostgresUsage:
    """Implements `ports.usage.UsageRecords`."""

    def __init__(self, pool: Pool, scope: Scope, clock: Clock) -> None:
        self._pool = pool
        self._scope = scope
        self._clock = clock

    async def months(self, first: date, last: date, *, by_key: bool) -> list[Usage]:
        async with reading(self._pool) as connection:
            rows = await many(
                connection,
                *self._scope.sql(
                    """select * from usage where {mine} and month between %(first)s and %(last)s
                         and (key_id <> '') = %(by_key)s
                       order by month desc, project_id, key_id""",
                    {"first": first.replace(day=1), "last": last.replace(day=1), "by_key": by_key},
                ),
            )
        return [
            Usage(
                month=row["month"],
                project_id=ProjectId(row["project_id"]),
                key_id=KeyId(row["key_id"]) if row["key_id"] else None,
                jobs=row["jobs"],
                pages=row["pages"],
                bytes=row["bytes"],
                cache_hits=row["cache_hits"],
                model_input_tokens=row["model_input_tokens"],
                model_output_tokens=row["model_output_tokens"],
            )
            for row in rows
        ]

    async def quota(self, project_id: ProjectId) -> PageQuota:
        month = month_of(self._clock.now())
        async with reading(self._pool) as connection:
            row = await one(
                connection,
                *self._scope.sql(
                    """select p.pages_per_month, coalesce(u.pages, 0) as used
                       from (select id as project_id, organization_id, pages_per_month from projects) p
                       left join (select project_id as of_project, pages from usage
                                  where key_id = '' and month = %(month)s) u on u.of_project = p.project_id
                       where p.project_id = %(project)s and {mine}""",
                    {"project": project_id, "month": month},
                ),
            )
        if row is None:
            raise NotFound("There is no such project.")
        return PageQuota(row["pages_per_month"], row["used"], next_month(month))
