"""Every documented code, with its status."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from octavo.dialects.ocrqueen.inbound import MAX_FILE_BYTES
from octavo.domain.tenancy import Scope
from tests.dialects.ocrqueen.stage import detail_of, fail, finish, send, sent, vendor_client
from tests.http.world import MAX_BYTES, PDF, World


@pytest.fixture
async def queen(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with vendor_client(world) as client:
        yield client


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"hello", "UNSUPPORTED_FILE_TYPE"),
        (b"", "EMPTY_FILE"),
        (b"%PDF empty", "EMPTY_FILE"),
        (PDF + b" " * MAX_BYTES, "FILE_TOO_LARGE"),
        (b"CRASH", "UNREADABLE_DOCUMENT"),
    ],
)
@pytest.mark.shows("POST /v1/extract")
async def test_a_file_that_cannot_be_taken_is_400(
    queen: httpx.AsyncClient, world: World, content: bytes, code: str
) -> None:
    answer = await send(queen, content=content)

    assert detail_of(answer, 400) == code
    assert world.blobs.content == {}, "nothing of it is kept"


@pytest.mark.shows("POST /v1/extract")
async def test_a_file_over_the_vendors_limit_is_refused_by_its_announced_size(world: World) -> None:
    limits = replace(world.services.policy.limits, max_bytes=10 * MAX_FILE_BYTES)
    world.services = replace(world.services, policy=replace(world.services.policy, limits=limits))
    async with vendor_client(world) as client:
        size = {
            "Content-Length": str(MAX_FILE_BYTES + 2**21),
            "Content-Type": "multipart/form-data; boundary=b",
        }
        answer = await client.post("/v1/extract", content=b"", headers=size)

    assert detail_of(answer, 400) == "FILE_TOO_LARGE"
    assert str(100 * 2**20) in answer.json()["detail"]


@pytest.mark.parametrize("options", ["{", "[]", '"standard"', "1"])
@pytest.mark.shows("POST /v1/extract")
async def test_options_that_are_no_json_object(queen: httpx.AsyncClient, world: World, options: str) -> None:
    answer = await queen.post("/v1/extract", data={"options": options}, files={"file": ("a.pdf", PDF)})

    assert detail_of(answer, 400) == "INVALID_OPTIONS_JSON"
    assert world.blobs.content == {}


@pytest.mark.parametrize(
    "options",
    [
        {"retain_hours": 169},
        {"retain_hours": -1},
        {"result_retain_hours": "long"},
        {"include_layout": "perhaps"},
        {"storage_destination_id": "dst_1"},
        {"callback_url": "ftp://hooks.test/"},
        {"callback_url": "http://hooks.test/"},
        {"callback_url": "https://machine.internal/"},
        {"extraction_profile": "perfect"},
        {"colour": "red"},
    ],
)
@pytest.mark.shows("POST /v1/extract")
async def test_an_option_that_cannot_be_met_is_named(
    queen: httpx.AsyncClient, world: World, options: dict[str, Any]
) -> None:
    answer = await send(queen, options)

    assert detail_of(answer, 400) == "INVALID_OPTIONS"
    assert answer.json()["detail"].startswith(f"INVALID_OPTIONS: {next(iter(options))}: ")
    assert world.blobs.content == {}


@pytest.mark.parametrize(
    "request_",
    [{"data": {"sync": "x"}, "files": {"file": ("a.pdf", PDF)}}, {"data": {"a": "b"}}, {"json": {}}],
)
@pytest.mark.shows("POST /v1/extract")
async def test_a_form_of_the_wrong_shape_is_422(queen: httpx.AsyncClient, request_: dict[str, Any]) -> None:
    assert detail_of(await queen.post("/v1/extract", **request_), 422) == "VALIDATION_ERROR"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({}, "MISSING_API_KEY"),
        ({"X-API-Key": "pk_live_" + "x" * 43}, "MISSING_API_KEY"),
        ({"Authorization": "Basic abc"}, "INVALID_AUTH_FORMAT"),
        ({"Authorization": "pk_live_" + "x" * 43}, "INVALID_AUTH_FORMAT"),
        ({"Authorization": "Bearer "}, "INVALID_AUTH_FORMAT"),
        ({"Authorization": "Bearer pk_live_" + "x" * 43}, "INVALID_API_KEY"),
    ],
)
@pytest.mark.shows("GET /v1/jobs/{job_id}")
async def test_three_ways_to_have_no_key(world: World, header: dict[str, str], code: str) -> None:
    async with vendor_client(world) as client:
        del client.headers["Authorization"]
        answer = await client.get("/v1/jobs/job_1", headers=header)

    assert detail_of(answer, 401) == code
    assert "x-usage-pages-this-month" not in answer.headers


@pytest.mark.shows(
    "POST /v1/extract", "GET /v1/jobs", "DELETE /v1/jobs/{job_id}", "POST /v1/jobs/{job_id}/purge"
)
async def test_what_a_key_may_not_do(world: World) -> None:
    async with vendor_client(world) as client:
        id_ = await sent(client)
    reader = await world.key(world.acme, [Scope.JOBS_READ])
    sender = await world.key(world.acme, [Scope.EXTRACT_WRITE])

    async with vendor_client(world, reader) as client:
        refused = [
            await send(client),
            await client.delete(f"/v1/jobs/{id_}"),
            await client.post(f"/v1/jobs/{id_}/purge"),
        ]
        assert (await client.get(f"/v1/jobs/{id_}")).status_code == 200
    async with vendor_client(world, sender) as client:
        refused += [await client.get("/v1/jobs"), await client.get(f"/v1/jobs/{id_}")]

    assert {detail_of(answer, 403) for answer in refused} == {"INSUFFICIENT_SCOPE"}


@pytest.mark.shows("DELETE /v1/jobs/{job_id}")
async def test_whoever_may_send_may_stop_and_not_purge(world: World) -> None:
    async with vendor_client(world, await world.key(world.acme, [Scope.EXTRACT_WRITE])) as client:
        id_ = await sent(client)
        purged = await client.post(f"/v1/jobs/{id_}/purge")
        stopped = await client.delete(f"/v1/jobs/{id_}")
        again = await client.delete(f"/v1/jobs/{id_}")

    assert detail_of(purged, 403) == "INSUFFICIENT_SCOPE"
    assert stopped.status_code == 204
    assert detail_of(again, 409) == "JOB_ALREADY_CANCELLED"


@pytest.mark.shows("DELETE /v1/jobs/{job_id}")
async def test_what_has_ended_cannot_be_cancelled(queen: httpx.AsyncClient, world: World) -> None:
    done, failed, cancelled = [await sent(queen, {"bypass_cache": True}) for _ in range(3)]
    await finish(world, done)
    fail(world, failed, "unreadable_document")
    await queen.delete(f"/v1/jobs/{cancelled}")

    codes = [detail_of(await queen.delete(f"/v1/jobs/{id_}"), 409) for id_ in (done, failed, cancelled)]

    assert codes == ["JOB_ALREADY_COMPLETED", "JOB_ALREADY_FAILED", "JOB_ALREADY_CANCELLED"]


@pytest.mark.shows("GET /v1/jobs/{job_id}", "DELETE /v1/jobs/{job_id}", "POST /v1/jobs/{job_id}/purge")
async def test_anothers_job_is_as_unknown_as_none(queen: httpx.AsyncClient, world: World) -> None:
    async with vendor_client(world, world.other.key) as other:
        foreign = await sent(other)

    for id_ in (foreign, "job_0123", "5f8a"):
        for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/purge")):
            answer = await queen.request(method, f"/v1/jobs/{id_}{path}")
            assert detail_of(answer, 404) == "JOB_NOT_FOUND"


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("status=done", 422, "VALIDATION_ERROR"),
        ("limit=many", 422, "VALIDATION_ERROR"),
        ("cursor=x", 400, "INVALID_REQUEST"),
    ],
)
@pytest.mark.shows("GET /v1/jobs")
async def test_a_list_that_cannot_be_made(
    queen: httpx.AsyncClient, query: str, status: int, code: str
) -> None:
    assert detail_of(await queen.get(f"/v1/jobs?{query}"), status) == code


@pytest.mark.shows("POST /v1/extract")
async def test_too_many_requests_say_when_to_come_again(world: World) -> None:
    async with vendor_client(world, submits_per_minute=1) as client:
        await send(client)
        answer = await send(client)

    assert detail_of(answer, 429) == "RATE_LIMITED"
    assert answer.headers["retry-after"] == "60"
    assert (answer.headers["x-ratelimit-limit"], answer.headers["x-ratelimit-remaining"]) == ("1", "0")


@pytest.mark.shows("POST /v1/extract")
async def test_pages_that_are_used_up_are_a_balance_that_is_too_small(
    queen: httpx.AsyncClient, world: World
) -> None:
    project = world.acme.project
    world.store.project_rows[project.id] = replace(project, pages_per_month=4)

    first, second = await send(queen), await send(queen, {"bypass_cache": True})

    assert first.headers["x-usage-pages-limit"] == "4"
    assert detail_of(second, 402) == "INSUFFICIENT_BALANCE"
    assert second.headers["x-wallet-balance-cents"] == "0"


@pytest.mark.shows("GET /v1/jobs")
async def test_no_path_redirects(queen: httpx.AsyncClient) -> None:
    for path in ("/v1/jobs/", "/v1/extract/", "/v1/keys", "/"):
        answer = await queen.get(path)
        assert answer.status_code in {404, 405}, path
