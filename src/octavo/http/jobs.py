"""Jobs after their submission: list, cancel, retry, purge."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.cancel import cancel_job
from octavo.app.purge import purge_job
from octavo.app.read import list_jobs
from octavo.app.retry import retry_job
from octavo.domain.ids import JobId
from octavo.domain.job import JobStatus
from octavo.http.auth import Caller, Open
from octavo.http.bodies import require_no_nul
from octavo.http.contract import METADATA_FILTER, answers
from octavo.http.identifiers import batch_id_from, job_id_from, template_id_from
from octavo.http.metadata_filter import metadata_filters
from octavo.http.options import Moment
from octavo.http.paging import decode_id_cursor, encode_cursor
from octavo.http.problems import validation_failed
from octavo.http.status import JOB_PATH, finished_jobs_of
from octavo.http.wire import JobAnswer, JobListAnswer, job_path, render_job
from octavo.ports.history import JobQuery

router = APIRouter(tags=["jobs"])

Order = Literal["newest", "oldest"]


@router.get(
    "/v1/jobs",
    operation_id="list_jobs",
    summary="List jobs",
    openapi_extra=METADATA_FILTER,
    responses=answers(400, 401, 403, 404, 422, 503),
)
async def list_(
    request: Request,
    caller: Caller,
    services: Open,
    status: Annotated[list[str], Query(description="Repeat it, or join with commas.")] = [],  # noqa: B006 -- never changed
    q: Annotated[str | None, Query(max_length=200, description="Part of the file name, any case.")] = None,
    created_from: Moment | None = None,
    created_before: Moment | None = None,
    media_type: Annotated[str | None, Query(max_length=100)] = None,
    engine: Annotated[str | None, Query(max_length=64)] = None,
    batch_id: Annotated[str | None, Query(max_length=40)] = None,
    document_type: Annotated[str | None, Query(max_length=64, description="As it was found.")] = None,
    template: Annotated[str | None, Query(max_length=64, description="Its id.")] = None,
    order: Order = "newest",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> JobListAnswer:
    """The history, newest first; filters are joined by AND. `metadata.<key>=<value>` filters too."""
    for value, name in (
        (q, "q"),
        (media_type, "media_type"),
        (engine, "engine"),
        (document_type, "document_type"),
    ):
        require_no_nul(value, name)
    query = JobQuery(
        statuses=_statuses(status),
        text=q or None,
        created_from=created_from,
        created_before=created_before,
        media_type=media_type or None,
        engine=engine or None,
        document_type=document_type or None,
        template_id=template_id_from(template) if template else None,
        metadata=metadata_filters(request),
        batch_id=batch_id_from(batch_id) if batch_id else None,
        before=_position(cursor, order),
        limit=limit,
        oldest_first=order == "oldest",
    )
    page = await list_jobs(query, principal=caller, services=services)
    now = services.clock.now()
    return JobListAnswer(
        jobs=[render_job(job, now) for job in page.jobs],
        next_cursor=encode_cursor(f"jobs-{order}", page.next_before) if page.next_before else None,
    )


@router.delete(
    JOB_PATH,
    operation_id="cancel_job",
    summary="Cancel a job",
    responses=answers(401, 403, 404, 409, 503),
)
async def cancel(job_id: str, caller: Caller, services: Open) -> JobAnswer:
    """Stop a queued or running job. `409` when it has ended."""
    job = await cancel_job(job_id_from(job_id), principal=caller, services=services)
    return render_job(job, services.clock.now())


@router.post(
    "/v1/jobs/{job_id}/retry",
    status_code=202,
    operation_id="retry_job",
    summary="Try a job again",
    responses=answers(401, 403, 404, 409, 410, 503),
)
async def retry(job_id: str, caller: Caller, services: Open, response: Response) -> JobAnswer:
    """Another attempt of a failed or cancelled job; pages that were read are kept."""
    job = await retry_job(job_id_from(job_id), principal=caller, services=services)
    response.headers["Location"] = job_path(job)
    response.headers["Retry-After"] = "1"
    return render_job(job, services.clock.now())


@router.post(
    "/v1/jobs/{job_id}/purge",
    operation_id="purge_job",
    summary="Erase a job's document",
    responses=answers(401, 403, 404, 409, 503),
)
async def purge(request: Request, job_id: str, caller: Caller, services: Open) -> JobAnswer:
    """Erase source, pages, results, name and options; a tombstone stays. Repeating it changes nothing."""
    id_ = job_id_from(job_id)
    try:
        job = await purge_job(id_, principal=caller, services=services)
    finally:
        finished_jobs_of(request).forget(id_)
    return render_job(job, services.clock.now())


def _statuses(texts: list[str]) -> tuple[JobStatus, ...]:
    names = [part.strip() for text in texts for part in text.split(",") if part.strip()]
    known = [status.value for status in JobStatus]
    if not set(names) <= set(known):
        raise validation_failed(
            [{"loc": ("query", "status"), "msg": f"must be among: {', '.join(known)}", "type": "enum"}]
        )
    return tuple(dict.fromkeys(JobStatus(name) for name in names))


def _position(cursor: str | None, order: Order) -> JobId | None:
    return JobId(decode_id_cursor(f"jobs-{order}", cursor)) if cursor else None
