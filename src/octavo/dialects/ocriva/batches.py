"""Routes of batches: up to 50 files in one form, looked at and downloaded as one."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from octavo.app.batches.create import CreateBatch, create_batch
from octavo.app.batches.document import BatchDocument
from octavo.app.batches.export import export_batch, jobs_of
from octavo.app.batches.read import list_batches_by_page, read_batch
from octavo.app.receive import receive_source
from octavo.app.services import Services
from octavo.app.submit import SubmitRequest
from octavo.dialects.ocriva.access import Acting, Within, acting_for
from octavo.dialects.ocriva.ids import batch_id_of, upload_id
from octavo.dialects.ocriva.inbound import DIALECT, batch_statuses, options_of, require_format
from octavo.dialects.ocriva.outbound import (
    batch_name,
    file_name,
    processing_result,
    render_batch,
    without_none,
)
from octavo.dialects.ocriva.paging import Limit, Page, paged
from octavo.dialects.ocriva.records import fields_of, known_template
from octavo.dialects.ocriva.results import ENDINGS, MEDIA_TYPES, to_csv
from octavo.dialects.ocriva.wire import BatchFields
from octavo.domain.batch import Batch
from octavo.domain.errors import Conflict, InvalidRequest
from octavo.domain.ids import JobId, new_id
from octavo.domain.job import Job, JobStatus
from octavo.domain.storage import job_prefix
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Open, Submitter
from octavo.http.bodies import FORM_OVERHEAD_BYTES, body_of, refuse_oversize, safe_filename
from octavo.http.multipart import Form
from octavo.http.options import parse_fields
from octavo.http.ranges import content_disposition
from octavo.ports.batches import BatchQuery
from octavo.ports.blobs import StoredBlob

router = APIRouter(prefix="/v1/openapi/batch")

MOST_FILES = 50
MOST_PARTS = MOST_FILES + 20
_PART = "files"

Received = list[tuple[tuple[JobId, StoredBlob], str | None]]
"""Each file's source and name, in their order."""


@router.post("/upload")
async def upload(request: Request, caller: Submitter, services: Open) -> Response:
    """Multipart: `files`, as often as wanted up to 50. A file that is refused counts as failed."""
    caller.require(Scope.EXTRACT_WRITE)
    return JSONResponse(await create_from(request, acting_for, caller, services), 201)


async def create_from(
    request: Request, within: Within, caller: Principal, services: Services
) -> dict[str, Any]:
    """What an upload of a batch answers."""
    limit = services.policy.limits.max_bytes * MOST_FILES
    refuse_oversize(request, limit, beside_bytes=FORM_OVERHEAD_BYTES)
    form = Form(
        request.headers.get("content-type", ""),
        body_of(request),
        file_parts=frozenset({_PART}),
        several=True,
        max_parts=MOST_PARTS,
    )
    received: Received = []
    try:
        await _receive(form, received, services)
        order = parse_fields(BatchFields, form.fields)
        acting = await within(order.project_id, caller, services)
        wanted = await _wanted(order, received, acting, services)
    except BaseException:
        for (job_id, _), _ in received:
            await services.blobs.delete_prefix(job_prefix(job_id))
        raise
    made = await create_batch(wanted, principal=acting, services=services)
    ids = [upload_id(outcome.id) for outcome in made.outcomes if isinstance(outcome, Job)]
    return render_batch(made.batch) | {"uploadIds": ids}


@router.get("")
async def batches(
    acting: Acting,
    services: Open,
    status: Annotated[str | None, Query(max_length=40)] = None,
    page: Page = 1,
    limit: Limit = 10,
) -> dict[str, Any]:
    """Newest first."""
    query = BatchQuery(statuses=batch_statuses(status), limit=limit)
    found = await list_batches_by_page(query, page, principal=acting, services=services)
    return paged([render_batch(batch) for batch in found.batches], page, limit, found.total)


@router.get("/{batch_id}")
async def batch(batch_id: str, acting: Acting, services: Open) -> dict[str, Any]:
    found = await read_batch(batch_id_of(batch_id), principal=acting, services=services)
    jobs = jobs_of(found.id, principal=acting, services=services)
    return render_batch(found) | {"uploadIds": [upload_id(job.id) async for job in jobs]}


