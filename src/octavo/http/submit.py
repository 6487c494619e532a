"""`POST /v1/jobs`: a document as a form, or as JSON that names a file or a URL, or carries the bytes."""

import base64
import binascii
import re
from collections.abc import AsyncIterator
from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.fetch import fetch_source
from octavo.app.read import wait_for_job
from octavo.app.receive import receive_source
from octavo.app.services import Services
from octavo.app.submit import SubmitRequest, submit_job
from octavo.app.usage import require_pages
from octavo.app.webhooks.register import make_callback
from octavo.domain.errors import DocumentTooLarge, InvalidRequest
from octavo.domain.ids import JobId
from octavo.domain.job import Job
from octavo.domain.storage import job_prefix
from octavo.domain.tenancy import Principal, Scope
from octavo.domain.webhook import Callback
from octavo.http.auth import Open, Submitter
from octavo.http.bodies import (
    FORM_OVERHEAD_BYTES,
    MAX_JSON_BYTES,
    body_of,
    media_type_of,
    parse_body,
    read_json,
    refuse_oversize,
    safe_filename,
)
from octavo.http.contract import SUBMIT_BODY, answers
from octavo.http.identifiers import batch_id_from, file_id_from, project_id_from
from octavo.http.multipart import Form
from octavo.http.options import MAX_INLINE_BYTES, SubmitBody, SubmitOptions, parse_fields
from octavo.http.problems import blaming_the_document
from octavo.http.wire import JobAnswer, job_path, render_job
from octavo.ports.blobs import StoredBlob

router = APIRouter(tags=["jobs"])

_INLINE_JSON_BYTES = MAX_INLINE_BYTES * 4 // 3 + MAX_JSON_BYTES
_IDEMPOTENCY_KEY = re.compile(r"[!-~]{1,255}")
_WAIT = re.compile(r"(?:^|[,;]\s*)wait\s*=\s*\"?(\d{1,6})\"?\s*(?=[,;]|$)", re.IGNORECASE)

Source = tuple[JobId, StoredBlob]


@router.post(
    "/v1/jobs",
    response_model=JobAnswer,
    status_code=202,
    operation_id="submit_job",
    summary="Submit a document",
    openapi_extra=SUBMIT_BODY,
    responses=answers(400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 503, job=200),
)
async def submit(request: Request, caller: Submitter, services: Open) -> Response:
    """Accept a document. What is acknowledged is durable.

    `202` with the job, or `200` when `Prefer: wait=N` was sent and the job ended in time.
    The same `Idempotency-Key` with the same request answers with the same job.
    """
    caller.require(Scope.EXTRACT_WRITE)
    key = idempotency_key(request)
    if media_type_of(request) == "application/json":
        options, source = await _from_json(request, caller, services)
    else:
        options, source = await _from_form(request, caller, services)
    submission = await _submit(options, source, key, caller, services)
    headers = {"Location": job_path(submission[0])}
    if not submission[1]:
        headers["Idempotency-Replayed"] = "true"
    return await _answer(request, submission[0], headers, caller, services)


async def _submit(
    options: SubmitOptions, source: Source | None, key: str | None, caller: Principal, services: Services
) -> tuple[Job, bool]:
    """The job, and whether it is new. `submit_job` removes the source of what it refuses."""
    try:
        wanted = replace(request_of(options, source, key), callbacks=callbacks_of(options, services))
    except BaseException:
        if source:
            await services.blobs.delete_prefix(job_prefix(source[0]))
        raise
    with blaming_the_document():
        submission = await submit_job(wanted, principal=caller, services=services)
    return submission.job, submission.created


def callbacks_of(options: SubmitOptions, services: Services) -> tuple[Callback, ...]:
    """Raises `InvalidRequest`."""
    return tuple(
        make_callback(
            url=told.url,
            secret=told.secret,
            event_types=told.events,
            scheme=told.scheme,
            metadata=told.metadata,
            services=services,
        )
        for told in options.callback
    )


async def _fetched(options: SubmitOptions, caller: Principal, services: Services) -> Source | None:
    """The document at `url`, if one is named; its name there is the file's unless the caller says one.

    Nobody is asked for it while the project has no pages left.
    """
    if options.url is None:
        return None
    if options.file_id:
        raise InvalidRequest("Send a url or a file_id, not both.", option="url")
    project_id = project_id_from(options.project_id) if options.project_id else None
    await require_pages(project_id, principal=caller, services=services)
    job_id, blob, name = await fetch_source(options.url, services=services)
    if options.filename is None:
        options.filename = name
    return job_id, blob


