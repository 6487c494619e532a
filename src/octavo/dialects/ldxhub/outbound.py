"""Our files and jobs in the vendor's shapes."""

from datetime import datetime, timedelta

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
_CANCELLED = {"code": "cancelled", "message": "The job was cancelled."}
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


def render_upload(upload: Upload) -> FileInfo:
    return {
        "file_id": to_wire(Kind.UPLOAD, upload.id),
        "filename": upload.filename or "upload.bin",
        "size": upload.received_bytes,
        "created_at": moment(upload.created_at),
        "updated_at": moment(upload.created_at),
        "expires_at": moment(upload.expires_at),
    }


def render_output(job: Job, size_bytes: int, filename: str) -> FileInfo:
    ended = job.finished_at or job.updated_at
    return {
        "file_id": to_wire(Kind.OUTPUT, job.id),
        "filename": filename,
        "size": size_bytes,
        "created_at": moment(ended),
        "updated_at": moment(ended),
        "expires_at": moment(job.result_expires_at or ended + KEPT),
    }


def render_job(job: Job, service: Service) -> JobObject:
    told: JobObject = {
        "job_id": to_wire(Kind.JOB, job.id),
        "file_id": job.metadata.get("file_id") or _file_id(job),
        "engine": service.engine,
        "status": STATUSES[job.status],
        "progress": _progress(job),
    }
    if job.status is JobStatus.COMPLETED:
        told["output_file_id"] = to_wire(Kind.OUTPUT, job.id)
    if STATUSES[job.status] == "failed":
        told["error"] = _error(job)
    told |= {"created_at": moment(job.created_at), "updated_at": moment(job.updated_at)}
    if job.finished_at is not None:
        told["completed_at"] = told["updated_at"] = moment(job.finished_at)
    told["expires_at"] = moment(job.result_expires_at or job.created_at + KEPT)
    return told


def render_summary(job: Job, service: Service) -> JobObject:
    whole = render_job(job, service)
    return {name: whole[name] for name in _SUMMARY}


def format_of(job: Job) -> str:
    """The name in EXPORTERS of what this job was to become; a job of another dialect becomes DOCX."""
    return OUTPUTS.get(str(job.metadata.get("output_format")), DEFAULT_FORMAT)


def service_of(job: Job) -> Service:
    return SERVICES.get(str(job.metadata.get("service")), SERVICES["renderocr"])


def _file_id(job: Job) -> str:
    """Jobs sent elsewhere have no file of this dialect's: they are their own."""
    return to_wire(Kind.FILE, job.file_id) if job.file_id else to_wire(Kind.JOB, JobId(job.id))


def _progress(job: Job) -> float:
    """A share of 1."""
    if job.status is JobStatus.COMPLETED:
        return 1.0
    return round(job.progress(job.updated_at).percent / 100, 2)


def _error(job: Job) -> dict[str, str]:
    """Whatever failed on our side is, seen from the vendor's hub, its upstream."""
    if job.error is None:
        told = dict(_CANCELLED)
    else:
        code = "upstream_service_error" if job.error.retryable else job.error.code
        told = {"code": code, "message": job.error.summary}
    return told | {"request_id": request_id(f"{job.id}-{job.attempt}")}
