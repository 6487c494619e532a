"""Refusals: the gateway's problem members and the services' error triple in one object.

No source shows an HTTP error body of this vendor; its clients look at the status, and show
`error.message` or `message` where there is one. Both layers' usual forms are served at once.
"""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.dialects._kit import OurFault
from octavo.dialects.ldxhub.ids import request_id
from octavo.domain.errors import (
    Conflict,
    Gone,
    OctavoError,
    QuotaExceeded,
    TemporaryFailure,
    UnreadableDocument,
)
from octavo.http.problems import RETRY_AFTER_S, RangeNotSatisfiable, ValidationFailed, request_id_of, title_of


class PreconditionFailed(Conflict):
    code = "precondition_failed"


def refuse(request: Request, error: OctavoError, status: int) -> Response:
    status = status_for(error, status)
    named = request_id(request_id_of(request) or "")
    triple = {"code": error.code, "message": error.summary, "request_id": named}
    body = {
        "type": f"https://httpproblems.com/http-status/{status}",
        "title": title_of(status),
        "status": status,
        "detail": error.summary,
        "instance": request.url.path,
        "trace": {"timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "requestId": named},
        "error": triple,
        "message": error.summary,
    }
    return JSONResponse(body, status, _headers(error, status), "application/problem+json")


def status_for(error: OctavoError, status: int) -> int:
    """A file that cannot be used, or a wrong body, is 400 here; what has expired is as if it never was."""
    if isinstance(error, Gone):
        return 404
    if isinstance(error, PreconditionFailed):
        return 412
    if isinstance(error, ValidationFailed | UnreadableDocument) or status == 415:
        return 400
    return 500 if isinstance(error, OurFault) else status


def _headers(error: OctavoError, status: int) -> dict[str, str]:
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, RangeNotSatisfiable):
        return {"Content-Range": f"bytes */{error.size_bytes}"}
    if isinstance(error, QuotaExceeded | TemporaryFailure):
        return {"Retry-After": str(error.details.get("retry_after_s", RETRY_AFTER_S[status]))}
    return {}
