"""Tokens that stand for a key for a while: signed, stored nowhere, and dead with the key they came from.

JSON Web Tokens (RFC 7519) with HMAC-SHA256, for us alone: what is signed begins with a word of ours,
so that nothing else that the same secret signs can pass for a token.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from octavo.app.services import Services
from octavo.domain.errors import NotFound, Unauthenticated
from octavo.domain.ids import KeyId, OrganizationId
from octavo.domain.tenancy import Key, Principal, Tenant

LIVES_S = 3600
_HEADER = orjson.dumps({"alg": "HS256", "typ": "JWT"})


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    ends_at: datetime


def make_token(principal: Principal, *, services: Services) -> Token:
    """For an hour, and no longer than the caller's own key or token: it cannot be made anew from itself."""
    ends_at = services.clock.now() + timedelta(seconds=LIVES_S)
    if principal.expires_at is not None:
        ends_at = min(ends_at, principal.expires_at)
    seconds = int(ends_at.timestamp())
    claims = {"sub": principal.key_id, "org": principal.tenant.organization_id, "exp": seconds}
    told = f"{_encoded(_HEADER)}.{_encoded(orjson.dumps(claims))}"
    return Token(f"{told}.{_signature(told, services)}", datetime.fromtimestamp(seconds, UTC))


def looks_like_token(text: str) -> bool:
    """No key has a dot in it."""
    return "." in text


async def key_of_token(text: str, *, services: Services) -> tuple[Key, datetime]:
    """The key it was made from, whatever became of that since, and when the token ends. Raises `Unauthenticated`."""
    told, _, signature = text.rpartition(".")
    expected = _signature(told, services)
    if not services.signing_key or not hmac.compare_digest(signature.encode(), expected.encode()):
        raise _refused()
    claims = _decoded(told.partition(".")[2])
    ends_at = datetime.fromtimestamp(claims["exp"], UTC)
    if services.clock.now() >= ends_at:
        raise _refused()
    tenant = Tenant(OrganizationId(claims["org"]), None)
    try:
        return await services.store.tenant(tenant).access.key(KeyId(claims["sub"])), ends_at
    except NotFound as error:
        raise _refused() from error


def _signature(told: str, services: Services) -> str:
    return _encoded(hmac.digest(services.signing_key, f"token:{told}".encode(), "sha256"))


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _decoded(text: str) -> dict[str, Any]:
    """Only of what we have signed ourselves."""
    try:
        claims: dict[str, Any] = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, orjson.JSONDecodeError) as error:
        raise _refused() from error
    return claims


def _refused() -> Unauthenticated:
    return Unauthenticated("This token is wrong or has ended. Ask for another one.")