def request_of(options: SubmitOptions, source: Source | None, key: str | None) -> SubmitRequest:
    """Raises `InvalidRequest`, and `NotFound` for what is no id."""
    return SubmitRequest(
        options=options.job_options(),
        source=source,
        file_id=file_id_from(options.file_id) if options.file_id and not source else None,
        filename=safe_filename(options.filename),
        priority=options.job_priority(),
        metadata=options.metadata,
        project_id=project_id_from(options.project_id) if options.project_id else None,
        source_retention_s=options.source_retention_s,
        result_retention_s=options.result_retention_s,
        bypass_cache=options.bypass_cache,
        idempotency_key=key,
        batch_id=batch_id_from(options.batch_id) if options.batch_id else None,
    )


async def _from_form(
    request: Request, caller: Principal, services: Services
) -> tuple[SubmitOptions, Source | None]:
    refuse_oversize(request, services.policy.limits.max_bytes, beside_bytes=FORM_OVERHEAD_BYTES)
    form = Form(request.headers.get("content-type", ""), body_of(request))
    source = await receive_source(form.content(), services=services) if await form.find_file() else None
    try:
        options = _options_beside(form, source)
    except BaseException:
        if source:
            await services.blobs.delete_prefix(job_prefix(source[0]))
        raise
    if options.filename is None:
        options.filename = form.filename
    return options, source or await _fetched(options, caller, services)


def _options_beside(form: Form, source: Source | None) -> SubmitOptions:
    options = parse_fields(SubmitOptions, form.fields)
    if source and options.file_id:
        raise InvalidRequest("Send a file or a file_id, not both.", option="file_id")
    if source and options.url:
        raise InvalidRequest("Send a file or a url, not both.", option="url")
    return options


async def _from_json(
    request: Request, caller: Principal, services: Services
) -> tuple[SubmitOptions, Source | None]:
    body = parse_body(SubmitBody, await read_json(request, _INLINE_JSON_BYTES))
    if body.content_base64 is None:
        return body, await _fetched(body, caller, services)
    if body.url:
        raise InvalidRequest("Send content_base64 or a url, not both.", option="url")
    if body.file_id:
        raise InvalidRequest("Send content_base64 or a file_id, not both.", option="file_id")
    content = decoded(body.content_base64)
    return body, await receive_source(_once(content), services=services)


def decoded(text: str) -> bytes:
    """Raises `InvalidRequest`, `DocumentTooLarge`."""
    if len(text) > MAX_INLINE_BYTES * 4 // 3 + 4:
        raise DocumentTooLarge(
            f"A document inside JSON may take {MAX_INLINE_BYTES} bytes; send larger ones as a form.",
            limit=MAX_INLINE_BYTES,
            unit="bytes",
        )
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidRequest("content_base64 is not base64.", option="content_base64") from error


async def _once(content: bytes) -> AsyncIterator[bytes]:
    if content:
        yield content


async def _answer(
    request: Request, job: Job, headers: dict[str, str], caller: Principal, services: Services
) -> Response:
    """`Prefer: wait` is a wish: without the scope to read jobs it is passed over."""
    wish = _WAIT.search(",".join(request.headers.getlist("prefer")))
    if wish and (Scope.JOBS_READ in caller.scopes or Scope.ADMIN in caller.scopes):
        seconds = int(wish[1])
        headers["Preference-Applied"] = f"wait={min(seconds, int(services.policy.max_wait_s))}"
        job = await wait_for_job(job.id, timeout_s=seconds, principal=caller, services=services)
        if job.status.is_final:
            return _job_response(job, 200, headers, services)
    return _job_response(job, 202, {**headers, "Retry-After": "1"}, services)


def _job_response(job: Job, status: int, headers: dict[str, str], services: Services) -> Response:
    body = render_job(job, services.clock.now()).model_dump_json()
    return Response(body, status, headers, "application/json")


def idempotency_key(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and not _IDEMPOTENCY_KEY.fullmatch(key):
        raise InvalidRequest(
            "An Idempotency-Key has 1 to 255 visible ASCII characters.", header="Idempotency-Key"
        )
    return key
