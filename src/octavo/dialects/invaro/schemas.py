"""Routes of schemas: templates of ours whose metadata says that they were made here.

The newest active one of a type is used for every document of that type that names no other.
"""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from octavo.app.services import Services
from octavo.app.templates.change import change_template, delete_template
from octavo.app.templates.create import create_template
from octavo.app.templates.draft import TemplateDraft
from octavo.dialects.invaro.errors import SchemaExists, SchemaNotFound, SchemaTypeUnknown
from octavo.dialects.invaro.ids import Kind, schema_id, schema_id_from, to_uuid
from octavo.dialects.invaro.kinds import DIALECT, SCHEMA_TYPES, document_type_of
from octavo.dialects.invaro.outbound import moment, success
from octavo.dialects.invaro.results import SCHEMA
from octavo.dialects.invaro.schema_fields import parse_schema, specs_of_schema
from octavo.dialects.invaro.schema_text import MAX_BYTES, parse_schema_string, write_schema_string
from octavo.dialects.invaro.wire import ChangedSchema, NewSchema, Object
from octavo.domain.errors import NotFound
from octavo.domain.field_schema import to_json_schema
from octavo.domain.template import Template
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Caller, Open
from octavo.http.bodies import parse_body, read_json

router = APIRouter()

AT_ONCE = 200
MOST = 1000
_EDITION = "edition"
"""Of a template's metadata: makes every change a version, also one that says the same."""
Number = Annotated[int, Query(ge=1, le=100_000)]
Size = Annotated[int | None, Query(ge=1, le=100)]


@router.post("/schemas")
async def create(request: Request, caller: Caller, services: Open) -> Object:
    caller.require(Scope.TEMPLATES_WRITE)
    order = parse_body(NewSchema, await read_json(request, 3 * MAX_BYTES))
    document_type = _type(order.type)
    if any(one.name == order.name for one in await active_schemas(caller=caller, services=services)):
        raise SchemaExists(f"There is a schema {order.name!r} already. Change it, or take another name.")
    schema = parse_schema_string(order.schema_string)
    draft = TemplateDraft(
        name=order.name,
        document_type=document_type,
        fields=specs_of_schema(parse_schema(schema, document_type)),
        description=order.description,
        metadata=_metadata(schema, 1),
    )
    return success(render_schema(await create_template(draft, principal=caller, services=services)))


@router.get("/schemas/list")
async def listed(
    caller: Caller,
    services: Open,
    page: Number = 1,
    page_size: Size = None,
    limit: Size = None,
    type_: Annotated[str | None, Query(alias="type", max_length=64)] = None,
) -> Object:
    """Newest first. `limit` and `page_size` say the same, in the request and in the answer."""
    caller.require(Scope.JOBS_READ)
    wanted = _type(type_) if type_ else None
    found = await active_schemas(caller=caller, services=services)
    found = [one for one in found if wanted is None or one.document_type == wanted]
    size = page_size or limit or 20
    shown = found[(page - 1) * size : page * size]
    counts = {"page": page, "limit": size, "page_size": size, "total": len(found)}
    return success({"schemas": [_render_listed(one) for one in shown], **counts})


@router.get("/schemas/id/{schema}")
async def read(schema: str, caller: Caller, services: Open) -> Object:
    caller.require(Scope.JOBS_READ)
    return success(render_schema(await named_schema(schema, caller=caller, services=services)))


@router.put("/schemas/id/{schema}")
async def change(request: Request, schema: str, caller: Caller, services: Open) -> Object:
    """The next version; its type and name stay."""
    caller.require(Scope.TEMPLATES_WRITE)
    template = await named_schema(schema, caller=caller, services=services)
    order = parse_body(ChangedSchema, await read_json(request, 3 * MAX_BYTES))
    changes: dict[str, Any] = {"metadata": _metadata(schema_of(template), template.version + 1)}
    if order.schema_string is not None:
        given = parse_schema_string(order.schema_string)
        fields = parse_schema(given, template.document_type or "")
        changes |= {"fields": specs_of_schema(fields), "metadata": _metadata(given, template.version + 1)}
    if order.description is not None:
        changes["description"] = order.description
    changed = await change_template(
        template.id,
        lambda draft: replace(draft, **changes),
        expected_version=template.version,
        principal=caller,
        services=services,
    )
    return success(render_schema(changed))


@router.delete("/schemas/id/{schema}")
async def delete(schema: str, caller: Caller, services: Open) -> Response:
    """200 with a body: readers of JSON and readers of the status are both served."""
    caller.require(Scope.TEMPLATES_WRITE)
    template = await named_schema(schema, caller=caller, services=services)
    await delete_template(template.id, principal=caller, services=services)
    told = {"schema_id": schema_id(template.id), "message": "Schema deleted successfully"}
    return JSONResponse(success(told))


async def named_schema(text: str, *, caller: Principal, services: Services) -> Template:
    """Also for who may only submit: it is part of an order. Raises `SchemaNotFound`."""
    templates = services.store.tenant(caller.tenant).templates
    template: Template | None
    try:
        template = await templates.template(schema_id_from(text))
    except NotFound:
        template = None
    if template is None or not _is_schema(template):
        raise SchemaNotFound(f"{text[:100]}: it does not exist, or was deleted.")
    return template


async def newest_schema(document_type: str, *, caller: Principal, services: Services) -> Template | None:
    found = await active_schemas(caller=caller, services=services)
    return next((one for one in found if one.document_type == document_type), None)


async def active_schemas(*, caller: Principal, services: Services) -> list[Template]:
    """Newest first, no more than are among the newest thousand templates; also for who may only submit."""
    templates = services.store.tenant(caller.tenant).templates
    found: list[Template] = []
    before = None
    for _ in range(MOST // AT_ONCE):
        page = await templates.newest(before=before, limit=AT_ONCE)
        found += [template for template in page if _is_schema(template)]
        if len(page) < AT_ONCE:
            break
        before = page[-1].id
    return found


def schema_of(template: Template) -> Any:
    """As its owner sent it; of a template without that, its fields as JSON Schema."""
    if SCHEMA in template.metadata:
        return template.metadata[SCHEMA]
    return to_json_schema(template.fields, title=template.name)


def render_schema(template: Template) -> Object:
    told = _render_listed(template)
    text = write_schema_string(schema_of(template))
    before = {"id": told.pop("id"), "user_id": to_uuid(Kind.OWNER, template.organization_id)}
    return {**before, **told, "schema_string": text, "schema": schema_of(template)}


def _render_listed(template: Template) -> Object:
    return {
        "id": schema_id(template.id),
        "name": template.name,
        "type": template.document_type,
        "description": template.description,
        "version": template.version,
        "is_active": True,
        "created_at": moment(template.created_at),
        "updated_at": moment(template.updated_at),
    }


def _is_schema(template: Template) -> bool:
    return template.metadata.get("dialect") == DIALECT and template.document_type in SCHEMA_TYPES


def _metadata(schema: Any, edition: int) -> dict[str, Any]:
    return {"dialect": DIALECT, SCHEMA: schema, _EDITION: edition}


def _type(word: str) -> str:
    found = document_type_of(word)
    if found not in SCHEMA_TYPES:
        raise SchemaTypeUnknown(f"type is one of {', '.join(SCHEMA_TYPES)}, not {word[:80]!r}.")
    return found
