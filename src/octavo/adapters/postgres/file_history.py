"""Stored files with their newest jobs, one probe of `jobs_file` each."""

from typing import Any

from octavo.adapters.postgres.connect import Connection, Pool, many, one, only, reading
from octavo.adapters.postgres.rows import JOB_COLUMNS, Row, file_from_row, job_from_row
from octavo.adapters.postgres.scope import Scope
from octavo.domain.errors import NotFound
from octavo.domain.ids import FileId
from octavo.ports.clock import Clock
from octavo.ports.file_history import TYPE_MEMBER, FileQuery, FileStanding

_JOINED = """select files.*, newest.* from files
    left join lateral (select id as newest_id, status as newest_status, document_type as newest_type
                       from jobs where jobs.file_id = files.id order by jobs.id desc limit 1) newest on true"""


class PostgresFileHistory:
    """Implements `ports.file_history.FileHistory`."""

    def __init__(self, pool: Pool, scope: Scope, clock: Clock) -> None:
        self._pool = pool
        self._scope = scope
        self._clock = clock

    async def standing(self, file_id: FileId) -> FileStanding:
        async with reading(self._pool) as connection:
            row = await one(
                connection,
                *self._scope.sql(f"{_JOINED} where files.id = %(id)s and {{mine}}", {"id": file_id}),
            )
            if row is None:
                raise NotFound("There is no such file.")
            return (await self._with_jobs(connection, [row]))[0]

    async def standings(self, query: FileQuery) -> list[FileStanding]:
        filtered, params = self._filtered(query)
        page = "order by files.id desc limit %(limit)s offset %(offset)s"
        params |= {"limit": query.limit, "offset": query.offset}
        async with reading(self._pool) as connection:
            rows = await many(connection, *self._scope.sql(f"{filtered} {page}", params), replan=True)
            return await self._with_jobs(connection, rows)

    async def count(self, query: FileQuery, *, at_most: int) -> int:
        filtered, params = self._filtered(query)
        statement = f"select count(*) as found from ({filtered} limit %(at_most)s) counted"
        async with reading(self._pool) as connection:
            row = await only(connection, *self._scope.sql(statement, params | {"at_most": at_most}))
        return int(row["found"])

    async def _with_jobs(self, connection: Connection, rows: list[Row]) -> list[FileStanding]:
        found = await many(
            connection,
            *self._scope.sql(
                f"select {JOB_COLUMNS} from jobs where id = any(%(ids)s) and {{mine}}",
                {"ids": [row["newest_id"] for row in rows if row["newest_id"]]},
            ),
        )
        jobs = {row["id"]: job_from_row(row) for row in found}
        return [FileStanding(file_from_row(row), jobs.get(row["newest_id"])) for row in rows]

    def _filtered(self, query: FileQuery) -> tuple[str, dict[str, Any]]:
        params: dict[str, Any] = {"now": self._clock.now()}
        gone = "(deleted_at is not null or expires_at <= %(now)s)"
        conditions = ["{mine}", gone if query.deleted else f"not {gone}"]
        if query.statuses:
            params["statuses"] = [status.value for status in query.statuses if status]
            without = " or newest_id is null" if None in query.statuses else ""
            conditions.append(f"(newest_status = any(%(statuses)s){without})")
        if query.document_types:
            params["types"] = list(query.document_types)
            conditions.append(f"coalesce(newest_type, metadata ->> '{TYPE_MEMBER}') = any(%(types)s)")
        return f"{_JOINED} where {' and '.join(conditions)}", params
