"""What this vendor's callbacks carry: the job with its results under both names."""

from octavo.app.schemes.scheme import Body, Scheme, Told
from octavo.dialects.invaro.ids import document_id, job_id, schema_id
from octavo.dialects.invaro.kinds import job_type
from octavo.dialects.invaro.outbound import error_of
from octavo.dialects.invaro.results import results_of
from octavo.domain.event import EventType


def complete(scheme: Scheme) -> Scheme:
    return scheme.with_payload(payload)


def payload(told: Told) -> Body:
    job, type_ = told.job, told.event.type
    if job is None:
        return {}
    body: Body = {
        "job_id": job_id(job.id),
        "job_type": job_type(job.metadata.get("kind"), job.document_type),
        "file_id": job.filename or job_id(job.id),
        "progress": _percent(told),
    }
    if job.file_id is not None:
        body["document_id"] = document_id(job.file_id)
    if job.options.template_id is not None:
        body["schema_id"] = schema_id(job.options.template_id)
    if type_ is EventType.JOB_COMPLETED:
        results = results_of(job, told.fields, told.template)
        body |= {"results": results, "result": results}
    elif type_ in {EventType.JOB_FAILED, EventType.JOB_CANCELLED}:
        body["error"] = error_of(job)
    return body


def _percent(told: Told) -> int:
    """As it stood then; 100 is a job that has completed."""
    if told.event.type is EventType.JOB_COMPLETED:
        return 100
    total = told.event.facts.get("pages_total") or 0
    return min(99, 100 * (told.event.facts.get("pages_done") or 0) // total) if total else 0
