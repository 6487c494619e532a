"""Who did what, and when: the acts that change rights, or take something away.

An entry names things by id and never says what stood in a document.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from octavo.domain.ids import KeyId, OrganizationId, ProjectId


class AuditAction(StrEnum):
    ORGANIZATION_CREATED = "organization.created"
    PROJECT_CREATED = "project.created"
    PROJECT_CHANGED = "project.changed"
    KEY_CREATED = "key.created"
    KEY_REVOKED = "key.revoked"
    KEY_ROTATED = "key.rotated"
    KEY_DISABLED = "key.disabled"
    KEY_ENABLED = "key.enabled"
    JOB_CANCELLED = "job.cancelled"
    JOB_RETRIED = "job.retried"
    JOB_PURGED = "job.purged"
    FIELDS_CORRECTED = "fields.corrected"
    FILE_DELETED = "file.deleted"
    BATCH_CANCELLED = "batch.cancelled"
    TEMPLATE_CREATED = "template.created"
    TEMPLATE_CHANGED = "template.changed"
    TEMPLATE_DELETED = "template.deleted"
    WEBHOOK_CREATED = "webhook.created"
    WEBHOOK_CHANGED = "webhook.changed"
    WEBHOOK_DELETED = "webhook.deleted"
    WEBHOOK_SECRET_ROTATED = "webhook.secret_rotated"  # noqa: S105 -- the name of an act


@dataclass(frozen=True, slots=True)
class AuditEntry:
    id: str
    organization_id: OrganizationId
    project_id: ProjectId | None
    """None: it concerns the whole organization."""
    key_id: KeyId | None
    """Whose key it was; None: the command line."""
    action: AuditAction
    subject_id: str
    """The internal id of what it was done to; `action` says what kind of thing that is."""
    created_at: datetime
    details: dict[str, Any] = field(default_factory=dict)
