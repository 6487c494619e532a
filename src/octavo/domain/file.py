"""A stored file: uploaded once, submitted as often as wanted."""

from dataclasses import dataclass
from datetime import datetime

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
