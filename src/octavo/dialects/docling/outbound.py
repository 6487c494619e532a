"""Our jobs and batches as the peer's tasks and results."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from octavo.dialects.docling.ids import Kind, to_wire
from octavo.dialects.docling.inbound import CHUNK
from octavo.dialects.docling.wire import TaskStatus
from octavo.domain.ids import BatchId
from octavo.domain.job import Job, JobStatus

_GRADES = ((0.5, "poor"), (0.8, "fair"), (0.9, "good"))
"""Below which mean confidence; what is above all of them is `excellent`."""
_FAILED = frozenset({JobStatus.FAILED, JobStatus.CANCELLED})
_CANCELLED = "The task was cancelled."
_NOTHING = "No documents were exported."


@dataclass(frozen=True, slots=True)
class Task:
    """What one request became, its jobs in the order of its documents."""

    jobs: tuple[Job, ...]
    batch_id: BatchId | None = None
    batch_metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        if self.batch_id is not None:
            return to_wire(Kind.BATCH, self.batch_id)
        return to_wire(Kind.JOB, self.jobs[0].id)

    @property
    def order(self) -> Mapping[str, Any]:
        """What was asked for, as `inbound.Order` keeps it; empty for what another API ordered."""
        return self.jobs[0].metadata if self.batch_id is None else self.batch_metadata

    @property
    def is_inline(self) -> bool:
        """Its result is one JSON object, and no archive."""
        return (self.batch_id is None or self.is_chunks) and self.order.get("target", "inbody") != "zip"

    @property
    def is_chunks(self) -> bool:
        return self.order.get("task") == CHUNK

    @property
    def is_final(self) -> bool:
        return self._is_aborted or all(job.status.is_final for job in self.jobs)

    @property
    def has_failed(self) -> bool:
        """Nothing came of it. What comes inline can tell of a failed document itself, and so can chunks."""
        if self._is_aborted:
            return True
        if self.is_inline or self.is_chunks:
            return all(job.status is JobStatus.CANCELLED for job in self.jobs)
        return all(job.status in _FAILED for job in self.jobs)

    @property
    def _is_aborted(self) -> bool:
        """By the first of its documents that failed, where that was asked for."""
        return bool(self.order.get("abort_on_error")) and any(job.status in _FAILED for job in self.jobs)


def render_told(job: Job) -> dict[str, Any]:
    """How a document went, as it stands beside its content."""
    return {
        "status": document_status(job),
        "errors": render_errors(job),
        "timings": {},
        "confidence": render_confidence(job),
    }


def document_status(job: Job) -> str:
    if job.status is JobStatus.COMPLETED:
        return "partial_success" if job.pages_failed else "success"
    if job.status in _FAILED:
        return "failure"
    return "pending" if job.status is JobStatus.QUEUED else "started"


def render_status(task: Task) -> TaskStatus:
    failed = task.is_final and task.has_failed
    return {
        "task_id": task.id,
        "task_type": CHUNK if task.is_chunks else "convert",
        "task_status": _status(task),
        "task_position": _position(task),
        "task_meta": _counts(task),
        "error_message": _failure_message(task) if failed else None,
        "failure": render_failure(task) if failed else None,
    }


def render_failure(task: Task) -> dict[str, Any]:
    return {
        "category": "internal",
        "message": _failure_message(task),
        "retryable": any(job.error is not None and job.error.retryable for job in task.jobs),
        "phase": "execution",
        "details": {},
    }


def render_errors(job: Job) -> list[dict[str, Any]]:
    """Of a document; pages that could not be read are told in one."""
    if job.status is JobStatus.FAILED and job.error is not None:
        return [_error("document_backend", job.error.summary)]
    if job.status in _FAILED:
        return [_error("pipeline", _CANCELLED)]
    if job.pages_failed:
        return [
            _error("document_backend", f"{job.pages_failed} of {job.pages_total} pages could not be read.")
        ]
    return []


def render_confidence(job: Job) -> dict[str, Any] | None:
    """Our one number is that of the reading of ink and text."""
    if job.mean_confidence is None:
        return None
    score = round(job.mean_confidence, 4)
    grade = next((grade for below, grade in _GRADES if score < below), "excellent")
    return {
        "parse_score": None,
        "layout_score": None,
        "table_score": None,
        "ocr_score": score,
        "mean_score": score,
        "low_score": None,
        "mean_grade": grade,
        "low_grade": "unspecified",
        "pages": {},
    }


def processing_s(task: Task) -> float:
    """From the first that began to the last that ended."""
    began = [job.started_at or job.created_at for job in task.jobs]
    ended = [job.finished_at or job.updated_at for job in task.jobs]
    return max(0.0, (max(ended) - min(began)).total_seconds())


def _status(task: Task) -> str:
    if task.is_final:
        return "failure" if task.has_failed else "success"
    return "pending" if all(job.status is JobStatus.QUEUED for job in task.jobs) else "started"


def _position(task: Task) -> int | None:
    """Of the document that waits longest."""
    waiting = [job.queue_position for job in task.jobs if job.status is JobStatus.QUEUED]
    return max((place for place in waiting if place is not None), default=None)


def _counts(task: Task) -> dict[str, int]:
    found = [document_status(job) for job in task.jobs]
    return {
        "num_docs": len(task.jobs),
        "num_processed": sum(job.status.is_final for job in task.jobs),
        "num_succeeded": found.count("success"),
        "num_partially_succeeded": found.count("partial_success"),
        "num_failed": found.count("failure"),
    }


def _failure_message(task: Task) -> str:
    failed = next((job for job in task.jobs if job.status in _FAILED), task.jobs[0])
    if len(task.jobs) == 1 or task.order.get("abort_on_error"):
        return failed.error.summary if failed.error else _CANCELLED
    return _NOTHING


def _error(component: str, message: str) -> dict[str, Any]:
    return {
        "component_type": component,
        "module_name": "octavo",
        "error_message": message,
        "category": "backend_failure",
        "page_no": None,
    }
