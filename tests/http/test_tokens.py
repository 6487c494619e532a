"""Tokens in place of keys: for an hour, for what the key may, and no longer than the key."""

import base64
import json
from dataclasses import replace

import httpx
import pytest
from tests.http.world import PDF, World, problem_of

from octavo.domain.tenancy import Scope


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def made(client: httpx.AsyncClient, **options: dict[str, str]) -> str:
    answer = await client.post("/v1/me/token", **options)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return str(answer.json()["token"])


async def test_a_token_may_what_its_key_may(world: World) -> None:
    async with world.client(await world.key(world.acme, {Scope.JOBS_READ}, bound=True)) as client:
        token = await made(client)
        who = (await client.get("/v1/me", headers=bearer(token))).json()
        listed = await client.get("/v1/jobs", headers=bearer(token))
        refused = await client.post("/v1/jobs", files={"file": ("a", PDF)}, headers=bearer(token))

    assert who["project_id"] == f"proj_{world.acme.project.id}"
    assert listed.status_code == 200
    problem_of(refused, 403, "forbidden")


async def test_a_token_of_a_token_ends_with_it(world: World, client: httpx.AsyncClient) -> None:
    first = await made(client)
    world.clock.advance(3000)
    second = await made(client, headers=bearer(first))
    world.clock.advance(601)

    for token in (first, second):
        problem_of(await client.get("/v1/me", headers=bearer(token)), 401, "unauthenticated")


async def test_a_token_ends_when_its_key_is_revoked_or_expires(
    world: World, client: httpx.AsyncClient
) -> None:
    key = (await client.post("/v1/keys", json={"name": "x", "scopes": ["jobs:read"]})).json()
    token = await made(client, headers=bearer(key["key"]))
    digest, row = next(pair for pair in world.store.key_rows.items() if f"key_{pair[1].id}" == key["id"])
    ends_at = (await client.post("/v1/me/token", headers=bearer(key["key"]))).json()["expires_at"]

    before = await client.get("/v1/jobs", headers=bearer(token))
    world.store.key_rows[digest] = replace(row, revoked_at=world.clock.now())
    world.clock.advance(11)

    assert before.status_code == 200
    assert ends_at == "2026-11-22T05:00:00Z"
    problem_of(await client.get("/v1/jobs", headers=bearer(token)), 401, "unauthenticated")


async def test_a_token_that_was_changed_is_none(world: World, client: httpx.AsyncClient) -> None:
    header, _, signature = (await made(client)).split(".")
    theirs = {"sub": "0" * 24, "org": world.other.organization.id, "exp": 9_999_999_999}
    claims = base64.urlsafe_b64encode(json.dumps(theirs).encode()).decode().rstrip("=")
    none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').decode().rstrip("=")

    for token in (
        f"{header}.{claims}.{signature}",
        f"{none}.{claims}.",
        f"{header}.{claims}",
        "..",
        ".",
        "a.b",
    ):
        problem_of(await client.get("/v1/me", headers=bearer(token)), 401, "unauthenticated")


async def test_without_a_key_of_the_installation_no_token_is_taken(world: World) -> None:
    world.services = replace(world.services, signing_key=b"")
    world.app.state.services = world.services
    async with world.client() as client:
        token = await made(client)

        problem_of(await client.get("/v1/me", headers=bearer(token)), 401, "unauthenticated")


@pytest.mark.parametrize("text", ["\x80.\x80.\x80", "é.é.é"])
async def test_strange_texts_are_no_tokens(client: httpx.AsyncClient, text: str) -> None:
    answer = await client.get("/v1/me", headers=[(b"X-API-Key", text.encode()), (b"Authorization", b"")])

    problem_of(answer, 401, "unauthenticated")
