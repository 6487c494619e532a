"""Refusals: `{statusCode, message, error}`; what is wrong with several places of a request is a list."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.dialects._kit import OurFault, UnknownAddress
from octavo.domain.errors import Gone, OctavoError, Unauthenticated, UnreadableDocument
from octavo.domain.usage import PageQuotaExceeded
from octavo.http.problems import RETRY_AFTER_S, RangeNotSatisfiable, ValidationFailed, title_of

_PHRASES = {413: "Payload Too Large"}
"""Where the vendor's framework says it otherwise than we do."""


class OutOfScope(Unauthenticated):
    """There is such a project or record, and this key may not see it; 401, as the vendor says."""

    code = "out_of_scope"


def refuse(request: Request, error: OctavoError, status: int) -> Response:
    status = _status(error, status)
    body = {
        "statusCode": status,
        "message": _message(request, error),
        "error": _PHRASES.get(status) or title_of(status),
    }
    return JSONResponse(body, status, _headers(error, status))


def _status(error: OctavoError, status: int) -> int:
    """What has expired is as if it never was; no pages left is a matter of credit, never of 429."""
    if isinstance(error, Gone):
        return 404
    if isinstance(error, PageQuotaExceeded):
        return 402
    if isinstance(error, ValidationFailed | UnreadableDocument) or status in (406, 415):
        return 400
    return 500 if isinstance(error, OurFault) else status


def _message(request: Request, error: OctavoError) -> str | list[str]:
    if isinstance(error, ValidationFailed):
        return [_told(wrong) for wrong in error.details.get("errors", ())] or [error.summary]
    if isinstance(error, UnknownAddress):
        return f"Cannot {request.method} {request.url.path}"
    return error.summary


def _told(wrong: dict[str, str]) -> str:
    place = wrong["location"].removeprefix("query.")
    return f"{place}: {wrong['message']}"


def _headers(error: OctavoError, status: int) -> dict[str, str]:
    """`Retry-After` stands on 429 alone."""
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, RangeNotSatisfiable):
        return {"Content-Range": f"bytes */{error.size_bytes}"}
    if status == 429:
        return {"Retry-After": str(error.details.get("retry_after_s", RETRY_AFTER_S[status]))}
    return {}
