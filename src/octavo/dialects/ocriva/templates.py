"""Routes of templates."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.app.services import Services
from octavo.app.templates.change import change_template, delete_template
from octavo.app.templates.create import create_template
from octavo.app.templates.draft import TemplateDraft
from octavo.app.templates.read import list_templates, read_template
from octavo.dialects.ocriva.access import ProjectParameter, acting_for
from octavo.dialects.ocriva.ids import template_id_of
from octavo.dialects.ocriva.inbound import merged
from octavo.dialects.ocriva.outbound import render_data_file, render_template
from octavo.dialects.ocriva.wire import ChangeTemplate, NewTemplate
from octavo.domain.ids import TemplateId
from octavo.domain.template import Template
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Caller, Open
from octavo.http.bodies import parse_body, read_json

router = APIRouter(prefix="/v1/openapi/templates")

AT_ONCE = 200
MOST_LISTED = 2000


async def _reaching(caller: Caller, services: Open, project: ProjectParameter = None) -> Principal:
    """All an organization's key sees; the project alone, where one is named."""
    return await acting_for(project, caller, services) if project else caller


Reaching = Annotated[Principal, Depends(_reaching)]


@router.get("")
async def templates(caller: Reaching, services: Open) -> list[dict[str, Any]]:
    """Newest first, of all projects this key reaches."""
    found: list[Template] = []
    before: TemplateId | None = None
    while len(found) < MOST_LISTED:
        page = await list_templates(before=before, limit=AT_ONCE, principal=caller, services=services)
        found += page.templates
        before = page.next_before
        if before is None:
            break
    return [render_template(template) for template in found]


@router.post("")
async def create(request: Request, caller: Caller, services: Open) -> Response:
    caller.require(Scope.TEMPLATES_WRITE)
    order = parse_body(NewTemplate, await read_json(request))
    acting = await acting_for(order.project_id, caller, services)
    draft = merged(order)(TemplateDraft(order.name))
    template = await create_template(
        draft, project_id=acting.default_project_id, principal=acting, services=services
    )
    return JSONResponse(_whole(template), 201)


@router.get("/{template_id}")
async def template(template_id: str, caller: Reaching, services: Open) -> dict[str, Any]:
    return _whole(await read_template(template_id_of(template_id), principal=caller, services=services))


@router.put("/{template_id}")
@router.patch("/{template_id}")
async def change(request: Request, template_id: str, caller: Reaching, services: Open) -> dict[str, Any]:
    """What is left out stays. Records keep the version they were sent with."""
    caller.require(Scope.TEMPLATES_WRITE)
    order = parse_body(ChangeTemplate, await read_json(request))
    changed = await change_template(
        template_id_of(template_id),
        merged(order),
        expected_version=None,
        principal=caller,
        services=services,
    )
    return _whole(changed)


@router.delete("/{template_id}")
async def delete(template_id: str, caller: Reaching, services: Open) -> dict[str, Any]:
    id_ = template_id_of(template_id)
    caller.require(Scope.TEMPLATES_WRITE)
    await _known(id_, caller, services)
    await delete_template(id_, principal=caller, services=services)
    return {"templateId": id_, "deleted": True}


async def _known(template_id: TemplateId, caller: Principal, services: Services) -> None:
    """Raises `NotFound`."""
    await services.store.tenant(caller.tenant).templates.template(template_id)


def _whole(template: Template) -> dict[str, Any]:
    files = [render_data_file(one) for one in template.references]
    return render_template(template) | {"instructions": template.instructions, "dataFiles": files}
