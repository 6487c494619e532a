"""Routes of documents: what jobs read, with its text and its pages where they are asked for."""

from contextlib import suppress
from datetime import timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.cancel import cancel_job
from octavo.app.export import document_index, export_result
from octavo.app.picture import JPEG, has_pictures
from octavo.app.picture_address import draw_finished_page, picture_viewer, pictures_token
from octavo.app.purge import purge_job
from octavo.app.schemes.signing import to_seconds
from octavo.app.services import Services
from octavo.dialects._kit import address_of
from octavo.dialects.docurift.access import Caller
from octavo.dialects.docurift.answers import fields_of, kept_job, page_answer, success, tables_of
from octavo.dialects.docurift.ids import DOCUMENT, document_id_of, named_job
from octavo.dialects.docurift.lists import Listing
from octavo.dialects.docurift.outbound import render_document
from octavo.dialects.docurift.shapes import extracted_fields
from octavo.domain.errors import Conflict
from octavo.domain.job import Job, JobStatus
from octavo.domain.tenancy import Principal
from octavo.http.auth import Open
from octavo.http.ranges import Download, download_response
from octavo.ports.history import JobSort

router = APIRouter()

SORTS = {
    "createdAt": JobSort.CREATED,
    "processedAt": JobSort.FINISHED,
    "fileName": JobSort.FILENAME,
    "confidence": JobSort.CONFIDENCE,
}
SHOWN_FOR = timedelta(hours=1)
"""How long the address of a thumbnail works without a key."""
THUMBNAIL_DPI = 48
MAX_PAGE = 10_000_000


@router.get("/v1/documents")
async def documents(
    caller: Caller,
    services: Open,
    asked: Listing,
    search: Annotated[str | None, Query(max_length=200)] = None,
    sort: Annotated[
        Literal["createdAt", "processedAt", "fileName", "confidence"], Query(alias="sortBy")
    ] = "createdAt",
) -> Response:
    """`search` is part of a file name, or a whole id."""
    named = named_job(search.strip()) if search else None
    ids = (named,) if named else ()
    text = None if named else search or None
    found = await asked.answered(SORTS[sort], caller, services, ids=ids, text=text)
    return page_answer("documents", [render_document(job) for job in found.jobs], found)


@router.get("/v1/documents/{document_id}")
async def document(
    request: Request,
    document_id: str,
    caller: Caller,
    services: Open,
    with_text: Annotated[bool, Query(alias="includeRawText")] = False,
    with_images: Annotated[bool, Query(alias="includePageImages")] = False,
) -> Response:
    """With its fields, once it is read; in whichever of the two forms a reader looks for."""
    job = await kept_job(document_id_of(document_id), caller, services)
    told = render_document(job)
    if job.status is JobStatus.COMPLETED:
        fields = extracted_fields(await fields_of(job, services))
        told |= {"result": fields, "extractedFields": fields, **await tables_of(job, caller, services)}
        if with_text:
            told["rawText"] = await _raw_text(job, caller, services)
        if with_images:
            told["pageImages"] = await _page_images(request, job, caller, services)
    return success(told)


@router.get("/v1/documents/{document_id}/pages/{number}/thumbnail")
async def thumbnail(
    request: Request,
    document_id: str,
    number: Annotated[int, Path(ge=1, le=MAX_PAGE)],
    services: Open,
    token: Annotated[str, Query(min_length=1, max_length=400)],
) -> Response:
    """What `pageImages` points to. It needs no key: the address is signed, and ends."""
    job_id = document_id_of(document_id)
    viewer = await picture_viewer(token, job_id, services=services)
    job, drawn = await draw_finished_page(
        job_id, number, dpi=THUMBNAIL_DPI, media_type=JPEG, principal=viewer, services=services
    )
    etag = f"{job_id}-{job.attempt}-{number}-{THUMBNAIL_DPI}"
    found = Download(drawn.key, drawn.size_bytes, drawn.media_type, f"page-{number}.jpg", etag)
    return await download_response(request, found, services)


@router.delete("/v1/documents/{document_id}")
async def delete(document_id: str, caller: Caller, services: Open) -> Response:
    """Erase it, its job and its result; what still runs is stopped first. Then it is unknown."""
    job = await kept_job(document_id_of(document_id), caller, services)
    if not job.status.is_final:
        # It may have ended by itself since it was read.
        with suppress(Conflict):
            await cancel_job(job.id, principal=caller, services=services)
    await purge_job(job.id, principal=caller, services=services)
    return success({"id": DOCUMENT + job.id, "deleted": True})


async def _raw_text(job: Job, caller: Principal, services: Services) -> str:
    """All pages, a form feed between them."""
    export = await export_result(job.id, "text", principal=caller, services=services)
    content = [chunk async for chunk in services.blobs.read(export.key)]
    return b"".join(content).decode()


async def _page_images(request: Request, job: Job, caller: Principal, services: Services) -> list[Any]:
    """One entry a page that was read; none where the source has no look of its own, or is no more."""
    if not has_pictures(job) or job.source_deleted_at is not None:
        return []
    ends_at = min(services.clock.now() + SHOWN_FOR, job.source_expires_at)
    token = pictures_token(job, ends_at, principal=caller, services=services)
    index = await document_index(job.id, services)
    base = f"/v1/documents/{DOCUMENT}{job.id}/pages"
    told = []
    for entry in index.entries:
        url = address_of(request, f"{base}/{entry.number}/thumbnail?token={token}")
        told.append(
            {
                "pageNumber": entry.number,
                "url": url,
                "thumbnailUrl": url,
                "mimeType": JPEG,
                "expiresAt": to_seconds(ends_at),
            }
        )
    return told
