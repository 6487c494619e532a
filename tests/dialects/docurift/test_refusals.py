"""Who is let in, what is told to others, and how much is left to whom."""

from dataclasses import replace

import httpx
import pytest

from octavo.domain.limits import RequestLimits
from octavo.domain.tenancy import Scope
from tests.dialects.docurift.stage import client_of, data_of, refusal_of, sent
from tests.http.world import World

HIDDEN = {"X-API-Key": ""}


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("X-API-Key", "{}"),
        ("Authorization", "Bearer {}"),
        ("Authorization", "bearer {}"),
        ("Authorization", "{}"),
    ],
)
async def test_a_key_comes_in_any_of_three_ways(world: World, header: str, form: str) -> None:
    async with client_of(world, **{header: form.format(world.acme.key)}) as rift:
        assert data_of(await rift.get("/jobs"))["jobs"] == []


async def test_without_a_key_nothing_is_told(rift: httpx.AsyncClient) -> None:
    answer = await rift.get("/jobs", headers=HIDDEN)

    error = refusal_of(answer, 401, "UNAUTHORIZED")
    assert set(error) == {"code", "message"}
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_an_unknown_key_is_told_back_by_its_first_signs(rift: httpx.AsyncClient) -> None:
    answer = await rift.get("/jobs", headers={"X-API-Key": "frc_9k2mabcdefghijklmnopqrstuvwxyz12"})

    error = refusal_of(answer, 401, "INVALID_API_KEY")
    assert error["details"] == {"keyPrefix": "frc_9k2m..."}
    assert answer.json()["requestId"] == answer.headers["x-request-id"]
    assert answer.json()["requestId"].startswith("req_")


async def test_a_key_that_has_ended_is_told_apart(world: World, rift: httpx.AsyncClient) -> None:
    (digest, key) = next(iter(world.store.key_rows.items()))
    world.store.key_rows[digest] = replace(key, expires_at=world.clock.now())

    refusal_of(await rift.get("/jobs"), 401, "API_KEY_EXPIRED")


async def test_a_revoked_key_is_an_invalid_one(world: World, rift: httpx.AsyncClient) -> None:
    (digest, key) = next(iter(world.store.key_rows.items()))
    world.store.key_rows[digest] = replace(key, revoked_at=world.clock.now())

    refusal_of(await rift.get("/jobs"), 401, "INVALID_API_KEY")


async def test_a_key_that_is_switched_off_is_told_apart_until_it_is_on_again(
    world: World, rift: httpx.AsyncClient
) -> None:
    (digest, key) = next(iter(world.store.key_rows.items()))
    world.store.key_rows[digest] = replace(key, disabled_at=world.clock.now())

    error = refusal_of(await rift.get("/jobs"), 401, "API_KEY_DISABLED")

    assert error["details"]["keyPrefix"].endswith("...")


async def test_a_key_without_the_scope_is_forbidden(world: World) -> None:
    key = await world.key(world.acme, [Scope.EXTRACT_WRITE])
    async with client_of(world, **{"X-API-Key": key}) as rift:
        refusal_of(await rift.get("/jobs"), 403, "FORBIDDEN")
        refusal_of(await rift.get("/webhooks"), 403, "FORBIDDEN")
        assert (await sent(rift))["status"] == "pending"


async def test_too_many_requests_are_429_and_say_when_to_come_back(world: World) -> None:
    project = world.acme.project
    world.store.project_rows[project.id] = replace(project, limits=RequestLimits(reads_per_minute=1))
    async with client_of(world, **{"X-API-Key": world.acme.key}) as rift:
        first = await rift.get("/jobs")
        second = await rift.get("/jobs")

    assert (first.headers["x-ratelimit-limit"], first.headers["x-ratelimit-remaining"]) == ("1", "0")
    refusal_of(second, 429, "RATE_LIMIT_EXCEEDED")
    assert int(second.headers["retry-after"]) > 0
    reset = int(second.headers["x-ratelimit-reset"])
    assert 0 < reset - world.clock.now().timestamp() <= 60


@pytest.mark.parametrize(
    "text", ["job_abc123def456", "doc_" + "0" * 24, "0" * 24, "job_%20", "job_" + "x" * 300]
)
async def test_what_is_no_id_is_an_unknown_job(rift: httpx.AsyncClient, text: str) -> None:
    error = refusal_of(await rift.get(f"/jobs/{text}"), 404, "JOB_NOT_FOUND")

    assert error["message"].startswith("Job with ID '")
    assert len(error["message"]) < 150


async def test_what_is_anothers_is_forbidden_and_stays(world: World, rift: httpx.AsyncClient) -> None:
    async with client_of(world, **{"X-API-Key": world.other.key}) as other:
        foreign = await sent(other)

    refusal_of(await rift.get(f"/jobs/{foreign['jobId']}"), 403, "FORBIDDEN")
    refusal_of(await rift.get(f"/documents/{foreign['documentId']}"), 403, "FORBIDDEN")
    refusal_of(await rift.delete(f"/documents/{foreign['documentId']}"), 403, "FORBIDDEN")
    assert foreign["jobId"] not in (await rift.get("/jobs")).text
    async with client_of(world, **{"X-API-Key": world.other.key}) as other:
        assert data_of(await other.get(f"/documents/{foreign['documentId']}"))["status"] == "queued"
