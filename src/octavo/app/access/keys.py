"""Making, revoking and rotating keys. The text of a key is in the answer that makes it and nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from octavo.app.keys import HINT_LENGTH, hash_key, new_key_text
from octavo.app.services import Services
from octavo.domain.errors import Conflict, InvalidRequest
from octavo.domain.ids import KeyId, ProjectId, new_id
from octavo.domain.tenancy import Key, Principal, Scope

PREFIX = "pk_live_"


@dataclass(frozen=True, slots=True)
class MakeKey:
    name: str
    scopes: Iterable[Scope]
    project_id: ProjectId | None = None
    """None: as far as the key that asks reaches."""
    expires_at: datetime | None = None
    prefix: str = PREFIX
    """As a vendor's clients expect it, like `frc_`."""


async def list_keys(
    *, after: KeyId | None, limit: int | None, principal: Principal, services: Services
) -> list[Key]:
    """Oldest first, also the revoked and expired."""
    principal.require(Scope.ADMIN)
    return await services.store.tenant(principal.tenant).access.keys(after=after, limit=limit)


async def read_key(key_id: KeyId, *, principal: Principal, services: Services) -> Key:
    """Raises `NotFound`. Everybody may look at the key they hold."""
    if key_id != principal.key_id:
        principal.require(Scope.ADMIN)
    return await services.store.tenant(principal.tenant).access.key(key_id)


async def make_key(order: MakeKey, *, principal: Principal, services: Services) -> tuple[Key, str]:
    """The key and its text.

    Raises:
        NotFound: the project is not the caller's. InvalidRequest: it would have expired already.
    """
    principal.require(Scope.ADMIN)
    now = services.clock.now()
    if order.expires_at is not None and order.expires_at <= now:
        raise InvalidRequest("expires_at lies in the past.", option="expires_at")
    access = services.store.tenant(principal.tenant).access
    project_id = principal.tenant.project_id
    if order.project_id is not None:
        project_id = (await access.project(order.project_id)).id
    text = new_key_text(order.prefix)
    key = Key(
        id=KeyId(new_id(now)),
        organization_id=principal.tenant.organization_id,
        project_id=project_id,
        name=order.name,
        hint=text[:HINT_LENGTH],
        scopes=frozenset(order.scopes),
        created_at=now,
        expires_at=order.expires_at,
    )
    return await access.add_key(key, hash_key(text)), text


async def revoke_key(key_id: KeyId, *, principal: Principal, services: Services) -> Key:
    """Raises `NotFound`; repeating it changes nothing."""
    principal.require(Scope.ADMIN)
    return await services.store.tenant(principal.tenant).access.revoke_key(key_id)


async def switch_key(key_id: KeyId, *, disabled: bool, principal: Principal, services: Services) -> Key:
    """Refuse the key for a while, or take it again; repeating it changes nothing.

    Raises `NotFound`, and `Conflict`: it was revoked, or is the caller's own, which could not enable itself again.
    """
    principal.require(Scope.ADMIN)
    if disabled and key_id == principal.key_id:
        raise Conflict("A key cannot disable itself: use another one.")
    return await services.store.tenant(principal.tenant).access.switch_key(key_id, disabled=disabled)


async def rotate_key(
    key_id: KeyId, *, grace_s: int, prefix: str | None, principal: Principal, services: Services
) -> tuple[Key, str]:
    """A new key with the old one's name, scopes, project and end; the old one lives `grace_s` longer.

    Raises `NotFound`, and `Conflict` when the old one is no longer live.
    """
    principal.require(Scope.ADMIN)
    now = services.clock.now()
    access = services.store.tenant(principal.tenant).access
    old = await access.key(key_id)
    text = new_key_text(prefix or _prefix_of(old))
    new = Key(
        id=KeyId(new_id(now)),
        organization_id=old.organization_id,
        project_id=old.project_id,
        name=old.name,
        hint=text[:HINT_LENGTH],
        scopes=old.scopes,
        created_at=now,
        expires_at=old.expires_at,
    )
    ends_at = now + timedelta(seconds=grace_s)
    return await access.rotate_key(key_id, new, hash_key(text), old_ends_at=ends_at), text


def _prefix_of(key: Key) -> str:
    """As far as the hint shows it: up to the last underscore, since random text may hold one, too."""
    head, underscore, _ = key.hint.rpartition("_")
    return head + underscore if underscore and head.split("_")[0] in _KNOWN else PREFIX


_KNOWN = frozenset({"pk", "frc", "sk", "key", "ocr"})
