"""The fields of a job: read, corrected by a person, with who changed what."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.fields.correct import correct_fields
from octavo.app.fields.read import read_fields, read_history
from octavo.domain.errors import InvalidRequest
from octavo.domain.job import Job
from octavo.domain.tenancy import Scope
from octavo.http.auth import Caller, Open
from octavo.http.bodies import parse_body, read_json
from octavo.http.contract import IF_MATCH, NOT_CHANGED, answers, json_body
from octavo.http.field_wire import (
    CorrectFieldsBody,
    CorrectionListAnswer,
    FieldsAnswer,
    fields_body,
    render_correction,
)
from octavo.http.identifiers import job_id_from
from octavo.http.options import require_storable
from octavo.http.paging import decode_number_cursor, encode_cursor
from octavo.http.ranges import etag_matches
from octavo.http.status import finished_jobs_of

router = APIRouter(tags=["fields"])

MAX_BODY_BYTES = 4 * 2**20
_VERSION = re.compile(r'\s*(?:W/)?"(\d{1,9})"\s*')


@router.get(
    "/v1/jobs/{job_id}/fields",
    response_model=FieldsAnswer,
    operation_id="read_fields",
    summary="Read the fields of a job",
    responses={**answers(401, 403, 404, 409, 410, 503), **NOT_CHANGED},
)
async def fields(request: Request, job_id: str, caller: Caller, services: Open) -> Response:
    """Every value with its evidence: where it stands, how sure it is, what proves it.

    The `ETag` is the version: send it as `If-Match` with a correction.
    """
    job, content = await read_fields(job_id_from(job_id), principal=caller, services=services)
    if etag_matches(request.headers.get("if-none-match"), _etag(job)):
        return Response(status_code=304, headers={"ETag": _etag(job)})
    return _answer(job, content)


@router.patch(
    "/v1/jobs/{job_id}/fields",
    response_model=FieldsAnswer,
    operation_id="correct_fields",
    summary="Correct the fields of a job",
    openapi_extra={**json_body("CorrectFieldsBody"), **IF_MATCH},
    responses=answers(400, 401, 403, 404, 409, 410, 413, 415, 422, 503),
)
async def correct(request: Request, job_id: str, caller: Caller, services: Open) -> Response:
    """Set or clear values. What a person said is verified; exports follow; the history keeps what was before.

    `409` when `If-Match` names another version than there is.
    """
    caller.require(Scope.JOBS_WRITE)
    id_ = job_id_from(job_id)
    await services.store.tenant(caller.tenant).job(id_)
    body = parse_body(CorrectFieldsBody, await read_json(request, MAX_BODY_BYTES))
    try:
        job, content = await correct_fields(
            id_,
            _wishes(body),
            expected_version=if_match(request),
            principal=caller,
            services=services,
        )
    finally:
        finished_jobs_of(request).forget(id_)
    return _answer(job, content)


@router.get(
    "/v1/jobs/{job_id}/fields/history",
    operation_id="read_fields_history",
    summary="List corrections",
    responses=answers(400, 401, 403, 404, 410, 422, 503),
)
async def history(
    job_id: str,
    caller: Caller,
    services: Open,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> CorrectionListAnswer:
    """Who changed which value from what to what, newest first."""
    before = decode_number_cursor("corrections", cursor) if cursor else None
    found = await read_history(
        job_id_from(job_id), before=before, limit=limit, principal=caller, services=services
    )
    return CorrectionListAnswer(
        corrections=[render_correction(correction) for correction in found],
        next_cursor=encode_cursor("corrections", str(found[-1].version)) if len(found) == limit else None,
    )


def if_match(request: Request) -> int | None:
    """The version that `If-Match` names; None: any. Raises `InvalidRequest`."""
    text = request.headers.get("if-match")
    if text is None or text.strip() == "*":
        return None
    match = _VERSION.fullmatch(text)
    if match is None:
        raise InvalidRequest("If-Match is the ETag of a version read before.", header="If-Match")
    return int(match[1])


def _wishes(body: CorrectFieldsBody) -> Any:
    if (body.changes is None) == (body.values is None):
        raise InvalidRequest("Send changes or values, one of them.", option="changes")
    if body.values is not None:
        return require_storable(body.values, "values")
    return [change.wish() for change in body.changes or ()]


def _answer(job: Job, content: bytes) -> Response:
    version = job.fields.version if job.fields else 0
    body = fields_body(job.id, version, content)
    return Response(body, headers={"ETag": _etag(job)}, media_type="application/json")


def _etag(job: Job) -> str:
    return f'"{job.fields.version if job.fields else 0}"'
