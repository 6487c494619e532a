"""Refusals: `{"success": false, "error": {"code", "message", "details"}}`, `details` being our own words.

Codes without a documented one are ours: NOT_FOUND, GONE, CONFLICT, METHOD_NOT_ALLOWED, SERVICE_UNAVAILABLE,
RANGE_NOT_SATISFIABLE.
"""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.dialects._kit import MethodNotAllowed, OurFault
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
from octavo.http.problems import RETRY_AFTER_S, RangeNotSatisfiable, ValidationFailed


class UploadRefused(InvalidRequest):
    """The form is no upload: without a file, or broken."""


class Invalid(InvalidRequest):
    """A value that is not among those there are."""


class UnknownDocument(InvalidRequest):
    """A request names a document there is not."""


class SchemaNotFound(NotFound):
    pass


class SchemaExists(Conflict):
    pass


class SchemaTypeUnknown(InvalidRequest):
    pass


CODES: dict[type[OctavoError], tuple[int, str, str]] = {
    Unauthenticated: (401, "UNAUTHORIZED", "Invalid or missing API key"),
    Forbidden: (403, "FORBIDDEN", "This API key may not do that"),
    UploadRefused: (400, "UPLOAD_ERROR", "The upload was refused"),
    UnknownDocument: (400, "INVALID_DOCUMENT_ID", "There is no such document"),
    SchemaTypeUnknown: (400, "INVALID_SCHEMA_TYPE", "There is no such schema type"),
    Invalid: (400, "VALIDATION_ERROR", "The request was not valid"),
    ValidationFailed: (400, "VALIDATION_ERROR", "The request was not valid"),
    UnsupportedMediaType: (400, "VALIDATION_ERROR", "The type of the file or body is not supported"),
    DocumentTooLarge: (413, "VALIDATION_ERROR", "The file is too large"),
    EmptyDocument: (400, "CORRUPT_DOCUMENT", "The document cannot be read"),
    UnreadableDocument: (400, "CORRUPT_DOCUMENT", "The document cannot be read"),
    RangeNotSatisfiable: (416, "RANGE_NOT_SATISFIABLE", "The range lies behind the end"),
    MethodNotAllowed: (405, "METHOD_NOT_ALLOWED", "This address takes other methods"),
    InvalidRequest: (400, "INVALID_REQUEST", "The request was not valid"),
    SourceUnreachable: (400, "INVALID_REQUEST", "The document's address gave no document"),
    SchemaNotFound: (404, "SCHEMA_NOT_FOUND", "There is no such schema"),
    NotFound: (404, "NOT_FOUND", "There is no such thing"),
    Gone: (410, "GONE", "It is no longer stored"),
    SchemaExists: (409, "SCHEMA_EXISTS", "A schema with this name exists"),
    Conflict: (409, "CONFLICT", "Not in this state"),
    QuotaExceeded: (429, "RATE_LIMIT_EXCEEDED", "Too many requests"),
    TemporaryFailure: (503, "SERVICE_UNAVAILABLE", "Try again in a moment"),
    OctavoError: (500, "INTERNAL_SERVER_ERROR", "Something went wrong here"),
}
"""Status, code and message by the nearest class of the error."""


def refuse(request: Request, error: OctavoError, status: int) -> Response:
    del request, status
    status, told = describe(error)
    return JSONResponse({"success": False, "error": told}, status, _headers(error, status))


def describe(error: OctavoError) -> tuple[int, dict[str, str]]:
    """The status, and the error object; of what we did not foresee, nothing shows."""
    status, code, message = next(CODES[kind] for kind in type(error).__mro__ if kind in CODES)
    told = {"code": code, "message": message}
    if status == 500 and not isinstance(error, OurFault):
        return status, told
    return status, told | {"details": error.summary}


def _headers(error: OctavoError, status: int) -> dict[str, str]:
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, RangeNotSatisfiable):
        return {"Content-Range": f"bytes */{error.size_bytes}"}
    if status in RETRY_AFTER_S:
        return {"Retry-After": str(error.details.get("retry_after_s", RETRY_AFTER_S[status]))}
    return {}
