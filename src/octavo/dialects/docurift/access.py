"""Who calls, by a key in any of three headers; and what is left to them, for the headers of every answer."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from octavo.dialects.docurift.errors import KeyMissing, key_of
from octavo.domain.tenancy import Principal
from octavo.http.auth import allowance_of, principal_for, services_of, submitter_for


async def caller_of(request: Request) -> Principal:
    """Raises `Unauthenticated` in three kinds, `RateLimited`."""
    return await principal_for(request, _required(request))


async def sender_of(request: Request) -> Principal:
    """As `caller_of`, of a request that brings a document: counted before its body is read."""
    return await submitter_for(request, _required(request))


def rate_limit(request: Request) -> Mapping[str, str]:
    """`X-RateLimit-Reset` in Unix seconds. Nothing where the key has no limit, or is not known."""
    allowance = allowance_of(request)
    if allowance is None:
        return {}
    resets_at = services_of(request).clock.now() + timedelta(seconds=allowance.reset_s)
    return {
        "X-RateLimit-Limit": str(allowance.limit),
        "X-RateLimit-Remaining": str(allowance.remaining),
        "X-RateLimit-Reset": str(int(resets_at.timestamp())),
    }


def _required(request: Request) -> str:
    key = key_of(request)
    if key is None:
        raise KeyMissing("Send an API key: X-API-Key: <key>, or Authorization: Bearer <key>.")
    return key


Caller = Annotated[Principal, Depends(caller_of)]
Sender = Annotated[Principal, Depends(sender_of)]
