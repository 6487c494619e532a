"""Refusals: `{"detail": …}`, a sentence, or for a wrong shape a list of places."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.dialects._kit import MethodNotAllowed, OurFault, UnknownAddress, VendorRefusal
from octavo.domain.errors import (
    DocumentTooLarge,
    Gone,
    InvalidRequest,
    OctavoError,
    QuotaExceeded,
    TemporaryFailure,
    Unauthenticated,
)
from octavo.http.problems import RETRY_AFTER_S, NotAcceptable, ValidationFailed, title_of

WAITED = (
    "Conversion is taking too long. The maximum wait time is configure as DOCLING_SERVE_MAX_SYNC_WAIT={}."
)
"""Word for word, so that who looks for it finds it."""


class TakesTooLong(VendorRefusal):
    """The job goes on; whoever waited for it is not told its id."""

    code = "takes_too_long"


class ResultNotFound(VendorRefusal):
    """The task is there, and has no result (yet)."""

    code = "result_not_found"


class NotServed(VendorRefusal):
    """The peer has this, and lets its operators switch it off."""

    code = "not_served"


_STATUSES: dict[type[OctavoError], int] = {TakesTooLong: 504, ResultNotFound: 404, NotServed: 403, Gone: 404}
_WORDS: dict[type[OctavoError], str] = {
    UnknownAddress: "Not Found",
    MethodNotAllowed: "Method Not Allowed",
    Unauthenticated: "Unauthorized",
    Gone: "Task not found.",
    OurFault: "Internal Server Error",
}
"""What the peer says itself."""
_KEPT = (DocumentTooLarge, MethodNotAllowed, NotAcceptable)
"""Wrong requests that are not 422 there either."""


def refuse(request: Request, error: OctavoError, status: int) -> Response:
    del request
    status = _status(error, status)
    words = next((_WORDS[kind] for kind in type(error).__mro__ if kind in _WORDS), error.summary)
    detail: Any = _places(error) if isinstance(error, ValidationFailed) else words
    if status == 500:
        detail = title_of(500)
    headers = {}
    if isinstance(error, QuotaExceeded | TemporaryFailure):
        headers["Retry-After"] = str(error.details.get("retry_after_s", RETRY_AFTER_S[status]))
    return JSONResponse({"detail": detail}, status, headers)


def _status(error: OctavoError, status: int) -> int:
    named = next((_STATUSES[kind] for kind in type(error).__mro__ if kind in _STATUSES), None)
    if named is not None:
        return named
    if isinstance(error, InvalidRequest) and not isinstance(error, _KEPT):
        return 422
    return status


def _places(error: OctavoError) -> list[dict[str, Any]]:
    return [
        {
            "type": place["rule"],
            "loc": ["body", *(part for part in place["location"].split(".") if part != "body")],
            "msg": place["message"],
        }
        for place in error.details["errors"]
    ]
