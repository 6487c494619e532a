"""What the API says of batches."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from octavo.domain.batch import Batch, BatchStatus, RefusedDocument
from octavo.domain.job import Job, JobStatus
from octavo.http.identifiers import BATCH, JOB, PROJECT


class BatchCountsAnswer(BaseModel):
    """Jobs by state; `refused` documents never became jobs."""

    total: int
    queued: int
    processing: int
    completed: int
    failed: int
    cancelled: int
    refused: int


class BatchProgressAnswer(BaseModel):
    percent: int
    pages_total: int
    pages_done: int
    pages_failed: int


class RefusedAnswer(BaseModel):
    index: int
    filename: str | None
    code: str
    summary: str
    retryable: bool


class BatchLinks(BaseModel):
    self: str
    jobs: str
    export: str


class BatchAnswer(BaseModel):
    id: str
    project_id: str
    name: str | None
    status: BatchStatus
    """Follows from the jobs: `completed` once all have ended and at least one well."""
    counts: BatchCountsAnswer
    progress: BatchProgressAnswer
    metadata: dict[str, Any]
    refused: list[RefusedAnswer]
    created_at: datetime
    finished_at: datetime | None
    cancelled_at: datetime | None
    expires_at: datetime
    """Name and metadata are kept at least until then."""
    links: BatchLinks


class BatchDocumentAnswer(BaseModel):
    """One document of the request: a job, or why there is none."""

    index: int
    job_id: str | None
    status: str
    """The job's, or `refused`."""
    error: RefusedAnswer | None


class NewBatchAnswer(BatchAnswer):
    documents: list[BatchDocumentAnswer]


class BatchListAnswer(BaseModel):
    batches: list[BatchAnswer]
    next_cursor: str | None


def batch_path(batch: Batch) -> str:
    return f"/v1/batches/{BATCH}{batch.id}"


def render_batch(batch: Batch) -> BatchAnswer:
    return BatchAnswer(**_members(batch))


def render_new_batch(batch: Batch, outcomes: tuple[Job | RefusedDocument, ...]) -> NewBatchAnswer:
    documents = [_render_outcome(index, outcome) for index, outcome in enumerate(outcomes)]
    return NewBatchAnswer(**_members(batch), documents=documents)


def _members(batch: Batch) -> dict[str, Any]:
    path = batch_path(batch)
    counts = {status.value: batch.tally.jobs.get(status, 0) for status in JobStatus}
    return {
        "id": BATCH + batch.id,
        "project_id": PROJECT + batch.project_id,
        "name": batch.name,
        "status": batch.status,
        "counts": BatchCountsAnswer(total=batch.tally.jobs_total, refused=len(batch.refused), **counts),
        "progress": BatchProgressAnswer(
            percent=batch.percent,
            pages_total=batch.tally.pages_total,
            pages_done=batch.tally.pages_done,
            pages_failed=batch.tally.pages_failed,
        ),
        "metadata": batch.metadata,
        "refused": [_render_refused(document) for document in batch.refused],
        "created_at": batch.created_at,
        "finished_at": batch.tally.finished_at,
        "cancelled_at": batch.cancelled_at,
        "expires_at": batch.expires_at,
        "links": BatchLinks(self=path, jobs=f"/v1/jobs?batch_id={BATCH}{batch.id}", export=f"{path}/export"),
    }


def _render_refused(document: RefusedDocument) -> RefusedAnswer:
    return RefusedAnswer(
        index=document.index,
        filename=document.filename,
        code=document.code,
        summary=document.summary,
        retryable=document.retryable,
    )


def _render_outcome(index: int, outcome: Job | RefusedDocument) -> BatchDocumentAnswer:
    if isinstance(outcome, RefusedDocument):
        return BatchDocumentAnswer(index=index, job_id=None, status="refused", error=_render_refused(outcome))
    return BatchDocumentAnswer(index=index, job_id=JOB + outcome.id, status=outcome.status.value, error=None)
