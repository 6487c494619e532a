"""The route: a document in, its pages out."""

from asyncio import get_running_loop
from urllib.parse import unquote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from octavo.app.export import export_result
from octavo.app.read import wait_for_job
from octavo.app.receive import receive_source
from octavo.app.services import Services
from octavo.app.submit import SubmitRequest, submit_job
from octavo.dialects.openwebui.errors import NoText, TakesTooLong
from octavo.dialects.openwebui.pages import first_page, rendered
from octavo.domain.errors import TemporaryFailure, UnreadableDocument
from octavo.domain.job import NO_FIELDS, Job, JobOptions, JobStatus
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Open, Submitter
from octavo.http.bodies import body_of, refuse_oversize, safe_filename
from octavo.http.problems import blaming_the_document

router = APIRouter()

WAIT_S = 600.0
"""Its own patience is a setting, 30 s where that is not set."""
KEPT_S = 3600
_OPTIONS = {"images": "none", "page_breaks": "yes"}


@router.put("/process")
async def process(request: Request, caller: Submitter, services: Open) -> Response:
    """The body is the document; the answer is a list of its pages' texts."""
    caller.require(Scope.EXTRACT_WRITE)
    caller.require(Scope.JOBS_READ)
    refuse_oversize(request, services.policy.limits.max_bytes)
    job = await _ended(await _submit(request, caller, services), caller, services)
    export = await export_result(job.id, "markdown", _OPTIONS, principal=caller, services=services)
    if not export.size_bytes:
        raise NoText("No extractable text")
    content = services.blobs.read(export.key)
    return StreamingResponse(rendered(content, job, first_page(job)), media_type="application/json")


async def _submit(request: Request, caller: Principal, services: Services) -> Job:
    """What is refused is not kept: `submit_job` sees to that."""
    wanted = SubmitRequest(
        JobOptions(document_type=NO_FIELDS),
        source=await receive_source(body_of(request), services=services),
        filename=safe_filename(unquote(request.headers.get("x-filename", ""))),
        metadata={"dialect": "openwebui"},
        source_retention_s=KEPT_S,
        result_retention_s=KEPT_S,
    )
    with blaming_the_document():
        return (await submit_job(wanted, principal=caller, services=services)).job


async def _ended(job: Job, caller: Principal, services: Services) -> Job:
    """Raises `TakesTooLong`, and for a document that failed what ended it."""
    deadline = get_running_loop().time() + WAIT_S
    while not job.status.is_final:
        left = deadline - get_running_loop().time()
        if left <= 0:
            raise TakesTooLong("The document takes too long. Send it again in a while.")
        job = await wait_for_job(job.id, timeout_s=left, principal=caller, services=services)
    if job.status is JobStatus.COMPLETED:
        return job
    if job.error is not None and job.error.retryable:
        raise TemporaryFailure(job.error.summary)
    raise UnreadableDocument(job.error.summary if job.error else "The document's job was cancelled.")
