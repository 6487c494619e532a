"""Routes of files: what was sent, and what a job made, in one space of ids."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.app.receive import receive_file
from octavo.app.services import Services
from octavo.app.uploads.complete import complete_upload
from octavo.app.uploads.create import read_upload
from octavo.dialects.ldxhub.errors import PreconditionFailed
from octavo.dialects.ldxhub.ids import Kind
from octavo.dialects.ldxhub.inbound import file_of
from octavo.dialects.ldxhub.outbound import render_file, render_upload
from octavo.dialects.ldxhub.outputs import find_output, render_output
from octavo.dialects.ldxhub.wire import FileInfo
from octavo.domain.errors import DocumentTooLarge, InvalidRequest
from octavo.domain.file import StoredFile
from octavo.domain.ids import FileId, UploadId
from octavo.domain.storage import file_key
from octavo.domain.tenancy import Principal, Scope
from octavo.domain.upload import UploadStatus
from octavo.http.auth import Caller, Open, Submitter
from octavo.http.bodies import FORM_OVERHEAD_BYTES, body_of, refuse_oversize, safe_filename
from octavo.http.multipart import Form
from octavo.http.problems import blaming_the_document
from octavo.http.ranges import Download, Made, download_response, made_response

router = APIRouter()

MAX_BYTES = 200 * 1000 * 1000
KEPT_S = 24 * 3600
AT_ONCE = 200
MOST_LISTED = 1000
OUTPUTS = frozenset({Kind.OUTPUT, Kind.RECORDS_OUTPUT})


@router.post("/files")
async def upload(request: Request, caller: Submitter, services: Open) -> Response:
    """Multipart, one part `file`; kept for 24 hours."""
    caller.require(Scope.FILES_WRITE)
    limit = min(MAX_BYTES, services.policy.limits.max_bytes)
    refuse_oversize(request, limit, beside_bytes=FORM_OVERHEAD_BYTES)
    form = Form(request.headers.get("content-type", ""), body_of(request))
    if not await form.find_file():
        raise InvalidRequest("The form has no part 'file'.", option="file")
    with blaming_the_document():
        file = await receive_file(
            form.content(),
            filename=safe_filename(form.filename),
            principal=caller,
            services=services,
            retention_s=KEPT_S,
        )
    if file.size_bytes > limit:
        raise DocumentTooLarge(f"A file may take {limit} bytes.", limit=limit, unit="bytes")
    return JSONResponse(render_file(file), 201)


@router.get("/files")
async def files(caller: Caller, services: Open) -> dict[str, list[FileInfo]]:
    """What was sent and is still kept, newest first; no more than the newest thousand.

    A file that came in chunks has the id that was given out for it, before its first use and after.
    """
    caller.require(Scope.FILES_READ)
    store = services.store.tenant(caller.tenant)
    found = {file.id: file for file in await _all(store.files) if file.deleted_at is None}
    listed: list[tuple[datetime, FileInfo]] = []
    for upload in await _all(store.uploads.uploads):
        file = found.pop(upload.file_id or FileId(""), None)
        if file is not None or upload.status is UploadStatus.OPEN:
            listed.append((upload.created_at, render_upload(upload, file)))
    listed += [(file.created_at, render_file(file)) for file in found.values()]
    listed.sort(key=lambda one: one[0], reverse=True)
    return {"data": [told for _, told in listed[:MOST_LISTED]]}


async def _all(read: Callable[..., Awaitable[list[Any]]]) -> list[Any]:
    """The newest `MOST_LISTED` of a list that is read piece by piece."""
    found: list[Any] = []
    while len(found) < MOST_LISTED:
        more = await read(before=found[-1].id if found else None, limit=AT_ONCE)
        found += more
        if len(more) < AT_ONCE:
            break
    return found


@router.get("/files/{file_id}")
async def info(file_id: str, caller: Caller, services: Open) -> FileInfo:
    kind, id_ = file_of(file_id)
    if kind in OUTPUTS:
        return render_output(kind, id_, await find_output(kind, id_, caller, services))
    if kind is Kind.UPLOAD:
        upload = await read_upload(UploadId(id_), principal=caller, services=services)
        store = services.store.tenant(caller.tenant)
        return render_upload(upload, await store.file(upload.file_id) if upload.file_id else None)
    return render_file(await stored_file(kind, id_, caller, services))


@router.head("/files/{file_id}/content")
@router.get("/files/{file_id}/content")
async def content(request: Request, file_id: str, caller: Caller, services: Open) -> Response:
    """The bytes; one range, `If-Unmodified-Since`, ETags."""
    found, modified = await _content(*file_of(file_id), caller, services)
    _require_unmodified(request, modified)
    if isinstance(found, Made):
        response = made_response(request, found)
    else:
        response = await download_response(request, found, services)
    response.headers["Last-Modified"] = format_datetime(modified, usegmt=True)
    _name_twice(response, found.filename)
    return response


async def stored_file(kind: Kind, id_: str, caller: Principal, services: Services) -> StoredFile:
    """A file that came in chunks is whole from here on. Raises `Forbidden`, `NotFound`, `Gone`, `EmptyDocument`."""
    caller.require(Scope.FILES_READ)
    if kind is Kind.UPLOAD:
        upload = await complete_upload(UploadId(id_), principal=caller, services=services)
        id_ = upload.file_id or ""
    return await services.store.tenant(caller.tenant).file(FileId(id_))


async def _content(
    kind: Kind, id_: str, caller: Principal, services: Services
) -> tuple[Download | Made, datetime]:
    """What to send, and when it was made."""
    if kind in OUTPUTS:
        output = await find_output(kind, id_, caller, services)
        return output.content, output.made_at
    file = await stored_file(kind, id_, caller, services)
    name = file.filename or "upload.bin"
    return Download(file_key(file.id), file.size_bytes, file.media_type, name, file.sha256), file.created_at


def _name_twice(response: Response, filename: str) -> None:
    """Clients look for `filename*` first, also where it says no more than `filename`."""
    said = response.headers.get("content-disposition")
    if said is not None and "filename*" not in said:
        response.headers["content-disposition"] = f"{said}; filename*=UTF-8''{quote(filename, safe='')}"


def _require_unmodified(request: Request, modified: datetime) -> None:
    """Raises `PreconditionFailed`. A date that is none is passed over, as RFC 9110 §13.1.4 says."""
    try:
        since = parsedate_to_datetime(request.headers.get("if-unmodified-since", ""))
    except ValueError:
        return
    if since.tzinfo is not None and modified.replace(microsecond=0) > since:
        raise PreconditionFailed("The file is newer than that.")
