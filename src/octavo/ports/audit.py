"""What was done, newest first. Written by the transactions that do it; only read here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from octavo.domain.audit import AuditAction, AuditEntry
from octavo.domain.ids import KeyId


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Filters are joined by AND; None does not filter."""

    action: AuditAction | None = None
    key_id: KeyId | None = None
    subject_id: str | None = None
    created_from: datetime | None = None
    created_before: datetime | None = None
    before: str | None = None
    """The cursor: only entries older than this one."""
    limit: int = 50


class AuditLog(Protocol):
    async def entries(self, query: AuditQuery) -> list[AuditEntry]: ...
