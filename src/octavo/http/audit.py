"""`/v1/audit`: who did what, and when. Scope `admin`."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from octavo.app.audit import read_audit
from octavo.domain.audit import AuditAction, AuditEntry
from octavo.domain.tenancy import Scope
from octavo.http.auth import Caller, Open
from octavo.http.contract import answers
from octavo.http.identifiers import BATCH, FILE, JOB, KEY, ORGANIZATION, PROJECT, key_id_from
from octavo.http.options import Moment
from octavo.http.paging import decode_id_cursor, encode_cursor
from octavo.ports.audit import AuditQuery

router = APIRouter(tags=["administration"])

PREFIXES = {
    "organization": ORGANIZATION,
    "project": PROJECT,
    "key": KEY,
    "job": JOB,
    "fields": JOB,
    "file": FILE,
    "batch": BATCH,
    "template": "tpl_",
    "webhook": "wh_",
}
"""By the first word of an action: what its subject is."""


class AuditEntryAnswer(BaseModel):
    id: str
    action: AuditAction
    subject_id: str
    project_id: str | None
    key_id: str | None
    """Whose key it was; null: the command line."""
    created_at: datetime
    details: dict[str, Any]


class AuditAnswer(BaseModel):
    entries: list[AuditEntryAnswer]
    next_cursor: str | None


@router.get(
    "/v1/audit",
    operation_id="read_audit",
    summary="List what was done",
    responses=answers(400, 401, 403, 404, 422, 503),
)
async def audit(
    caller: Caller,
    services: Open,
    action: AuditAction | None = None,
    key_id: Annotated[str | None, Query(max_length=40)] = None,
    created_from: Moment | None = None,
    created_before: Moment | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> AuditAnswer:
    """Acts that change rights or take something away, newest first. Nothing of a document is in it."""
    caller.require(Scope.ADMIN)
    query = AuditQuery(
        action=action,
        key_id=key_id_from(key_id) if key_id else None,
        created_from=created_from,
        created_before=created_before,
        before=decode_id_cursor("audit", cursor) if cursor else None,
        limit=limit,
    )
    entries = await read_audit(query, principal=caller, services=services)
    return AuditAnswer(
        entries=[_render(entry) for entry in entries],
        next_cursor=encode_cursor("audit", entries[-1].id) if len(entries) == limit else None,
    )


def _render(entry: AuditEntry) -> AuditEntryAnswer:
    kind = entry.action.value.partition(".")[0]
    return AuditEntryAnswer(
        id=entry.id,
        action=entry.action,
        subject_id=PREFIXES[kind] + entry.subject_id,
        project_id=PROJECT + entry.project_id if entry.project_id else None,
        key_id=KEY + entry.key_id if entry.key_id else None,
        created_at=entry.created_at,
        details=entry.details,
    )
