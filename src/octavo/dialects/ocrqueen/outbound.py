"""Our jobs in the vendor's shape. Light: workers load it for webhooks."""

from collections.abc import Mapping
from datetime import datetime
from math import ceil

from octavo.dialects.ocrqueen.wire import JobObject
from octavo.domain.job import Job, JobStatus
from octavo.exporters.ocrqueen import OPTIONS

DIALECT = "ocrqueen"
FORMAT = "ocrqueen"
"""In EXPORTERS."""
CODES = {"document_encrypted": "PDF_PASSWORD_PROTECTED"}
"""Of jobs; the vendor's page shows no more. Others are ours in capitals."""
CANCELLED = {"code": "CANCELLED", "message": "The job was cancelled."}
SECONDS_PER_PAGE = 1
"""A guess before there is a measured speed: a scanned page on one core."""
LONGEST_RETRY_S = 5


def moment(when: datetime | None) -> str | None:
    """UTC, whole seconds, `Z`."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ") if when else None


def job_name(job: Job) -> str:
    return f"job_{job.id}"


def job_path(job: Job) -> str:
    return f"/v1/jobs/{job_name(job)}"


def render_job(job: Job, *, status_url: str, now: datetime) -> JobObject:
    """Without its document: that is streamed into the place of the nulls."""
    ended = job.finished_at if job.status.is_final else None
    return {
        "job_id": job_name(job),
        "status": job.status.value,
        "file_info": {
            "filename": job.filename,
            "size_bytes": job.size_bytes,
            "mime_type": job.media_type,
        },
        "created_at": moment(job.created_at),
        "started_at": moment(job.started_at or (ended if job.status is JobStatus.COMPLETED else None)),
        "completed_at": moment(ended),
        "estimated_seconds": estimated_s(job, now),
        "status_url": status_url,
        "expires_at": moment(job.source_expires_at),
        "document": None,
        "markdown": None,
        "cache_hit": job.cache_hit,
        "error": render_error(job),
    }


def render_error(job: Job) -> dict[str, str] | None:
    if job.status is JobStatus.CANCELLED:
        return dict(CANCELLED)
    if job.status is not JobStatus.FAILED or job.error is None:
        return None
    code = CODES.get(job.error.code, job.error.code.upper())
    return {"code": code, "message": job.error.summary}


def estimated_s(job: Job, now: datetime) -> int:
    """Until its end: at least 1, and 0 once it is there."""
    if job.status.is_final:
        return 0
    eta_s = job.progress(now).eta_s
    if eta_s is None:
        eta_s = ((job.pages_total or 1) - job.pages_done) * SECONDS_PER_PAGE
    return max(1, ceil(eta_s))


def retry_after_s(job: Job, now: datetime) -> int:
    return min(LONGEST_RETRY_S, estimated_s(job, now))


def export_options(job: Job) -> Mapping[str, str]:
    """How this job's document was wanted; a job that was sent elsewhere has all there is."""
    if job.metadata.get("dialect") != DIALECT:
        return {}
    wanted = {name: str(job.metadata.get(name)) for name in OPTIONS}
    return {name: value for name, value in wanted.items() if value in OPTIONS[name]}


def has_document(job: Job, now: datetime) -> bool:
    """Whether its result is there and still to be told."""
    if job.status is not JobStatus.COMPLETED or job.purged_at or job.result_deleted_at:
        return False
    return job.result_expires_at is None or job.result_expires_at > now


def has_pictures(job: Job, now: datetime) -> bool:
    """Pictures go with the source in this API, though not in ours."""
    return has_document(job, now) and (job.metadata.get("dialect") != DIALECT or job.source_expires_at > now)
