"""Our files and jobs in the vendor's shapes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from octavo.dialects.ldxhub.ids import Kind, request_id, to_wire
from octavo.dialects.ldxhub.services import OUTPUTS, SERVICES, Service
from octavo.dialects.ldxhub.wire import FileInfo, JobObject
from octavo.domain.file import StoredFile
from octavo.domain.ids import JobId
from octavo.domain.job import Job, JobStatus
from octavo.domain.upload import Upload

KEPT = timedelta(hours=72)
"""How long a job and its output stay after its end."""
STATUSES = {
    JobStatus.QUEUED: "queued",
    JobStatus.PROCESSING: "processing",
    JobStatus.COMPLETED: "completed",
    JobStatus.FAILED: "failed",
    JobStatus.CANCELLED: "failed",
}
MODEL_SERVICES = ("structflow", "analyzedoc", "refineloop")
"""What a language model does."""
_SUMMARY = ("job_id", "file_id", "engine", "status", "progress", "created_at", "updated_at", "expires_at")
DEFAULT_FORMAT = "docx"


def moment(when: datetime) -> str:
    """UTC, whole seconds, `Z`."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def render_file(file: StoredFile) -> FileInfo:
    return {
        "file_id": to_wire(Kind.FILE, file.id),
        "filename": file.filename or "upload.bin",
        "size": file.size_bytes,
        "created_at": moment(file.created_at),
        "updated_at": moment(file.created_at),
        "expires_at": moment(file.expires_at),
    }


def render_upload(upload: Upload, file: StoredFile | None = None) -> FileInfo:
    """`file` is what a completed one became: its parts are no more."""
    return {
        "file_id": to_wire(Kind.UPLOAD, upload.id),
        "filename": upload.filename or "upload.bin",
        "size": file.size_bytes if file else upload.received_bytes,
        "created_at": moment(upload.created_at),
        "updated_at": moment(upload.created_at),
        "expires_at": moment(upload.expires_at),
    }


def render_job(job: Job, service: Service) -> JobObject:
    told: JobObject = {
        "job_id": to_wire(Kind.JOB, job.id),
        "file_id": file_id_of(job),
        "engine": service.engine,
        "status": STATUSES[job.status],
        "progress": progress_of(job),
    }
    if job.status is JobStatus.COMPLETED:
        told["output_file_id"] = to_wire(Kind.OUTPUT, job.id)
    if STATUSES[job.status] == "failed":
        told["error"] = error_of(job)
    told |= {"created_at": moment(job.created_at), "updated_at": moment(job.updated_at)}
    if job.finished_at is not None:
        told["completed_at"] = told["updated_at"] = moment(job.finished_at)
    return told | {"expires_at": moment(expires_at(job))}


def expires_at(job: Job) -> datetime:
    """72 hours after the end, or, until then, after the start."""
    return job.result_expires_at or job.created_at + KEPT


def render_summary(job: Job, service: Service) -> JobObject:
    whole = render_job(job, service)
    return {name: whole[name] for name in _SUMMARY}


def format_of(job: Job) -> str:
    """The name in EXPORTERS of what this job was to become; a job of another dialect becomes DOCX."""
    return OUTPUTS.get(str(job.metadata.get("output_format")), DEFAULT_FORMAT)


def service_name_of(job: Job) -> str:
    """A job of another dialect is RenderOCR's."""
    name = str(job.metadata.get("service"))
    return name if name in SERVICES or name in MODEL_SERVICES else "renderocr"


def number_in(metadata: Mapping[str, Any], name: str) -> int:
    """Metadata may have been written by anybody."""
    found = metadata.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def file_id_of(job: Job) -> str:
    """Jobs sent elsewhere have no file of this dialect's: they are their own."""
    said = job.metadata.get("file_id")
    if isinstance(said, str) and said:
        return said
    return to_wire(Kind.FILE, job.file_id) if job.file_id else to_wire(Kind.JOB, JobId(job.id))


def progress_of(job: Job) -> float:
    """A share of 1; 0 of what failed, as the recorded exchanges have it."""
    if job.status is JobStatus.COMPLETED:
        return 1.0
    if job.status.is_final:
        return 0.0
    return round(job.progress(job.updated_at).percent / 100, 2)


def error_of(job: Job) -> dict[str, str]:
    """Whatever failed on our side is, seen from the vendor's hub, its upstream."""
    seed = f"{job.id}-{job.attempt}"
    if job.error is None:
        return told_error("cancelled", "The job was cancelled.", seed)
    code = "upstream_service_error" if job.error.retryable else job.error.code
    return told_error(code, job.error.summary, seed)


def told_error(code: str, message: str, seed: str) -> dict[str, str]:
    return {"code": code, "message": message, "request_id": request_id(seed)}
