"""Routes of the processing history: the list, its numbers, one record, its result as a file."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.read import by_template_name, list_jobs_by_page, read_stats
from octavo.dialects.ocriva.access import Acting, record_of
from octavo.dialects.ocriva.ids import batch_id_of, template_id_of
from octavo.dialects.ocriva.inbound import first_moment, job_statuses, moment_after, require_format
from octavo.dialects.ocriva.paging import Limit, Page, paged
from octavo.dialects.ocriva.records import Reading, known_template, records
from octavo.dialects.ocriva.results import default_format, result_response
from octavo.dialects.ocriva.wire import Day
from octavo.domain.errors import NotFound
from octavo.domain.job import JobStatus
from octavo.http.auth import Open
from octavo.http.bodies import require_no_nul
from octavo.ports.history import JobQuery

router = APIRouter(prefix="/v1/openapi/processing-history")


@dataclass(frozen=True, slots=True)
class _Filters:
    status: Annotated[str | None, Query(max_length=40)] = None
    template_id: Annotated[str | None, Query(alias="templateId", max_length=100)] = None
    from_date: Annotated[Day, Query(alias="fromDate")] = None
    to_date: Annotated[Day, Query(alias="toDate")] = None
    search: Annotated[str | None, Query(max_length=200)] = None
    batch_id: Annotated[str | None, Query(alias="batchId", max_length=100)] = None

    def query(self, limit: int) -> JobQuery | None:
        """None where nothing can match: a status no job has, an id that is none. Raises `InvalidRequest`."""
        require_no_nul(self.search, "search")
        statuses = job_statuses(self.status)
        try:
            template_id = template_id_of(self.template_id) if self.template_id else None
            batch_id = batch_id_of(self.batch_id) if self.batch_id else None
        except NotFound:
            return None
        if statuses is None:
            return None
        return JobQuery(
            statuses=statuses,
            text=(self.search or "").strip() or None,
            created_from=first_moment(self.from_date),
            created_before=moment_after(self.to_date),
            template_id=template_id,
            batch_id=batch_id,
            limit=limit,
        )


@router.get("")
async def history(
    request: Request,
    acting: Acting,
    services: Open,
    filters: Annotated[_Filters, Depends()],
    page: Page = 1,
    limit: Limit = 10,
) -> dict[str, Any]:
    """Newest first."""
    query = filters.query(limit)
    if query is None:
        return paged([], page, limit, 0)
    query = await by_template_name(query, principal=acting, services=services)
    found = await list_jobs_by_page(query, page, principal=acting, services=services)
    jobs = [job for job in found.jobs if job.purged_at is None]
    return paged(await records(jobs, Reading(request, acting, services)), page, limit, found.total)


@router.get("/stats")
async def stats(acting: Acting, services: Open) -> dict[str, int]:
    """What waits is pending, what is read is processing; a cancelled one has failed."""
    counts = (await read_stats(0, principal=acting, services=services)).by_status
    told = {
        "pending": counts[JobStatus.QUEUED],
        "processing": counts[JobStatus.PROCESSING],
        "completed": counts[JobStatus.COMPLETED],
        "failed": counts[JobStatus.FAILED] + counts[JobStatus.CANCELLED],
    }
    return {"total": sum(told.values()), **told}


@router.get("/{record_id}")
async def record(request: Request, record_id: str, acting: Acting, services: Open) -> dict[str, Any]:
    """By its own id, or its upload's."""
    job = await record_of(record_id, principal=acting, services=services)
    return (await records([job], Reading(request, acting, services)))[0]


@router.get("/{record_id}/result")
async def result(
    request: Request,
    record_id: str,
    acting: Acting,
    services: Open,
    format: Annotated[str | None, Query(max_length=40)] = None,  # noqa: A002 -- the parameter's public name
) -> Response:
    """A download; without `format`, as the template says."""
    wanted = require_format(format) if format else None
    job = await record_of(record_id, principal=acting, services=services)
    template = await known_template(job, services)
    wanted = wanted or default_format(template)
    return await result_response(job, template, wanted, Reading(request, acting, services))
