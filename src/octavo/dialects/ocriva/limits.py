"""`X-RateLimit-*`, on every answer."""

from math import ceil

from starlette.requests import Request

from octavo.http.auth import allowance_of, services_of

NOMINAL = 60
"""Of one minute, as the vendor says everywhere; told where this installation has no limit of its own."""
_MINUTE_S = 60


def limit_headers(request: Request) -> dict[str, str]:
    """Without a limit nothing is ever used up, so that nobody waits for nothing."""
    now = services_of(request).clock.now().timestamp()
    allowance = allowance_of(request)
    if allowance is None:
        limit, remaining, reset = NOMINAL, NOMINAL, (int(now) // _MINUTE_S + 1) * _MINUTE_S
    else:
        limit, remaining, reset = allowance.limit, allowance.remaining, ceil(now + allowance.reset_s)
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": str(reset),
    }
