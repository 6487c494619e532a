"""What a job left behind: its result in every format, its pages one by one, its source."""

from typing import Annotated, Literal

import orjson
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.export import MAX_PAGES_AT_ONCE, export_result, list_pages, read_page, usual_format
from octavo.app.picture import picture_address
from octavo.app.read import read_job
from octavo.domain.document import Page
from octavo.domain.errors import Gone, NotFound
from octavo.domain.job import Job
from octavo.domain.moments import to_text
from octavo.domain.storage import source_key
from octavo.exporters.json_export import page_with_pictures
from octavo.exporters.markdown import page_markdown
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS
from octavo.http.auth import Caller, Open
from octavo.http.contract import PAGE_CONTENT, RESULT_CONTENT, RESULT_OPTIONS, answers, download
from octavo.http.identifiers import JOB, job_id_from
from octavo.http.paging import decode_number_cursor, encode_cursor
from octavo.http.problems import NotAcceptable
from octavo.http.ranges import Download, download_response
from octavo.http.wire import PageListAnswer, render_page

router = APIRouter(tags=["results"])

MAX_PAGE = 10_000_000
PageFormat = Literal["json", "markdown", "text"]


@router.head("/v1/jobs/{job_id}/result", include_in_schema=False)
@router.get(
    "/v1/jobs/{job_id}/result",
    operation_id="download_result",
    summary="Download the result",
    responses={**answers(400, 401, 403, 404, 406, 409, 410, 416, 422, 503), **download(RESULT_CONTENT)},
    response_class=Response,
    openapi_extra=RESULT_OPTIONS,
)
async def result(
    request: Request,
    job_id: str,
    caller: Caller,
    services: Open,
    format: Annotated[str | None, Query(max_length=40)] = None,  # noqa: A002 -- the parameter's public name
) -> Response:
    """The document in any format, rendered once and kept. Without `format`, `Accept` decides, else the template.

    A format's own options are further query parameters, like `images=inline`.
    """
    wanted = format
    if wanted is None and is_open(request.headers.get("accept")):
        wanted = await usual_format(job_id_from(job_id), principal=caller, services=services)
    wanted = wanted if wanted is not None else format_for(request.headers.get("accept"))
    options = {name: value for name, value in request.query_params.items() if name != "format"}
    export = await export_result(job_id_from(job_id), wanted, options, principal=caller, services=services)
    found = Download(export.key, export.size_bytes, export.media_type, export.filename, export.etag)
    response = await download_response(request, found, services)
    response.headers["Vary"] = "Accept"
    return response


@router.head("/v1/jobs/{job_id}/source", include_in_schema=False)
@router.get(
    "/v1/jobs/{job_id}/source",
    operation_id="download_source",
    summary="Download the source",
    responses={**answers(401, 403, 404, 410, 416, 503), **download({"*/*": {}})},
    response_class=Response,
)
async def source(request: Request, job_id: str, caller: Caller, services: Open) -> Response:
    """The document as it was sent, until its retention ends."""
    job = await read_job(job_id_from(job_id), principal=caller, services=services)
    _require_source(job)
    name = job.filename or JOB + job.id
    found = Download(source_key(job.id), job.size_bytes, job.media_type, name, job.sha256)
    return await download_response(request, found, services)


@router.get(
    "/v1/jobs/{job_id}/pages",
    operation_id="list_pages",
    summary="List finished pages",
    responses=answers(400, 401, 403, 404, 410, 422, 503),
)
async def pages(
    job_id: str,
    caller: Caller,
    services: Open,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGES_AT_ONCE)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> PageListAnswer:
    """The pages that are finished, also while the job runs, by number."""
    id_ = job_id_from(job_id)
    after = decode_number_cursor("pages", cursor) if cursor else 0
    rows = await list_pages(id_, after=after, limit=limit, principal=caller, services=services)
    return PageListAnswer(
        pages=[render_page(row, f"/v1/jobs/{JOB}{id_}") for row in rows],
        next_cursor=encode_cursor("pages", str(rows[-1].number)) if len(rows) == limit else None,
    )


@router.get(
    "/v1/jobs/{job_id}/pages/{number}",
    operation_id="read_page",
    summary="Read one page",
    responses={**answers(401, 403, 404, 410, 422, 503), **PAGE_CONTENT},
    response_class=Response,
)
async def page(
    job_id: str,
    number: str,
    caller: Caller,
    services: Open,
    format: PageFormat = "json",  # noqa: A002 -- the parameter's public name
) -> Response:
    """One finished page, also while the job runs."""
    id_ = job_id_from(job_id)
    found = await read_page(id_, page_number(number), principal=caller, services=services)
    rendering = Rendering(images_at=picture_address(id_, ""))
    return Response(_render(found, format, rendering), media_type=EXPORTERS[format].media_type)


def page_number(text: str) -> int:
    """Raises `NotFound`: whatever is no page number names no page."""
    if text.isascii() and text.isdecimal() and 0 < int(text[:9]) <= MAX_PAGE and len(text) < 9:
        return int(text)
    raise NotFound("Page numbers start at 1.")


def format_for(accept: str | None) -> str:
    """The format the caller likes best; JSON where all are equal. Raises `NotAcceptable`."""
    best: tuple[float, str] | None = None
    for name, exporter in EXPORTERS.items():
        weight = _weight(exporter.media_type.partition(";")[0], accept or "*/*")
        if weight > 0 and (best is None or weight > best[0]):
            best = (weight, name)
    if best is None:
        offered = ", ".join(exporter.media_type for exporter in EXPORTERS.values())
        raise NotAcceptable(f"The result exists as: {offered}.", header="Accept")
    return best[1]


def is_open(accept: str | None) -> bool:
    """The caller takes whatever there is."""
    return accept is None or accept.partition(";")[0].strip() in ("", "*/*")


def _weight(media_type: str, accept: str) -> float:
    """The `q` of the most specific entry that covers the media type (RFC 9110 §12.5.1)."""
    found = (-1, 0.0)
    for entry in accept.split(","):
        name, *parameters = (part.strip().lower() for part in entry.split(";"))
        patterns = ["*/*", media_type.partition("/")[0] + "/*", media_type]
        if name in patterns:
            found = max(found, (patterns.index(name), _quality(parameters)))
    return found[1]


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return min(1.0, max(0.0, float(parameter[2:])))
            except ValueError:
                return 0.0
    return 1.0


def _render(page_: Page, format_: PageFormat, rendering: Rendering) -> bytes:
    if format_ == "json":
        return orjson.dumps(page_with_pictures(page_, rendering))
    return (page_markdown(page_, rendering) if format_ == "markdown" else page_.text).encode()


def _require_source(job: Job) -> None:
    if job.purged_at is not None:
        raise Gone("This job was purged; only its tombstone is left.", purged_at=to_text(job.purged_at))
    if job.source_deleted_at is not None:
        raise Gone(
            "The source's retention has ended. Send the document again.",
            expired_at=to_text(job.source_deleted_at),
        )
