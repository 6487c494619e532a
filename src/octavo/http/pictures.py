"""Pictures of a result: those its blocks name, and its pages as they look."""

from datetime import datetime, timedelta
from enum import IntEnum
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.export import read_page
from octavo.app.picture import JPEG, PNG
from octavo.app.picture_address import draw_finished_page, picture_viewer, pictures_token
from octavo.app.read import read_job
from octavo.domain.errors import NotFound
from octavo.domain.tenancy import Principal
from octavo.http.auth import Caller, Open, principal_of, services_of
from octavo.http.contract import PICTURE_CONTENT, answers, download
from octavo.http.identifiers import JOB, job_id_from
from octavo.http.ranges import Download, download_response, etag_matches, picture_disposition
from octavo.http.results import page_number

router = APIRouter(tags=["results"])

LONGEST_ADDRESS_S = 7 * 86_400
_MEDIA_TYPES = {"png": PNG, "jpeg": JPEG}
PictureFormat = Literal["png", "jpeg"]


class Resolution(IntEnum):
    """Dots per inch that page pictures are made in: a few, so that each is made once."""

    D48 = 48
    D72 = 72
    D96 = 96
    D150 = 150
    D200 = 200
    D300 = 300


class PictureAddressAnswer(BaseModel):
    address: str
    """Absolute; shows the picture without a key. With another number it shows that page."""
    expires_at: datetime


async def viewer_of(request: Request, job_id: str, token: str | None = None) -> Principal:
    """By the signed address where it has a token, else by a key. Raises `Unauthenticated`."""
    if token is None:
        return await principal_of(request)
    return await picture_viewer(token, job_id_from(job_id), services=services_of(request))


Viewer = Annotated[Principal, Depends(viewer_of)]


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
        "Content-Disposition": picture_disposition(picture),
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
    caller: Viewer,
    services: Open,
    dpi: Annotated[Resolution, Query()] = Resolution.D96,
    format: PictureFormat = "png",  # noqa: A002 -- the parameter's public name
    token: Annotated[str | None, Query(max_length=400, description="Of a signed address.")] = None,
) -> Response:
    """A finished page as it looks, upright: what the boxes of its blocks are measured on."""
    del token
    id_ = job_id_from(job_id)
    wanted = page_number(number)
    job, drawn = await draw_finished_page(
        id_,
        wanted,
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


@router.post(
    "/v1/jobs/{job_id}/pages/{number}/image/address",
    status_code=201,
    operation_id="sign_page_image",
    summary="Make an address for a page's picture",
    responses=answers(401, 403, 404, 410, 422, 503),
)
async def address(
    request: Request,
    job_id: str,
    number: str,
    caller: Caller,
    services: Open,
    address_s: Annotated[int, Query(ge=1, le=LONGEST_ADDRESS_S)] = 3600,
    dpi: Annotated[Resolution, Query()] = Resolution.D96,
    format: PictureFormat = "png",  # noqa: A002 -- the parameter's public name
) -> PictureAddressAnswer:
    """For programs that show pictures and have no key, for `address_s` seconds; no longer than the key lives."""
    id_ = job_id_from(job_id)
    wanted = page_number(number)
    await read_page(id_, wanted, principal=caller, services=services)
    job = await read_job(id_, principal=caller, services=services)
    ends_at = min(job.source_expires_at, services.clock.now() + timedelta(seconds=address_s))
    token = pictures_token(job, ends_at, principal=caller, services=services)
    query = urlencode({"dpi": int(dpi), "format": format, "token": token})
    base = f"{request.url.scheme}://{request.url.netloc}"
    path = f"/v1/jobs/{JOB}{id_}/pages/{wanted}/image?{query}"
    return PictureAddressAnswer(address=base + path, expires_at=ends_at)
