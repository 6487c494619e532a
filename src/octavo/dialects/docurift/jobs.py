"""Routes of jobs: one, and the history."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from octavo.app.read import list_jobs_by_page
from octavo.dialects.docurift.access import Caller
from octavo.dialects.docurift.answers import fields_of, kept_job, page_answer, success
from octavo.dialects.docurift.ids import job_id_of
from octavo.dialects.docurift.inbound import document_type_of, end_of, start_of, statuses_of
from octavo.dialects.docurift.outbound import render_job
from octavo.http.auth import Open
from octavo.ports.history import JobQuery, JobSort

router = APIRouter()

PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
PageSize = Annotated[int, Query(ge=1, le=100)]
Word = Annotated[str | None, Query(max_length=64)]
Start = Annotated[str | None, Query(alias="startDate", max_length=40)]
End = Annotated[str | None, Query(alias="endDate", max_length=40)]
Order = Annotated[Literal["asc", "desc"], Query(alias="sortOrder")]
TypeFilter = Annotated[str | None, Query(alias="documentType", max_length=64)]

SORTS = {"createdAt": JobSort.CREATED, "updatedAt": JobSort.UPDATED}


@router.get("/v1/jobs/{job_id}")
async def status(job_id: str, caller: Caller, services: Open) -> Response:
    """A job that failed is no error of the request. 30 days after its end it is unknown."""
    job = await kept_job(job_id_of(job_id), caller, services)
    return success(render_job(job, services.clock.now(), await fields_of(job, services)))


@router.get("/v1/jobs")
async def history(
    caller: Caller,
    services: Open,
    page: PageNumber = 1,
    limit: PageSize = 20,
    status: Word = None,
    start: Start = None,
    end: End = None,
    sort: Annotated[Literal["createdAt", "updatedAt"], Query(alias="sortBy")] = "createdAt",
    order: Order = "desc",
    kind: TypeFilter = None,
) -> Response:
    """Entries have no result: that is told of one job at a time."""
    query = JobQuery(
        statuses=statuses_of(status),
        created_from=start_of(start),
        created_before=end_of(end),
        document_type=document_type_of(kind) if kind else None,
        kept=True,
        limit=limit,
        oldest_first=order == "asc",
        sort=SORTS[sort],
    )
    found = await list_jobs_by_page(query, page, principal=caller, services=services)
    now = services.clock.now()
    return page_answer("jobs", [render_job(job, now, with_result=False) for job in found.jobs], found)
