"""What a callback of this peer says. Loaded by workers, so nothing of HTTP is imported here."""

import json
from collections.abc import Mapping

from octavo.app.schemes.docling import EVENTS as KINDS
from octavo.app.schemes.scheme import Body, Scheme, Told
from octavo.dialects.docling.ids import Kind, to_wire
from octavo.domain.event import EventType
from octavo.domain.job import Job, JobStatus

EVENTS = (EventType.JOB_QUEUED, EventType.JOB_COMPLETED, EventType.JOB_FAILED, EventType.JOB_CANCELLED)
"""What a callback is told."""
_CANCELLED = "The task was cancelled."


def complete(scheme: Scheme) -> Scheme:
    return scheme.with_payload(payload)


def secret_of(headers: Mapping[str, str]) -> str:
    """The headers as the scheme keeps them."""
    return json.dumps(dict(headers))


def payload(told: Told) -> Body:
    task_id = to_wire(Kind.JOB, told.event.subject_id)
    if told.job is None or KINDS[told.event.type] == "set_num_docs":
        return {"task_id": task_id}
    return {"task_id": task_id, "progress": _processed(told.job)}


def _processed(job: Job) -> Body:
    completed = job.status is JobStatus.COMPLETED
    status = ("partial_success" if job.pages_failed else "success") if completed else "failure"
    error = None if completed else job.error.summary if job.error else _CANCELLED
    return {
        "kind": "update_processed",
        "num_processed": 1,
        "num_succeeded": int(status == "success"),
        "num_partially_succeeded": int(status == "partial_success"),
        "num_failed": int(status == "failure"),
        "docs": [{"source": job.filename or "file.pdf", "status": status, "error": error}],
    }
