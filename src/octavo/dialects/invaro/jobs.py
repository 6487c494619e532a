"""Routes of jobs: starting them by kind, and looking at them."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request

from octavo.app.cancel import cancel_job
from octavo.app.read import list_jobs_by_page, read_job, require_result
from octavo.app.retry import retry_job
from octavo.app.services import Services
from octavo.app.submit import submit_job
from octavo.dialects.invaro.batches import start_batch
from octavo.dialects.invaro.errors import Invalid
from octavo.dialects.invaro.ids import job_id_from
from octavo.dialects.invaro.inbound import STATUS_FILTERS, Plan, document_of, plan_of, request_for
from octavo.dialects.invaro.kinds import DIALECT, GENERAL, INVOICES, STATEMENTS, Kind
from octavo.dialects.invaro.outbound import (
    doubled,
    render_accepted,
    render_job,
    render_listed,
    render_started,
    success,
    with_results,
)
from octavo.dialects.invaro.received import Received, receive_form, render_received
from octavo.dialects.invaro.wire import Object, Start
from octavo.domain.errors import NotFound
from octavo.domain.file import StoredFile
from octavo.domain.job import JobStatus
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Caller, Open, Submitter
from octavo.http.bodies import media_type_of, parse_body, parse_json, read_json
from octavo.http.problems import blaming_the_document
from octavo.ports.history import JobQuery

Number = Annotated[int, Query(ge=1, le=100_000)]
Size = Annotated[int, Query(ge=1, le=100)]
Word = Annotated[str, Query(max_length=64)]
_NO = frozenset({"false", "0", "no"})


def routers() -> Iterator[APIRouter]:
    for kind in (INVOICES, STATEMENTS):
        yield _router(kind)
    yield _general()


def _router(kind: Kind) -> APIRouter:
    router = APIRouter(prefix=f"/parse/{kind.name}")

    @router.post("")
    async def start(request: Request, caller: Submitter, services: Open) -> Object:
        """JSON with `document_id`, or a form with the files themselves."""
        return success(await _start(request, kind, caller, services))

    @router.get("")
    async def listed(
        caller: Caller, services: Open, page: Number = 1, page_size: Size = 20, status: Word = ""
    ) -> Object:
        """Those that were started here, newest first."""
        metadata = (("dialect", DIALECT), ("kind", kind.name))
        query = JobQuery(metadata=metadata, statuses=_statuses(status), limit=page_size)
        return success(await _list(query, page, caller, services))

    @router.get("/{job_id}")
    async def status(job_id: str, caller: Caller, services: Open) -> Object:
        """Of a job of any kind: clients ask for it under either."""
        return await _status(job_id, caller, services)

    return router


def _general() -> APIRouter:
    router = APIRouter()

    @router.post("/parse")
    async def start(request: Request, caller: Submitter, services: Open) -> Object:
        """What the document is, is found out."""
        return success(await _start(request, GENERAL, caller, services))

    @router.get("/parse/{job_id}")
    async def status(job_id: str, caller: Caller, services: Open) -> Object:
        return await _status(job_id, caller, services)

    @router.get("/jobs")
    async def listed(
        caller: Caller, services: Open, page: Number = 1, page_size: Size = 20, status: Word = ""
    ) -> Object:
        """Of every kind, also those that were sent elsewhere."""
        return success(
            await _list(JobQuery(statuses=_statuses(status), limit=page_size), page, caller, services)
        )

    @router.delete("/jobs/{job_id}")
    async def cancel(job_id: str, caller: Caller, services: Open) -> Object:
        job = await cancel_job(job_id_from(job_id), principal=caller, services=services)
        return success(render_started(job) | {"message": "Job cancelled successfully"})

    @router.post("/jobs/{job_id}/retry")
    async def retry(job_id: str, caller: Caller, services: Open) -> Object:
        job = await retry_job(job_id_from(job_id), principal=caller, services=services)
        return success(render_started(job))

    return router


async def _start(request: Request, kind: Kind, caller: Principal, services: Services) -> Object:
    caller.require(Scope.EXTRACT_WRITE)
    if media_type_of(request) == "multipart/form-data":
        return await _start_form(request, kind, caller, services)
    order = parse_body(Start, await read_json(request))
    names = [name] if (name := order.document_id or order.file_id) else order.file_ids
    if not names:
        raise Invalid("Name the document: document_id, as the upload gave it.", option="document_id")
    plan = await plan_of(order, kind, caller=caller, services=services)
    files = [await document_of(name, caller=caller, services=services) for name in names]
    return await _started(request, files, plan, caller, services, counted=1)


async def _start_form(request: Request, kind: Kind, caller: Principal, services: Services) -> Object:
    """Every file is stored, as by an upload, and started; `process=false` only stores."""

    async def plan_in(received: Received) -> Plan | None:
        if (received.text("process") or "true").strip().lower() in _NO:
            return None
        options = received.text("options")
        body = {
            "callback_url": received.text("callback_url"),
            "schema_id": received.text("schema_id"),
            "options": parse_json(options) if options else None,
        }
        return await plan_of(parse_body(Start, body), kind, caller=caller, services=services)

    received, plan = await receive_form(request, plan_in, caller=caller, services=services)
    told: Object = {"files": render_received(request, received, received.type_said())}
    if plan is None:
        return told | {"status": "partial_error" if received.refused else "done"}
    files = [file for file, _ in received.kept]
    return told | await _started(request, files, plan, caller, services, counted=len(received.documents))


async def _started(
    request: Request,
    files: list[StoredFile],
    plan: Plan,
    caller: Principal,
    services: Services,
    *,
    counted: int,
) -> Object:
    """One job; of several documents a batch, with the first job's id beside it."""
    if len(files) > 1:
        more = max(0, len(files) - counted)
        told = await start_batch(request, files, plan, more=more, caller=caller, services=services)
        return told | {"job_id": told["job_ids"][0]}
    wanted = await request_for(files[0], plan, caller=caller, services=services)
    with blaming_the_document():
        submission = await submit_job(wanted, principal=caller, services=services)
    return render_accepted(submission.job)


async def _status(text: str, caller: Principal, services: Services) -> Object:
    job = await read_job(job_id_from(text), principal=caller, services=services)
    if job.purged_at is not None:
        raise NotFound("There is no such job.")
    if job.status is JobStatus.COMPLETED:
        require_result(job)
    return doubled(await with_results(job, render_job(job, services.clock.now()), services))


async def _list(query: JobQuery, page: int, caller: Principal, services: Services) -> Object:
    found = await list_jobs_by_page(query, page, principal=caller, services=services)
    now = services.clock.now()
    return {
        "jobs": [render_listed(job, now) for job in found.jobs],
        "total": found.total,
        "page": page,
        "page_size": query.limit,
        "total_pages": found.pages,
    }


def _statuses(word: str) -> tuple[JobStatus, ...]:
    """Raises `Invalid`."""
    if word and word not in STATUS_FILTERS:
        raise Invalid(
            f"status: there is no {word!r}; there are {', '.join(STATUS_FILTERS)}.", option="status"
        )
    return STATUS_FILTERS.get(word, ())
