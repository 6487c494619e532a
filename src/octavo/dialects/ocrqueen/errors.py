"""Refusals: `{"detail": "CODE: text"}`, the code being what clients decide by."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.dialects._kit import MethodNotAllowed, OurFault, UnknownAddress
from octavo.dialects.ocrqueen.inbound import InvalidOptions, InvalidOptionsJson
from octavo.domain.errors import (
    Conflict,
    DocumentEncrypted,
    DocumentTooLarge,
    EmptyDocument,
    Forbidden,
    Gone,
    IdempotencyConflict,
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
from octavo.domain.job import JobStatus
from octavo.domain.usage import PageQuotaExceeded
from octavo.http.problems import RETRY_AFTER_S, ValidationFailed


class KeyMissing(Unauthenticated):
    """No Authorization header."""


class KeyNotBearer(Unauthenticated):
    """An Authorization header of another form."""


class FigureNotFound(NotFound):
    """The job is there; a picture of that name is not, or no longer."""


class JobEnded(Conflict):
    """`status`, in the details, is the final state it is in."""


CODES: dict[type[OctavoError], tuple[int, str]] = {
    InvalidOptionsJson: (400, "INVALID_OPTIONS_JSON"),
    InvalidOptions: (400, "INVALID_OPTIONS"),
    ValidationFailed: (422, "VALIDATION_ERROR"),
    UnsupportedMediaType: (400, "UNSUPPORTED_FILE_TYPE"),
    DocumentTooLarge: (400, "FILE_TOO_LARGE"),
    EmptyDocument: (400, "EMPTY_FILE"),
    MethodNotAllowed: (405, "METHOD_NOT_ALLOWED"),
    InvalidRequest: (400, "INVALID_REQUEST"),
    DocumentEncrypted: (400, "PDF_PASSWORD_PROTECTED"),
    UnreadableDocument: (400, "UNREADABLE_DOCUMENT"),
    SourceUnreachable: (400, "INVALID_REQUEST"),
    KeyMissing: (401, "MISSING_API_KEY"),
    KeyNotBearer: (401, "INVALID_AUTH_FORMAT"),
    Unauthenticated: (401, "INVALID_API_KEY"),
    PageQuotaExceeded: (402, "INSUFFICIENT_BALANCE"),
    Forbidden: (403, "INSUFFICIENT_SCOPE"),
    UnknownAddress: (404, "NOT_FOUND"),
    FigureNotFound: (404, "FIGURE_NOT_FOUND"),
    NotFound: (404, "JOB_NOT_FOUND"),
    Gone: (404, "JOB_NOT_FOUND"),
    IdempotencyConflict: (409, "IDEMPOTENCY_CONFLICT"),
    Conflict: (409, "CONFLICT"),
    QuotaExceeded: (429, "RATE_LIMITED"),
    TemporaryFailure: (503, "SERVICE_UNAVAILABLE"),
    OurFault: (500, "INTERNAL_ERROR"),
    OctavoError: (500, "INTERNAL_ERROR"),
}
"""By the nearest class of the error."""
ENDED = {
    JobStatus.COMPLETED.value: "JOB_ALREADY_COMPLETED",
    JobStatus.FAILED.value: "JOB_ALREADY_FAILED",
    JobStatus.CANCELLED.value: "JOB_ALREADY_CANCELLED",
}


def refuse(request: Request, error: OctavoError, status: int) -> Response:
    """Statuses are the vendor's own: a file too large, or of a wrong type, is 400 here."""
    del request
    status, code = next(CODES[kind] for kind in type(error).__mro__ if kind in CODES)
    if isinstance(error, JobEnded):
        code = ENDED[str(error.details["status"])]
    # What we did not foresee shows nothing of itself.
    summary = "Something went wrong here, and it was noted." if status == 500 else error.summary
    return JSONResponse({"detail": f"{code}: {summary}"}, status, _headers(error, status))


def _headers(error: OctavoError, status: int) -> dict[str, str]:
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    if status == 402:
        return {"X-Wallet-Balance-Cents": "0"}
    if status in RETRY_AFTER_S:
        return {"Retry-After": str(error.details.get("retry_after_s", RETRY_AFTER_S[status]))}
    return {}
