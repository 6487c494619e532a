"""Looking at templates."""

from dataclasses import dataclass

from octavo.app.services import Services
from octavo.domain.ids import TemplateId
from octavo.domain.template import Template
from octavo.domain.tenancy import Principal, Scope
from octavo.ports.templates import TemplateVersion


@dataclass(frozen=True, slots=True)
class TemplatePage:
    templates: list[Template]
    next_before: TemplateId | None
    """The cursor of the next page; None on the last one."""


async def list_templates(
    *, before: TemplateId | None, limit: int, principal: Principal, services: Services
) -> TemplatePage:
    """Newest first, without their examples."""
    principal.require(Scope.JOBS_READ)
    found = await services.store.tenant(principal.tenant).templates.newest(before=before, limit=limit)
    return TemplatePage(found, found[-1].id if len(found) == limit else None)


async def read_template(
    template_id: TemplateId, version: int | None = None, *, principal: Principal, services: Services
) -> Template:
    """None: the newest version. Raises `NotFound`."""
    principal.require(Scope.JOBS_READ)
    return await services.store.tenant(principal.tenant).templates.template(template_id, version)


async def list_versions(
    template_id: TemplateId, *, before: int | None, limit: int, principal: Principal, services: Services
) -> list[TemplateVersion]:
    """Newest first. Raises `NotFound`."""
    principal.require(Scope.JOBS_READ)
    store = services.store.tenant(principal.tenant)
    return await store.templates.versions(template_id, before=before, limit=limit)
