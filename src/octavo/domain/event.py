"""What is announced: the same few facts to SSE, webhooks and the audit."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from octavo.domain.ids import JobId


class EventType(StrEnum):
    JOB_QUEUED = "job.queued"
    JOB_PROCESSING = "job.processing"
    JOB_PAGE = "job.page"
    JOB_PROGRESS = "job.progress"
    """Told to webhooks that name it, a few times a job; who follows a stream is told of every page."""
    JOB_COMPLETED = "job.completed"
    JOB_FAILED = "job.failed"
    JOB_CANCELLED = "job.cancelled"
    JOB_CORRECTED = "job.corrected"
    """A person changed its fields; may come any time after `job.completed`."""
    BATCH_CREATED = "batch.created"
    BATCH_COMPLETED = "batch.completed"
    """All of its jobs have ended, well or not."""
    TEMPLATE_CREATED = "template.created"
    TEMPLATE_UPDATED = "template.updated"
    TEMPLATE_DELETED = "template.deleted"
    WEBHOOK_TEST = "webhook.test"
    """Asked for by the owner of an endpoint, told to that endpoint alone."""


@dataclass(frozen=True, slots=True)
class Event:
    """`sequence` grows within a job without gaps in time: a reader resumes after the last it saw."""

    job_id: JobId
    sequence: int
    type: EventType
    created_at: datetime
    payload: dict[str, Any]
