"""Routes of files that come in base64 chunks: there is no last call, the first use ends the upload."""

import base64
import binascii
from collections.abc import AsyncIterator

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.app.uploads.create import CreateUpload as NewUpload
from octavo.app.uploads.create import create_upload, read_upload
from octavo.app.uploads.parts import put_part
from octavo.dialects.ldxhub.ids import Kind
from octavo.dialects.ldxhub.inbound import file_of
from octavo.dialects.ldxhub.outbound import render_upload
from octavo.dialects.ldxhub.wire import AppendChunk, CreateUpload, FileInfo
from octavo.domain.errors import DocumentTooLarge, InvalidRequest, NotFound
from octavo.domain.ids import UploadId
from octavo.http.auth import Caller, Open, Submitter
from octavo.http.bodies import MAX_JSON_BYTES, parse_body, read_json, safe_filename

router = APIRouter()

MAX_CHUNK_BYTES = 5 * 1000 * 1000
_MAX_BODY_BYTES = MAX_CHUNK_BYTES * 4 // 3 + MAX_JSON_BYTES


@router.post("/uploads")
async def begin(request: Request, caller: Submitter, services: Open) -> Response:
    """An empty file; chunks follow."""
    order = parse_body(CreateUpload, await read_json(request))
    wanted = NewUpload(filename=safe_filename(order.filename))
    upload = await create_upload(wanted, principal=caller, services=services)
    return JSONResponse(render_upload(upload), 201)


@router.put("/uploads/{file_id}")
async def append(request: Request, file_id: str, caller: Caller, services: Open) -> FileInfo:
    """One more chunk behind what is there."""
    upload_id = _upload_id(file_id)
    chunk = _decoded(parse_body(AppendChunk, await read_json(request, _MAX_BODY_BYTES)).data)
    upload = await read_upload(upload_id, principal=caller, services=services)
    upload = await put_part(
        upload_id,
        upload.next_offset,
        _once(chunk),
        by_offset=True,
        principal=caller,
        services=services,
    )
    return render_upload(upload)


def _upload_id(text: str) -> UploadId:
    kind, id_ = file_of(text)
    if kind is not Kind.UPLOAD:
        raise NotFound("There is no such upload; chunks go to what POST /uploads gave out.")
    return UploadId(id_)


def _decoded(text: str) -> bytes:
    try:
        chunk = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidRequest("data is not base64.", option="data") from error
    if len(chunk) > MAX_CHUNK_BYTES:
        raise DocumentTooLarge(
            f"A chunk may take {MAX_CHUNK_BYTES} bytes.", limit=MAX_CHUNK_BYTES, unit="bytes"
        )
    return chunk


async def _once(chunk: bytes) -> AsyncIterator[bytes]:
    if chunk:
        yield chunk
