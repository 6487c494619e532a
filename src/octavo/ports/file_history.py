"""Stored files with what became of them: each with the newest job that was made from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from octavo.domain.file import StoredFile
from octavo.domain.ids import FileId
from octavo.domain.job import Job, JobStatus

TYPE_MEMBER = "document_type"
"""Of a file's metadata: what its owner says it is."""


@dataclass(frozen=True, slots=True)
class FileQuery:
    """Filters are joined by AND; empty ones do not filter."""

    statuses: Sequence[JobStatus | None] = ()
    """Of the newest job; None: there is no job."""
    document_types: Sequence[str] = ()
    """As the newest job found or was told; until then, as the file's metadata says."""
    deleted: bool = False
    """Those that were deleted or have expired, instead of those that are there."""
    limit: int = 50
    offset: int = 0
    """Files to pass over: for lists by page number."""


@dataclass(frozen=True, slots=True)
class FileStanding:
    file: StoredFile
    job: Job | None
    """The newest that was made from it."""

    @property
    def document_type(self) -> str | None:
        found = self.job.document_type if self.job else None
        said = self.file.metadata.get(TYPE_MEMBER)
        return found or (said if isinstance(said, str) else None)


class FileHistory(Protocol):
    """Of one tenant; what is another's is `NotFound`."""

    async def standing(self, file_id: FileId) -> FileStanding:
        """Raises `NotFound`. A deleted file is still told."""
        ...

    async def standings(self, query: FileQuery) -> list[FileStanding]:
        """Newest first."""
        ...

    async def count(self, query: FileQuery, *, at_most: int) -> int:
        """How many files the filters let through, counted no further than `at_most`."""
        ...
