"""`/v1/uploads`: large files in parts, broken off and gone on with, or by a signed address."""

import re
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.services import Services
from octavo.app.uploads.addresses import upload_token, uploader
from octavo.app.uploads.complete import complete_upload
from octavo.app.uploads.create import CreateUpload, abort_upload, create_upload, list_uploads, read_upload
from octavo.app.uploads.parts import put_part
from octavo.domain.errors import InvalidRequest
from octavo.domain.ids import UploadId
from octavo.domain.tenancy import Principal, Scope
from octavo.domain.upload import MAX_PARTS, Upload, UploadStatus
from octavo.http.auth import Caller, Open, Submitter, principal_of, services_of
from octavo.http.bodies import MAX_FILENAME, body_of, parse_body, read_json, refuse_oversize, safe_filename
from octavo.http.contract import RAW_BODY, answers, json_body
from octavo.http.identifiers import FILE, PROJECT, UPLOAD, project_id_from, upload_id_from
from octavo.http.options import Text
from octavo.http.paging import decode_id_cursor, encode_cursor
from octavo.http.problems import blaming_the_document

router = APIRouter(tags=["files"])

LONGEST_ADDRESS_S = 7 * 86_400
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")


class NewUpload(BaseModel):
    model_config = ConfigDict(extra="forbid")

    filename: Annotated[Text, Field(max_length=MAX_FILENAME * 4)] | None = None
    size_bytes: Annotated[int, Field(ge=1, le=2**50)] | None = None
    sha256: Annotated[str, Field(pattern=r"^[0-9A-Fa-f]{64}$")] | None = None
    project_id: str | None = None
    address_s: Annotated[int, Field(ge=1, le=LONGEST_ADDRESS_S)] | None = None
    """Make a signed address, too, that takes the bytes without a key for so many seconds."""


class UploadPartAnswer(BaseModel):
    position: int
    """Its number, or the offset of its first byte."""
    size_bytes: int
    sha256: str


class UploadAnswer(BaseModel):
    id: str
    project_id: str
    status: UploadStatus
    filename: str | None
    size_bytes: int | None
    received_bytes: int
    next_offset: int
    """Where an upload by offset goes on."""
    parts: list[UploadPartAnswer]
    file_id: str | None
    """Once it is completed."""
    created_at: datetime
    expires_at: datetime
    address: str | None = None
    """Signed; only in the answer that makes it."""


class UploadListAnswer(BaseModel):
    uploads: list[UploadAnswer]
    next_cursor: str | None


async def uploader_of(request: Request, upload_id: str, token: str | None = None) -> Principal:
    """By the signed address where it has a token, else by a key. Raises `Unauthenticated`."""
    if token is None:
        return await principal_of(request)
    return await uploader(token, upload_id_from(upload_id), services=services_of(request))


Uploader = Annotated[Principal, Depends(uploader_of)]


@router.post(
    "/v1/uploads",
    status_code=201,
    operation_id="create_upload",
    summary="Start an upload",
    openapi_extra=json_body("NewUpload"),
    responses=answers(400, 401, 403, 404, 413, 415, 422, 429, 503),
)
async def create(request: Request, caller: Submitter, services: Open, response: Response) -> UploadAnswer:
    """Then send the parts, in any order and as often as needed, and complete it."""
    caller.require(Scope.FILES_WRITE)
    body = parse_body(NewUpload, await read_json(request))
    order = CreateUpload(
        filename=safe_filename(body.filename),
        size_bytes=body.size_bytes,
        sha256=body.sha256,
        project_id=project_id_from(body.project_id) if body.project_id else None,
    )
    upload = await create_upload(order, principal=caller, services=services)
    response.headers["Location"] = _path(upload)
    answer = render_upload(upload)
    if body.address_s is not None:
        answer.address = _address(request, upload, body.address_s, caller, services)
    return answer


