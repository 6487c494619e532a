"""Acting for one project with a key of the whole organization."""

from dataclasses import replace

from octavo.app.services import Services
from octavo.domain.errors import NotFound
from octavo.domain.ids import ProjectId
from octavo.domain.tenancy import Principal, Project


async def within_project(project_id: ProjectId, *, principal: Principal, services: Services) -> Principal:
    """The same caller, who now sees that project alone and submits to it. Raises `NotFound`."""
    bound = principal.tenant.project_id
    if bound is not None and bound != project_id:
        raise NotFound("There is no such project.")
    if bound == project_id:
        return principal
    project = await services.store.tenant(principal.tenant).access.project(project_id)
    return replace(
        principal,
        tenant=replace(principal.tenant, project_id=project.id),
        default_project_id=project.id,
    )


async def projects_in_reach(*, principal: Principal, services: Services) -> list[Project]:
    """Those this key can name, oldest first. Every key may ask."""
    return await services.store.tenant(principal.tenant).access.projects()
