"""`/v1/me`: who a key is, for whoever holds it, and a token in its place."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel

from octavo.app.access.keys import read_key
from octavo.app.tokens import make_token
from octavo.domain.tenancy import Scope
from octavo.http.auth import Caller, Open
from octavo.http.contract import answers
from octavo.http.identifiers import KEY, ORGANIZATION, PROJECT

router = APIRouter(tags=["administration"])


class MeAnswer(BaseModel):
    key_id: str
    name: str
    hint: str
    organization_id: str
    project_id: str | None
    """Null: every project of the organization."""
    default_project_id: str
    """Where a submission goes that names no project."""
    scopes: list[Scope]
    expires_at: datetime | None


@router.get("/v1/me", operation_id="read_me", summary="Who am I", responses=answers(401, 404, 503))
async def me(caller: Caller, services: Open) -> MeAnswer:
    """The key this request came with. Every key may ask."""
    key = await read_key(caller.key_id, principal=caller, services=services)
    return MeAnswer(
        key_id=KEY + key.id,
        name=key.name,
        hint=key.hint,
        organization_id=ORGANIZATION + key.organization_id,
        project_id=PROJECT + key.project_id if key.project_id else None,
        default_project_id=PROJECT + caller.default_project_id,
        scopes=sorted(key.scopes),
        expires_at=key.expires_at,
    )


class TokenAnswer(BaseModel):
    token: str
    """Taken wherever a key is."""
    expires_at: datetime


@router.post(
    "/v1/me/token", operation_id="make_token", summary="A token for an hour", responses=answers(401, 429, 503)
)
async def token(caller: Caller, services: Open) -> TokenAnswer:
    """What stands for this key for an hour, to be given to a browser or a job that should not keep the key.

    It ends with its key. One that is made with a token lives no longer than that token.
    """
    made = make_token(caller, services=services)
    return TokenAnswer(token=made.text, expires_at=made.ends_at)
