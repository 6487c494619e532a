"""Routes of jobs: one, and the history."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from octavo.dialects.docurift.access import Caller
from octavo.dialects.docurift.answers import fields_of, kept_job, page_answer, success
from octavo.dialects.docurift.ids import job_id_of
from octavo.dialects.docurift.lists import Listing
from octavo.dialects.docurift.outbound import render_job
from octavo.http.auth import Open
from octavo.ports.history import JobSort

router = APIRouter()

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
    asked: Listing,
    sort: Annotated[Literal["createdAt", "updatedAt"], Query(alias="sortBy")] = "createdAt",
) -> Response:
    """Entries have no result: that is told of one job at a time."""
    found = await asked.answered(SORTS[sort], caller, services)
    now = services.clock.now()
    return page_answer("jobs", [render_job(job, now, with_result=False) for job in found.jobs], found)
