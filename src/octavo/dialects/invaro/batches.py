"""Routes of batches: up to ten documents at once."""

from collections.abc import Iterator
from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request

from octavo.app.batches.create import CreateBatch, create_batch
from octavo.app.batches.document import BatchDocument
from octavo.app.batches.read import read_batch
from octavo.app.read import list_jobs
from octavo.app.services import Services
from octavo.dialects.invaro.errors import Invalid
from octavo.dialects.invaro.ids import batch_id_from
from octavo.dialects.invaro.inbound import Plan, document_of, plan_of, request_for
from octavo.dialects.invaro.kinds import DIALECT, INVOICES, STATEMENTS, Kind
from octavo.dialects.invaro.limits import count_more
from octavo.dialects.invaro.outbound import BATCH_STATUSES, render_batch, render_batch_status, success
from octavo.dialects.invaro.schemas import named_schema
from octavo.dialects.invaro.wire import BatchFile, Object, StartBatch
from octavo.domain.batch import BatchStatus
from octavo.domain.errors import InvalidRequest
from octavo.domain.file import StoredFile
from octavo.domain.job import Job
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Caller, Open, Submitter
from octavo.http.bodies import parse_body, read_json
from octavo.ports.history import JobQuery

MOST = 10
AT_ONCE = 200


def routers() -> Iterator[APIRouter]:
    for kind in (INVOICES, STATEMENTS):
        yield _router(kind)


def _router(kind: Kind) -> APIRouter:
    router = APIRouter(prefix=f"/parse/{kind.name}/batch")

    @router.post("")
    async def create(request: Request, caller: Submitter, services: Open) -> Object:
        caller.require(Scope.EXTRACT_WRITE)
        order = parse_body(StartBatch, await read_json(request))
        if len(order.files) > MOST:
            raise Invalid(f"A batch takes at most {MOST} documents.", option="files", limit=MOST)
        plan = await plan_of(order, kind, caller=caller, services=services)
        named = [(one, await _file(one, caller, services)) for one in order.files]
        plans = [await _plan(one, plan, caller, services) for one, _ in named]
        files = [file for _, file in named]
        more = len(files) - 1
        told = await start_batch(
            request, files, plan, plans=plans, more=more, caller=caller, services=services
        )
        return success(told)

    @router.get("/{batch_id}")
    async def status(batch_id: str, caller: Caller, services: Open) -> Object:
        batch = await read_batch(batch_id_from(batch_id), principal=caller, services=services)
        query = JobQuery(batch_id=batch.id, oldest_first=True, limit=AT_ONCE)
        jobs = (await list_jobs(query, principal=caller, services=services)).jobs
        return success(render_batch_status(batch, jobs))

    return router


async def start_batch(
    request: Request,
    files: list[StoredFile],
    plan: Plan,
    *,
    plans: list[Plan] | None = None,
    more: int,
    caller: Principal,
    services: Services,
) -> Object:
    """A job for each file, in their order.

    `plans` has one for each file where they differ; `more` is how many requests it counts as beyond those
    that were counted. Raises `InvalidRequest` where not one of them became a job.
    """
    await count_more(request, more, caller=caller, services=services)
    requests = [
        await request_for(file, own, caller=caller, services=services)
        for file, own in zip(files, plans or [plan] * len(files), strict=True)
    ]
    creation = await create_batch(
        CreateBatch(
            metadata={"dialect": DIALECT, "kind": plan.kind.name},
            documents=[BatchDocument(one) for one in requests],
        ),
        principal=caller,
        services=services,
    )
    jobs = [outcome for outcome in creation.outcomes if isinstance(outcome, Job)]
    if not jobs:
        refused = creation.batch.refused
        raise InvalidRequest(refused[0].summary if refused else "Not one document could be taken.")
    # An order is answered as pending, though what was read before may be there at once.
    return render_batch(creation.batch, jobs) | {"status": BATCH_STATUSES[BatchStatus.QUEUED]}


async def _file(one: BatchFile, caller: Principal, services: Services) -> StoredFile:
    name = one.document_id or one.file_id
    if not name:
        raise Invalid("Each of files has a document_id.", option="files")
    return await document_of(name, caller=caller, services=services)


async def _plan(one: BatchFile, plan: Plan, caller: Principal, services: Services) -> Plan:
    if one.schema_id is None:
        return plan
    schema = await named_schema(one.schema_id, caller=caller, services=services)
    return replace(plan, schema=schema.id)
