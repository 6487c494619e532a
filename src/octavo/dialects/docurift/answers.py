"""The envelope of every success, and what several routes put into it."""

from typing import Any

import orjson
from starlette.responses import JSONResponse, Response

from octavo.app.export import export_result
from octavo.app.fields.read import stored_fields
from octavo.app.read import NumberedPage, read_job
from octavo.app.services import Services
from octavo.dialects.docurift.inbound import require_kept, wants_tables
from octavo.dialects.docurift.outbound import render_table
from octavo.domain.errors import Forbidden, NotFound
from octavo.domain.ids import JobId
from octavo.domain.job import Job, JobStatus
from octavo.domain.tenancy import Principal

Json = dict[str, Any]


def success(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"success": True, "data": data}, status, headers)


def page_answer(name: str, entries: list[Json], page: NumberedPage) -> Response:
    """A list: no source shows its members, so the pagination stands beside the entries and beside `data`."""
    pagination = {
        "page": page.number,
        "limit": page.limit,
        "total": page.total,
        "totalPages": page.pages,
        "hasNextPage": page.number < page.pages,
        "hasPreviousPage": page.number > 1,
    }
    body = {"success": True, "data": {name: entries, "pagination": pagination}, "pagination": pagination}
    return JSONResponse(body)


async def kept_job(job_id: JobId, caller: Principal, services: Services) -> Job:
    """Raises `NotFound`, also for what was erased or has expired; `Forbidden`: it is somebody else's."""
    try:
        job = await read_job(job_id, principal=caller, services=services)
    except NotFound:
        if await services.store.knows_job(job_id):
            raise Forbidden("You do not have permission to access it.") from None
        raise
    require_kept(job, services.clock.now())
    return job


async def fields_of(job: Job, services: Services) -> Json | None:
    """None where none were looked for, or none are there yet. Raises `NotFound` where they went meanwhile."""
    if job.status is not JobStatus.COMPLETED or job.fields is None:
        return None
    fields: Json = orjson.loads(await stored_fields(job.fields, services))
    return fields


async def tables_of(job: Job, caller: Principal, services: Services) -> Json:
    """`tables`, where they were ordered and are there."""
    if job.status is not JobStatus.COMPLETED or not wants_tables(job):
        return {}
    export = await export_result(job.id, "tables", principal=caller, services=services)
    content = b"".join([chunk async for chunk in services.blobs.read(export.key)])
    return {"tables": [render_table(orjson.loads(line)) for line in content.splitlines()]}
