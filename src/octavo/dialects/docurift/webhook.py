"""What stands inside `data` of this vendor's webhooks. Loaded by workers, so nothing of HTTP is imported here.

The members of `started` are documented; the others have them too, with the document's end beside them.
"""

from octavo.app.schemes.scheme import Body, Scheme, Told
from octavo.app.schemes.signing import to_seconds
from octavo.dialects.docurift.ids import BATCH, DOCUMENT, JOB, ORGANIZATION, USER, WEBHOOK
from octavo.dialects.docurift.outbound import (
    DIALECT,
    TOLD_BACK,
    ended_at,
    render_error,
    render_processed,
    type_of,
)
from octavo.domain.event import EventType
from octavo.domain.job import Job

TEST_MESSAGE = "This is a test of your webhook."


def complete(scheme: Scheme) -> Scheme:
    return scheme.with_payload(payload)


def payload(told: Told) -> Body:
    return {"data": _about(told)}


def _about(told: Told) -> Body:
    event = told.event
    if told.job is not None:
        about, own = _job(told, told.job), told.metadata
        if own is None and told.job.metadata.get("dialect") == DIALECT:
            own = told.job.metadata.get(TOLD_BACK)
        return about if own is None else about | {"callbackMetadata": own}
    if event.type is EventType.WEBHOOK_TEST:
        return {"message": TEST_MESSAGE, "webhookId": f"{WEBHOOK}{told.endpoint_id or event.subject_id}"}
    return {"batchId": BATCH + event.subject_id, **event.facts}


def _job(told: Told, job: Job) -> Body:
    about: Body = {
        "documentId": DOCUMENT + job.id,
        "jobId": JOB + job.id,
        "organizationId": ORGANIZATION + told.event.organization_id,
        "fileName": job.filename,
        "fileSize": job.size_bytes,
        "mimeType": job.media_type,
        "documentType": type_of(job),
        "pageCount": job.page_count,
        "metadata": {"uploadedBy": f"{USER}{job.key_id}" if job.key_id else None, "source": "api"},
    }
    if told.event.type is EventType.JOB_COMPLETED:
        return about | render_processed(job, told.fields)
    if told.event.type in {EventType.JOB_FAILED, EventType.JOB_CANCELLED}:
        return about | {"status": "failed", "error": render_error(job), "failedAt": to_seconds(ended_at(job))}
    return about
