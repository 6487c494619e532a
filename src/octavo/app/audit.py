"""Who did what, and when."""

from octavo.app.services import Services
from octavo.domain.audit import AuditEntry
from octavo.domain.tenancy import Principal, Scope
from octavo.ports.audit import AuditQuery


async def read_audit(query: AuditQuery, *, principal: Principal, services: Services) -> list[AuditEntry]:
    """At most `query.limit` entries, newest first; a key bound to a project sees that project's."""
    principal.require(Scope.ADMIN)
    return await services.store.tenant(principal.tenant).audit.entries(query)
