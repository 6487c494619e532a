"""Routes of the job services: the same four for each."""

from collections.abc import Iterator
from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.app.read import list_jobs, read_job, wait_for_job
from octavo.app.receive import receive_source
from octavo.app.services import Services
from octavo.app.submit import SubmitRequest, submit_job
from octavo.dialects.ldxhub.files import OUTPUTS, stored_file
from octavo.dialects.ldxhub.inbound import (
    DIALECT,
    RETENTION_S,
    UnknownFile,
    file_of,
    job_id_of,
    metadata_of,
    options_of,
    require_input,
    wait_s,
)
from octavo.dialects.ldxhub.outbound import render_job, render_summary, service_name_of
from octavo.dialects.ldxhub.outputs import find_output
from octavo.dialects.ldxhub.services import SERVICES, Service, to_engine
from octavo.dialects.ldxhub.wire import CreateJob, JobObject
from octavo.domain.errors import Gone, NotFound
from octavo.domain.ids import JobId
from octavo.domain.job import Job
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Caller, Open, Submitter
from octavo.http.bodies import parse_body, read_json
from octavo.http.problems import blaming_the_document
from octavo.ports.engines import NO_INK
from octavo.ports.history import JobQuery

AT_ONCE = 200
MOST_LISTED = 1000


def routers() -> Iterator[APIRouter]:
    for service in SERVICES.values():
        yield _router(service)


def _router(service: Service) -> APIRouter:
    router = APIRouter(prefix=f"/{service.name}")

    @router.get("/engines")
    async def engines(services: Open) -> dict[str, list[JobObject]]:
        """Public: clients fill their menus before they have a key."""
        return {"data": [to_engine(service, _languages(services))]}

    @router.post("/jobs")
    async def create(request: Request, caller: Submitter, services: Open) -> Response:
        caller.require(Scope.EXTRACT_WRITE)
        order = parse_body(CreateJob, await read_json(request))
        options = options_of(order, service)
        wanted = SubmitRequest(
            options=options,
            metadata=metadata_of(order, service),
            source_retention_s=RETENTION_S,
            result_retention_s=RETENTION_S,
            keep_unreadable=True,
        )
        wanted = await with_source(wanted, order.file_id, service.inputs, service.name, caller, services)
        with blaming_the_document():
            submission = await submit_job(wanted, principal=caller, services=services)
        return JSONResponse(render_job(submission.job, service), 202)

    @router.get("/jobs")
    async def history(caller: Caller, services: Open) -> dict[str, list[JobObject]]:
        found = await jobs_of_service(service.name, caller, services)
        return {"data": [render_summary(job, service) for job in found]}

    @router.get("/jobs/{job_id}")
    async def status(request: Request, job_id: str, caller: Caller, services: Open) -> JobObject:
        """`?wait=N` holds the request until the job has ended, N seconds at most."""
        id_ = job_id_of(job_id)
        job = await found_job(id_, wait_s(request.query_params.get("wait")), service.name, caller, services)
        return render_job(job, service)

    return router


async def with_source(
    wanted: SubmitRequest,
    text: str,
    inputs: tuple[str, ...],
    name: str,
    caller: Principal,
    services: Services,
) -> SubmitRequest:
    """With the stored file, or a copy of another job's output. A wrong id is a fault of the order.

    Raises:
        UnknownFile, UnsupportedConversion.
    """
    try:
        kind, id_ = file_of(text)
        if kind not in OUTPUTS:
            file = await stored_file(kind, id_, caller, services)
            require_input(file.media_type, inputs, name)
            return replace(wanted, file_id=file.id)
        output = await find_output(kind, id_, caller, services)
        require_input(output.content.media_type.partition(";")[0], inputs, name)
        source = await receive_source(output.chunks(services), services=services)
        return replace(wanted, source=source, filename=output.content.filename)
    except (NotFound, Gone) as error:
        raise UnknownFile(f"file_id: {error.summary}", option="file_id") from None


async def jobs_of_service(name: str, caller: Principal, services: Services) -> list[Job]:
    """The newest thousand of this service."""
    found: list[Job] = []
    before = None
    while len(found) < MOST_LISTED:
        query = JobQuery(metadata=(("dialect", DIALECT), ("service", name)), before=before, limit=AT_ONCE)
        page = await list_jobs(query, principal=caller, services=services)
        found += [job for job in page.jobs if job.purged_at is None]
        before = page.next_before
        if before is None:
            break
    return found


async def found_job(id_: JobId, timeout_s: float, name: str, caller: Principal, services: Services) -> Job:
    """A job of a sibling service, or one whose time has ended, is not here. Raises `NotFound`."""
    if timeout_s:
        job = await wait_for_job(id_, timeout_s=timeout_s, principal=caller, services=services)
    else:
        job = await read_job(id_, principal=caller, services=services)
    if service_name_of(job) != name or job.purged_at or job.result_deleted_at:
        raise NotFound("There is no such job.")
    return job


def _languages(services: Services) -> frozenset[str]:
    return frozenset(
        language
        for engine in services.engines.describe()
        if engine.available and engine.name != NO_INK
        for language in engine.languages
    )
