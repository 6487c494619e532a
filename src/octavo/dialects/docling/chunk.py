"""Routes that chunk: by source or by file, by either chunker, waiting for the end or not."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.services import Services
from octavo.dialects.docling import orders
from octavo.dialects.docling.inbound import Order, chunk_order_of, options_in
from octavo.dialects.docling.outbound import Task, render_status
from octavo.dialects.docling.wire import (
    Chunker,
    ChunkSources,
    ConvertOptions,
    FormExtras,
    HierarchicalChunker,
    HybridChunker,
    TaskStatus,
)
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Open, Submitter
from octavo.http.bodies import parse_body, read_json

router = APIRouter()

_CONVERT, _CHUNKING = "convert_", "chunking_"
"""What the options' names begin with in a form."""


@router.post("/v1/chunk/hybrid/source")
async def hybrid_source(request: Request, caller: Submitter, services: Open) -> Response:
    """Documents by URL or as base64; the answer is their chunks."""
    caller.require(Scope.JOBS_READ)
    return await orders.ended(await _by_source(HybridChunker, request, caller, services), caller, services)


@router.post("/v1/chunk/hybrid/file")
async def hybrid_file(request: Request, caller: Submitter, services: Open) -> Response:
    """A form with one or more parts `files`; the answer is their chunks."""
    caller.require(Scope.JOBS_READ)
    return await orders.ended(await _by_file(HybridChunker, request, caller, services), caller, services)


@router.post("/v1/chunk/hybrid/source/async")
async def hybrid_source_async(request: Request, caller: Submitter, services: Open) -> TaskStatus:
    return render_status(await _by_source(HybridChunker, request, caller, services))


@router.post("/v1/chunk/hybrid/file/async")
async def hybrid_file_async(request: Request, caller: Submitter, services: Open) -> TaskStatus:
    return render_status(await _by_file(HybridChunker, request, caller, services))


@router.post("/v1/chunk/hierarchical/source")
async def hierarchical_source(request: Request, caller: Submitter, services: Open) -> Response:
    caller.require(Scope.JOBS_READ)
    task = await _by_source(HierarchicalChunker, request, caller, services)
    return await orders.ended(task, caller, services)


@router.post("/v1/chunk/hierarchical/file")
async def hierarchical_file(request: Request, caller: Submitter, services: Open) -> Response:
    caller.require(Scope.JOBS_READ)
    task = await _by_file(HierarchicalChunker, request, caller, services)
    return await orders.ended(task, caller, services)


@router.post("/v1/chunk/hierarchical/source/async")
async def hierarchical_source_async(request: Request, caller: Submitter, services: Open) -> TaskStatus:
    return render_status(await _by_source(HierarchicalChunker, request, caller, services))


@router.post("/v1/chunk/hierarchical/file/async")
async def hierarchical_file_async(request: Request, caller: Submitter, services: Open) -> TaskStatus:
    return render_status(await _by_file(HierarchicalChunker, request, caller, services))


async def _by_source(model: type[Chunker], request: Request, caller: Principal, services: Services) -> Task:
    caller.require(Scope.EXTRACT_WRITE)
    body = parse_body(ChunkSources, await read_json(request, orders.MAX_BODY_BYTES))
    order = chunk_order_of(
        body.convert_options,
        parse_body(model, body.chunking_options),
        body.target.kind,
        body.callbacks,
        with_document=body.include_converted_doc,
    )
    return await orders.by_source(body.sources, order, caller, services)


async def _by_file(model: type[Chunker], request: Request, caller: Principal, services: Services) -> Task:
    def ordered(fields: Mapping[str, Sequence[str]]) -> Order:
        extras = parse_body(FormExtras, options_in(fields))
        return chunk_order_of(
            parse_body(ConvertOptions, _named(fields, _CONVERT)),
            parse_body(model, _named(fields, _CHUNKING)),
            extras.target_type,
            extras.callbacks,
            with_document=extras.include_converted_doc,
        )

    return await orders.by_file(request, ordered, caller, services)


def _named(fields: Mapping[str, Sequence[str]], beginning: str) -> dict[str, Any]:
    """Without `to_formats`, which chunks have none of."""
    kept = {
        name.removeprefix(beginning): values for name, values in fields.items() if name.startswith(beginning)
    }
    return {name: value for name, value in options_in(kept).items() if name not in ("to_formats", "chunker")}