@router.get(
    "/v1/uploads",
    operation_id="list_uploads",
    summary="List uploads",
    responses=answers(400, 401, 403, 422, 503),
)
async def list_(
    caller: Caller,
    services: Open,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> UploadListAnswer:
    """Newest first, without their parts."""
    before = UploadId(decode_id_cursor("uploads", cursor)) if cursor else None
    found = await list_uploads(before=before, limit=limit, principal=caller, services=services)
    return UploadListAnswer(
        uploads=[render_upload(upload) for upload in found],
        next_cursor=encode_cursor("uploads", found[-1].id) if len(found) == limit else None,
    )


@router.get(
    "/v1/uploads/{upload_id}",
    operation_id="read_upload",
    summary="Look at an upload",
    responses=answers(401, 403, 404, 503),
)
async def read(upload_id: str, caller: Caller, services: Open) -> UploadAnswer:
    """What came so far: where to go on after a break."""
    return render_upload(await read_upload(upload_id_from(upload_id), principal=caller, services=services))


@router.put(
    "/v1/uploads/{upload_id}/parts/{number}",
    operation_id="put_upload_part",
    summary="Send a part by number",
    openapi_extra=RAW_BODY,
    responses=answers(400, 401, 403, 404, 409, 413, 503),
)
async def part(request: Request, upload_id: str, number: str, caller: Caller, services: Open) -> UploadAnswer:
    """Parts from 1, of any size; one that is sent again takes the place of the earlier."""
    id_ = upload_id_from(upload_id)
    caller.require(Scope.FILES_WRITE)
    refuse_oversize(request, services.policy.limits.max_bytes)
    upload = await put_part(
        id_, _number(number), body_of(request), by_offset=False, principal=caller, services=services
    )
    return render_upload(upload)


@router.put(
    "/v1/uploads/{upload_id}/content",
    operation_id="put_upload_content",
    summary="Send bytes by offset",
    openapi_extra=RAW_BODY,
    responses=answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
)
async def content(
    request: Request,
    upload_id: str,
    caller: Uploader,
    services: Open,
    token: Annotated[str | None, Query(max_length=400, description="Of a signed address.")] = None,
) -> UploadAnswer:
    """With `Content-Range: bytes 0-99/1000` a part; without, the whole file, which completes the upload."""
    del token
    id_ = upload_id_from(upload_id)
    await read_upload(id_, principal=caller, services=services)
    refuse_oversize(request, services.policy.limits.max_bytes)
    start, length = _wanted_place(request)
    upload = await put_part(
        id_,
        start,
        body_of(request),
        by_offset=True,
        length=length,
        principal=caller,
        services=services,
    )
    if length is None:
        with blaming_the_document():
            upload = await complete_upload(id_, principal=caller, services=services)
    return render_upload(upload)


@router.post(
    "/v1/uploads/{upload_id}/complete",
    operation_id="complete_upload",
    summary="Make a file of the parts",
    responses=answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
)
async def complete(upload_id: str, caller: Caller, services: Open) -> UploadAnswer:
    """The file is checked against what was announced. Repeating it gives the same `file_id`."""
    with blaming_the_document():
        upload = await complete_upload(upload_id_from(upload_id), principal=caller, services=services)
    return render_upload(upload)


@router.delete(
    "/v1/uploads/{upload_id}",
    operation_id="abort_upload",
    summary="Give up an upload",
    responses=answers(401, 403, 404, 409, 503),
)
async def abort(upload_id: str, caller: Caller, services: Open) -> UploadAnswer:
    """Its parts are deleted. Repeating it changes nothing; `409` when it is completed."""
    return render_upload(await abort_upload(upload_id_from(upload_id), principal=caller, services=services))


def render_upload(upload: Upload) -> UploadAnswer:
    return UploadAnswer(
        id=UPLOAD + upload.id,
        project_id=PROJECT + upload.project_id,
        status=upload.status,
        filename=upload.filename,
        size_bytes=upload.size_bytes,
        received_bytes=upload.received_bytes,
        next_offset=upload.next_offset if upload.by_offset else 0,
        parts=[
            UploadPartAnswer(position=p.position, size_bytes=p.size_bytes, sha256=p.sha256)
            for p in upload.parts
        ],
        file_id=FILE + upload.file_id if upload.file_id else None,
        created_at=upload.created_at,
        expires_at=upload.expires_at,
    )


def _path(upload: Upload) -> str:
    return f"/v1/uploads/{UPLOAD}{upload.id}"


def _address(request: Request, upload: Upload, seconds: int, caller: Principal, services: Services) -> str:
    """As this caller reaches us; it ends with the upload at the latest."""
    ends_at = min(upload.expires_at, services.clock.now() + timedelta(seconds=seconds))
    token = upload_token(upload, caller.key_id, ends_at, services=services)
    base = f"{request.url.scheme}://{request.url.netloc}"
    return f"{base}{_path(upload)}/content?token={quote(token)}"


def _number(text: str) -> int:
    """Raises `InvalidRequest`."""
    if text.isascii() and text.isdecimal() and len(text) <= 5:
        return int(text)
    raise InvalidRequest(f"Parts are numbered from 1 to {MAX_PARTS}.", option="number", limit=MAX_PARTS)


def _wanted_place(request: Request) -> tuple[int, int | None]:
    """Offset and length from `Content-Range`; (0, None) for the whole file. Raises `InvalidRequest`."""
    header = request.headers.get("content-range")
    if header is None:
        return 0, None
    match = _RANGE.fullmatch(header.strip())
    if match is None or int(match[2]) < int(match[1]):
        raise InvalidRequest("Write Content-Range: bytes 0-99/1000.", header="Content-Range")
    return int(match[1]), int(match[2]) - int(match[1]) + 1
