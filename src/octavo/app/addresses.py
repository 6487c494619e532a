"""Addresses that need no key until they end: what stands behind their `?token=`.

`organization.project.key.ends.signature`: who made it, when it ends (Unix seconds), and an HMAC
over these, what it is for, and the id of that, with a key that all processes of the installation share.
"""

import hmac
from datetime import datetime
from typing import Literal

from octavo.app.keys import is_live
from octavo.app.services import Services
from octavo.domain.errors import NotFound, Unauthenticated
from octavo.domain.ids import KeyId, OrganizationId, ProjectId
from octavo.domain.tenancy import Principal, Scope, Tenant

Purpose = Literal["upload", "source", "pictures"]
_SCOPES = {"upload": Scope.FILES_WRITE, "source": Scope.JOBS_READ, "pictures": Scope.JOBS_READ}


def address_token(
    purpose: Purpose, id_: str, tenant: Tenant, ends_at: datetime, *, services: Services
) -> str:
    """Of one upload or job, in its maker's name: `tenant` has a project and a key."""
    told = f"{tenant.organization_id}.{tenant.project_id}.{tenant.key_id}.{int(ends_at.timestamp())}"
    return f"{told}.{_signature(purpose, id_, told, services)}"


async def bearer_of(token: str, purpose: Purpose, id_: str, *, services: Services) -> Principal:
    """Whom the token stands for: its maker, for this alone. Raises `Unauthenticated`.

    A key that was revoked since takes its addresses with it.
    """
    told, _, signature = token.rpartition(".")
    expected = _signature(purpose, id_, told, services)
    if not services.signing_key or not hmac.compare_digest(signature.encode(), expected.encode()):
        raise _refused()
    organization, project, key_id, ends = told.split(".")
    now = services.clock.now()
    if now.timestamp() >= int(ends):
        raise _refused()
    whole = Tenant(OrganizationId(organization), None)
    try:
        key = await services.store.tenant(whole).access.key(KeyId(key_id))
    except NotFound as error:
        raise _refused() from error
    if not is_live(key, now):
        raise _refused()
    tenant = Tenant(whole.organization_id, ProjectId(project), key.id)
    return Principal(key.id, tenant, frozenset({_SCOPES[purpose]}), ProjectId(project))


def _signature(purpose: str, id_: str, told: str, services: Services) -> str:
    return hmac.new(services.signing_key, f"{purpose}:{id_}:{told}".encode(), "sha256").hexdigest()


def _refused() -> Unauthenticated:
    return Unauthenticated("This address is wrong or has ended. Ask for another one.")
