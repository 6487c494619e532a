"""Stored files: sent once, submitted as often as wanted."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.receive import delete_file, receive_file
from octavo.app.services import Services
from octavo.app.submit import check_metadata
from octavo.domain.errors import InvalidRequest
from octavo.domain.file import StoredFile
from octavo.domain.ids import FileId
from octavo.domain.storage import file_key
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Caller, Open, Submitter
from octavo.http.bodies import (
    FORM_OVERHEAD_BYTES,
    body_of,
    media_type_of,
    refuse_oversize,
    safe_filename,
)
from octavo.http.contract import FILE_BODY, answers, download
from octavo.http.identifiers import FILE, file_id_from
from octavo.http.multipart import Form
from octavo.http.options import FileOptions, parse_fields
from octavo.http.paging import decode_id_cursor, encode_cursor
from octavo.http.problems import blaming_the_document
from octavo.http.ranges import Download, download_response
from octavo.http.wire import FileAnswer, FileListAnswer, render_file

router = APIRouter(tags=["files"])


@router.post(
    "/v1/files",
    status_code=201,
    operation_id="upload_file",
    summary="Store a file",
    openapi_extra=FILE_BODY,
    responses=answers(400, 401, 403, 413, 415, 422, 503),
)
async def upload(
    request: Request,
    caller: Submitter,
    services: Open,
    response: Response,
    filename: Annotated[str | None, Query(max_length=1000, description="Of a raw body.")] = None,
) -> FileAnswer:
    """A form with the part `file`, or the bytes themselves as `application/octet-stream`."""
    caller.require(Scope.FILES_WRITE)
    limit = services.policy.limits.max_bytes
    with blaming_the_document():
        if media_type_of(request) == "application/octet-stream":
            refuse_oversize(request, limit)
            file = await receive_file(
                body_of(request), filename=safe_filename(filename), principal=caller, services=services
            )
        else:
            refuse_oversize(request, limit, beside_bytes=FORM_OVERHEAD_BYTES)
            file = await _from_form(request, filename, caller, services)
    response.headers["Location"] = f"/v1/files/{FILE}{file.id}"
    return render_file(file)


@router.get(
    "/v1/files", operation_id="list_files", summary="List files", responses=answers(400, 401, 403, 422, 503)
)
async def files(
    caller: Caller,
    services: Open,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> FileListAnswer:
    """The stored files, newest first."""
    caller.require(Scope.FILES_READ)
    before = FileId(decode_id_cursor("files", cursor)) if cursor else None
    found = await services.store.tenant(caller.tenant).files(before=before, limit=limit)
    return FileListAnswer(
        files=[render_file(file) for file in found],
        next_cursor=encode_cursor("files", found[-1].id) if len(found) == limit else None,
    )


@router.get(
    "/v1/files/{file_id}",
    operation_id="read_file",
    summary="Look at a file",
    responses=answers(401, 403, 404, 410, 503),
)
async def info(file_id: str, caller: Caller, services: Open) -> FileAnswer:
    """Name, type, size and digest of a stored file."""
    return render_file(await read_file(file_id_from(file_id), caller, services))


@router.head("/v1/files/{file_id}/content", include_in_schema=False)
@router.get(
    "/v1/files/{file_id}/content",
    operation_id="download_file",
    summary="Download a file",
    responses={**answers(401, 403, 404, 410, 416, 503), **download({"*/*": {}})},
    response_class=Response,
)
async def content(request: Request, file_id: str, caller: Caller, services: Open) -> Response:
    """The bytes as they were sent."""
    file = await read_file(file_id_from(file_id), caller, services)
    name = file.filename or FILE + file.id
    found = Download(file_key(file.id), file.size_bytes, file.media_type, name, file.sha256)
    return await download_response(request, found, services)


@router.delete(
    "/v1/files/{file_id}",
    operation_id="delete_file",
    summary="Delete a file",
    responses=answers(401, 403, 404, 503),
)
async def delete(file_id: str, caller: Caller, services: Open) -> FileAnswer:
    """Delete the bytes; jobs made from the file keep their own copy. Repeating it changes nothing."""
    return render_file(await delete_file(file_id_from(file_id), principal=caller, services=services))


async def read_file(file_id: FileId, caller: Principal, services: Services) -> StoredFile:
    """Raises `Forbidden`, `NotFound`, `Gone`."""
    caller.require(Scope.FILES_READ)
    return await services.store.tenant(caller.tenant).file(file_id)


async def _from_form(
    request: Request, filename: str | None, caller: Principal, services: Services
) -> StoredFile:
    form = Form(request.headers.get("content-type", ""), body_of(request))
    if not await form.find_file():
        raise InvalidRequest("The form has no part 'file'.", option="file")
    metadata: dict[str, Any] = {}
    return await receive_file(
        _file_and_metadata(form, metadata),
        filename=safe_filename(filename or form.filename),
        principal=caller,
        services=services,
        metadata=metadata,
    )


async def _file_and_metadata(form: Form, metadata: dict[str, Any]) -> AsyncIterator[bytes]:
    """The file's bytes. Another field beside it is refused while nothing is kept yet, not dropped in silence."""
    async for chunk in form.content():
        yield chunk
    options = sorted(set(form.fields) - {"metadata"})
    if options:
        raise InvalidRequest(
            "A file is stored without options: send them with the job.", option=options[0][:40]
        )
    metadata.update(parse_fields(FileOptions, form.fields).metadata)
    check_metadata(metadata)
