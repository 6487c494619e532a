"""A stored file: uploaded once, submitted as often as wanted."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from octavo.domain.ids import FileId, OrganizationId, ProjectId


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: FileId
    organization_id: OrganizationId
    project_id: ProjectId
    filename: str | None
    media_type: str
    size_bytes: int
    sha256: str
    created_at: datetime
    expires_at: datetime
    deleted_at: datetime | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    """The owner's own, JSON values; gone with the bytes."""
    page_count: int | None = None
    """None where it could not be opened when it came: it needs a password, or cannot be read."""
