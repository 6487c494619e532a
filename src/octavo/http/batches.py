"""`/v1/batches`: documents sent together, looked at, stopped and downloaded as one."""

import hashlib
from dataclasses import replace
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from octavo.app.batches.cancel import cancel_batch
from octavo.app.batches.create import CreateBatch, create_batch
from octavo.app.batches.document import BatchDocument
from octavo.app.batches.export import export_batch
from octavo.app.batches.read import list_batches, read_batch
from octavo.app.batches.wait import wait_for_batch
from octavo.app.services import Services
from octavo.domain.batch import MAX_DOCUMENTS, BatchStatus
from octavo.domain.ids import BatchId
from octavo.domain.tenancy import Scope
from octavo.http.auth import Caller, Open, Submitter
from octavo.http.batch_wire import (
    BatchAnswer,
    BatchListAnswer,
    NewBatchAnswer,
    batch_path,
    render_batch,
    render_new_batch,
)
from octavo.http.bodies import parse_body, read_json, require_no_nul
from octavo.http.contract import IDEMPOTENCY_HEADER, METADATA_FILTER, answers, json_body
from octavo.http.identifiers import batch_id_from, project_id_from
from octavo.http.metadata_filter import metadata_filters
from octavo.http.options import Metadata, Moment, SubmitBody, Text
from octavo.http.paging import decode_id_cursor, encode_cursor
from octavo.http.problems import validation_failed
from octavo.http.ranges import content_disposition
from octavo.http.submit import callbacks_of, decoded, idempotency_key, request_of
from octavo.ports.batches import BatchQuery

router = APIRouter(tags=["batches"])

MAX_BODY_BYTES = 32 * 2**20
"""Larger documents come as files, uploads or URLs; so large a body is read whole."""


