"""The route that takes a document."""

from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.read import wait_for_job
from octavo.app.receive import receive_source
from octavo.app.services import Services
from octavo.app.submit import SubmitRequest, submit_job
from octavo.app.webhooks.address import require_encrypted
from octavo.app.webhooks.register import make_callback
from octavo.dialects.ocrqueen.access import Sender, note_usage
from octavo.dialects.ocrqueen.answers import job_answer, may_read
from octavo.dialects.ocrqueen.inbound import (
    MAX_FILE_BYTES,
    InvalidOptions,
    Order,
    file_missing,
    idempotency_key,
    no_more_than,
    order_of,
    too_large,
)
from octavo.dialects.ocrqueen.outbound import DIALECT
from octavo.domain.errors import DocumentTooLarge, InvalidRequest
from octavo.domain.ids import JobId
from octavo.domain.storage import job_prefix
from octavo.domain.tenancy import Scope
from octavo.domain.webhook import Callback
from octavo.http.auth import Open
from octavo.http.bodies import FORM_OVERHEAD_BYTES, body_of, media_type_of, refuse_oversize, safe_filename
from octavo.http.multipart import Form
from octavo.http.problems import blaming_the_document
from octavo.ports.blobs import StoredBlob

router = APIRouter()


@router.post("/v1/extract")
async def extract(request: Request, caller: Sender, services: Open) -> Response:
    """202 with the job; 200 once it has ended, in time for `sync` or by the cache."""
    caller.require(Scope.EXTRACT_WRITE)
    key = idempotency_key(request.headers)
    order, source, filename = await _received(request, services)
    wanted = SubmitRequest(
        options=order.job_options,
        source=source,
        filename=filename,
        metadata=order.metadata,
        source_retention_s=order.source_retention_s,
        result_retention_s=order.result_retention_s,
        bypass_cache=order.options.bypass_cache,
        idempotency_key=key,
        keep_unreadable=True,
    )
    wanted = replace(wanted, callbacks=await _callbacks(order, source[0], services))
    with blaming_the_document():
        submission = await submit_job(wanted, principal=caller, services=services)
    await note_usage(request, caller)
    job = submission.job
    if order.is_sync and may_read(caller):
        job = await wait_for_job(job.id, timeout_s=order.wait_s, principal=caller, services=services)
    status = 200 if job.status.is_final and may_read(caller) else 202
    return await job_answer(request, job, status=status, caller=caller, services=services)


async def _received(
    request: Request, services: Services
) -> tuple[Order, tuple[JobId, StoredBlob], str | None]:
    """The order, the stored file and its name; nothing is kept of a form that is refused."""
    limit = min(MAX_FILE_BYTES, services.policy.limits.max_bytes)
    try:
        refuse_oversize(request, limit, beside_bytes=FORM_OVERHEAD_BYTES)
    except DocumentTooLarge:
        raise too_large(limit) from None
    if media_type_of(request) != "multipart/form-data":
        raise file_missing()
    form = Form(request.headers.get("content-type", ""), body_of(request))
    if not await form.find_file():
        raise file_missing()
    source = await receive_source(no_more_than(limit, form.content()), services=services)
    try:
        return order_of(form.fields, request.query_params), source, safe_filename(form.filename)
    except BaseException:
        await services.blobs.delete_prefix(job_prefix(source[0]))
        raise


async def _callbacks(order: Order, job_id: JobId, services: Services) -> tuple[Callback, ...]:
    """Raises `InvalidOptions`."""
    if order.options.callback_url is None:
        return ()
    try:
        require_encrypted(order.options.callback_url, services, option="callback.url")
        return (make_callback(url=order.options.callback_url, scheme=DIALECT, services=services),)
    except InvalidRequest as error:
        await services.blobs.delete_prefix(job_prefix(job_id))
        reason = error.summary.removeprefix("callback.url: ")
        raise InvalidOptions(f"callback_url: {reason}") from error
