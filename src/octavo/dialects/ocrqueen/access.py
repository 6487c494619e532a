"""Who calls, by `Authorization: Bearer` alone; and what is left to them, for the headers of every success."""

from collections.abc import Mapping
from math import ceil
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from octavo.app.usage import read_quota
from octavo.dialects.ocrqueen.errors import KeyMissing, KeyNotBearer
from octavo.domain.limits import WINDOW_S
from octavo.domain.tenancy import Principal
from octavo.domain.usage import PageQuota
from octavo.http.auth import allowance_of, key_text, principal_of, services_of, submitter_of

NO_LIMIT = 1_000_000
"""Requests a minute, told where a key has no limit: clients count with a number."""


async def caller_of(request: Request) -> Principal:
    """Raises `Unauthenticated` in three kinds, `RateLimited`."""
    _require_bearer(request)
    caller = await principal_of(request)
    await note_usage(request, caller)
    return caller


async def sender_of(request: Request) -> Principal:
    """As `caller_of`, of a request that brings a document: counted before its body is read."""
    _require_bearer(request)
    caller = await submitter_of(request)
    await note_usage(request, caller)
    return caller


async def note_usage(request: Request, caller: Principal) -> None:
    """The month's pages as they stand now, for `rate_and_usage`."""
    request.state.page_quota = await read_quota(principal=caller, services=services_of(request))


def rate_and_usage(request: Request) -> Mapping[str, str]:
    """`X-RateLimit-Reset` is in seconds from now. What is not known of a refused request is left out."""
    quota: PageQuota | None = getattr(request.state, "page_quota", None)
    allowance = allowance_of(request)
    headers: dict[str, str] = {}
    if allowance is not None:
        headers |= _rate(allowance.limit, allowance.remaining, ceil(allowance.reset_s))
    elif quota is not None:
        headers |= _rate(NO_LIMIT, NO_LIMIT, WINDOW_S)
    if quota is not None:
        limit = "unlimited" if quota.pages_per_month is None else str(quota.pages_per_month)
        headers |= {"X-Usage-Pages-This-Month": str(quota.used), "X-Usage-Pages-Limit": limit}
    return headers


def _rate(limit: int, remaining: int, reset_s: int) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": str(reset_s),
    }


def _require_bearer(request: Request) -> None:
    if not request.headers.get("authorization", "").strip():
        raise KeyMissing("Send your API key: Authorization: Bearer <key>.")
    scheme = request.headers["authorization"].partition(" ")[0]
    if scheme.lower() != "bearer" or not key_text(request):
        raise KeyNotBearer("The Authorization header is not of the form: Bearer <key>.")


Caller = Annotated[Principal, Depends(caller_of)]
Sender = Annotated[Principal, Depends(sender_of)]
