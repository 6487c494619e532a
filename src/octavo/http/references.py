"""References: what an owner knows beside the documents, kept with a template."""

from fastapi import APIRouter
from starlette.requests import Request

from octavo.app.templates.read import read_template
from octavo.app.templates.refer import MAX_BYTES, add_reference, remove_reference
from octavo.domain.tenancy import Scope
from octavo.http.auth import Caller, Open
from octavo.http.bodies import parse_body, read_json
from octavo.http.contract import IF_MATCH, answers, json_body
from octavo.http.fields import if_match
from octavo.http.identifiers import template_id_from
from octavo.http.template_wire import ReferenceBody, ReferenceListAnswer, render_references

router = APIRouter(tags=["templates"])

MAX_BODY_BYTES = 2 * MAX_BYTES
"""JSON writes some letters as several."""


@router.get(
    "/v1/templates/{template_id}/references",
    operation_id="list_references",
    summary="List a template's references",
    responses=answers(401, 403, 404, 503),
)
async def references(template_id: str, caller: Caller, services: Open) -> ReferenceListAnswer:
    """Files that values are looked up in, oldest first."""
    return render_references(
        await read_template(template_id_from(template_id), principal=caller, services=services)
    )


@router.post(
    "/v1/templates/{template_id}/references",
    status_code=201,
    operation_id="add_reference",
    summary="Add a reference to a template",
    openapi_extra={**json_body("ReferenceBody"), **IF_MATCH},
    responses=answers(400, 401, 403, 404, 409, 413, 415, 422, 503),
)
async def add(request: Request, template_id: str, caller: Caller, services: Open) -> ReferenceListAnswer:
    """A list of customers, a catalogue, codes, rules in words: used from the template's next version on.

    Values that it knows by another name are named as there, and fields that the document does not say are
    taken from the row of those it says. A language model is shown what has to do with the document.
    """
    caller.require(Scope.TEMPLATES_WRITE)
    id_ = template_id_from(template_id)
    await services.store.tenant(caller.tenant).templates.template(id_)
    body = parse_body(ReferenceBody, await read_json(request, MAX_BODY_BYTES))
    changed = await add_reference(
        id_,
        body.name,
        body.content.encode(),
        expected_version=if_match(request),
        principal=caller,
        services=services,
    )
    return render_references(changed)


@router.delete(
    "/v1/templates/{template_id}/references/{reference_id}",
    operation_id="delete_reference",
    summary="Take a reference away",
    responses=answers(401, 403, 404, 409, 503),
)
async def remove(template_id: str, reference_id: str, caller: Caller, services: Open) -> ReferenceListAnswer:
    """The template's next version does without it."""
    changed = await remove_reference(
        template_id_from(template_id), reference_id, principal=caller, services=services
    )
    return render_references(changed)
