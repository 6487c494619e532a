"""Projects of the caller's organization. Scope `admin`."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, model_validator
from starlette.requests import Request

from octavo.app.access.projects import change_project, create_project, list_projects, read_project
from octavo.domain.ids import ProjectId
from octavo.domain.template import ModelChoice
from octavo.domain.tenancy import Scope
from octavo.http.auth import Caller, Open, authenticator_of
from octavo.http.bodies import parse_body, read_json
from octavo.http.contract import answers, json_body
from octavo.http.identifiers import project_id_from
from octavo.http.model_wire import ModelBody, model_from
from octavo.http.options import Retention, Text
from octavo.http.paging import decode_id_cursor, encode_cursor
from octavo.http.wire import ProjectAnswer, ProjectListAnswer, render_project
from octavo.ports.access import ProjectChanges

router = APIRouter(tags=["administration"])

MOST = 10**9
PerMinute = Annotated[int, Field(ge=1, le=10**6)]


class ProjectMembers(BaseModel):
    """What is left out stays as it is, or has the installation's default; null takes a limit away."""

    model_config = ConfigDict(extra="forbid")

    source_retention_s: Retention = 0
    result_retention_s: Retention = 0
    weight: Annotated[float, Field(ge=1 / 16, le=16)] = 1.0
    max_running_slices: Annotated[int, Field(ge=1, le=10_000)] | None = None
    submits_per_minute: PerMinute | None = None
    reads_per_minute: PerMinute | None = None
    pages_per_month: Annotated[int, Field(ge=0, le=MOST)] | None = None

    model: ModelBody | None = None
    """A language model for documents whose template has none; null takes it away."""

    def changes(self, before: ModelChoice | None = None) -> ProjectChanges:
        """`before` is the project's model, whose key stays where the body has none."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        if "model" in given:
            given["model"] = model_from(self.model, before)
        return ProjectChanges(**given, given=frozenset(given))


class NewProject(ProjectMembers):
    name: Annotated[Text, Field(min_length=1, max_length=200)]


class ChangedProject(ProjectMembers):
    name: Annotated[Text, Field(min_length=1, max_length=200)] = "unchanged"

    @model_validator(mode="after")
    def _says_something(self) -> "ChangedProject":
        if not self.model_fields_set:
            raise ValueError("name at least one member to change")
        return self


@router.get(
    "/v1/projects",
    operation_id="list_projects",
    summary="List projects",
    responses=answers(400, 401, 403, 422, 503),
)
async def projects(
    caller: Caller,
    services: Open,
    limit: Annotated[int, Query(ge=1, le=200)] = 200,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> ProjectListAnswer:
    """The projects this key may act for, oldest first."""
    caller.require(Scope.ADMIN)
    after = ProjectId(decode_id_cursor("projects", cursor)) if cursor else None
    found = await list_projects(after=after, limit=limit, principal=caller, services=services)
    return ProjectListAnswer(
        projects=[render_project(project) for project in found],
        next_cursor=encode_cursor("projects", found[-1].id) if len(found) == limit else None,
    )


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
    body = parse_body(NewProject, await read_json(request))
    return render_project(await create_project(body.changes(), principal=caller, services=services))


@router.get(
    "/v1/projects/{project_id}",
    operation_id="read_project",
    summary="Look at a project",
    responses=answers(401, 403, 404, 503),
)
async def read(project_id: str, caller: Caller, services: Open) -> ProjectAnswer:
    """Retention, share and limits."""
    return render_project(
        await read_project(project_id_from(project_id), principal=caller, services=services)
    )


@router.patch(
    "/v1/projects/{project_id}",
    operation_id="change_project",
    summary="Change a project",
    openapi_extra=json_body("ChangedProject"),
    responses=answers(401, 403, 404, 413, 415, 422, 503),
)
async def change(request: Request, project_id: str, caller: Caller, services: Open) -> ProjectAnswer:
    """What is named changes: retention for jobs to come, limits within ten seconds.

    A key that is bound to the project changes its name, retention and model only.
    """
    id_ = project_id_from(project_id)
    before = await read_project(id_, principal=caller, services=services)
    body = parse_body(ChangedProject, await read_json(request))
    changed = await change_project(id_, body.changes(before.model), principal=caller, services=services)
    authenticator_of(request).forget_limits()
    return render_project(changed)