@router.get("/{batch_id}/export")
async def export(
    batch_id: str,
    acting: Acting,
    services: Open,
    format: Annotated[str, Query(max_length=40)] = "json",  # noqa: A002 -- the parameter's public name
) -> Response:
    """One file of all results; of the formats of running text, one document of all pages."""
    wanted = require_format(format)
    found = await read_batch(batch_id_of(batch_id), principal=acting, services=services)
    if not found.tally.jobs.get(JobStatus.COMPLETED):
        raise Conflict("No document of this batch is completed yet")
    if wanted == "json":
        return _download(_as_json(found, acting, services), found, wanted)
    if wanted == "csv":
        return _download(_as_csv(found, acting, services), found, wanted)
    whole = await export_batch(found.id, wanted, is_combined=True, principal=acting, services=services)
    return _download(whole.content, found, wanted)


async def _receive(form: Form, received: Received, services: Services) -> None:
    """Every file, durable. Raises `InvalidRequest` for too many, or none."""
    # Ids decide the order of every list: the records stand there as their files stood in the form.
    ids = sorted(JobId(new_id(services.clock.now())) for _ in range(MOST_FILES))
    while await form.find_file():
        if len(received) == MOST_FILES:
            raise InvalidRequest(f"A batch takes at most {MOST_FILES} files", option=_PART)
        name = safe_filename(form.filename)
        source = await receive_source(form.content(), services=services, job_id=ids[len(received)])
        received.append((source, name))
    if not received:
        raise InvalidRequest("files should not be empty", option=_PART)


async def _wanted(
    order: BatchFields, received: Received, acting: Principal, services: Services
) -> CreateBatch:
    options, template = await options_of(order, acting, services)
    told = {"dialect": DIALECT, "totalFiles": len(received), "metadata": order.metadata}
    if template is not None:
        told |= {"templateId": template.id, "templateName": template.name}
    documents = [
        BatchDocument(
            SubmitRequest(options=options, filename=name, metadata={"dialect": DIALECT}), source=source
        )
        for source, name in received
    ]
    return CreateBatch(
        name=batch_name(order.name, services.clock.now()),
        metadata=without_none(told),
        project_id=acting.default_project_id,
        documents=documents,
    )


async def _as_json(batch: Batch, acting: Principal, services: Services) -> AsyncIterator[bytes]:
    head = {"batchId": batch.id, "name": batch_name(batch.name, batch.created_at)}
    yield orjson.dumps(head)[:-1] + b',"results":['
    comma = b""
    async for job, told in _results(batch, acting, services):
        entry = {"id": job.id, "fileName": file_name(job), "processingResult": told}
        yield comma + orjson.dumps(entry)
        comma = b","
    yield b"]}"


async def _as_csv(batch: Batch, acting: Principal, services: Services) -> AsyncIterator[bytes]:
    """The columns are all that any result has, so all are read before the first row."""
    yield to_csv(
        [
            {"id": job.id, "fileName": file_name(job), **told}
            async for job, told in _results(batch, acting, services)
        ]
    )


async def _results(
    batch: Batch, acting: Principal, services: Services
) -> AsyncIterator[tuple[Job, dict[str, Any]]]:
    """Of every completed document, oldest first."""
    async for job in jobs_of(batch.id, principal=acting, services=services):
        template = await known_template(job, services)
        told = processing_result(job, template, await fields_of(job, services))
        if told is not None and job.purged_at is None:
            yield job, told


def _download(content: AsyncIterator[bytes], batch: Batch, wanted: str) -> Response:
    headers = {"Content-Disposition": content_disposition(f"{_name(batch)}.{ENDINGS.get(wanted, wanted)}")}
    response = StreamingResponse(content, 200, headers)
    response.headers["Content-Type"] = MEDIA_TYPES[wanted]
    return response


def _name(batch: Batch) -> str:
    return safe_filename(batch_name(batch.name, batch.created_at)) or batch.id
