"""Routes that take a document in: waiting for what it says, or not."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.read import wait_for_job
from octavo.app.receive import receive_source
from octavo.app.services import Services
from octavo.app.submit import SubmitRequest, submit_job
from octavo.dialects._kit import address_of
from octavo.dialects.docurift.access import Sender
from octavo.dialects.docurift.answers import fields_of, success, tables_of
from octavo.dialects.docurift.inbound import order_of
from octavo.dialects.docurift.outbound import render_accepted, render_processed
from octavo.dialects.docurift.wire import AsyncForm, ProcessForm
from octavo.domain.errors import DocumentTooLarge, InvalidRequest
from octavo.domain.job import Job
from octavo.domain.storage import job_prefix
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Open
from octavo.http.bodies import (
    FORM_OVERHEAD_BYTES,
    body_of,
    media_type_of,
    refuse_oversize,
    safe_filename,
)
from octavo.http.multipart import Form
from octavo.http.options import parse_fields
from octavo.http.problems import blaming_the_document

router = APIRouter()

MAX_BYTES = 50 * 1024 * 1024
LONGEST_WAIT_S = 60.0
"""Of a request that waits, unless the installation's own limit is shorter."""


@router.post("/v1/documents/process")
@router.post("/v1/documents/process/sync")
async def process(request: Request, caller: Sender, services: Open) -> Response:
    """Holds the request until the document is read; what takes longer is `processing` and is asked for later."""
    caller.require(Scope.JOBS_READ)
    job = await _submitted(request, ProcessForm, caller, services)
    job = await wait_for_job(job.id, timeout_s=LONGEST_WAIT_S, principal=caller, services=services)
    told = render_processed(job, await fields_of(job, services))
    return success(told | await tables_of(job, caller, services))


@router.post("/v1/documents/process/async")
async def process_later(request: Request, caller: Sender, services: Open) -> Response:
    job = await _submitted(request, AsyncForm, caller, services)
    told = render_accepted(job)
    return success(told, 202, {"Location": address_of(request, f"/v1/jobs/{told['jobId']}")})


async def _submitted(
    request: Request, model: type[ProcessForm], caller: Principal, services: Services
) -> Job:
    """Multipart, the document in the part `file`. Nothing is kept of what is refused."""
    caller.require(Scope.EXTRACT_WRITE)
    wanted = await _received(request, model, services)
    with blaming_the_document():
        return (await submit_job(wanted, principal=caller, services=services)).job


async def _received(request: Request, model: type[ProcessForm], services: Services) -> SubmitRequest:
    if media_type_of(request) != "multipart/form-data":
        raise InvalidRequest("Send multipart/form-data with the document in the part 'file'.")
    limit = min(MAX_BYTES, services.policy.limits.max_bytes)
    refuse_oversize(request, limit, beside_bytes=FORM_OVERHEAD_BYTES)
    form = Form(request.headers.get("content-type", ""), body_of(request))
    if not await form.find_file():
        parse_fields(model, form.fields)
        raise InvalidRequest("The form has no part 'file'.", option="file")
    source = await receive_source(form.content(), services=services)
    try:
        _require_size(source[1].size_bytes, limit)
        return order_of(parse_fields(model, form.fields), source, safe_filename(form.filename), services)
    except BaseException:
        await services.blobs.delete_prefix(job_prefix(source[0]))
        raise


def _require_size(size_bytes: int, limit: int) -> None:
    if size_bytes > limit:
        raise DocumentTooLarge(f"A document may take {limit} bytes.", limit=limit, unit="bytes")
