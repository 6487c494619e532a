"""Our jobs in the vendor's shapes. A member that does not apply is absent, never null."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from octavo.app.schemes.signing import to_seconds
from octavo.dialects.docurift.ids import DOCUMENT, JOB
from octavo.dialects.docurift.shapes import extracted_fields, job_fields
from octavo.domain.job import Job, JobError, JobStatus, Stage

DIALECT = "docurift"
GENERIC = "generic"
AUTO = "auto"
"""Our extension: find out which type it is."""
TOLD_BACK = "callback_metadata"
"""In a job's metadata: what its caller wants back from whoever is told."""

Told = dict[str, Any]
FieldsJson = Mapping[str, Any] | None

JOB_STATUSES = {
    JobStatus.QUEUED: "pending",
    JobStatus.PROCESSING: "processing",
    JobStatus.COMPLETED: "completed",
    JobStatus.FAILED: "failed",
    JobStatus.CANCELLED: "failed",
}
DOCUMENT_STATUSES = JOB_STATUSES | {JobStatus.QUEUED: "queued"}

STEPS = {
    Stage.WAITING: "queued",
    Stage.PLANNING: "document_loading",
    Stage.READING: "text_extraction",
    Stage.ASSEMBLING: "data_extraction",
    Stage.DONE: "data_extraction",
}
CODES = {
    "unreadable_document": "OCR_FAILED",
    "page_unreadable": "OCR_FAILED",
    "nothing_readable": "OCR_FAILED",
    "internal_error": "INTERNAL_ERROR",
}
"""Our codes of errors; others are written in capitals."""
UNNAMED = "document"


def render_job(job: Job, now: datetime, fields: FieldsJson = None, *, with_result: bool = True) -> Told:
    """`GET /jobs/{id}`; without its result, an entry of the list."""
    told: Told = {
        "id": JOB + job.id,
        "status": JOB_STATUSES[job.status],
        "progress": 100 if job.status is JobStatus.COMPLETED else job.progress(now).percent,
        "documentType": type_of(job),
    }
    if job.status is JobStatus.COMPLETED:
        told["documentId"] = DOCUMENT + job.id
        if with_result:
            told["result"] = {"extractedFields": job_fields(fields), "confidence": confidence_of(job)}
    if failed(job):
        told["error"] = render_error(job)
    told |= {"createdAt": to_seconds(job.created_at), "updatedAt": to_seconds(job.updated_at)}
    if job.status is JobStatus.COMPLETED:
        told["completedAt"] = to_seconds(ended_at(job))
    if failed(job):
        told["failedAt"] = to_seconds(ended_at(job))
    return told


def render_accepted(job: Job) -> Told:
    """The answer of `POST /documents/process/async`: no page shows it, so it has what every reader looks for."""
    return {
        "id": JOB + job.id,
        "jobId": JOB + job.id,
        "documentId": DOCUMENT + job.id,
        "status": JOB_STATUSES[job.status],
        "progress": 100 if job.status is JobStatus.COMPLETED else 0,
        "documentType": type_of(job),
        "createdAt": to_seconds(job.created_at),
        "updatedAt": to_seconds(job.updated_at),
    }


def render_processed(job: Job, fields: FieldsJson = None) -> Told:
    """The answer of `POST /documents/process`: of a document that takes longer, the form without a result."""
    told: Told = {"id": DOCUMENT + job.id, "documentId": DOCUMENT + job.id, "jobId": JOB + job.id}
    told |= {"status": "processing", "documentType": type_of(job), "result": None}
    if job.status is JobStatus.COMPLETED:
        told |= {"status": "completed", **_processed(job), "result": extracted_fields(fields)}
    if failed(job):
        told |= {"status": "failed", "error": render_error(job), "failedAt": to_seconds(ended_at(job))}
    return told


def render_document(job: Job) -> Told:
    """An entry of `GET /documents`; a document alone has its result beside it."""
    told: Told = {
        "id": DOCUMENT + job.id,
        "documentId": DOCUMENT + job.id,
        "jobId": JOB + job.id,
        "fileName": job.filename or UNNAMED,
        "fileSize": job.size_bytes,
        "mimeType": job.media_type,
        "status": DOCUMENT_STATUSES[job.status],
        "documentType": type_of(job),
        "pageCount": job.page_count,
        "createdAt": to_seconds(job.created_at),
        "updatedAt": to_seconds(job.updated_at),
    }
    if job.status is JobStatus.COMPLETED:
        told |= _processed(job)
    if failed(job):
        told |= {"error": render_error(job), "failedAt": to_seconds(ended_at(job))}
    return told


def render_table(record: Mapping[str, Any]) -> Told:
    """From a record of the export `tables`."""
    return {
        "pageNumber": record["pages"][0],
        "caption": record["caption"],
        "headers": record["headers"],
        "rows": record["rows"],
    }


def render_error(job: Job) -> Told:
    error = job.error
    if error is None:
        details = {"step": STEPS[job.stage], "retryable": False}
        return {"code": "CANCELLED", "message": "The job was cancelled.", "details": details}
    return {
        "code": code_of(error),
        "message": error.summary,
        "details": {"step": STEPS[error.step], "retryable": error.retryable},
    }


def code_of(error: JobError) -> str:
    return CODES.get(error.code, error.code.upper())


def type_of(job: Job) -> str:
    """As the caller said it; as it was found where the caller did not say."""
    asked = job.metadata.get("document_type") if job.metadata.get("dialect") == DIALECT else None
    if isinstance(asked, str) and asked != AUTO:
        return asked
    return job.document_type or GENERIC


def confidence_of(job: Job) -> float | None:
    """Of the fields; where there are none, of the reading."""
    of_fields = job.fields.summary.confidence if job.fields else None
    found = job.mean_confidence if of_fields is None else of_fields
    return None if found is None else round(found, 4)


def failed(job: Job) -> bool:
    return JOB_STATUSES[job.status] == "failed"


def ended_at(job: Job) -> datetime:
    return job.finished_at or job.updated_at


def _processed(job: Job) -> Told:
    return {
        "confidence": confidence_of(job),
        "pagesProcessed": job.pages_done,
        "processedAt": to_seconds(ended_at(job)),
    }
