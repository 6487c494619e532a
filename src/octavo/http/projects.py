"""Projects of the caller's organization. Scope `admin`."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from octavo.domain.errors import Forbidden
from octavo.domain.tenancy import Scope
from octavo.http.auth import Caller, Open
from octavo.http.bodies import parse_body, read_json
from octavo.http.contract import answers, json_body
from octavo.http.options import Text
from octavo.http.wire import ProjectAnswer, ProjectListAnswer, render_project

router = APIRouter(tags=["administration"])


class NewProject(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[Text, Field(min_length=1, max_length=200)]


@router.get(
    "/v1/projects", operation_id="list_projects", summary="List projects", responses=answers(401, 403, 503)
)
async def projects(caller: Caller, services: Open) -> ProjectListAnswer:
    """The projects this key may act for."""
    caller.require(Scope.ADMIN)
    found = await services.store.tenant(caller.tenant).projects()
    return ProjectListAnswer(projects=[render_project(project) for project in found])


@router.post(
    "/v1/projects",
    status_code=201,
    operation_id="create_project",
    summary="Make a project",
    openapi_extra=json_body("NewProject"),
    responses=answers(401, 403, 413, 415, 422, 503),
)
async def create(request: Request, caller: Caller, services: Open) -> ProjectAnswer:
    """A new project in the key's organization. A key that is bound to one project cannot make others."""
    caller.require(Scope.ADMIN)
    if caller.tenant.project_id is not None:
        raise Forbidden("This key is bound to one project. Use a key of the organization.")
    body = parse_body(NewProject, await read_json(request))
    return render_project(await services.store.add_project(caller.tenant.organization_id, body.name))
