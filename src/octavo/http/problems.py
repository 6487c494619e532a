"""How an error reaches the caller: RFC 9457 problems, and the table of statuses.

The status is found by the error's class, the nearest ancestor that stands in `STATUSES`.
Details of the error become members of the problem; a detail that has the name of a standard
member gets the name in `_RENAMED`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import orjson
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from octavo.domain.errors import (
    Conflict,
    DocumentTooLarge,
    EmptyDocument,
    Forbidden,
    Gone,
    InvalidRequest,
    NotFound,
    OctavoError,
    QuotaExceeded,
    SourceUnreachable,
    TemporaryFailure,
    Unauthenticated,
    UnreadableDocument,
    UnsupportedMediaType,
)
from octavo.ports.isolation import ChildDied

MEDIA_TYPE = "application/problem+json"


_TITLES = {413: "Content Too Large", 416: "Range Not Satisfiable", 422: "Unprocessable Content"}
"""RFC 9110 renamed these; the standard library follows only from Python 3.13."""


def title_of(status: int) -> str:
    """What the status is called, in every Python the same."""
    return _TITLES.get(status) or HTTPStatus(status).phrase


class ValidationFailed(InvalidRequest):
    """The request does not have the documented shape; `errors` says where."""

    code = "validation_failed"


class NotAcceptable(InvalidRequest):
    code = "not_acceptable"


class RangeNotSatisfiable(InvalidRequest):
    code = "range_not_satisfiable"

    def __init__(self, size_bytes: int) -> None:
        super().__init__(f"The range starts behind the last of {size_bytes} bytes.", size_bytes=size_bytes)
        self.size_bytes = size_bytes


STATUSES: dict[type[OctavoError], int] = {
    InvalidRequest: 400,
    EmptyDocument: 400,
    ValidationFailed: 422,
    NotAcceptable: 406,
    RangeNotSatisfiable: 416,
    UnsupportedMediaType: 415,
    DocumentTooLarge: 413,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Gone: 410,
    Conflict: 409,
    QuotaExceeded: 429,
    SourceUnreachable: 422,
    UnreadableDocument: 422,
    TemporaryFailure: 503,
    OctavoError: 500,
}

RETRY_AFTER_S = {429: 5, 503: 2}
"""What `Retry-After` says where the error does not know better (its detail `retry_after_s`)."""

_RENAMED = {"status": "job_status"}
_INTERNAL = "Something went wrong here, and it was noted. Quote the request_id when you report it."


class Problem(BaseModel):
    """An error, as RFC 9457 says it. More members may follow, depending on `code`."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str
    retryable: bool
    request_id: str | None


def status_of(error: OctavoError) -> int:
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)


def problem_for(error: OctavoError, request_id: str | None) -> Response:
    status = status_of(error)
    if status == 500:
        return internal_problem(request_id)
    details = {_RENAMED.get(name, name): value for name, value in error.details.items()}
    return problem(
        status,
        error.code,
        error.summary,
        request_id=request_id,
        retryable=error.retryable,
        members=details,
        headers=_headers(error, status),
    )


def internal_problem(request_id: str | None) -> Response:
    """The same few words for whatever it was: nothing of it may show."""
    return problem(500, OctavoError.code, _INTERNAL, request_id=request_id)


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    request_id: str | None,
    retryable: bool = False,
    members: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """`type` is relative, so that no host name is claimed for it."""
    body = {
        **(members or {}),
        "type": f"/problems/{code}",
        "title": title_of(status),
        "status": status,
        "detail": detail,
        "code": code,
        "retryable": retryable,
        "request_id": request_id,
    }
    return Response(orjson.dumps(body, default=str), status, headers, MEDIA_TYPE)


@contextmanager
def blaming_the_document() -> Iterator[None]:
    """Around a first look at a document: one that ends the process that opens it is unreadable."""
    try:
        yield
    except ChildDied as error:
        raise UnreadableDocument(
            "Opening this document took too much time or memory, or crashed its reader. "
            "Repair it or save it anew, and send it again."
        ) from error


_NO_OBJECT = "must be an object"
"""Pydantic would name a class of ours."""


def validation_errors(errors: Sequence[Any]) -> list[dict[str, str]]:
    """Where and why, never what: an input may be a password."""
    return [
        {
            "location": ".".join(str(part) for part in error["loc"]) or "body",
            "message": _NO_OBJECT if error["type"] == "model_type" else str(error["msg"]),
            "rule": str(error["type"]),
        }
        for error in errors
    ]


def validation_failed(errors: Sequence[Any]) -> ValidationFailed:
    told = validation_errors(errors)
    first = told[0] if told else {"location": "body", "message": "invalid"}
    return ValidationFailed(f"{first['location']}: {first['message']}", errors=told)


def request_id_of(request: Request) -> str | None:
    return getattr(request.state, "request_id", None)


async def on_octavo_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, OctavoError):
        raise error
    return problem_for(error, request_id_of(request))


async def on_validation_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    return problem_for(validation_failed(error.errors()), request_id_of(request))


async def on_http_error(request: Request, error: Exception) -> Response:
    """What the router refuses by itself: an unknown path, a wrong method."""
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 404:
        return problem_for(NotFound("There is nothing at this address."), request_id_of(request))
    if error.status_code == 405:
        return _method_problem(request)
    code = title_of(error.status_code).lower().replace(" ", "_")
    return problem(error.status_code, code, title_of(error.status_code), request_id=request_id_of(request))


def _method_problem(request: Request) -> Response:
    allowed = ", ".join(allowed_methods(request))
    return problem(
        405,
        "method_not_allowed",
        f"This address takes: {allowed}.",
        request_id=request_id_of(request),
        headers={"Allow": allowed},
    )


def allowed_methods(request: Request) -> list[str]:
    """Asked of every route: the router itself names only the first that has the path."""
    return [
        method
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.routes
        )
    ]


def _headers(error: OctavoError, status: int) -> dict[str, str]:
    if status == 401:
        return {"WWW-Authenticate": 'Bearer realm="octavo"'}
    if isinstance(error, RangeNotSatisfiable):
        return {"Content-Range": f"bytes */{error.size_bytes}"}
    if status in RETRY_AFTER_S:
        return {"Retry-After": str(error.details.get("retry_after_s", RETRY_AFTER_S[status]))}
    return {}
