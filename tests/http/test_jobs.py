"""Reading and changing jobs: status, long poll, list, numbers, cancel, retry, purge."""

import asyncio

import httpx
import pytest
from tests.http.world import World, job_id, problem_of, submit

from octavo.domain.errors import TemporaryFailure
from octavo.domain.tenancy import Tenant

NOBODY = "job_" + "0" * 24


async def test_a_status_shows_everything_but_the_password(world: World, client: httpx.AsyncClient) -> None:
    job = await submit(client, b"LOCKED", password="sesame", metadata='{"case": "A-1"}')
    world.begin(job["id"])
    world.clock.advance(2)
    await world.read_page(job["id"], 1)

    answer = await client.get(f"/v1/jobs/{job['id']}")

    told = answer.json()
    assert answer.status_code == 200
    assert answer.headers["retry-after"] == "1"
    assert told["status"] == "processing"
    assert told["stage"] == "reading"
    assert told["progress"] == {
        "stage": "reading",
        "percent": 33,
        "pages_done": 1,
        "pages_failed": 0,
        "pages_total": 3,
        "pages_per_s": 0.5,
        "eta_s": 4.0,
        "queue_position": None,
    }
    assert told["metadata"] == {"case": "A-1"}
    assert told["created_at"] == "2026-11-22T04:00:00Z"
    assert told["source_expires_at"] == "2026-11-22T05:00:00Z"
    assert told["engine"]["name"] == "paper"
    assert told["links"]["result"] is None
    assert "sesame" not in answer.text


async def test_an_id_may_leave_its_prefix_out(client: httpx.AsyncClient) -> None:
    job = await submit(client)

    answer = await client.get(f"/v1/jobs/{job['id'].removeprefix('job_')}")

    assert answer.json()["id"] == job["id"]


async def test_an_etag_saves_the_second_reading(world: World, client: httpx.AsyncClient) -> None:
    job = await submit(client)
    first = await client.get(f"/v1/jobs/{job['id']}")

    same = await client.get(f"/v1/jobs/{job['id']}", headers={"If-None-Match": first.headers["etag"]})
    world.begin(job["id"])
    changed = await client.get(f"/v1/jobs/{job['id']}", headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["etag"].startswith('W/"')
    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["etag"] == first.headers["etag"]
    assert changed.status_code == 200


async def test_a_completed_job_is_read_once_for_many_polls(world: World, client: httpx.AsyncClient) -> None:
    job = await submit(client)
    await world.complete(job["id"])
    await client.get(f"/v1/jobs/{job['id']}")
    reads = world.store.job_reads

    again = await client.get(f"/v1/jobs/{job['id']}?wait=5")
    async with world.client(world.other.key) as foreign:
        hidden = await foreign.get(f"/v1/jobs/{job['id']}")
    world.clock.advance(2)
    await client.get(f"/v1/jobs/{job['id']}")

    assert again.json()["status"] == "completed"
    assert "retry-after" not in again.headers
    problem_of(hidden, 404, "not_found")
    assert world.store.job_reads == reads + 2, "the foreign key's look, and one after the moment passed"


async def test_what_may_change_again_is_never_remembered(world: World, client: httpx.AsyncClient) -> None:
    job = await submit(client)
    world.fail(job["id"])
    failed = await client.get(f"/v1/jobs/{job['id']}")

    everything = Tenant(world.acme.organization.id, None)
    await world.store.tenant(everything).retry_job(job_id(job["id"]))
    retried = await client.get(f"/v1/jobs/{job['id']}")

    assert failed.json()["error"]["code"] == "unreadable_document"
    assert retried.json()["status"] == "queued"
    assert retried.json()["attempt"] == 2


async def test_a_long_poll_ends_with_the_job(world: World, client: httpx.AsyncClient) -> None:
    job = await submit(client)

    async def finish() -> None:
        while not world.notifier.waiting:  # noqa: ASYNC110 -- the fake has no event for "somebody waits"
            await asyncio.sleep(0)
        await world.complete(job["id"])

    worker = asyncio.create_task(finish())
    answer = await client.get(f"/v1/jobs/{job['id']}?wait=60")
    await worker

    assert answer.json()["status"] == "completed"


@pytest.mark.parametrize("wait", ["soon", "-1", "1.5", "9999999", "٣"])
async def test_a_strange_wait_is_refused(client: httpx.AsyncClient, wait: str) -> None:
    job = await submit(client)

    problem = problem_of(
        await client.get(f"/v1/jobs/{job['id']}", params={"wait": wait}), 422, "validation_failed"
    )
    assert problem["errors"][0]["location"] == "query.wait"


async def test_a_list_is_walked_by_cursor_in_both_orders(world: World, client: httpx.AsyncClient) -> None:
    made = []
    for _ in range(5):
        world.clock.advance(1)
        made.append((await submit(client, bypass_cache="true"))["id"])

    newest = await _walk(client, order="newest", limit="2")
    oldest = await _walk(client, order="oldest", limit="2")

    assert newest == made[::-1]
    assert oldest == made


async def test_filters_are_joined(world: World, client: httpx.AsyncClient) -> None:
    first = await submit(client, metadata='{"case": "A"}', filename="Invoice May.pdf")
    world.clock.advance(3600)
    second = await submit(client, metadata='{"case": "B"}', bypass_cache="true")
    world.begin(second["id"])

    async def ids(**params: str) -> list[str]:
        answer = await client.get("/v1/jobs", params=params)
        assert answer.status_code == 200, answer.text
        return [job["id"] for job in answer.json()["jobs"]]

    assert await ids(status="processing") == [second["id"]]
    assert await ids(status="queued,processing") == [second["id"], first["id"]]
    assert await ids(q="invoice") == [first["id"]]
    assert await ids(created_from="2026-11-22T04:30:00Z") == [second["id"]]
    assert await ids(created_before="2026-11-22T04:30:00Z") == [first["id"]]
    assert await ids(created_before="0001-01-01T00:00:00Z") == []
    assert await ids(created_from="9999-12-31T23:59:59-23:59") == []
    assert await ids(created_before="9999-12-31T23:59:59-23:59") == [second["id"], first["id"]]
    assert await ids(**{"metadata.case": "A"}) == [first["id"]]
    assert await ids(**{"metadata.case": "A", "status": "processing"}) == []
    assert await ids(media_type="application/pdf", engine="paper", limit="1") == [second["id"]]
    assert await ids(engine="abacus") == []


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        ({"cursor": "nonsense!"}, 400, "invalid_request"),
        ({"cursor": "Zm9vOmJhcg"}, 400, "invalid_request"),
        ({"cursor": "am9icy1uZXdlc3Q6eA"}, 400, "invalid_request"),
        ({"limit": "0"}, 422, "validation_failed"),
        ({"limit": "201"}, 422, "validation_failed"),
        ({"status": "done"}, 422, "validation_failed"),
        ({"order": "random"}, 422, "validation_failed"),
        ({"created_from": "2026-11-22T00:00:00"}, 422, "validation_failed"),
        ({"q": "\0"}, 400, "invalid_request"),
        ({"metadata.a": "\0"}, 400, "invalid_request"),
        ({f"metadata.{n}": "x" for n in range(9)}, 400, "invalid_request"),
    ],
)
async def test_a_wrong_list_request_is_refused(
    client: httpx.AsyncClient, params: dict[str, str], status: int, code: str
) -> None:
    problem_of(await client.get("/v1/jobs", params=params), status, code)


