"""A batch: up to a thousand documents sent together and looked at as one.

Its state is nowhere stored: it follows from the states of its jobs, so that the two cannot disagree.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from octavo.domain.ids import BatchId, KeyId, OrganizationId, ProjectId
from octavo.domain.job import FINAL_STATUSES, JobStatus

MAX_DOCUMENTS = 1000


class BatchStatus(StrEnum):
    EMPTY = "empty"
    """No job was added yet."""
    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    """Every job has ended and at least one well; the counts tell of the others."""
    FAILED = "failed"
    """Every job has ended, none well and at least one failed."""
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """A job added later opens the batch again, unless it was cancelled."""
        return self in {BatchStatus.COMPLETED, BatchStatus.FAILED, BatchStatus.CANCELLED}


def batch_status(counts: dict[JobStatus, int]) -> BatchStatus:
    """What jobs in these states make of their batch."""
    present = {status for status, count in counts.items() if count}
    if not present:
        return BatchStatus.EMPTY
    if present == {JobStatus.QUEUED}:
        return BatchStatus.QUEUED
    if present - FINAL_STATUSES:
        return BatchStatus.PROCESSING
    if JobStatus.COMPLETED in present:
        return BatchStatus.COMPLETED
    return BatchStatus.FAILED if JobStatus.FAILED in present else BatchStatus.CANCELLED


@dataclass(frozen=True, slots=True)
class RefusedDocument:
    """A document of the batch's own request that did not become a job."""

    index: int
    """Its place in the request, from 0."""
    filename: str | None
    code: str
    summary: str
    retryable: bool


@dataclass(frozen=True, slots=True)
class BatchTally:
    """The batch's jobs, counted now."""

    jobs: dict[JobStatus, int] = field(default_factory=dict)
    pages_total: int = 0
    pages_done: int = 0
    pages_failed: int = 0
    finished_at: datetime | None = None
    """When the last of them ended; None while one has not."""

    @property
    def jobs_total(self) -> int:
        return sum(self.jobs.values())


@dataclass(frozen=True, slots=True)
class Batch:
    id: BatchId
    organization_id: OrganizationId
    project_id: ProjectId
    key_id: KeyId | None
    name: str | None
    metadata: dict[str, Any]
    refused: tuple[RefusedDocument, ...]
    created_at: datetime
    expires_at: datetime
    """Name, metadata and refusals go when this has passed and no job of it has a result any more."""
    filling_until: datetime | None = None
    """While its own request is still adding documents; not beyond this, should that request be lost."""
    cancelled_at: datetime | None = None
    """Since then no job can be added."""
    expired_at: datetime | None = None
    tally: BatchTally = field(default_factory=BatchTally)

    @property
    def status(self) -> BatchStatus:
        if self.cancelled_at and not self.tally.jobs_total:
            return BatchStatus.CANCELLED
        return batch_status(self.tally.jobs)

    @property
    def percent(self) -> int:
        """0-100 by pages; 100 only when every job has ended."""
        if self.status.is_final:
            return 100
        if not self.tally.pages_total:
            return 0
        return min(99, self.tally.pages_done * 99 // self.tally.pages_total)
