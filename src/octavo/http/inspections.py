"""`POST /v1/inspect`: what a document is, before anything is asked of it. Nothing is kept."""

from fastapi import APIRouter
from starlette.requests import Request

from octavo.app.fetch import fetch_source
from octavo.app.receive import receive_source
from octavo.app.services import Services
from octavo.domain.errors import InvalidRequest
from octavo.domain.storage import file_key, job_prefix
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Open, Submitter
from octavo.http.bodies import (
    FORM_OVERHEAD_BYTES,
    body_of,
    media_type_of,
    parse_body,
    read_json,
    refuse_oversize,
    safe_filename,
)
from octavo.http.contract import INSPECT_BODY, answers
from octavo.http.identifiers import file_id_from
from octavo.http.multipart import Form
from octavo.http.options import InspectOptions, parse_fields
from octavo.http.problems import blaming_the_document
from octavo.http.wire import InspectionAnswer
from octavo.ports.blobs import StoredBlob

router = APIRouter(tags=["jobs"])


@router.post(
    "/v1/inspect",
    operation_id="inspect_document",
    summary="Look at a document",
    openapi_extra=INSPECT_BODY,
    responses=answers(400, 401, 403, 404, 410, 413, 415, 422, 503),
)
async def inspect(request: Request, caller: Submitter, services: Open) -> InspectionAnswer:
    """Type, pages, share of scanned pages and warnings; the same refusals as a submission."""
    caller.require(Scope.EXTRACT_WRITE)
    if media_type_of(request) == "application/json":
        options = parse_body(InspectOptions, await read_json(request))
        return await _elsewhere(options, caller, services)
    refuse_oversize(request, services.policy.limits.max_bytes, beside_bytes=FORM_OVERHEAD_BYTES)
    form = Form(request.headers.get("content-type", ""), body_of(request))
    if not await form.find_file():
        return await _elsewhere(parse_fields(InspectOptions, form.fields), caller, services)
    job_id, blob = await receive_source(form.content(), services=services)
    try:
        options = parse_fields(InspectOptions, form.fields)
        if options.file_id or options.url:
            raise InvalidRequest("Send a file, a file_id or a url, one of them.", option="file")
        options.filename = options.filename or form.filename
        return await _look(blob, options, services)
    finally:
        await services.blobs.delete_prefix(job_prefix(job_id))


async def _elsewhere(options: InspectOptions, caller: Principal, services: Services) -> InspectionAnswer:
    """A document that did not come with the request."""
    if options.url is None:
        return await _stored_file(options, caller, services)
    if options.file_id is not None:
        raise InvalidRequest("Send a file_id or a url, not both.", option="url")
    job_id, blob, filename = await fetch_source(options.url, services=services)
    try:
        options.filename = options.filename or filename
        return await _look(blob, options, services)
    finally:
        await services.blobs.delete_prefix(job_prefix(job_id))


async def _stored_file(options: InspectOptions, caller: Principal, services: Services) -> InspectionAnswer:
    if options.file_id is None:
        raise InvalidRequest("Send a file, or the file_id of one sent before.", option="file")
    file = await services.store.tenant(caller.tenant).file(file_id_from(options.file_id))
    options.filename = options.filename or file.filename
    return await _look(StoredBlob(file_key(file.id), file.size_bytes, file.sha256), options, services)


async def _look(blob: StoredBlob, options: InspectOptions, services: Services) -> InspectionAnswer:
    filename = safe_filename(options.filename)
    with blaming_the_document():
        async with services.blobs.local_path(blob.key) as path:
            found = await services.isolation.inspect(
                path, filename=filename, password=options.password or None
            )
    return InspectionAnswer(
        filename=filename,
        media_type=found.media_type,
        size_bytes=blob.size_bytes,
        sha256=blob.sha256,
        page_count=found.page_count,
        scanned_share=found.scanned_sample,
        warnings=list(found.warnings),
    )