async def test_a_cursor_of_one_order_is_refused_by_the_other(world: World, client: httpx.AsyncClient) -> None:
    await submit(client)
    cursor = (await client.get("/v1/jobs?limit=1&order=oldest")).json()["next_cursor"]

    problem_of(await client.get("/v1/jobs", params={"cursor": cursor}), 400, "invalid_request")


async def test_numbers_come_from_counters(client: httpx.AsyncClient) -> None:
    await submit(client)

    stats = (await client.get("/v1/jobs/stats?days=7")).json()

    assert stats["by_status"]["queued"] == 1
    assert stats["totals"] == {"submitted": 1}
    assert stats["days"] == [{"day": "2026-11-22", "counts": {"submitted": 7}}]


async def test_a_job_is_cancelled_once(client: httpx.AsyncClient) -> None:
    job = await submit(client)

    first = await client.delete(f"/v1/jobs/{job['id']}")
    again = await client.delete(f"/v1/jobs/{job['id']}")

    assert (first.status_code, first.json()["status"]) == (200, "cancelled")
    assert problem_of(again, 409, "conflict")["job_status"] == "cancelled"


async def test_a_failed_job_gets_another_attempt(world: World, client: httpx.AsyncClient) -> None:
    job = await submit(client)
    early = await client.post(f"/v1/jobs/{job['id']}/retry")
    world.fail(job["id"])

    answer = await client.post(f"/v1/jobs/{job['id']}/retry")

    problem_of(early, 409, "conflict")
    assert answer.status_code == 202
    assert answer.headers["location"] == f"/v1/jobs/{job['id']}"
    assert answer.json()["attempt"] == 2


async def test_a_purge_leaves_a_tombstone_and_nothing_else(world: World, client: httpx.AsyncClient) -> None:
    job = await submit(client)
    early = await client.post(f"/v1/jobs/{job['id']}/purge")
    await world.complete(job["id"])
    await client.get(f"/v1/jobs/{job['id']}")

    answer = await client.post(f"/v1/jobs/{job['id']}/purge")
    again = await client.post(f"/v1/jobs/{job['id']}/purge")
    told = (await client.get(f"/v1/jobs/{job['id']}")).json()

    problem_of(early, 409, "conflict")
    assert (answer.status_code, again.status_code) == (200, 200)
    assert not world.blobs.content
    assert told["filename"] is None, "a remembered answer must not outlive the purge"
    assert told["purged_at"] is not None
    assert told["source_deleted"] is told["result_deleted"] is True
    for part in ("result", "source", "pages", "pages/1"):
        problem_of(await client.get(f"/v1/jobs/{job['id']}/{part}"), 410, "gone")


@pytest.mark.parametrize("id_", [NOBODY, "job_xyz", "file_" + "0" * 24, "0" * 23, "%00", "job_" + "A" * 24])
async def test_an_id_of_nothing_is_a_404(client: httpx.AsyncClient, id_: str) -> None:
    for method, path in (
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/retry"),
        ("POST", "/purge"),
        ("GET", "/result"),
        ("GET", "/pages"),
        ("GET", "/pages/1"),
        ("GET", "/source"),
        ("GET", "/events"),
    ):
        problem_of(await client.request(method, f"/v1/jobs/{id_}{path}"), 404, "not_found")


async def test_a_database_out_of_reach_is_told_as_such(world: World, client: httpx.AsyncClient) -> None:
    job = await submit(client)
    world.store.failure = TemporaryFailure("The database cannot be reached.")

    answer = await client.get(f"/v1/jobs/{job['id']}")

    assert problem_of(answer, 503, "temporary_failure")["retryable"] is True
    assert answer.headers["retry-after"] == "2"


async def _walk(client: httpx.AsyncClient, **params: str) -> list[str]:
    found: list[str] = []
    cursor: str | None = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = (await client.get("/v1/jobs", params={**params, **more})).json()
        found += [job["id"] for job in page["jobs"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return found
