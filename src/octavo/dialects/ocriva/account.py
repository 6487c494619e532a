"""Routes of who asks: projects, and the login that gives a token for a key."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request

from octavo.app.access.keys import read_key
from octavo.app.access.within import projects_in_reach
from octavo.app.limits import count_read
from octavo.app.services import Services
from octavo.app.tokens import looks_like_token, make_token
from octavo.dialects.ocriva.outbound import render_project
from octavo.dialects.ocriva.wire import Login
from octavo.domain.errors import Unauthenticated
from octavo.domain.moments import to_text
from octavo.domain.tenancy import Key, Scope
from octavo.http.auth import Caller, Open, authenticator_of
from octavo.http.bodies import parse_body, read_json

router = APIRouter(prefix="/v1/openapi")


@router.get("/projects")
async def projects(caller: Caller, services: Open) -> list[dict[str, Any]]:
    """Those this key can name; one for a project's key."""
    found = await projects_in_reach(principal=caller, services=services)
    return [render_project(project) for project in found]


@router.post("/auth/login")
async def login(request: Request, services: Open) -> dict[str, Any]:
    """A key for a token that lives an hour, and ends with its key."""
    order = parse_body(Login, await read_json(request))
    return await logged_in(order.token, request, services)


async def logged_in(key_text: str, request: Request, services: Services) -> dict[str, Any]:
    """Raises `Unauthenticated`, also for a token."""
    if looks_like_token(key_text):
        raise Unauthenticated("Log in with an API token, not with an access token")
    caller = await authenticator_of(request).principal(key_text, services)
    request.state.allowance = count_read(principal=caller, services=services)
    token = make_token(caller, services=services)
    key = await read_key(caller.key_id, principal=caller, services=services)
    lives = token.ends_at - services.clock.now()
    return {
        "accessToken": token.text,
        "expiresIn": max(0, int(lives.total_seconds())),
        "tokenInfo": _token_info(key),
    }


def _token_info(key: Key) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": key.id,
        "name": key.name,
        "type": "project" if key.project_id else "organization",
        "organizationId": key.organization_id,
        "scopes": sorted(scope.value for scope in key.scopes or frozenset[Scope]()),
    }
    if key.project_id:
        told["projectId"] = key.project_id
    if key.expires_at:
        told["expiresAt"] = to_text(key.expires_at)
    return told
