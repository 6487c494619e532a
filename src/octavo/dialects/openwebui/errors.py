"""Refusals: `{"detail": …}`, a sentence."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.dialects._kit import OurFault, VendorRefusal
from octavo.domain.errors import OctavoError, QuotaExceeded, TemporaryFailure
from octavo.http.problems import RETRY_AFTER_S, title_of


class TakesTooLong(VendorRefusal):
    """The job goes on, and is found when the document is sent again."""

    code = "takes_too_long"


class NoText(VendorRefusal):
    """There is nothing to be read in it."""

    code = "no_text"


_STATUSES: dict[type[OctavoError], int] = {TakesTooLong: 504, NoText: 422}


def refuse(request: Request, error: OctavoError, status: int) -> Response:
    del request
    status = _STATUSES.get(type(error), status)
    headers = {}
    if isinstance(error, QuotaExceeded | TemporaryFailure):
        headers["Retry-After"] = str(error.details.get("retry_after_s", RETRY_AFTER_S[status]))
    detail = title_of(500) if isinstance(error, OurFault) or status == 500 else error.summary
    return JSONResponse({"detail": detail}, status, headers)
