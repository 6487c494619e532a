"""What is the same for every answer: ids, headers, problems, health, numbers, opening and closing."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from tests.http.world import World, problem_of, submit

from octavo.app.services import Services
from octavo.domain.errors import (
    Conflict,
    DocumentEncrypted,
    DocumentTooLarge,
    EmptyDocument,
    EngineUnavailable,
    Forbidden,
    Gone,
    IdempotencyConflict,
    InvalidRequest,
    LanguageUnavailable,
    NotFound,
    OctavoError,
    PageUnreadable,
    QuotaExceeded,
    SourceRefused,
    SourceUnreachable,
    TemporaryFailure,
    Unauthenticated,
    UnreadableDocument,
    UnsupportedMediaType,
)
from octavo.http.app import create_app
from octavo.http.frame import AnswerBrokeOff
from octavo.http.problems import status_of
from octavo.ports.isolation import ChildDied

STATUSES: dict[type[OctavoError], int] = {
    InvalidRequest: 400,
    UnsupportedMediaType: 415,
    DocumentTooLarge: 413,
    EmptyDocument: 400,
    LanguageUnavailable: 400,
    EngineUnavailable: 400,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Gone: 410,
    Conflict: 409,
    IdempotencyConflict: 409,
    QuotaExceeded: 429,
    SourceRefused: 400,
    SourceUnreachable: 422,
    UnreadableDocument: 422,
    DocumentEncrypted: 422,
    PageUnreadable: 422,
    TemporaryFailure: 503,
    ChildDied: 500,
}


@pytest.mark.parametrize(("kind", "status"), STATUSES.items())
def test_every_error_has_its_status(kind: type[OctavoError], status: int) -> None:
    assert status_of(kind("words")) == status


def test_no_error_of_the_domain_is_forgotten() -> None:
    def below(kind: type[OctavoError]) -> set[type[OctavoError]]:
        return {kind}.union(*(below(child) for child in kind.__subclasses__()))

    ours = {kind for kind in below(OctavoError) if kind.__module__ == "octavo.domain.errors"}

    assert ours - {OctavoError} <= STATUSES.keys()


@pytest.mark.parametrize("kind", STATUSES)
async def test_every_error_becomes_a_problem(
    world: World, client: httpx.AsyncClient, kind: type[OctavoError]
) -> None:
    job = await submit(client)
    world.store.failure = kind("Words that are safe.", limit=7, status="told")

    answer = await client.get(f"/v1/jobs/{job['id']}")

    status = STATUSES[kind]
    problem = problem_of(answer, status, "internal_error" if status == 500 else kind.code)
    assert problem["retryable"] is kind.retryable
    assert ("retry-after" in answer.headers) is (status in {429, 503})
    if status == 500:
        assert "Words" not in answer.text
    else:
        assert problem["detail"] == "Words that are safe."
        assert (problem["limit"], problem["job_status"]) == (7, "told")


async def test_an_unexpected_error_leaks_nothing(
    world: World, client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    job = await submit(client)
    world.store.failure = RuntimeError("select secret from /var/lib/octavo")

    with caplog.at_level(logging.ERROR):
        answer = await client.get(f"/v1/jobs/{job['id']}")

    problem = problem_of(answer, 500, "internal_error")
    assert "secret" not in answer.text
    assert "secret" not in caplog.text, "a message may quote a document"
    assert problem["request_id"] in caplog.text
    assert "RuntimeError" in caplog.text
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_an_answer_that_breaks_off_says_nothing_more(world: World) -> None:
    async def broken(*_: object, **__: object) -> AsyncIterator[bytes]:
        yield b"first"
        raise RuntimeError("select secret")

    async with world.client() as client:
        job = await submit(client)
    world.blobs.read = broken  # type: ignore[method-assign]
    transport = httpx.ASGITransport(world.app, raise_app_exceptions=True)
    headers = {"X-API-Key": world.acme.key}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://octavo.test", headers=headers
    ) as client:
        with pytest.raises(AnswerBrokeOff) as caught:
            await client.get(f"/v1/jobs/{job['id']}/source")

    assert caught.value.__suppress_context__


async def test_unknown_paths_and_wrong_methods_are_problems(client: httpx.AsyncClient) -> None:
    unknown = await client.get("/v2/jobs")
    slash = await client.get("/v1/jobs/")
    jobs = await client.put("/v1/jobs")
    job = await client.patch(f"/v1/jobs/{'0' * 24}")
    result = await client.post(f"/v1/jobs/{'0' * 24}/result")

    problem_of(unknown, 404, "not_found")
    problem_of(slash, 404, "not_found")
    problem_of(jobs, 405, "method_not_allowed")
    assert jobs.headers["allow"] == "GET, POST"
    assert job.headers["allow"] == "GET, HEAD, DELETE"
    assert (await client.delete("/v1/jobs/stats")).headers["allow"] == "GET"
    assert result.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/", "/healthz", "/v1/jobs", "/v1/nothing", "/v1/jobs/nonsense"])
async def test_every_answer_has_its_id_and_is_private(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    named = await client.get(path, headers={"X-Request-Id": "trace-17"})
    strange = await client.get(path, headers={"X-Request-Id": "a b\tc"})

    assert answer.headers["x-request-id"].startswith("req_")
    assert named.headers["x-request-id"] == "trace-17"
    assert strange.headers["x-request-id"].startswith("req_")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in answer.headers


async def test_health_needs_no_key_and_tells_no_secrets(world: World) -> None:
    async with world.client(None) as nobody:
        alive = await nobody.get("/healthz")
        ready = await nobody.get("/readyz")
        root = await nobody.get("/")

    assert alive.json() == {"status": "ok"}
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")
    assert root.json()["openapi"] == "/openapi.json"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
async def test_monitors_may_look_without_taking_anything(world: World, path: str) -> None:
    async with world.client(None) as nobody:
        looked, other = await nobody.head(path), await nobody.put(path)

    assert looked.status_code == 200
    assert set(other.headers["allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize("part", ["database", "blobs"])
async def test_a_part_out_of_reach_makes_it_unready(world: World, part: str) -> None:
    failure = TemporaryFailure("password=hunter2 at db.internal")
    if part == "database":
        world.store.failure = failure
    else:
        world.blobs.failure = failure

    async with world.client(None) as nobody:
        answer = await nobody.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"][part] == "unreachable"
    assert "hunter2" not in answer.text


async def test_numbers_are_told_by_route_and_not_by_id(world: World, client: httpx.AsyncClient) -> None:
    job = await submit(client)
    await client.get(f"/v1/jobs/{job['id']}")
    await client.get("/nowhere")

    numbers = (await client.get("/metrics")).text

    assert 'octavo_http_requests_total{method="GET",route="/v1/jobs/{job_id}",status="200"} 1.0' in numbers
    assert 'octavo_http_requests_total{method="POST",route="/v1/jobs",status="202"} 1.0' in numbers
    assert 'octavo_http_requests_total{method="GET",route="unknown",status="404"} 1.0' in numbers
    assert "octavo_queue_depth 4.0" in numbers
    assert job["id"] not in numbers


async def test_services_are_opened_with_the_server_and_closed_with_it(world: World) -> None:
    told: list[str] = []

    @asynccontextmanager
    async def open_services() -> AsyncIterator[Services]:
        told.append("opened")
        yield world.services
        told.append("closed")

    world.app = create_app(open_services)
    async with world.client() as client:
        early = await client.get("/readyz")
        refused = await client.get("/v1/jobs")
        async with world.app.router.lifespan_context(world.app):
            ready = await client.get("/readyz")
            assert told == ["opened"]
        late = await client.get("/v1/jobs")

    assert (early.status_code, ready.status_code) == (503, 200)
    assert told == ["opened", "closed"]
    for answer in (refused, late):
        assert problem_of(answer, 503, "temporary_failure")["retryable"] is True


async def test_a_body_that_is_no_object_is_told_so_without_a_name_of_ours(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/templates", json=[1])

    problem = problem_of(answer, 422, "validation_failed")
    assert problem["errors"][0]["message"] == "must be an object"
    assert "instance of" not in answer.text
