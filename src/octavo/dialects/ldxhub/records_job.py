"""A StructFlow job in the vendor's shape, from the batch that it is."""

from collections.abc import Sequence
from datetime import datetime

from octavo.dialects.ldxhub.ids import Kind, to_wire
from octavo.dialects.ldxhub.outbound import KEPT, moment, told_error
from octavo.dialects.ldxhub.records import Outcome, summary_of, usage_of
from octavo.dialects.ldxhub.wire import JobObject
from octavo.domain.batch import Batch, BatchStatus

_STATUSES = {
    BatchStatus.EMPTY: "failed",
    BatchStatus.QUEUED: "queued",
    BatchStatus.PROCESSING: "processing",
    BatchStatus.COMPLETED: "completed",
    BatchStatus.FAILED: "failed",
    BatchStatus.CANCELLED: "failed",
}
"""None of an empty one's records could be read."""
_SUMMARY = (
    "job_id",
    "file_id",
    "model",
    "status",
    "progress",
    "created_at",
    "updated_at",
    "completed_at",
    "expires_at",
    "output_file_id",
)


def is_ended(batch: Batch) -> bool:
    return _ended_at(batch) is not None


def render_job(batch: Batch) -> JobObject:
    """Without what only the records can tell: results, usage, error."""
    return _head(batch) | _times(batch)


def _head(batch: Batch) -> JobObject:
    told: JobObject = {"job_id": to_wire(Kind.RECORDS, batch.id)}
    if isinstance(file_id := batch.metadata.get("file_id"), str):
        told["file_id"] = file_id
    told |= {
        "model": str(batch.metadata.get("model") or ""),
        "status": _status(batch),
        "progress": 0.0 if _status(batch) == "failed" else round(batch.percent / 100, 2),
    }
    if _status(batch) == "completed" and "file_id" in told:
        told["output_file_id"] = to_wire(Kind.RECORDS_OUTPUT, batch.id)
    return told


def render_summary(batch: Batch) -> JobObject:
    whole = render_job(batch)
    return {name: whole[name] for name in _SUMMARY if name in whole}


def render_detail(batch: Batch, outcomes: Sequence[Outcome]) -> JobObject:
    """Of a job that has ended."""
    told, times = _head(batch), _times(batch)
    if told["status"] == "failed":
        return told | {"error": _error(batch, outcomes)} | times
    if "file_id" not in told:
        told |= {"summary": summary_of(outcomes), "results": [outcome.said for outcome in outcomes]}
    return told | {"usage": usage_of(outcomes)} | times


def _status(batch: Batch) -> str:
    if batch.filling_until is not None:
        return "queued" if batch.status in {BatchStatus.EMPTY, BatchStatus.QUEUED} else "processing"
    return _STATUSES[batch.status]


def _ended_at(batch: Batch) -> datetime | None:
    if batch.filling_until is not None:
        return None
    return batch.tally.finished_at or (batch.created_at if batch.status is BatchStatus.EMPTY else None)


def _times(batch: Batch) -> JobObject:
    ended = _ended_at(batch)
    told = {"created_at": moment(batch.created_at), "updated_at": moment(ended or batch.created_at)}
    if ended is not None:
        told["completed_at"] = moment(ended)
    return told | {"expires_at": moment((ended or batch.created_at) + KEPT)}


def _error(batch: Batch, outcomes: Sequence[Outcome]) -> JobObject:
    """The first record's: none came out well."""
    for outcome in outcomes:
        if "error" in outcome.said:
            return dict(outcome.said["error"])
    return told_error("cancelled", "The job was cancelled.", batch.id)