class NewBatch(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[Text, Field(min_length=1, max_length=200)] | None = None
    metadata: Metadata = {}
    """Of the batch; documents have their own."""
    project_id: str | None = None
    options: dict[str, Any] = {}
    """What holds for every document that does not say otherwise: members as of `POST /v1/jobs`."""
    documents: Annotated[list[dict[str, Any]], Field(max_length=MAX_DOCUMENTS)] = []
    """Each as the JSON body of `POST /v1/jobs`, without `project_id`."""


@router.post(
    "/v1/batches",
    status_code=201,
    response_model=NewBatchAnswer,
    operation_id="create_batch",
    summary="Make a batch",
    openapi_extra={**json_body("NewBatch"), "parameters": [IDEMPOTENCY_HEADER]},
    responses=answers(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
)
async def create(request: Request, caller: Submitter, services: Open) -> Response:
    """With its documents, or empty: jobs are added by `batch_id` on `POST /v1/jobs`, too.

    A document that is refused does not stop the others; `documents` says what became of each.
    """
    caller.require(Scope.EXTRACT_WRITE)
    key = idempotency_key(request)
    content = await read_json(request, MAX_BODY_BYTES)
    body = parse_body(NewBatch, content)
    order = CreateBatch(
        name=body.name,
        metadata=body.metadata,
        project_id=project_id_from(body.project_id) if body.project_id else None,
        documents=[_document(index, body, services) for index in range(len(body.documents))],
        idempotency_key=key,
        fingerprint=hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest(),
    )
    made = await create_batch(order, principal=caller, services=services)
    headers = {"Location": batch_path(made.batch)}
    if not made.created:
        headers["Idempotency-Replayed"] = "true"
    answer = render_new_batch(made.batch, made.outcomes).model_dump_json()
    return Response(answer, 201, headers, "application/json")


@router.get(
    "/v1/batches",
    operation_id="list_batches",
    summary="List batches",
    openapi_extra=METADATA_FILTER,
    responses=answers(400, 401, 403, 422, 503),
)
async def list_(
    request: Request,
    caller: Caller,
    services: Open,
    status: Annotated[list[BatchStatus], Query()] = [],  # noqa: B006 -- never changed
    q: Annotated[str | None, Query(max_length=200, description="Part of the name, any case.")] = None,
    created_from: Moment | None = None,
    created_before: Moment | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> BatchListAnswer:
    """Newest first; filters are joined by AND. `metadata.<key>=<value>` filters too."""
    require_no_nul(q, "q")
    query = BatchQuery(
        statuses=tuple(dict.fromkeys(status)),
        name=q or None,
        created_from=created_from,
        created_before=created_before,
        metadata=metadata_filters(request),
        before=BatchId(decode_id_cursor("batches", cursor)) if cursor else None,
        limit=limit,
    )
    found = await list_batches(query, principal=caller, services=services)
    return BatchListAnswer(
        batches=[render_batch(batch) for batch in found],
        next_cursor=encode_cursor("batches", found[-1].id) if len(found) == limit else None,
    )


@router.get(
    "/v1/batches/{batch_id}",
    operation_id="read_batch",
    summary="Look at a batch",
    responses=answers(401, 403, 404, 422, 503),
)
async def read(
    batch_id: str,
    caller: Caller,
    services: Open,
    wait: Annotated[
        int, Query(ge=0, le=999_999, description="Seconds to hold the answer until the batch has ended.")
    ] = 0,
) -> BatchAnswer:
    """Its state and progress, counted now from its jobs."""
    id_ = batch_id_from(batch_id)
    if wait:
        return render_batch(await wait_for_batch(id_, timeout_s=wait, principal=caller, services=services))
    return render_batch(await read_batch(id_, principal=caller, services=services))


@router.delete(
    "/v1/batches/{batch_id}",
    operation_id="cancel_batch",
    summary="Cancel a batch",
    responses=answers(401, 403, 404, 503),
)
async def cancel(batch_id: str, caller: Caller, services: Open) -> BatchAnswer:
    """Every job that has not ended is cancelled, and no more can be added. Repeating it changes nothing."""
    return render_batch(await cancel_batch(batch_id_from(batch_id), principal=caller, services=services))


@router.get(
    "/v1/batches/{batch_id}/export",
    operation_id="export_batch",
    summary="Download all results",
    responses={
        **answers(400, 401, 403, 404, 409, 422, 503),
        200: {
            "description": "A ZIP of one file a document, or one file of all",
            "content": {
                "application/zip": {"schema": {"type": "string", "format": "binary"}},
                "application/json": {"schema": {"type": "object"}},
                "text/csv; charset=utf-8": {"schema": {"type": "string"}},
            },
        },
    },
    response_class=Response,
)
async def export(
    batch_id: str,
    caller: Caller,
    services: Open,
    format: Annotated[str, Query(max_length=40)] = "json",  # noqa: A002 -- the parameter's public name
    combined: Annotated[
        bool,
        Query(description="One file of all: json, csv with a row a document, or one document of all pages."),
    ] = False,
) -> Response:
    """Each completed job in that format, with a `manifest.json` that tells of the others."""
    found = await export_batch(
        batch_id_from(batch_id), format, is_combined=combined, principal=caller, services=services
    )
    headers = {
        "Content-Disposition": content_disposition(found.filename),
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return StreamingResponse(found.content, 200, headers, found.media_type)


def _document(index: int, body: NewBatch, services: Services) -> BatchDocument:
    """Raises `ValidationFailed` that says in which document."""
    members = body.options | body.documents[index]
    for name in ("project_id", "batch_id"):
        if members.get(name) is not None:
            raise validation_failed(
                [
                    {
                        "loc": ("documents", index, name),
                        "msg": "the batch says this for all",
                        "type": "forbidden",
                    }
                ]
            )
    document = parse_body(SubmitBody, members)
    url, inline = document.url, document.content_base64
    if sum(given is not None for given in (url, inline, document.file_id)) != 1:
        raise validation_failed(
            [
                {
                    "loc": ("documents", index),
                    "msg": "give one of file_id, url, content_base64",
                    "type": "source",
                }
            ]
        )
    content = decoded(inline) if inline is not None else None
    wanted = replace(request_of(document, None, None), callbacks=callbacks_of(document, services))
    return BatchDocument(wanted, content, url)
