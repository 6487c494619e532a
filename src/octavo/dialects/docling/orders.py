"""Orders: the documents that a request brings, stored, and what they become."""

import asyncio
import base64
import binascii
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from octavo.app.batches.cancel import cancel_batch
from octavo.app.batches.create import CreateBatch, create_batch
from octavo.app.fetch import fetch_source
from octavo.app.read import wait_for_job
from octavo.app.receive import receive_source
from octavo.app.schemes.docling import check_headers
from octavo.app.services import Services
from octavo.app.submit import SubmitRequest, submit_job
from octavo.app.usage import require_pages
from octavo.app.webhooks.register import make_callback
from octavo.dialects.docling.answers import result_answer
from octavo.dialects.docling.errors import WAITED, TakesTooLong
from octavo.dialects.docling.inbound import DIALECT, NotAllowed, Order, require_allowed
from octavo.dialects.docling.outbound import Task
from octavo.dialects.docling.webhook import EVENTS, secret_of
from octavo.dialects.docling.wire import MAX_SOURCES, CallbackSpec, FileSource, HttpSource
from octavo.domain.errors import DocumentTooLarge, InvalidRequest
from octavo.domain.ids import JobId
from octavo.domain.job import Job
from octavo.domain.storage import job_prefix
from octavo.domain.tenancy import Principal, Scope
from octavo.domain.webhook import Callback
from octavo.http.bodies import (
    FORM_OVERHEAD_BYTES,
    MAX_JSON_BYTES,
    body_of,
    refuse_oversize,
    safe_filename,
)
from octavo.http.multipart import Form
from octavo.http.problems import blaming_the_document, validation_failed
from octavo.ports.blobs import StoredBlob

MAX_INLINE_BYTES = 24 * 2**20
"""Of all documents inside one JSON body, which is read whole; larger ones come as files."""
MAX_BODY_BYTES = MAX_INLINE_BYTES * 4 // 3 + MAX_JSON_BYTES
SYNC_WAIT_S = 120.0
"""As the peer's own default."""
AT_ONCE = 16
"""Sources of one request that are fetched together."""
_MAX_PARTS = MAX_SOURCES + 120

OrderOf = Callable[[Mapping[str, Sequence[str]]], Order]
"""What a form's fields order."""


@dataclass(frozen=True, slots=True)
class Received:
    """A document that is stored, and no job yet."""

    job_id: JobId
    blob: StoredBlob
    filename: str | None


async def by_source(
    sources: Sequence[FileSource | HttpSource], order: Order, caller: Principal, services: Services
) -> Task:
    caller.require(Scope.EXTRACT_WRITE)
    if any(isinstance(wanted, HttpSource) for wanted in sources):
        await require_pages(principal=caller, services=services)
    async with _receiving(services) as received:
        received.extend(await _sources(sources, services))
        return await _submit(order, received, caller, services)


async def by_file(request: Request, order_of: OrderOf, caller: Principal, services: Services) -> Task:
    """The options may stand before or behind the files, so that these are stored first."""
    caller.require(Scope.EXTRACT_WRITE)
    limit = services.policy.limits.max_bytes
    refuse_oversize(request, limit * MAX_SOURCES, beside_bytes=FORM_OVERHEAD_BYTES)
    form = Form(
        request.headers.get("content-type", ""),
        body_of(request),
        file_parts=frozenset({"files", "files[]"}),
        several=True,
        max_parts=_MAX_PARTS,
    )
    async with _receiving(services) as received:
        while await form.find_file():
            name = safe_filename(form.filename) or "file.pdf"
            received.append(Received(*await receive_source(form.content(), services=services), name))
            if len(received) > MAX_SOURCES:
                raise NotAllowed(f"Too many files: the maximum is {MAX_SOURCES}.", option="files")
        if not received:
            raise validation_failed([{"loc": ("body", "files"), "msg": "Field required", "type": "missing"}])
        return await _submit(order_of(form.fields), received, caller, services)


async def ended(task: Task, caller: Principal, services: Services) -> Response:
    """The result of the task when it has ended. Raises `TakesTooLong`."""
    deadline = asyncio.get_running_loop().time() + SYNC_WAIT_S
    jobs = []
    for sent in task.jobs:
        job = sent
        while not job.status.is_final:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                raise TakesTooLong(WAITED.format(round(SYNC_WAIT_S)))
            job = await wait_for_job(sent.id, timeout_s=left, principal=caller, services=services)
        jobs.append(job)
    return await result_answer(replace(task, jobs=tuple(jobs)), caller, services, is_sync=True)


@asynccontextmanager
async def _receiving(services: Services) -> AsyncIterator[list[Received]]:
    """What becomes no job is forgotten; `submit_job` removed what it refused itself, a second time does no harm."""
    received: list[Received] = []
    try:
        yield received
    except BaseException:
        for document in received:
            await services.blobs.delete_prefix(job_prefix(document.job_id))
        raise


