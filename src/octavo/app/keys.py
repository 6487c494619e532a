"""API keys: minted once, kept as a hash, found by hash."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from octavo.app.services import Services
from octavo.app.tokens import key_of_token, looks_like_token
from octavo.domain.errors import Unauthenticated
from octavo.domain.ids import KeyId, OrganizationId, ProjectId, new_id
from octavo.domain.tenancy import Key, Principal, Scope, Tenant
from octavo.ports.clock import Clock
from octavo.ports.store import Store

HINT_LENGTH = 12
NOT_KNOWN = "This API key is unknown, expired, disabled or revoked."


class KeyExpired(Unauthenticated):
    """Told in the same words, except by vendors who tell it: whoever sent it has the right text."""


class KeyDisabled(Unauthenticated):
    """As `KeyExpired`: it may be enabled again."""


async def create_key(
    *,
    organization_id: OrganizationId,
    project_id: ProjectId | None,
    name: str,
    scopes: Iterable[Scope],
    expires_at: datetime | None,
    prefix: str = "pk_live_",
    store: Store,
    clock: Clock,
) -> tuple[Key, str]:
    """Make a key.

    Returns:
        The key and its text. The text is 43 random characters after the prefix (256 bits), is
        nowhere stored, and cannot be shown again.
    """
    text = new_key_text(prefix)
    key = Key(
        id=KeyId(new_id(clock.now())),
        organization_id=organization_id,
        project_id=project_id,
        name=name,
        hint=text[:HINT_LENGTH],
        scopes=frozenset(scopes),
        created_at=clock.now(),
        expires_at=expires_at,
    )
    return await store.add_key(key, hash_key(text)), text


def new_key_text(prefix: str) -> str:
    """43 random characters (256 bits) after the prefix."""
    return prefix + secrets.token_urlsafe(32)


def hash_key(text: str) -> bytes:
    """SHA-256 is enough for 256 random bits; there is no password to guess."""
    return hashlib.sha256(text.encode()).digest()


async def authenticate(text: str | None, *, services: Services) -> Principal:
    """Who calls. Raises `Unauthenticated`: the same words for unknown, revoked, disabled and expired."""
    if not text:
        raise Unauthenticated("Send an API key: Authorization: Bearer <key>, or X-API-Key: <key>.")
    key, ends_at = await _key_of(text, services)
    if key is None or key.revoked_at is not None:
        raise Unauthenticated(NOT_KNOWN)
    if key.disabled_at is not None:
        raise KeyDisabled(NOT_KNOWN)
    if not is_live(key, services.clock.now()):
        raise KeyExpired(NOT_KNOWN)
    store = services.store
    if key.project_id is None:
        project = await store.first_project(key.organization_id)
    else:
        project = await store.project(key.project_id)
    return Principal(
        key_id=key.id,
        tenant=Tenant(key.organization_id, key.project_id, key.id),
        scopes=key.scopes,
        default_project_id=project.id,
        expires_at=ends_at or key.expires_at,
        limits=project.limits,
    )


async def _key_of(text: str, services: Services) -> tuple[Key | None, datetime | None]:
    """The key, or the one a token stands for with the token's own end."""
    if looks_like_token(text):
        return await key_of_token(text, services=services)
    return await services.store.key_by_hash(hash_key(text)), None


def is_live(key: Key, now: datetime) -> bool:
    if key.revoked_at is not None or key.disabled_at is not None:
        return False
    return key.expires_at is None or now < key.expires_at
