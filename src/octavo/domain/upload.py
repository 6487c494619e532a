"""A file that arrives in parts, over many requests and maybe many machines."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from octavo.domain.ids import FileId, KeyId, OrganizationId, ProjectId, UploadId

MAX_PARTS = 10_000


class UploadStatus(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"
    ABORTED = "aborted"


@dataclass(frozen=True, slots=True)
class UploadPart:
    position: int
    """Its number, or the offset of its first byte: an upload uses one of the two throughout."""
    size_bytes: int
    sha256: str
    blob_key: str


@dataclass(frozen=True, slots=True)
class Upload:
    id: UploadId
    organization_id: OrganizationId
    project_id: ProjectId
    key_id: KeyId | None
    filename: str | None
    size_bytes: int | None
    """As announced; None: whatever comes."""
    sha256: str | None
    """As announced, hex; checked when the upload is completed."""
    created_at: datetime
    expires_at: datetime
    by_offset: bool | None = None
    """None until the first part came."""
    file_id: FileId | None = None
    aborted_at: datetime | None = None
    parts: tuple[UploadPart, ...] = ()
    """In order."""

    @property
    def status(self) -> UploadStatus:
        if self.file_id is not None:
            return UploadStatus.COMPLETED
        return UploadStatus.OPEN if self.aborted_at is None else UploadStatus.ABORTED

    @property
    def received_bytes(self) -> int:
        return sum(part.size_bytes for part in self.parts)

    @property
    def next_offset(self) -> int:
        """Where an upload by offset goes on: the end of what came without a gap."""
        end = 0
        for part in self.parts:
            if part.position > end:
                break
            end = max(end, part.position + part.size_bytes)
        return end
