"""Templates: schemas of fields that callers keep, version by version, and the examples they learn from."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.templates.change import change_template, delete_template
from octavo.app.templates.create import create_template
from octavo.app.templates.learn import add_example, remove_example
from octavo.app.templates.read import list_templates, list_versions, read_template
from octavo.domain.document_types.schema import specs_of
from octavo.domain.field_schema import to_json_schema
from octavo.domain.ids import TemplateId
from octavo.domain.tenancy import Scope
from octavo.http.auth import Caller, Open
from octavo.http.bodies import parse_body, read_json
from octavo.http.contract import IF_MATCH, JSON_SCHEMA, answers, json_body
from octavo.http.fields import if_match
from octavo.http.identifiers import TEMPLATE, project_id_from, template_id_from
from octavo.http.json_schema import schema_response
from octavo.http.paging import decode_id_cursor, decode_number_cursor, encode_cursor
from octavo.http.template_wire import (
    ChangeTemplateBody,
    ExampleBody,
    ExampleListAnswer,
    NewTemplate,
    TemplateAnswer,
    TemplateBody,
    TemplateListAnswer,
    TemplateVersionListAnswer,
    draft_from,
    merged,
    render_examples,
    render_template,
    render_version,
    replacing,
)

router = APIRouter(tags=["templates"])

Version = Annotated[int | None, Query(ge=1, le=10**9, description="Without it, the newest.")]
Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=200)]


@router.get(
    "/v1/templates",
    operation_id="list_templates",
    summary="List templates",
    responses=answers(400, 401, 403, 422, 503),
)
async def templates(
    caller: Caller, services: Open, limit: Limit = 50, cursor: Cursor = None
) -> TemplateListAnswer:
    """Newest first, each in its newest version."""
    before = TemplateId(decode_id_cursor("templates", cursor)) if cursor else None
    page = await list_templates(before=before, limit=limit, principal=caller, services=services)
    return TemplateListAnswer(
        templates=[render_template(template) for template in page.templates],
        next_cursor=encode_cursor("templates", page.next_before) if page.next_before else None,
    )


@router.post(
    "/v1/templates",
    status_code=201,
    operation_id="create_template",
    summary="Make a template",
    openapi_extra=json_body("NewTemplate"),
    responses=answers(400, 401, 403, 404, 413, 415, 422, 503),
)
async def create(request: Request, caller: Caller, services: Open, response: Response) -> TemplateAnswer:
    """`fields` is a map of names to types, a list of fields, or a JSON Schema of an object."""
    caller.require(Scope.TEMPLATES_WRITE)
    body = parse_body(NewTemplate, await read_json(request))
    template = await create_template(
        draft_from(body),
        project_id=project_id_from(body.project_id) if body.project_id else None,
        principal=caller,
        services=services,
    )
    response.headers["Location"] = f"/v1/templates/{TEMPLATE}{template.id}"
    response.headers["ETag"] = f'"{template.version}"'
    return render_template(template)


@router.get(
    "/v1/templates/{template_id}",
    operation_id="read_template",
    summary="Read a template",
    responses=answers(401, 403, 404, 422, 503),
)
async def template(
    template_id: str, caller: Caller, services: Open, response: Response, version: Version = None
) -> TemplateAnswer:
    """The newest version, or the one that is named. The `ETag` is the version."""
    found = await read_template(template_id_from(template_id), version, principal=caller, services=services)
    response.headers["ETag"] = f'"{found.version}"'
    return render_template(found)


@router.put(
    "/v1/templates/{template_id}",
    operation_id="replace_template",
    summary="Replace a template",
    openapi_extra={**json_body("TemplateBody"), **IF_MATCH},
    responses=answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
)
async def replace(
    request: Request, template_id: str, caller: Caller, services: Open, response: Response
) -> TemplateAnswer:
    """All of it anew, as the next version; its examples stay. `409` when `If-Match` names an older one."""
    caller.require(Scope.TEMPLATES_WRITE)
    id_ = template_id_from(template_id)
    await services.store.tenant(caller.tenant).templates.template(id_)
    body = parse_body(TemplateBody, await read_json(request))
    changed = await change_template(
        id_, replacing(body), expected_version=if_match(request), principal=caller, services=services
    )
    response.headers["ETag"] = f'"{changed.version}"'
    return render_template(changed)


@router.patch(
    "/v1/templates/{template_id}",
    operation_id="change_template",
    summary="Change a template",
    openapi_extra={**json_body("ChangeTemplateBody"), **IF_MATCH},
    responses=answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
)
async def change(
    request: Request, template_id: str, caller: Caller, services: Open, response: Response
) -> TemplateAnswer:
    """What is left out stays. `409` when `If-Match` names an older version than there is."""
    caller.require(Scope.TEMPLATES_WRITE)
    id_ = template_id_from(template_id)
    await services.store.tenant(caller.tenant).templates.template(id_)
    body = parse_body(ChangeTemplateBody, await read_json(request))
    changed = await change_template(
        id_, merged(body), expected_version=if_match(request), principal=caller, services=services
    )
    response.headers["ETag"] = f'"{changed.version}"'
    return render_template(changed)


@router.delete(
    "/v1/templates/{template_id}",
    status_code=204,
    operation_id="delete_template",
    summary="Delete a template",
    responses=answers(401, 403, 404, 503),
)
async def delete(template_id: str, caller: Caller, services: Open) -> None:
    """It is hidden, its examples are erased, and jobs that were sent with it keep it. May be repeated."""
    await delete_template(template_id_from(template_id), principal=caller, services=services)


@router.get(
    "/v1/templates/{template_id}/versions",
    operation_id="list_template_versions",
    summary="List a template's versions",
    responses=answers(400, 401, 403, 404, 422, 503),
)
async def versions(
    template_id: str, caller: Caller, services: Open, limit: Limit = 50, cursor: Cursor = None
) -> TemplateVersionListAnswer:
    """Newest first; read one with `?version=`."""
    before = decode_number_cursor("template-versions", cursor) if cursor else None
    found = await list_versions(
        template_id_from(template_id), before=before, limit=limit, principal=caller, services=services
    )
    return TemplateVersionListAnswer(
        versions=[render_version(version) for version in found],
        next_cursor=encode_cursor("template-versions", str(found[-1].version))
        if len(found) == limit
        else None,
    )


@router.get(
    "/v1/templates/{template_id}/schema",
    operation_id="read_template_schema",
    summary="Read a template's JSON Schema",
    responses={**answers(401, 403, 404, 422, 503), **JSON_SCHEMA},
    response_class=Response,
)
async def schema(template_id: str, caller: Caller, services: Open, version: Version = None) -> Response:
    """Of `values` in the fields of a job sent with it; it can be sent back as `fields` of another template."""
    found = await read_template(template_id_from(template_id), version, principal=caller, services=services)
    specs = specs_of(found.document_type or "", found)
    return schema_response(to_json_schema(specs, title=found.name, description=found.description))


@router.get(
    "/v1/templates/{template_id}/examples",
    operation_id="list_examples",
    summary="List a template's examples",
    responses=answers(401, 403, 404, 503),
)
async def examples(template_id: str, caller: Caller, services: Open) -> ExampleListAnswer:
    """What it learns from, oldest first."""
    return render_examples(
        await read_template(template_id_from(template_id), principal=caller, services=services)
    )


@router.post(
    "/v1/templates/{template_id}/examples",
    status_code=201,
    operation_id="add_example",
    summary="Teach a template",
    openapi_extra={**json_body("ExampleBody"), **IF_MATCH},
    responses=answers(400, 401, 403, 404, 409, 410, 413, 415, 422, 503),
)
async def add(request: Request, template_id: str, caller: Caller, services: Open) -> ExampleListAnswer:
    """A job whose fields are right becomes an example, in the template's next version.

    The example is the template's own: it outlives the job and its purge. Delete it to erase it.
    """
    caller.require(Scope.TEMPLATES_WRITE)
    id_ = template_id_from(template_id)
    await services.store.tenant(caller.tenant).templates.template(id_)
    body = parse_body(ExampleBody, await read_json(request))
    taught = await add_example(
        id_,
        body.job(),
        [change.wish() for change in body.fields],
        expected_version=if_match(request),
        principal=caller,
        services=services,
    )
    return render_examples(taught)


@router.delete(
    "/v1/templates/{template_id}/examples/{example_id}",
    operation_id="delete_example",
    summary="Take an example away",
    responses=answers(401, 403, 404, 409, 503),
)
async def remove(template_id: str, example_id: str, caller: Caller, services: Open) -> ExampleListAnswer:
    """The template's next version does without it."""
    changed = await remove_example(
        template_id_from(template_id), example_id, principal=caller, services=services
    )
    return render_examples(changed)
