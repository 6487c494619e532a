"""API keys of the caller's organization or project. Scope `admin`."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from octavo.app.access.keys import (
    PREFIX,
    MakeKey,
    list_keys,
    make_key,
    read_key,
    revoke_key,
    rotate_key,
    switch_key,
)
from octavo.domain.ids import KeyId
from octavo.domain.tenancy import Scope
from octavo.http.auth import Caller, Open, authenticator_of
from octavo.http.bodies import parse_body, read_json
from octavo.http.contract import answers, json_body
from octavo.http.identifiers import key_id_from, project_id_from
from octavo.http.options import Moment, Text
from octavo.http.paging import decode_id_cursor, encode_cursor
from octavo.http.wire import KeyAnswer, KeyListAnswer, NewKeyAnswer, render_key, render_new_key

router = APIRouter(tags=["administration"])

LONGEST_GRACE_S = 30 * 86_400
Prefix = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,24}$")]


class NewKey(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[Text, Field(min_length=1, max_length=200)]
    scopes: Annotated[list[Scope], Field(min_length=1)]
    project_id: str | None = None
    """Null: every project of the organization; only a key that is so itself may ask for it."""
    expires_at: Moment | None = None
    prefix: Prefix = PREFIX


class ChangeKey(BaseModel):
    model_config = ConfigDict(extra="forbid")

    disabled: bool


class RotateKey(BaseModel):
    model_config = ConfigDict(extra="forbid")

    grace_s: Annotated[int, Field(ge=0, le=LONGEST_GRACE_S)] = 0
    """How long the old key still works."""
    prefix: Prefix | None = None
    """Null: the old one's."""


@router.get(
    "/v1/keys", operation_id="list_keys", summary="List keys", responses=answers(400, 401, 403, 422, 503)
)
async def keys(
    caller: Caller,
    services: Open,
    limit: Annotated[int, Query(ge=1, le=200)] = 200,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> KeyListAnswer:
    """Every key, oldest first, also the revoked and expired; never a key's text."""
    caller.require(Scope.ADMIN)
    after = KeyId(decode_id_cursor("keys", cursor)) if cursor else None
    found = await list_keys(after=after, limit=limit, principal=caller, services=services)
    return KeyListAnswer(
        keys=[render_key(key) for key in found],
        next_cursor=encode_cursor("keys", found[-1].id) if len(found) == limit else None,
    )


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
    order = MakeKey(
        name=body.name,
        scopes=body.scopes,
        project_id=project_id_from(body.project_id) if body.project_id is not None else None,
        expires_at=body.expires_at,
        prefix=body.prefix,
    )
    return render_new_key(*await make_key(order, principal=caller, services=services))


@router.get(
    "/v1/keys/{key_id}",
    operation_id="read_key",
    summary="Look at a key",
    responses=answers(401, 403, 404, 503),
)
async def read(key_id: str, caller: Caller, services: Open) -> KeyAnswer:
    """Name, scopes and dates; never the text. Every key may look at itself."""
    return render_key(await read_key(key_id_from(key_id), principal=caller, services=services))


@router.patch(
    "/v1/keys/{key_id}",
    operation_id="change_key",
    summary="Disable a key, or enable it",
    openapi_extra=json_body("ChangeKey"),
    responses=answers(401, 403, 404, 409, 413, 415, 422, 503),
)
async def change(request: Request, key_id: str, caller: Caller, services: Open) -> KeyAnswer:
    """A disabled key is refused (within ten seconds everywhere) until it is enabled."""
    caller.require(Scope.ADMIN)
    id_ = key_id_from(key_id)
    await read_key(id_, principal=caller, services=services)
    body = parse_body(ChangeKey, await read_json(request))
    key = await switch_key(id_, disabled=body.disabled, principal=caller, services=services)
    authenticator_of(request).forget(key.id)
    return render_key(key)


@router.delete(
    "/v1/keys/{key_id}",
    operation_id="revoke_key",
    summary="Revoke a key",
    responses=answers(401, 403, 404, 503),
)
async def revoke(request: Request, key_id: str, caller: Caller, services: Open) -> KeyAnswer:
    """From now on the key is refused (within ten seconds everywhere). Repeating it changes nothing."""
    key = await revoke_key(key_id_from(key_id), principal=caller, services=services)
    authenticator_of(request).forget(key.id)
    return render_key(key)


@router.post(
    "/v1/keys/{key_id}/rotate",
    status_code=201,
    operation_id="rotate_key",
    summary="Replace a key",
    openapi_extra=json_body("RotateKey"),
    responses=answers(401, 403, 404, 409, 413, 415, 422, 503),
)
async def rotate(request: Request, key_id: str, caller: Caller, services: Open) -> NewKeyAnswer:
    """A new key with the same rights; the old one ends after `grace_s` seconds."""
    caller.require(Scope.ADMIN)
    old = key_id_from(key_id)
    await read_key(old, principal=caller, services=services)
    body = parse_body(RotateKey, await read_json(request))
    key, text = await rotate_key(
        old, grace_s=body.grace_s, prefix=body.prefix, principal=caller, services=services
    )
    authenticator_of(request).forget(old)
    return render_new_key(key, text)
