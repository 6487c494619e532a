"""Our files, jobs and batches in the vendor's shapes."""

from datetime import datetime, timedelta
from typing import Any

import orjson

from octavo.app.extract import template_of
from octavo.app.fields.read import stored_fields
from octavo.app.services import Services
from octavo.dialects.invaro.ids import batch_id, document_id, job_id, schema_id, to_digits
from octavo.dialects.invaro.kinds import UNKNOWN
from octavo.dialects.invaro.results import results_of
from octavo.dialects.invaro.wire import Object
from octavo.domain.batch import Batch, BatchStatus
from octavo.domain.errors import NotFound
from octavo.domain.file import StoredFile
from octavo.domain.job import Job, JobStatus
from octavo.ports.file_history import FileStanding

STATUSES = {
    JobStatus.QUEUED: "pending",
    JobStatus.PROCESSING: "processing",
    JobStatus.COMPLETED: "completed",
    JobStatus.FAILED: "failed",
    JobStatus.CANCELLED: "failed",
}
"""Clients stop asking at `completed` and `failed` alone."""
BATCH_STATUSES = {
    BatchStatus.EMPTY: "pending",
    BatchStatus.QUEUED: "pending",
    BatchStatus.PROCESSING: "processing",
    BatchStatus.COMPLETED: "completed",
    BatchStatus.FAILED: "failed",
    BatchStatus.CANCELLED: "failed",
}
FORMATS = {"application/pdf": "PDF", "image/jpeg": "JPG", "image/png": "PNG"}
"""What this vendor takes."""
_CANCELLED = "The job was cancelled."


def moment(when: datetime) -> str:
    """UTC, whole seconds, `Z`."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def success(data: Object) -> Object:
    return {"success": True, "data": data}


def doubled(data: Object) -> Object:
    """The envelope, and its members beside it for readers of the bare form, who know no `error` there."""
    beside = {name: value for name, value in data.items() if name != "error"}
    return success(data) | beside


def file_name_id(file: StoredFile) -> str:
    return f"{to_digits(file.id)}_{file.filename or 'document'}"


def format_of(file: StoredFile) -> str:
    if (file.filename or "").lower().endswith(".jpeg"):
        return "JPEG"
    return FORMATS.get(file.media_type, file.media_type)


def render_uploaded(file: StoredFile, type_: str | None, url: str) -> Object:
    id_ = document_id(file.id)
    return {
        "file_id": file_name_id(file),
        "file_url": url,
        "doc_id": id_,
        "document_id": id_,
        "type": type_ or UNKNOWN,
    }


def render_validated(file: StoredFile, type_: str | None, page_count: int) -> Object:
    id_ = document_id(file.id)
    return {
        "doc_id": id_,
        "document_id": id_,
        "file_id": file_name_id(file),
        "type": type_ or UNKNOWN,
        "validation": {"page_count": page_count, "file_size": file.size_bytes, "format": format_of(file)},
    }


def render_file(standing: FileStanding, now: datetime) -> Object:
    file, job = standing.file, standing.job
    status = STATUSES[job.status] if job else "pending"
    ended = job.finished_at if job and job.status is JobStatus.COMPLETED else None
    return {
        "id": document_id(file.id),
        "filename": file.filename,
        "file_id": file_name_id(file),
        "type": standing.document_type or UNKNOWN,
        "status": "deleted" if is_gone(file, now) else status,
        "size": file.size_bytes,
        "created_at": moment(file.created_at),
        "completed_at": moment(ended) if ended else None,
    }


def is_gone(file: StoredFile, now: datetime) -> bool:
    return file.deleted_at is not None or file.expires_at <= now


def render_accepted(job: Job) -> Object:
    """The answer to an order: pending, though what was read before may be there at once."""
    return render_started(job) | {"status": STATUSES[JobStatus.QUEUED]}


def render_started(job: Job) -> Object:
    return {
        "job_id": job_id(job.id),
        "status": STATUSES[job.status],
        "created_at": moment(job.created_at),
        "updated_at": moment(job.updated_at),
    }


def render_job(job: Job, now: datetime) -> Object:
    """Without its results. What does not apply is absent."""
    told = {
        "job_id": job_id(job.id),
        "status": STATUSES[job.status],
        "file_id": job.filename or job_id(job.id),
        "created_at": moment(job.created_at),
        "updated_at": moment(job.updated_at),
        "progress": _percent(job, now),
    }
    if job.file_id is not None:
        told["document_id"] = document_id(job.file_id)
    if job.options.template_id is not None:
        told["schema_id"] = schema_id(job.options.template_id)
    eta_s = job.progress(now).eta_s
    if eta_s is not None:
        told["estimated_completion"] = moment(now + timedelta(seconds=eta_s))
    if STATUSES[job.status] == "failed":
        told["error"] = told["error_message"] = error_of(job)
    return told


def render_listed(job: Job, now: datetime) -> Object:
    return {name: value for name, value in render_job(job, now).items() if name != "error"}


async def with_results(job: Job, told: Object, services: Services) -> Object:
    """Both names the vendor has for them, once the job has completed."""
    if job.status is not JobStatus.COMPLETED:
        return told
    results = await results_for(job, services)
    return told | {"results": results, "result": results}


async def results_for(job: Job, services: Services) -> Object:
    fields: dict[str, Any] | None = None
    if job.fields is not None:
        fields = orjson.loads(await stored_fields(job.fields, services))
    return results_of(job, fields, await _template(job, services))


async def _template(job: Job, services: Services) -> Any:
    try:
        return await template_of(job, services)
    except NotFound:
        return None


def error_of(job: Job) -> str:
    return job.error.summary if job.error else _CANCELLED


def render_batch(batch: Batch, jobs: list[Job]) -> Object:
    """As it is told whenever it is asked for."""
    told: Object = {
        "batch_id": batch_id(batch.id),
        "status": BATCH_STATUSES[batch.status],
        "job_ids": [job_id(job.id) for job in jobs],
        "created_at": moment(batch.created_at),
        "updated_at": moment(max([batch.created_at, *(job.updated_at for job in jobs)])),
    }
    if batch.refused:
        told["refused"] = [{"index": one.index, "error": one.summary} for one in batch.refused]
    return told


def render_batch_status(batch: Batch, jobs: list[Job]) -> Object:
    counts = batch.tally.jobs
    failed = counts.get(JobStatus.FAILED, 0) + counts.get(JobStatus.CANCELLED, 0) + len(batch.refused)
    return render_batch(batch, jobs) | {
        "total_files": len(jobs) + len(batch.refused),
        "processed_files": counts.get(JobStatus.COMPLETED, 0),
        "failed_files": failed,
        "files": [_batch_file(job) for job in jobs],
    }


def _batch_file(job: Job) -> Object:
    told = {
        "file_id": job.filename or job_id(job.id),
        "document_id": document_id(job.file_id) if job.file_id else None,
        "job_id": job_id(job.id),
        "status": STATUSES[job.status],
    }
    return told | ({"error": error_of(job)} if told["status"] == "failed" else {})


def _percent(job: Job, now: datetime) -> int:
    return 100 if job.status is JobStatus.COMPLETED else job.progress(now).percent
