"""Routes of StructFlow: texts in, JSON by an example out. A job of theirs is a batch of ours, a record a document."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.app.batches.create import CreateBatch, create_batch
from octavo.app.batches.document import BatchDocument
from octavo.app.batches.read import list_batches, read_batch
from octavo.app.batches.wait import wait_for_batch
from octavo.app.services import Services
from octavo.app.submit import SubmitRequest
from octavo.dialects.ldxhub.catalog import list_models, ordered_model
from octavo.dialects.ldxhub.examples import specs_from
from octavo.dialects.ldxhub.files import OUTPUTS, stored_file
from octavo.dialects.ldxhub.ids import Kind, from_wire
from octavo.dialects.ldxhub.inbound import DIALECT, RETENTION_S, UnknownFile, file_of, wait_s
from octavo.dialects.ldxhub.outbound import KEPT
from octavo.dialects.ldxhub.outputs import find_output
from octavo.dialects.ldxhub.records import (
    ENDING,
    Record,
    outcomes_of,
    records_in,
    require_records,
    text_of,
)
from octavo.dialects.ldxhub.records_job import is_ended, render_detail, render_job, render_summary
from octavo.dialects.ldxhub.wire import CreateStructFlow, JobObject
from octavo.domain.batch import Batch, BatchStatus
from octavo.domain.errors import DocumentTooLarge, Gone, InvalidRequest, NotFound
from octavo.domain.ids import BatchId
from octavo.domain.job import JobOptions
from octavo.domain.storage import file_key
from octavo.domain.template import InlineTemplate
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Caller, Open, Submitter
from octavo.http.bodies import parse_body, read_json
from octavo.ports.batches import BatchQuery

NAME = "structflow"
MAX_BYTES = 16 * 2**20
"""Of all records together; they are read whole."""
SPARE_S = 24 * 3600
"""The first record ends before the last: its result stays until all of the job goes."""
AT_ONCE = 100
MOST_LISTED = 1000

router = APIRouter(prefix=f"/{NAME}")


@router.get("/models")
async def models(request: Request, services: Open) -> dict[str, list[JobObject]]:
    """Public; with a key, those of its project."""
    return {"data": await list_models(request, services)}


@router.post("/jobs")
async def create(request: Request, caller: Submitter, services: Open) -> Response:
    caller.require(Scope.EXTRACT_WRITE)
    order = parse_body(CreateStructFlow, await read_json(request, MAX_BYTES))
    model = await ordered_model(order.model, NAME, caller, services)
    options = JobOptions(
        template_id=model.template_id,
        template=InlineTemplate(specs_from(order.example_output), instructions=order.system_prompt),
        use_model=True,
        require_model=True,
        model_only=True,
    )
    records, filename = await _records(order, caller, services)
    metadata = {"dialect": DIALECT, "service": NAME, "model": model.id}
    if order.file_id is not None:
        metadata["file_id"] = order.file_id
    wanted = CreateBatch(
        name=filename,
        metadata=metadata,
        documents=[_document(number, record, options) for number, record in enumerate(records)],
    )
    made = await create_batch(wanted, principal=caller, services=services)
    return JSONResponse(render_job(made.batch), 202)


@router.get("/jobs")
async def history(caller: Caller, services: Open) -> dict[str, list[JobObject]]:
    """The newest thousand, without what was found."""
    caller.require(Scope.JOBS_READ)
    found: list[Batch] = []
    while len(found) < MOST_LISTED:
        query = BatchQuery(
            metadata=(("dialect", DIALECT), ("service", NAME)),
            before=found[-1].id if found else None,
            limit=AT_ONCE,
        )
        page = await list_batches(query, principal=caller, services=services)
        found += page
        if len(page) < AT_ONCE:
            break
    return {"data": [render_summary(batch) for batch in found if not _is_over(batch, services)]}


@router.get("/jobs/{job_id}")
async def status(request: Request, job_id: str, caller: Caller, services: Open) -> JobObject:
    """`?wait=N` holds the request until the job has ended, N seconds at most."""
    batch_id = _batch_id(job_id)
    timeout_s = wait_s(request.query_params.get("wait"))
    if timeout_s:
        batch = await wait_for_batch(batch_id, timeout_s=timeout_s, principal=caller, services=services)
    else:
        batch = await read_batch(batch_id, principal=caller, services=services)
    if batch.metadata.get("service") != NAME or _is_over(batch, services):
        raise NotFound("There is no such job.")
    if not is_ended(batch):
        return render_job(batch)
    return render_detail(batch, await outcomes_of(batch, principal=caller, services=services))


async def _records(
    order: CreateStructFlow, caller: Principal, services: Services
) -> tuple[Sequence[Record], str | None]:
    """And the name of the file they came in. Raises `InvalidRequest`."""
    if (order.inputs is None) is (order.file_id is None):
        raise InvalidRequest("Send inputs or a file_id: one of the two.", option="inputs")
    if order.inputs is not None:
        found = [Record(given.id, text_of(given.data)) for given in order.inputs]
        return require_records(found, "inputs"), None
    content, filename = await _file(order.file_id or "", caller, services)
    return records_in(content), filename


async def _file(text: str, caller: Principal, services: Services) -> tuple[bytes, str]:
    """A stored file or another job's output. Raises `UnknownFile`, `DocumentTooLarge`."""
    try:
        kind, id_ = file_of(text)
        if kind in OUTPUTS:
            output = await find_output(kind, id_, caller, services)
            _require_size(output.size_bytes)
            content = b"".join([chunk async for chunk in output.chunks(services)])
            return content, output.content.filename
        file = await stored_file(kind, id_, caller, services)
        _require_size(file.size_bytes)
        content = b"".join([chunk async for chunk in services.blobs.read(file_key(file.id))])
    except (NotFound, Gone) as error:
        raise UnknownFile(f"file_id: {error.summary}", option="file_id") from None
    return content, file.filename or "upload.jsonl"


def _require_size(size_bytes: int) -> None:
    if size_bytes > MAX_BYTES:
        raise DocumentTooLarge(
            f"A file of records may take {MAX_BYTES} bytes.", limit=MAX_BYTES, unit="bytes"
        )


def _document(number: int, record: Record, options: JobOptions) -> BatchDocument:
    metadata: dict[str, Any] = {
        "dialect": DIALECT,
        "service": f"{NAME}-record",
        "record": number,
        "id": record.id,
        "characters": len(record.text),
    }
    request = SubmitRequest(
        options=options,
        filename=f"{Path(str(record.id)).name or number}{ENDING}",
        metadata=metadata,
        source_retention_s=RETENTION_S,
        result_retention_s=RETENTION_S + SPARE_S,
    )
    return BatchDocument(request, record.text.encode())


def _batch_id(text: str) -> BatchId:
    """Raises `NotFound`."""
    kind, id_ = from_wire(text)
    if kind is not Kind.RECORDS:
        raise NotFound("There is no such job.")
    return BatchId(id_)


def _is_over(batch: Batch, services: Services) -> bool:
    ended = batch.tally.finished_at
    is_late = ended is not None and services.clock.now() >= ended + KEPT
    return (
        batch.expired_at is not None
        or is_late
        or (batch.status is BatchStatus.EMPTY and services.clock.now() >= batch.created_at + KEPT)
    )
