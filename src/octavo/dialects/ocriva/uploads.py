"""Routes of documents that come in, and of the file as it came."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.app.addresses import bearer_of
from octavo.app.read import read_job
from octavo.app.receive import receive_source
from octavo.app.services import Services
from octavo.app.submit import SubmitRequest, submit_job
from octavo.dialects.ocriva.access import Within, acting_for
from octavo.dialects.ocriva.ids import batch_id_of, job_ids
from octavo.dialects.ocriva.inbound import options_of, upload_metadata
from octavo.dialects.ocriva.outbound import file_name, render_upload
from octavo.dialects.ocriva.records import Reading, file_url
from octavo.dialects.ocriva.wire import UploadFields
from octavo.domain.errors import NotFound, Unauthenticated
from octavo.domain.storage import job_prefix, source_key
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Open, Submitter
from octavo.http.bodies import FORM_OVERHEAD_BYTES, body_of, refuse_oversize, safe_filename
from octavo.http.multipart import Form
from octavo.http.options import parse_fields
from octavo.http.problems import ValidationFailed, blaming_the_document
from octavo.http.ranges import Download, download_response
from octavo.ports.blobs import StoredBlob

router = APIRouter(prefix="/v1/openapi")


@router.post("/upload")
async def upload(request: Request, caller: Submitter, services: Open) -> Response:
    """Multipart: `file`, and what is to be known of it. Its processing begins at once."""
    caller.require(Scope.EXTRACT_WRITE)
    return JSONResponse(await submit_from(request, UploadFields, acting_for, caller, services), 201)


async def submit_from(
    request: Request, shape: type[UploadFields], within: Within, caller: Principal, services: Services
) -> dict[str, Any]:
    """What an upload answers."""
    refuse_oversize(request, services.policy.limits.max_bytes, beside_bytes=FORM_OVERHEAD_BYTES)
    form = Form(request.headers.get("content-type", ""), body_of(request))
    source = await receive_source(form.content(), services=services) if await form.find_file() else None
    try:
        order = _fields(form, shape, has_file=source is not None)
        acting = await within(order.project_id, caller, services)
        wanted = await _wanted(order, source, form.filename, acting, services)
    except BaseException:
        if source:
            await services.blobs.delete_prefix(job_prefix(source[0]))
        raise
    with blaming_the_document():
        submission = await submit_job(wanted, principal=acting, services=services)
    address = file_url(submission.job, Reading(request, acting, services))
    return render_upload(submission.job, file_url=address)


@router.get("/files/{upload_id}/{name}")
async def file(request: Request, upload_id: str, name: str, services: Open, token: str = "") -> Response:
    """What `fileUrl` names, as long as the source is kept; the address itself is the key."""
    del name
    ids = job_ids(upload_id)
    if not ids:
        raise NotFound("File not found")
    principal = await _bearer(token, ids[-1], services)
    job = await read_job(ids[-1], principal=principal, services=services)
    if job.purged_at is not None or job.source_deleted_at is not None:
        raise NotFound("File not found")
    found = Download(source_key(job.id), job.size_bytes, job.media_type, file_name(job), job.sha256)
    return await download_response(request, found, services)


async def _bearer(token: str, job_id: Any, services: Open) -> Principal:
    if not token:
        raise Unauthenticated("This address needs its token")
    return await bearer_of(token, "source", job_id, services=services)


def _fields(form: Form, shape: type[UploadFields], *, has_file: bool) -> UploadFields:
    """Raises `ValidationFailed` with all that is missing, the file too."""
    try:
        order = parse_fields(shape, form.fields)
    except ValidationFailed as error:
        wrong = [] if has_file else [_NO_FILE]
        raise ValidationFailed(error.summary, errors=[*wrong, *error.details["errors"]]) from None
    if not has_file:
        raise ValidationFailed("file: should not be empty", errors=[_NO_FILE])
    return order


_NO_FILE = {"location": "file", "message": "should not be empty", "rule": "missing"}


async def _wanted(
    order: UploadFields,
    source: tuple[Any, StoredBlob] | None,
    sent_name: str | None,
    acting: Principal,
    services: Services,
) -> SubmitRequest:
    options, _ = await options_of(order, acting, services)
    return SubmitRequest(
        options=options,
        source=source,
        filename=safe_filename(order.file_name or sent_name),
        metadata=upload_metadata(order),
        project_id=acting.default_project_id,
        batch_id=batch_id_of(order.batch_id) if order.batch_id else None,
    )
