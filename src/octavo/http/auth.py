"""Who calls: the key from the request, the principal from the store, remembered for ten seconds.

A key revoked through this process stops at once; one revoked elsewhere, within `REMEMBERED`. One that
expires is remembered no longer than it lives.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from octavo.app.keys import authenticate, hash_key
from octavo.app.limits import count_read, count_submission
from octavo.app.services import Services
from octavo.domain.errors import TemporaryFailure
from octavo.domain.ids import KeyId
from octavo.domain.limits import Allowance, RateLimited
from octavo.domain.tenancy import Principal

REMEMBERED = timedelta(seconds=10)
MAX_REMEMBERED = 4096
"""Some 2 MB; the key looked up longest ago goes first."""


class Authenticator:
    """One per process. Only keys that were found are remembered, so that guesses cost no memory."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, tuple[Principal, datetime]] = OrderedDict()

    async def principal(self, text: str | None, services: Services) -> Principal:
        """Raises `Unauthenticated`."""
        digest = hash_key(text or "")
        now = services.clock.now()
        known = self._known.get(digest)
        if known is not None and now < known[1]:
            return known[0]
        self._known.pop(digest, None)
        principal = await authenticate(text, services=services)
        until = now + REMEMBERED
        self._known[digest] = (principal, min(until, principal.expires_at or until))
        if len(self._known) > MAX_REMEMBERED:
            self._known.popitem(last=False)
        return principal

    def forget_limits(self) -> None:
        """What keys may do has changed."""
        self._known.clear()

    def forget(self, key_id: KeyId) -> None:
        for digest, (principal, _) in list(self._known.items()):
            if principal.key_id == key_id:
                del self._known[digest]


def services_of(request: Request) -> Services:
    """Raises `TemporaryFailure` before the services were opened or after they were closed."""
    services: Services | None = request.app.state.services
    if services is None:
        raise TemporaryFailure("The service is starting or stopping. Try again in a moment.")
    return services


def authenticator_of(request: Request) -> Authenticator:
    authenticator: Authenticator = request.app.state.authenticator
    return authenticator


def key_text(request: Request) -> str | None:
    """From `Authorization: Bearer`, else from `X-API-Key`."""
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return credentials.strip()
    return request.headers.get("x-api-key")


async def principal_of(request: Request) -> Principal:
    """Who calls, with the request counted as a read. Raises `Unauthenticated`, `RateLimited`."""
    return await principal_for(request, key_text(request))


async def submitter_of(request: Request) -> Principal:
    """As `principal_of`, of a request that brings a document: counted before its body is read."""
    return await submitter_for(request, key_text(request))


async def principal_for(request: Request, key: str | None) -> Principal:
    """As `principal_of`, for callers whose vendor sends the key in a way of its own."""
    services = services_of(request)
    principal = await authenticator_of(request).principal(key, services)
    with _noting(request):
        request.state.allowance = count_read(principal=principal, services=services)
    return principal


async def submitter_for(request: Request, key: str | None) -> Principal:
    """As `submitter_of`, for callers whose vendor sends the key in a way of its own."""
    services = services_of(request)
    principal = await authenticator_of(request).principal(key, services)
    with _noting(request):
        request.state.allowance = await count_submission(principal=principal, services=services)
    return principal


def allowance_of(request: Request) -> Allowance | None:
    """What is left to this request's key; None where it has no limit, or was not known (yet)."""
    found: Allowance | None = getattr(request.state, "allowance", None)
    return found


@contextmanager
def _noting(request: Request) -> Iterator[None]:
    """What was refused says how much is left, too."""
    try:
        yield
    except RateLimited as error:
        request.state.allowance = error.allowance
        raise


Caller = Annotated[Principal, Depends(principal_of)]
Submitter = Annotated[Principal, Depends(submitter_of)]
Open = Annotated[Services, Depends(services_of)]
