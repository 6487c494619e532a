"""Routes that convert: by source or by file, waiting for the end or not."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.services import Services
from octavo.dialects.docling import orders
from octavo.dialects.docling.inbound import NotAllowed, Order, options_in, order_of
from octavo.dialects.docling.outbound import Task, render_status
from octavo.dialects.docling.wire import ConvertOptions, ConvertSources, FormExtras, TaskStatus
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Caller, Open, Submitter
from octavo.http.bodies import parse_body, read_json

router = APIRouter()


@router.post("/v1/convert/source")
async def source(request: Request, caller: Submitter, services: Open) -> Response:
    """Documents by URL or as base64; the answer is the result."""
    caller.require(Scope.JOBS_READ)
    return await orders.ended(await _by_source(request, caller, services), caller, services)


@router.post("/v1/convert/file")
async def file(request: Request, caller: Submitter, services: Open) -> Response:
    """A form with one or more parts `files`; the answer is the result."""
    caller.require(Scope.JOBS_READ)
    return await orders.ended(await _by_file(request, caller, services), caller, services)


@router.post("/v1/convert/source/async")
async def source_async(request: Request, caller: Submitter, services: Open) -> TaskStatus:
    return render_status(await _by_source(request, caller, services))


@router.post("/v1/convert/file/async")
async def file_async(request: Request, caller: Submitter, services: Open) -> TaskStatus:
    return render_status(await _by_file(request, caller, services))


@router.post("/v1/convert/source/batch")
async def source_batch(caller: Caller) -> None:
    """There it reads buckets and writes to buckets."""
    del caller
    raise NotAllowed(
        "target kinds other than 'inbody' and 'zip' are not allowed; send /v1/convert/source/async."
    )


async def _by_source(request: Request, caller: Principal, services: Services) -> Task:
    caller.require(Scope.EXTRACT_WRITE)
    body = parse_body(ConvertSources, await read_json(request, orders.MAX_BODY_BYTES))
    order = order_of(body.options, body.target.kind, body.callbacks)
    return await orders.by_source(body.sources, order, caller, services)


async def _by_file(request: Request, caller: Principal, services: Services) -> Task:
    return await orders.by_file(request, _ordered, caller, services)


def _ordered(fields: Mapping[str, Sequence[str]]) -> Order:
    named = options_in(fields)
    extras = parse_body(FormExtras, named)
    return order_of(parse_body(ConvertOptions, named), extras.target_type, extras.callbacks)
