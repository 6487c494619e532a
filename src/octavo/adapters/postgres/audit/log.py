"""Reading the audit."""

from typing import Any

from octavo.adapters.postgres.connect import Pool, many, reading
from octavo.adapters.postgres.rows import Row
from octavo.adapters.postgres.scope import Scope
from octavo.domain.audit import AuditAction, AuditEntry
from octavo.domain.ids import KeyId, OrganizationId, ProjectId, first_id_at
from octavo.ports.audit import AuditQuery


class PostgresAuditLog:
    """Implements `ports.audit.AuditLog`."""

    def __init__(self, pool: Pool, scope: Scope) -> None:
        self._pool = pool
        self._scope = scope

    async def entries(self, query: AuditQuery) -> list[AuditEntry]:
        params: dict[str, Any] = {"limit": query.limit}
        conditions = ["{mine}"]
        for condition, name, value in _filters(query):
            if value is not None:
                conditions.append(condition)
                params[name] = value
        statement = f"select * from audit where {' and '.join(conditions)} order by id desc limit %(limit)s"
        async with reading(self._pool) as connection:
            rows = await many(connection, *self._scope.sql(statement, params), replan=True)
        return [_from_row(row) for row in rows]


def _filters(query: AuditQuery) -> list[tuple[str, str, Any]]:
    from_, before = query.created_from, query.created_before
    return [
        ("id < %(before)s", "before", query.before),
        ("id >= %(from_id)s", "from_id", first_id_at(from_) if from_ else None),
        ("id < %(before_id)s", "before_id", first_id_at(before) if before else None),
        ("action = %(action)s", "action", query.action.value if query.action else None),
        ("key_id = %(key)s", "key", query.key_id),
        ("subject_id = %(subject)s", "subject", query.subject_id),
    ]


def _from_row(row: Row) -> AuditEntry:
    return AuditEntry(
        id=row["id"],
        organization_id=OrganizationId(row["organization_id"]),
        project_id=ProjectId(row["project_id"]) if row["project_id"] else None,
        key_id=KeyId(row["key_id"]) if row["key_id"] else None,
        action=AuditAction(row["action"]),
        subject_id=row["subject_id"],
        created_at=row["created_at"],
        details=row["details"],
    )
