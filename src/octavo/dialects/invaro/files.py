"""Routes of files: two ways to send them, and the list of them."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.app.files import list_files_by_page, read_file
from octavo.app.receive import delete_file
from octavo.app.services import Services
from octavo.dialects.invaro.errors import Invalid
from octavo.dialects.invaro.ids import document_id, document_id_from
from octavo.dialects.invaro.inbound import STATUS_FILTERS, type_from
from octavo.dialects.invaro.outbound import (
    is_gone,
    render_file,
    render_validated,
    results_for,
    success,
)
from octavo.dialects.invaro.received import Received, Refused, receive_form, render_received, type_said
from octavo.dialects.invaro.wire import Object
from octavo.domain.errors import Conflict
from octavo.domain.ids import FileId
from octavo.domain.job import JobStatus
from octavo.domain.storage import file_key
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Caller, Open, Submitter
from octavo.http.ranges import Download, download_response
from octavo.ports.file_history import FileQuery

router = APIRouter()

Number = Annotated[int, Query(ge=1, le=100_000)]
Size = Annotated[int, Query(ge=1, le=100)]
Word = Annotated[str, Query(max_length=64)]


@router.post("/parse/upload")
async def upload(request: Request, caller: Submitter, services: Open) -> Response:
    """Multipart, `files` (or `file`) up to fifty times; beside them `type` or `doc_type`, and `callback_url`."""
    received, type_ = await receive_form(request, type_said, caller=caller, services=services)
    return _uploaded(received, render_received(request, received, type_))


@router.post("/files/upload")
async def upload_validated(request: Request, caller: Submitter, services: Open) -> Response:
    """As `upload`; tells of each what it is."""
    received, type_ = await receive_form(request, type_said, caller=caller, services=services)
    files = [
        one.render() if isinstance(one, Refused) else render_validated(one[0], type_, one[1])
        for one in received.documents
    ]
    return _uploaded(received, files)


@router.get("/files")
async def files(
    caller: Caller,
    services: Open,
    page: Number = 1,
    page_size: Size = 20,
    type_: Annotated[str | None, Query(alias="type", max_length=64)] = None,
    status: Word = "",
) -> Object:
    """Newest first; deleted ones only where they are asked for."""
    wanted = type_from(type_, "type")
    query = FileQuery(
        statuses=_statuses(status),
        document_types=(wanted,) if wanted else (),
        deleted=status == "deleted",
        limit=page_size,
    )
    found = await list_files_by_page(query, page, principal=caller, services=services)
    now = services.clock.now()
    shown = [render_file(standing, now) for standing in found.files]
    return success({"files": shown, "page": page, "page_size": page_size, "total": found.total})


@router.get("/files/{file_id}")
@router.get("/parse/files/{file_id}")
async def info(file_id: str, caller: Caller, services: Open) -> Object:
    """With what its newest job found, `{}` until there is one; a deleted one is told as deleted."""
    standing = await read_file(document_id_from(file_id), principal=caller, services=services)
    told = render_file(standing, services.clock.now())
    job = standing.job
    processed: Object = {}
    if job and job.status is JobStatus.COMPLETED and told["status"] != "deleted" and job.purged_at is None:
        caller.require(Scope.JOBS_READ)
        processed = await results_for(job, services) if job.result_deleted_at is None else {}
    return success(told | {"processed_data": processed})


@router.head("/files/{file_id}/download")
@router.get("/files/{file_id}/download")
async def download(request: Request, file_id: str, caller: Caller, services: Open) -> Response:
    caller.require(Scope.FILES_READ)
    file = await services.store.tenant(caller.tenant).file(document_id_from(file_id))
    name = file.filename or "document"
    found = Download(file_key(file.id), file.size_bytes, file.media_type, name, file.sha256)
    return await download_response(request, found, services)


@router.delete("/files/{file_id}")
@router.delete("/parse/files/{file_id}")
async def delete(file_id: str, caller: Caller, services: Open) -> Object:
    """Its jobs keep their own copy."""
    id_ = document_id_from(file_id)
    await _require_there(id_, caller, services)
    await delete_file(id_, principal=caller, services=services)
    return success({"file_id": document_id(id_), "message": "File deleted successfully"})


async def _require_there(id_: FileId, caller: Principal, services: Services) -> None:
    caller.require(Scope.FILES_WRITE)
    standing = await services.store.tenant(caller.tenant).file_history.standing(id_)
    if is_gone(standing.file, services.clock.now()):
        raise Conflict("The file was deleted already.")


def _uploaded(received: Received, files: list[Object]) -> Response:
    partial = bool(received.refused)
    data = {"files": files, "status": "partial_error" if partial else "done"}
    return JSONResponse(success(data), 207 if partial else 200)


def _statuses(word: str) -> tuple[JobStatus | None, ...]:
    """Of the newest job; a file without one is pending. Raises `Invalid`."""
    if word in {"", "deleted"}:
        return ()
    if word not in STATUS_FILTERS:
        raise Invalid(f"status: there is no {word!r}; there are {', '.join((*STATUS_FILTERS, 'deleted'))}.")
    return (None, *STATUS_FILTERS[word]) if word == "pending" else STATUS_FILTERS[word]
