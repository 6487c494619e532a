"""Routes of jobs: read, list, cancel, purge."""

from contextlib import suppress
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.app.cancel import cancel_job
from octavo.app.purge import purge_job
from octavo.app.read import list_jobs, read_job
from octavo.app.services import Services
from octavo.dialects.ocrqueen.access import Caller
from octavo.dialects.ocrqueen.answers import job_answer, render
from octavo.dialects.ocrqueen.errors import JobEnded
from octavo.domain.errors import Conflict
from octavo.domain.ids import JobId
from octavo.domain.job import Job, JobStatus
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Open
from octavo.http.identifiers import job_id_from
from octavo.http.paging import decode_id_cursor, encode_cursor
from octavo.ports.history import JobQuery

router = APIRouter()

LIST = "ocrqueen-jobs"
MOST_LISTED = 100
READ_A_BODY = ("ocrqueen-python/", "ocrqueen-node/")
"""User-Agents of SDKs that fail on a 204 of a cancellation."""


@router.get("/v1/jobs/{job_id}")
async def status(request: Request, job_id: str, caller: Caller, services: Open) -> Response:
    """With the document, once the job is completed."""
    job = await read_job(job_id_from(job_id), principal=caller, services=services)
    return await job_answer(request, job, caller=caller, services=services)


@router.get("/v1/jobs")
async def history(
    request: Request,
    caller: Caller,
    services: Open,
    limit: int = 20,
    status: JobStatus | None = None,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """Newest first, without documents; a limit too high is capped."""
    query = JobQuery(
        statuses=(status,) if status else (),
        before=JobId(decode_id_cursor(LIST, cursor)) if cursor else None,
        limit=max(1, min(MOST_LISTED, limit)),
    )
    page = await list_jobs(query, principal=caller, services=services)
    return JSONResponse(
        {
            "jobs": [render(request, job, services) for job in page.jobs],
            "next_cursor": encode_cursor(LIST, page.next_before) if page.next_before else None,
        }
    )


@router.delete("/v1/jobs/{job_id}")
async def cancel(request: Request, job_id: str, caller: Caller, services: Open) -> Response:
    """Only what has not ended. `jobs:write` is for purging alone here: whoever may send may stop."""
    id_ = job_id_from(job_id)
    may = caller.scopes | {Scope.JOBS_WRITE} if Scope.EXTRACT_WRITE in caller.scopes else caller.scopes
    try:
        job = await cancel_job(id_, principal=replace(caller, scopes=may), services=services)
    except Conflict:
        job = await services.store.tenant(caller.tenant).job(id_)
        raise JobEnded(f"The job is {job.status.value} already.", status=job.status.value) from None
    if request.headers.get("user-agent", "").startswith(READ_A_BODY):
        return JSONResponse(render(request, job, services))
    return Response(status_code=204)


@router.post("/v1/jobs/{job_id}/purge")
async def purge(job_id: str, caller: Caller, services: Open) -> Response:
    """Repeating it changes nothing."""
    await _purged(job_id_from(job_id), caller, services)
    return Response(status_code=204)


async def _purged(job_id: JobId, caller: Principal, services: Services) -> Job:
    """What still runs is cancelled first: whoever wants it erased does not want it read."""
    try:
        return await purge_job(job_id, principal=caller, services=services)
    except Conflict:
        # It may have ended in between.
        with suppress(Conflict):
            await cancel_job(job_id, principal=caller, services=services)
        return await purge_job(job_id, principal=caller, services=services)