async def _sources(sources: Sequence[FileSource | HttpSource], services: Services) -> list[Received]:
    """Stored side by side, since one at a URL may take long; all of them or none."""
    contents = _decoded_all(sources)
    seats = asyncio.Semaphore(AT_ONCE)

    async def stored(wanted: FileSource | HttpSource, content: bytes) -> Received:
        async with seats:
            return await _source(wanted, content, services)

    found = await asyncio.gather(
        *(stored(*entry) for entry in zip(sources, contents, strict=True)), return_exceptions=True
    )
    received = [one for one in found if isinstance(one, Received)]
    for one in found:
        if isinstance(one, BaseException):
            for document in received:
                await services.blobs.delete_prefix(job_prefix(document.job_id))
            raise one
    return received


async def _source(wanted: FileSource | HttpSource, content: bytes, services: Services) -> Received:
    if isinstance(wanted, FileSource):
        return Received(
            *await receive_source(_once(content), services=services), safe_filename(wanted.filename)
        )
    if wrong := check_headers(secret_of(wanted.headers)):
        raise NotAllowed(f"headers: {wrong}", option="headers")
    if wanted.url.partition("?")[0].lower().endswith(".zip"):
        raise NotAllowed("ZIP URLs are not accepted on the convert endpoint", option="url")
    job_id, blob, name = await fetch_source(wanted.url, services=services, headers=wanted.headers)
    return Received(job_id, blob, safe_filename(name))


async def _submit(order: Order, received: list[Received], caller: Principal, services: Services) -> Task:
    """One job, or a batch; each document is taken out of `received` as it becomes a job.

    What is refused ends the whole order: nothing of it is left to guess at.
    """
    for document in received:
        await _require_allowed(order, document, services)
    callbacks = _callbacks(order.callbacks, len(received), services)
    if len(received) == 1:
        wanted = SubmitRequest(order.options, callbacks=callbacks)
        job = await _submit_one(order, received[0], wanted, caller, services)
        received.clear()
        return Task((job,))
    made = await create_batch(CreateBatch(metadata=order.metadata), principal=caller, services=services)
    jobs: list[Job] = []
    try:
        while received:
            wanted = SubmitRequest(order.options, batch_id=made.batch.id)
            jobs.append(await _submit_one(order, received[0], wanted, caller, services))
            del received[0]
    except BaseException:
        await cancel_batch(made.batch.id, principal=caller, services=services)
        raise
    return Task(tuple(jobs), made.batch.id, made.batch.metadata)


async def _submit_one(
    order: Order, document: Received, wanted: SubmitRequest, caller: Principal, services: Services
) -> Job:
    wanted = replace(
        wanted,
        source=(document.job_id, document.blob),
        filename=document.filename,
        metadata=order.metadata,
        keep_unreadable=True,
    )
    with blaming_the_document():
        return (await submit_job(wanted, principal=caller, services=services)).job


def _callbacks(specs: Sequence[CallbackSpec], documents: int, services: Services) -> tuple[Callback, ...]:
    """Raises `NotAllowed`, `InvalidRequest`."""
    if specs and documents > 1:
        raise NotAllowed(
            "callbacks: this server tells of one document; send the documents one by one, or register a webhook.",
            option="callbacks",
        )
    if any(spec.ca_cert for spec in specs):
        raise NotAllowed("callbacks: certificates are the operator's to set.", option="callbacks.ca_cert")
    return tuple(
        make_callback(
            url=spec.url,
            secret=secret_of(spec.headers),
            event_types=tuple(EVENTS),
            scheme=DIALECT,
            services=services,
        )
        for spec in specs
    )


async def _require_allowed(order: Order, document: Received, services: Services) -> None:
    """Asked of the content, before anything becomes a job."""
    if order.from_formats is None:
        return
    async with services.blobs.local_path(document.blob.key) as path:
        media_type = await services.isolation.media_type(path, filename=document.filename)
    require_allowed(order, media_type, document.filename)


def _decoded_all(sources: Sequence[FileSource | HttpSource]) -> list[bytes]:
    """What came inside the request; nothing for what is elsewhere."""
    contents: list[bytes] = []
    left = MAX_INLINE_BYTES
    for wanted in sources:
        contents.append(_decoded(wanted.base64_string, left) if isinstance(wanted, FileSource) else b"")
        left -= len(contents[-1])
    return contents


def _decoded(text: str, left_bytes: int) -> bytes:
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidRequest("base64_string is not base64.", option="base64_string") from error
    if len(content) > left_bytes:
        raise DocumentTooLarge(
            f"Documents inside JSON may take {MAX_INLINE_BYTES} bytes together; send larger ones as files.",
            limit=MAX_INLINE_BYTES,
            unit="bytes",
        )
    return content


async def _once(content: bytes) -> AsyncIterator[bytes]:
    if content:
        yield content
