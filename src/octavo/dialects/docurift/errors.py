"""Refusals in the vendor's words: `{"success": false, "error": {code, message, details?}, "requestId"}`.

Documented: UNAUTHORIZED, INVALID_API_KEY, API_KEY_EXPIRED, API_KEY_DISABLED, FORBIDDEN, JOB_NOT_FOUND,
INVALID_FILE_TYPE, FILE_TOO_LARGE, INSUFFICIENT_CREDITS, RATE_LIMIT_EXCEEDED and the statuses of all. The
other codes are ours, in the same manner. A revoked key is INVALID_API_KEY.
"""

from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.keys import KeyDisabled, KeyExpired
from octavo.dialects._kit import MethodNotAllowed, OurFault, UnknownAddress
from octavo.dialects.docurift.shapes import to_camel
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
from octavo.domain.usage import PageQuotaExceeded
from octavo.http.problems import RETRY_AFTER_S, request_id_of


class KeyMissing(Unauthenticated):
    """No key was sent at all."""


CODES: dict[type[OctavoError], tuple[str, int]] = {
    KeyMissing: ("UNAUTHORIZED", 401),
    KeyExpired: ("API_KEY_EXPIRED", 401),
    KeyDisabled: ("API_KEY_DISABLED", 401),
    Unauthenticated: ("INVALID_API_KEY", 401),
    PageQuotaExceeded: ("INSUFFICIENT_CREDITS", 402),
    QuotaExceeded: ("RATE_LIMIT_EXCEEDED", 429),
    Forbidden: ("FORBIDDEN", 403),
    UnknownAddress: ("NOT_FOUND", 404),
    NotFound: ("RESOURCE_NOT_FOUND", 404),
    Gone: ("RESOURCE_NOT_FOUND", 404),
    MethodNotAllowed: ("METHOD_NOT_ALLOWED", 405),
    Conflict: ("CONFLICT", 409),
    DocumentTooLarge: ("FILE_TOO_LARGE", 413),
    UnsupportedMediaType: ("INVALID_FILE_TYPE", 400),
    EmptyDocument: ("INVALID_FILE", 400),
    UnreadableDocument: ("INVALID_FILE", 400),
    InvalidRequest: ("INVALID_REQUEST", 400),
    SourceUnreachable: ("INVALID_REQUEST", 400),
    TemporaryFailure: ("SERVICE_UNAVAILABLE", 503),
    OurFault: ("INTERNAL_ERROR", 500),
    OctavoError: ("INTERNAL_ERROR", 500),
}
"""By the error's class, the nearest ancestor that stands here."""

_NAMED = {
    "job_id": ("JOB_NOT_FOUND", "Job"),
    "document_id": ("DOCUMENT_NOT_FOUND", "Document"),
    "webhook_id": ("WEBHOOK_NOT_FOUND", "Webhook"),
}
"""By the parameter of the path that names what is not there."""
OPTIONS = {
    "callback.url": "webhookUrl",
    "secret": "webhookSecret",
    "languages": "language",
    "event_types": "events",
    "q": "search",
}
"""Our names of options in the vendor's; others become camelCase."""
_LONGEST_ID = 100
_KEY_SHOWN = 8


def refuse(request: Request, error: OctavoError, status: int) -> Response:
    del status
    code, told = next(CODES[kind] for kind in type(error).__mro__ if kind in CODES)
    message, details = _message(error), _details(request, error)
    if isinstance(error, NotFound | Gone):
        code, message = _not_found(request, code, message)
    body: dict[str, Any] = {"code": code, "message": message}
    if details:
        body["details"] = details
    answer = {"success": False, "error": body, "requestId": request_id_of(request)}
    return Response(orjson.dumps(answer, default=str), told, _headers(error, told), "application/json")


def _not_found(request: Request, code: str, message: str) -> tuple[str, str]:
    for name, (known, title) in _NAMED.items():
        if name in request.path_params:
            return known, f"{title} with ID '{request.path_params[name][:_LONGEST_ID]}' not found"
    return code, message


def _message(error: OctavoError) -> str:
    for ours, theirs in OPTIONS.items():
        if error.summary.startswith(f"{ours}: "):
            return theirs + error.summary.removeprefix(ours)
    return error.summary


def _details(request: Request, error: OctavoError) -> dict[str, Any]:
    if isinstance(error, Unauthenticated):
        key = key_of(request)
        return {"keyPrefix": key_prefix(key)} if key else {}
    details = {to_camel(name): value for name, value in error.details.items()}
    if "option" in details:
        option = str(details.pop("option"))
        details["field"] = OPTIONS.get(option, to_camel(option))
    return details


def key_of(request: Request) -> str | None:
    """From `X-API-Key`, `Authorization: Bearer <key>` or `Authorization: <key>`; None where none was sent."""
    sent = request.headers.get("x-api-key", "").strip()
    if not sent:
        authorization = request.headers.get("authorization", "").strip()
        scheme, _, credentials = authorization.partition(" ")
        sent = credentials.strip() if scheme.lower() == "bearer" else authorization
    return sent or None


def key_prefix(key: str) -> str:
    """Enough to tell which of their keys it was."""
    return "".join(sign for sign in key[:_KEY_SHOWN] if sign.isascii() and sign.isprintable()) + "..."


def _headers(error: OctavoError, status: int) -> dict[str, str]:
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    if status in RETRY_AFTER_S:
        return {"Retry-After": str(error.details.get("retry_after_s", RETRY_AFTER_S[status]))}
    return {}
