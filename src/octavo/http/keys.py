"""API keys of the caller's organization or project. Scope `admin`."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from octavo.app.keys import create_key
from octavo.app.services import Services
from octavo.domain.errors import InvalidRequest, NotFound
from octavo.domain.ids import ProjectId
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import Caller, Open, authenticator_of
from octavo.http.bodies import parse_body, read_json
from octavo.http.contract import answers, json_body
from octavo.http.identifiers import key_id_from, project_id_from
from octavo.http.options import Moment, Text
from octavo.http.wire import KeyAnswer, KeyListAnswer, NewKeyAnswer, render_key, render_new_key

router = APIRouter(tags=["administration"])


class NewKey(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[Text, Field(min_length=1, max_length=200)]
    scopes: Annotated[list[Scope], Field(min_length=1)]
    project_id: str | None = None
    """Null: every project of the organization; only a key that is so itself may ask for it."""
    expires_at: Moment | None = None
    prefix: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,24}$")] = "pk_live_"


@router.get("/v1/keys", operation_id="list_keys", summary="List keys", responses=answers(401, 403, 503))
async def keys(caller: Caller, services: Open) -> KeyListAnswer:
    """Every key, also the revoked and expired; never a key's text."""
    caller.require(Scope.ADMIN)
    found = await services.store.tenant(caller.tenant).keys()
    return KeyListAnswer(keys=[render_key(key) for key in found])


@router.post(
    "/v1/keys",
    status_code=201,
    operation_id="create_key",
    summary="Make a key",
    openapi_extra=json_body("NewKey"),
    responses=answers(400, 401, 403, 404, 413, 415, 422, 503),
)
async def create(request: Request, caller: Caller, services: Open) -> NewKeyAnswer:
    """The text of the key is in this answer and nowhere else."""
    caller.require(Scope.ADMIN)
    body = parse_body(NewKey, await read_json(request))
    if body.expires_at is not None and body.expires_at <= services.clock.now():
        raise InvalidRequest("expires_at lies in the past.", option="expires_at")
    key, text = await create_key(
        organization_id=caller.tenant.organization_id,
        project_id=await _project_for(body, caller, services),
        name=body.name,
        scopes=body.scopes,
        expires_at=body.expires_at,
        prefix=body.prefix,
        store=services.store,
        clock=services.clock,
    )
    return render_new_key(key, text)


@router.delete(
    "/v1/keys/{key_id}",
    operation_id="revoke_key",
    summary="Revoke a key",
    responses=answers(401, 403, 404, 503),
)
async def revoke(request: Request, key_id: str, caller: Caller, services: Open) -> KeyAnswer:
    """From now on the key is refused (within ten seconds everywhere). Repeating it changes nothing."""
    caller.require(Scope.ADMIN)
    key = await services.store.tenant(caller.tenant).revoke_key(key_id_from(key_id))
    authenticator_of(request).forget(key.id)
    return render_key(key)


async def _project_for(body: NewKey, caller: Principal, services: Services) -> ProjectId | None:
    """A key bound to a project makes keys of that project only. Raises `NotFound` for any other."""
    if body.project_id is None:
        return caller.tenant.project_id
    wanted = project_id_from(body.project_id)
    known = await services.store.tenant(caller.tenant).projects()
    if wanted not in {project.id for project in known}:
        raise NotFound("There is no such project.")
    return wanted
