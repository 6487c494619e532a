"""Pictures of a result: those its blocks name, and its pages as they look."""

from enum import IntEnum
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.export import read_page
from octavo.app.picture import JPEG, PNG, draw_page
from octavo.app.read import read_job
from octavo.domain.errors import NotFound
from octavo.http.auth import Caller, Open
from octavo.http.contract import PICTURE_CONTENT, answers, download
from octavo.http.identifiers import job_id_from
from octavo.http.ranges import Download, download_response, etag_matches
from octavo.http.results import page_number

router = APIRouter(tags=["results"])

_MEDIA_TYPES = {"png": PNG, "jpeg": JPEG}


class Resolution(IntEnum):
    """Dots per inch that page pictures are made in: a few, so that each is made once."""

    D48 = 48
    D72 = 72
    D96 = 96
    D150 = 150
    D200 = 200
    D300 = 300


@router.head("/v1/jobs/{job_id}/images/{name}", include_in_schema=False)
@router.get(
    "/v1/jobs/{job_id}/images/{name}",
    operation_id="download_image",
    summary="Download a block's picture",
    responses={**answers(401, 403, 404, 410, 422, 503), **download(PICTURE_CONTENT)},
    response_class=Response,
)
async def image(request: Request, job_id: str, name: str, caller: Caller, services: Open) -> Response:
    """The picture of a figure, chart, diagram or formula, also while the job runs.

    `image.name` of a block names it, and `image.url` is this address.
    """
    number = page_number(name.partition("-")[0])
    page = await read_page(job_id_from(job_id), number, principal=caller, services=services)
    picture = page.picture(name)
    if picture is None:
        raise NotFound("This page has no picture of that name.", page=number)
    quoted = f'"{picture.name}"'
    # The name is made of the bytes, so what it stands for never changes.
    headers = {
        "ETag": quoted,
        "Cache-Control": "private, max-age=86400, immutable",
        "Content-Disposition": f'inline; filename="{picture.name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    if etag_matches(request.headers.get("if-none-match"), quoted):
        return Response(status_code=304, headers=headers)
    return Response(picture.content, media_type=picture.media_type, headers=headers)


@router.head("/v1/jobs/{job_id}/pages/{number}/image", include_in_schema=False)
@router.get(
    "/v1/jobs/{job_id}/pages/{number}/image",
    operation_id="download_page_image",
    summary="Download a page's picture",
    responses={**answers(401, 403, 404, 410, 416, 422, 503), **download(PICTURE_CONTENT)},
    response_class=Response,
)
async def page_image(
    request: Request,
    job_id: str,
    number: str,
    caller: Caller,
    services: Open,
    dpi: Annotated[Resolution, Query()] = Resolution.D96,
    format: Literal["png", "jpeg"] = "png",  # noqa: A002 -- the parameter's public name
) -> Response:
    """A finished page as it looks, upright: what the boxes of its blocks are measured on."""
    id_ = job_id_from(job_id)
    wanted = page_number(number)
    page = await read_page(id_, wanted, principal=caller, services=services)
    job = await read_job(id_, principal=caller, services=services)
    drawn = await draw_page(
        job,
        wanted,
        page.transform,
        dpi=int(dpi),
        media_type=_MEDIA_TYPES[format],
        principal=caller,
        services=services,
    )
    etag = f"{id_}-{job.attempt}-{wanted}-{int(dpi)}-{format}"
    name = f"page-{wanted}.{'jpg' if format == 'jpeg' else 'png'}"
    return await download_response(
        request, Download(drawn.key, drawn.size_bytes, drawn.media_type, name, etag), services
    )
