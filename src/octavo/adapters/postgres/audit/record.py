"""Writing an entry: always on the connection of the transaction that does what it tells."""

from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from octavo.adapters.postgres.connect import Connection, run
from octavo.domain.audit import AuditAction
from octavo.domain.ids import new_id
from octavo.domain.tenancy import Tenant


async def note(
    connection: Connection,
    who: Tenant,
    action: AuditAction,
    subject_id: str,
    now: datetime,
    *,
    project_id: str | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """`project_id`: whose it is, where the tenant is a whole organization. No words of a document in `details`."""
    await run(
        connection,
        """insert into audit (id, organization_id, project_id, key_id, action, subject_id, details, created_at)
           values (%(id)s, %(organization)s, %(project)s, %(key)s, %(action)s, %(subject)s, %(details)s, %(now)s)""",
        {
            "id": new_id(now),
            "organization": who.organization_id,
            "project": project_id or who.project_id,
            "key": who.key_id,
            "action": action.value,
            "subject": subject_id,
            "details": Jsonb(details or {}),
            "now": now,
        },
    )
