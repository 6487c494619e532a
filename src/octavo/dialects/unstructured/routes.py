"""The routes: documents in, elements out; and what clients ask beside."""

import zlib
from asyncio import get_running_loop
from collections.abc import AsyncIterator
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from octavo.app.read import wait_for_job
from octavo.app.receive import receive_source
from octavo.app.services import Services
from octavo.app.submit import SubmitRequest, submit_job
from octavo.dialects.unstructured.access import Sender
from octavo.dialects.unstructured.answers import answer
from octavo.dialects.unstructured.errors import ENCRYPTED, TakesTooLong
from octavo.dialects.unstructured.inbound import options_of, shaping_of
from octavo.dialects.unstructured.wire import PartitionForm, members_of
from octavo.domain.errors import (
    DocumentEncrypted,
    InvalidRequest,
    TemporaryFailure,
    UnreadableDocument,
)
from octavo.domain.ids import JobId
from octavo.domain.job import Job, JobOptions, JobStatus
from octavo.domain.storage import job_prefix
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Open
from octavo.http.bodies import FORM_OVERHEAD_BYTES, body_of, parse_body, refuse_oversize, safe_filename
from octavo.http.multipart import Form
from octavo.http.problems import NotAcceptable, blaming_the_document, validation_failed
from octavo.ports.blobs import StoredBlob

router = APIRouter()

VERSIONED = "/general/v0.1.2/general"
"""The path of the newest version of the open-source API, beside the one without a version."""
WAIT_S = 600.0
KEPT_S = 3600
MAX_FILES = 50
MIXED = "multipart/mixed"
_TAKEN = frozenset({"", "*/*", "application/json", "text/csv", MIXED})
"""What several documents may be accepted as."""
_GZIP = frozenset({"application/gzip", "application/x-gzip"})
_GZIP_WINDOW = 31
"""Of zlib: a gzip header, any window."""
_AT_ONCE = 2**20


@dataclass(frozen=True, slots=True)
class _Received:
    job_id: JobId
    blob: StoredBlob
    filename: str


@router.get("/healthcheck")
async def healthcheck() -> dict[str, str]:
    return {"healthcheck": "HEALTHCHECK STATUS: EVERYTHING OK!"}


@router.get("/general/docs")
async def docs() -> Response:
    """The vendor's client looks here, without a key, before it sends the pages of a PDF one by one."""
    return HTMLResponse("<!DOCTYPE html><title>Octavo</title><p>POST documents to general/v0/general.</p>")


@router.post("/general/v0/general")
@router.post(VERSIONED)
async def partition(request: Request, caller: Sender, services: Open) -> Response:
    """A form with one or more parts `files`; the answer is their elements."""
    caller.require(Scope.EXTRACT_WRITE)
    caller.require(Scope.JOBS_READ)
    refuse_oversize(request, services.policy.limits.max_bytes * MAX_FILES, beside_bytes=FORM_OVERHEAD_BYTES)
    form = Form(
        request.headers.get("content-type", ""),
        body_of(request),
        file_parts=frozenset({"files", "files[]"}),
        several=True,
        max_parts=MAX_FILES + 100,
    )
    received: list[_Received] = []
    try:
        await _receive(form, received, services)
        wanted = parse_body(PartitionForm, members_of(form.fields))
        _require_acceptable(request, received)
        options, shaping = options_of(wanted), shaping_of(wanted)
        jobs = await _submit(options, received, caller, services)
    except BaseException:
        for document in received:
            await services.blobs.delete_prefix(job_prefix(document.job_id))
        raise
    ended = await _ended(jobs, caller, services)
    return await answer(ended, shaping, caller, services, is_mixed=_accepted(request) == MIXED)


async def _receive(form: Form, received: list[_Received], services: Services) -> None:
    """The fields may stand behind the files, so that these are stored first."""
    while await form.find_file():
        name = safe_filename(form.filename) or "document"
        content = form.content()
        if form.content_type in _GZIP or name.lower().endswith(".gz"):
            name = name[:-3] if name.lower().endswith(".gz") else name
            content = _unpacked(content)
        received.append(_Received(*await receive_source(content, services=services), name))
        if len(received) > MAX_FILES:
            raise InvalidRequest(f"A request may bring {MAX_FILES} files.", option="files", limit=MAX_FILES)
    if not received:
        raise validation_failed([{"loc": ("body", "files"), "msg": "Field required", "type": "missing"}])


async def _submit(
    options: JobOptions, received: list[_Received], caller: Principal, services: Services
) -> list[Job]:
    """Each document is taken out of `received` as it becomes a job."""
    jobs: list[Job] = []
    while received:
        document = received[0]
        wanted = SubmitRequest(
            options,
            source=(document.job_id, document.blob),
            filename=document.filename,
            metadata={"dialect": "unstructured"},
            source_retention_s=KEPT_S,
            result_retention_s=KEPT_S,
        )
        with blaming_the_document():
            jobs.append((await submit_job(wanted, principal=caller, services=services)).job)
        del received[0]
    return jobs


async def _ended(jobs: list[Job], caller: Principal, services: Services) -> list[Job]:
    """Raises `TakesTooLong`, and for a document that failed the error that ended it."""
    deadline = get_running_loop().time() + WAIT_S
    ended: list[Job] = []
    for sent in jobs:
        job = sent
        while not job.status.is_final:
            left = deadline - get_running_loop().time()
            if left <= 0:
                raise TakesTooLong("The document takes too long. Send it again in a while, or in parts.")
            job = await wait_for_job(job.id, timeout_s=left, principal=caller, services=services)
        _require_completed(job)
        ended.append(job)
    return ended


def _require_completed(job: Job) -> None:
    if job.status is JobStatus.COMPLETED:
        return
    if job.error is None:
        raise UnreadableDocument("The document's job was cancelled.")
    if job.error.code == DocumentEncrypted.code:
        raise DocumentEncrypted(ENCRYPTED)
    if job.error.retryable:
        raise TemporaryFailure(job.error.summary)
    raise UnreadableDocument(job.error.summary)


def _require_acceptable(request: Request, received: list[_Received]) -> None:
    """Raises `NotAcceptable`."""
    accept = _accepted(request)
    if len(received) > 1 and accept not in _TAKEN:
        raise NotAcceptable(
            f"Conflict in media type {accept[:100]} with response type '{MIXED}'.", header="Accept"
        )


def _accepted(request: Request) -> str:
    return request.headers.get("accept", "").strip()


async def _unpacked(content: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Raises `UnreadableDocument`. However much it unpacks to, the store's limit ends it."""
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    try:
        async for chunk in content:
            waiting = chunk
            while waiting:
                if part := unpacker.decompress(waiting, _AT_ONCE):
                    yield part
                waiting = unpacker.unconsumed_tail
        if part := unpacker.flush(_AT_ONCE):
            yield part
    except zlib.error as error:
        raise UnreadableDocument("The file is not gzip, or is broken.") from error
    if not unpacker.eof:
        raise UnreadableDocument("The gzip file ends too early.")
