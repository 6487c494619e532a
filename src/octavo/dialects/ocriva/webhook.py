"""What stands in `payload` of the eight events.

Only the beginning of one payload is documented (`document.uploaded`, whose `fileSize` is a number).
Chosen: a document's payload has the members of its record without addresses, which a worker cannot
know, and ids under the names of other payloads too; a batch's and a template's are as their routes
tell them.
"""

from datetime import datetime
from typing import Any

from octavo.app.schemes.scheme import Body, Told
from octavo.app.schemes.signing import to_milliseconds
from octavo.dialects.ocriva.outbound import Json, render_record, render_template, said, without_none
from octavo.domain.event import EventType

_STATUS = {EventType.JOB_QUEUED: "uploaded", EventType.JOB_COMPLETED: "completed"}
_LATER = ("processingResult", "startedAt", "completedAt", "errorMessage")
"""What a document does not have while it is told as uploaded, whatever became of it by now."""


def payload(told: Told) -> Body:
    """Members of the envelope: `payload`, in place of the bare id."""
    kind = told.event.type
    if told.job is not None:
        return {"payload": _document(told)}
    if kind in (EventType.BATCH_CREATED, EventType.BATCH_COMPLETED):
        return {"payload": _batch(told)}
    if kind.value.startswith("template."):
        return {"payload": _template(told)}
    return {}


def _document(told: Told) -> Json:
    job = told.job
    if job is None:
        return {}
    record = render_record(job, told.template, told.fields)
    record["fileSize"] = job.size_bytes
    record["organizationId"] = job.organization_id
    record["status"] = _STATUS.get(told.event.type, "failed")
    record["fileType"] = said(job, "fileType")
    record["uploadType"] = said(job, "uploadType")
    record["processingHistoryId"] = job.id
    if told.event.type is EventType.JOB_QUEUED:
        record = {name: value for name, value in record.items() if name not in _LATER}
    return without_none(record)


def _batch(told: Told) -> Json:
    """As it stood when it was announced: one just made has no record yet, though its files are there."""
    facts = told.event.facts
    counts: dict[str, int] = facts.get("counts") or {}
    metadata: dict[str, Any] = facts.get("metadata") or {}
    refused = counts.get("refused", 0)
    has_ended = told.event.type is EventType.BATCH_COMPLETED
    return without_none(
        {
            "id": told.event.subject_id,
            "name": facts.get("name"),
            "projectId": told.event.project_id,
            "organizationId": told.event.organization_id,
            "templateId": metadata.get("templateId"),
            "templateName": metadata.get("templateName"),
            "totalFiles": max(counts.get("total", 0) + refused, metadata.get("totalFiles", 0)),
            "completedFiles": counts.get("completed", 0),
            "failedFiles": counts.get("failed", 0) + counts.get("cancelled", 0) + refused,
            "status": _batch_status(counts) if has_ended else "processing",
            "metadata": metadata.get("metadata"),
            "createdAt": to_milliseconds(datetime.fromisoformat(facts["created_at"])),
        }
    )


def _batch_status(counts: dict[str, int]) -> str:
    return "completed" if counts.get("completed") else "failed"


def _template(told: Told) -> Json:
    """With its name alone where even that version is no longer known."""
    if told.template is None:
        return {
            "id": told.event.subject_id,
            "templateId": told.event.subject_id,
            "name": told.event.facts.get("name"),
        }
    return {"id": told.template.id, **render_template(told.template)}
