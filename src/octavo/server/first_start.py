"""What a new installation needs before anybody can use it."""

from octavo.domain.tenancy import Organization, Scope, Tenant
from octavo.ports.clock import Clock
from octavo.ports.store import Store

FIRST_NAME = "default"
FIRST_KEY_NAME = "first start"


async def ensure_first_key(organization: Organization, *, store: Store, clock: Clock) -> str | None:
    """The text of an administrator's key, made once for the life of a database; None ever after.

    Keys that expire do not count: `octavo process` makes one for itself before anybody sees any.
    """
    keys = await store.tenant(Tenant(organization.id, None)).access.keys()
    if any(key.expires_at is None for key in keys):
        return None
    from octavo.app.keys import create_key

    _, text = await create_key(
        organization_id=organization.id,
        project_id=None,
        name=FIRST_KEY_NAME,
        scopes=[Scope.ADMIN],
        expires_at=None,
        store=store,
        clock=clock,
    )
    return text
