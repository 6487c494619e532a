"""Routes of pictures: the vendor's stable paths, answered with the bytes themselves."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.block_picture import picture_at, picture_of_block
from octavo.app.read import read_job
from octavo.app.services import Services
from octavo.dialects.ocrqueen.access import Caller
from octavo.dialects.ocrqueen.errors import FigureNotFound
from octavo.dialects.ocrqueen.outbound import has_pictures
from octavo.domain.document import Picture
from octavo.domain.errors import Conflict, Gone, NotFound
from octavo.domain.ids import JobId
from octavo.domain.tenancy import Principal
from octavo.http.auth import Open
from octavo.http.identifiers import job_id_from
from octavo.http.ranges import etag_matches, picture_disposition

router = APIRouter()

LONGEST_INDEX = 9


@router.get("/v1/jobs/{job_id}/images/{block_id}")
async def image(request: Request, job_id: str, block_id: str, caller: Caller, services: Open) -> Response:
    """The picture of an image, diagram, chart or formula, by its block's id."""
    id_ = job_id_from(job_id)
    await _require_pictures(id_, caller, services)
    try:
        picture = await picture_of_block(id_, block_id, principal=caller, services=services)
    except (NotFound, Gone, Conflict) as error:
        raise FigureNotFound(error.summary) from error
    return _answer(request, picture)


@router.get("/v1/jobs/{job_id}/figures/{index}")
async def figure(request: Request, job_id: str, index: str, caller: Caller, services: Open) -> Response:
    """The pictures by number, from 0, in reading order."""
    id_ = job_id_from(job_id)
    await _require_pictures(id_, caller, services)
    if not (index.isascii() and index.isdecimal()) or len(index) > LONGEST_INDEX:
        raise FigureNotFound("Figures are numbered from 0.")
    try:
        picture = await picture_at(id_, int(index), principal=caller, services=services)
    except (NotFound, Gone, Conflict) as error:
        raise FigureNotFound(error.summary) from error
    return _answer(request, picture)


async def _require_pictures(job_id: JobId, caller: Principal, services: Services) -> None:
    """Raises `NotFound` for the job, `FigureNotFound` where it has none, or none any more."""
    job = await read_job(job_id, principal=caller, services=services)
    if not has_pictures(job, services.clock.now()):
        raise FigureNotFound(
            "The job has no pictures; they are there from its end until retain_hours are over."
        )


def _answer(request: Request, picture: Picture) -> Response:
    quoted = f'"{picture.name}"'
    headers = {
        "ETag": quoted,
        "Content-Disposition": picture_disposition(picture),
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if etag_matches(request.headers.get("if-none-match"), quoted):
        return Response(status_code=304, headers=headers)
    return Response(picture.content, media_type=picture.media_type, headers=headers)
