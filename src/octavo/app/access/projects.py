"""What a project may do, and who may say so."""

from octavo.app.services import Services
from octavo.domain.errors import Forbidden
from octavo.domain.ids import ProjectId
from octavo.domain.tenancy import Principal, Project, Scope
from octavo.ports.access import ProjectChanges

OWN = frozenset({"name", "source_retention_s", "result_retention_s", "model"})
"""What a key that is bound to the project may change. The rest is its organization's word about it."""


async def list_projects(
    *, after: ProjectId | None, limit: int | None, principal: Principal, services: Services
) -> list[Project]:
    """Those this key may act for, oldest first."""
    principal.require(Scope.ADMIN)
    return await services.store.tenant(principal.tenant).access.projects(after=after, limit=limit)


async def read_project(project_id: ProjectId, *, principal: Principal, services: Services) -> Project:
    """Raises `NotFound`."""
    principal.require(Scope.ADMIN)
    return await services.store.tenant(principal.tenant).access.project(project_id)


async def create_project(changes: ProjectChanges, *, principal: Principal, services: Services) -> Project:
    """Raises `Forbidden` for a key that is bound to one project."""
    principal.require(Scope.ADMIN)
    if principal.tenant.project_id is not None:
        raise Forbidden("This key is bound to one project. Use a key of the organization.")
    return await services.store.tenant(principal.tenant).access.add_project(changes)


async def change_project(
    project_id: ProjectId, changes: ProjectChanges, *, principal: Principal, services: Services
) -> Project:
    """Raises `NotFound`, and `Forbidden` where a bound key would change its own limits."""
    principal.require(Scope.ADMIN)
    foreign = changes.given - OWN
    if principal.tenant.project_id is not None and foreign:
        raise Forbidden(
            f"A key bound to the project cannot change {', '.join(sorted(foreign))}. "
            "Use a key of the organization."
        )
    return await services.store.tenant(principal.tenant).access.change_project(project_id, changes)
