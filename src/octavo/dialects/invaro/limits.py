"""`X-RateLimit-*` on every answer, and the counting of requests that stand for several."""

import time
from math import ceil

from starlette.requests import Request

from octavo.app.limits import count_submission
from octavo.app.services import Services
from octavo.domain.limits import WINDOW_S
from octavo.domain.tenancy import Principal
from octavo.http.auth import allowance_of

DOCUMENTED = 60
"""A minute and key. What is told, whole, where a key has no limit, or is not known."""


def rate_headers(request: Request) -> dict[str, str]:
    allowance = allowance_of(request)
    limit, remaining, reset_s = DOCUMENTED, DOCUMENTED, float(WINDOW_S)
    if allowance is not None:
        limit, remaining, reset_s = allowance.limit, allowance.remaining, allowance.reset_s
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": str(ceil(time.time() + reset_s)),
    }


async def count_more(request: Request, more: int, *, caller: Principal, services: Services) -> None:
    """Each document counts; the request itself has counted as the first. Raises `RateLimited`."""
    for _ in range(more):
        request.state.allowance = await count_submission(principal=caller, services=services)
