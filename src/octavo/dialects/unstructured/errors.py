"""Refusals: `{"detail": …}`, a sentence, or for a wrong shape a list of places."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.dialects._kit import MethodNotAllowed, OurFault, UnknownAddress, VendorRefusal
from octavo.domain.errors import (
    DocumentEncrypted,
    OctavoError,
    QuotaExceeded,
    TemporaryFailure,
    Unauthenticated,
    UnreadableDocument,
    UnsupportedMediaType,
)
from octavo.http.problems import RETRY_AFTER_S, ValidationFailed, title_of

ENCRYPTED = "File is encrypted. Please decrypt it with password."


class TakesTooLong(VendorRefusal):
    """The job goes on, and is found when the request is sent again."""

    code = "takes_too_long"


_STATUSES: dict[type[OctavoError], int] = {
    TakesTooLong: 504,
    UnsupportedMediaType: 400,
    UnreadableDocument: 422,
    Unauthenticated: 401,
}
_WORDS: dict[type[OctavoError], str] = {
    UnknownAddress: "Not Found",
    MethodNotAllowed: "Only POST requests are supported.",
    Unauthenticated: "API key is invalid",
    DocumentEncrypted: ENCRYPTED,
    TemporaryFailure: "Server is under heavy load. Please try again later.",
    OurFault: "Internal Server Error",
}
"""What the API says itself."""


def refuse(request: Request, error: OctavoError, status: int) -> Response:
    del request
    status = next((_STATUSES[kind] for kind in type(error).__mro__ if kind in _STATUSES), status)
    detail: Any = next((_WORDS[kind] for kind in type(error).__mro__ if kind in _WORDS), error.summary)
    if isinstance(error, UnsupportedMediaType):
        detail = _unsupported(error)
    if isinstance(error, ValidationFailed):
        detail = _places(error)
    headers = {}
    if isinstance(error, QuotaExceeded | TemporaryFailure):
        headers["Retry-After"] = str(error.details.get("retry_after_s", RETRY_AFTER_S[status]))
    if status == 500:
        detail = title_of(500)
    return JSONResponse({"detail": detail}, status, headers)


def _unsupported(error: OctavoError) -> str:
    kind = error.details.get("media_type")
    return f"File type {kind} is not supported. {error.summary}" if kind else error.summary


def _places(error: OctavoError) -> list[dict[str, Any]]:
    return [
        {
            "type": place["rule"],
            "loc": ["body", *(part for part in place["location"].split(".") if part != "body")],
            "msg": place["message"],
        }
        for place in error.details["errors"]
    ]
