"""Each documented answer: its members, their types, null or not, for every state."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from octavo.app.keys import new_key_text
from octavo.domain.job import JobStatus
from tests.dialects.ocrqueen.stage import BASE, fail, finish, send, sent, vendor_client
from tests.http.world import World, job_id

KEYS = [
    "job_id",
    "status",
    "file_info",
    "created_at",
    "started_at",
    "completed_at",
    "estimated_seconds",
    "status_url",
    "expires_at",
    "document",
    "markdown",
    "cache_hit",
    "error",
]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SDK_KEY = re.compile(r"^pk_(live_|test_)?[A-Za-z0-9_-]{20,128}$")


@pytest.fixture
async def queen(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with vendor_client(world) as client:
        yield client


async def read(client: httpx.AsyncClient, id_: str) -> dict[str, Any]:
    answer = await client.get(f"/v1/jobs/{id_}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.mark.shows("POST /v1/extract")
async def test_an_accepted_job_is_the_whole_object_with_nulls(queen: httpx.AsyncClient) -> None:
    answer = await send(queen, {"extraction_profile": "standard"})

    job = answer.json()
    assert answer.status_code == 202
    assert int(answer.headers["retry-after"]) >= 1
    assert list(job) == KEYS
    assert (job["status"], job["cache_hit"]) == ("queued", False)
    assert job["file_info"] == {"filename": "Bericht.pdf", "size_bytes": 25, "mime_type": "application/pdf"}
    assert job["status_url"] == f"{BASE}/v1/jobs/{job['job_id']}"
    assert [name for name in KEYS if job[name] is None] == [
        "started_at",
        "completed_at",
        "document",
        "markdown",
        "error",
    ]
    assert isinstance(job["estimated_seconds"], int)
    assert job["estimated_seconds"] > 0


@pytest.mark.shows("GET /v1/jobs/{job_id}")
async def test_a_completed_job_has_its_document_and_the_markdown_twice(
    queen: httpx.AsyncClient, world: World
) -> None:
    id_ = await sent(queen)
    world.begin(id_)
    await finish(world, id_)

    answer = await queen.get(f"/v1/jobs/{id_}")

    job = answer.json()
    assert list(job) == KEYS
    assert (job["status"], job["estimated_seconds"], job["error"]) == ("completed", 0, None)
    assert list(job["document"]) == ["source", "extraction", "pages", "markdown"]
    assert job["markdown"] == job["document"]["markdown"]
    assert job["markdown"].startswith("# Sales & growth")
    assert int(answer.headers["content-length"]) == len(answer.content)
    for name in ("created_at", "started_at", "completed_at", "expires_at"):
        assert MOMENT.fullmatch(job[name]), name
    assert "retry-after" not in answer.headers


@pytest.mark.shows("GET /v1/jobs/{job_id}")
async def test_a_job_in_work_says_how_long_it_may_take_and_when_to_ask_again(
    queen: httpx.AsyncClient, world: World
) -> None:
    id_ = await sent(queen)
    world.begin(id_)

    answer = await queen.get(f"/v1/jobs/{id_}")

    job = answer.json()
    assert (job["status"], job["estimated_seconds"], job["document"]) == ("processing", 3, None)
    assert MOMENT.fullmatch(job["started_at"])
    assert answer.headers["retry-after"] == "3"


@pytest.mark.parametrize(
    ("code", "told"),
    [("document_encrypted", "PDF_PASSWORD_PROTECTED"), ("unreadable_document", "UNREADABLE_DOCUMENT")],
)
@pytest.mark.shows("GET /v1/jobs/{job_id}")
async def test_a_failed_job_is_200_and_says_why(
    queen: httpx.AsyncClient, world: World, code: str, told: str
) -> None:
    id_ = await sent(queen)
    fail(world, id_, code)

    job = await read(queen, id_)

    assert job["status"] == "failed"
    assert job["error"] == {"code": told, "message": "It cannot be read."}
    assert (job["document"], job["markdown"]) == (None, None)


@pytest.mark.shows("DELETE /v1/jobs/{job_id}")
async def test_a_cancelled_job_has_an_error_too(queen: httpx.AsyncClient) -> None:
    id_ = await sent(queen)
    answer = await queen.delete(f"/v1/jobs/{id_}")

    job = await read(queen, id_)

    assert (answer.status_code, answer.content) == (204, b"")
    assert (job["status"], job["error"]["code"]) == ("cancelled", "CANCELLED")


@pytest.mark.parametrize("agent", ["ocrqueen-python/0.5.0 httpx/0.28", "ocrqueen-node/0.6.0 node/22"])
@pytest.mark.shows("DELETE /v1/jobs/{job_id}")
async def test_the_vendors_sdks_are_told_the_cancelled_job(queen: httpx.AsyncClient, agent: str) -> None:
    id_ = await sent(queen)

    answer = await queen.delete(f"/v1/jobs/{id_}", headers={"User-Agent": agent})

    assert answer.status_code == 200
    assert list(answer.json()) == KEYS
    assert answer.json()["status"] == "cancelled"


@pytest.mark.shows("GET /v1/jobs")
async def test_the_list_is_newest_first_without_documents_and_goes_on(
    queen: httpx.AsyncClient, world: World
) -> None:
    ids = []
    for _ in range(3):
        ids.append(await sent(queen, {"bypass_cache": True}))
        world.clock.advance(1)
    await finish(world, ids[0])

    first = (await queen.get("/v1/jobs", params={"limit": 2})).json()
    second = (await queen.get("/v1/jobs", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    completed = (await queen.get("/v1/jobs", params={"status": "completed"})).json()
    capped = await queen.get("/v1/jobs", params={"limit": 5000})

    assert list(first) == ["jobs", "next_cursor"]
    assert [job["job_id"] for job in first["jobs"]] == [ids[2], ids[1]]
    assert [job["job_id"] for job in second["jobs"]] == [ids[0]]
    assert second["next_cursor"] is None
    assert list(second["jobs"][0]) == KEYS
    assert second["jobs"][0]["document"] is None
    assert [job["job_id"] for job in completed["jobs"]] == [ids[0]]
    assert capped.status_code == 200


@pytest.mark.shows("POST /v1/jobs/{job_id}/purge")
async def test_a_purged_job_is_a_tombstone(queen: httpx.AsyncClient, world: World) -> None:
    id_ = await sent(queen)
    await finish(world, id_)

    answers = [await queen.post(f"/v1/jobs/{id_}/purge") for _ in range(2)]
    job = await read(queen, id_)

    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b""), (204, b"")]
    assert list(job) == KEYS
    assert (job["status"], job["document"], job["markdown"]) == ("completed", None, None)
    assert job["file_info"]["filename"] is None


@pytest.mark.shows("POST /v1/jobs/{job_id}/purge")
async def test_a_job_in_work_is_cancelled_and_purged(queen: httpx.AsyncClient, world: World) -> None:
    id_ = await sent(queen)
    world.begin(id_)

    answer = await queen.post(f"/v1/jobs/{id_}/purge")

    row = world.store.rows[job_id(id_)]
    assert answer.status_code == 204
    assert row.status is JobStatus.CANCELLED
    assert row.purged_at


@pytest.mark.shows("GET /v1/jobs/{job_id}")
async def test_every_success_says_what_is_left(queen: httpx.AsyncClient, world: World) -> None:
    before = (await queen.get("/v1/jobs")).headers
    id_ = await sent(queen)
    async with vendor_client(world, submits_per_minute=60, reads_per_minute=60) as limited:
        read_, sent_ = await limited.get(f"/v1/jobs/{id_}"), await send(limited)

    assert before["x-usage-pages-this-month"] == "0"
    assert read_.headers["x-usage-pages-this-month"] == "3", "the fake document has three pages"
    assert read_.headers["x-usage-pages-limit"] == "unlimited"
    assert read_.headers["x-ratelimit-limit"] == "60"
    assert read_.headers["x-ratelimit-remaining"] == "59"
    assert read_.headers["x-ratelimit-reset"] == "1"
    assert sent_.headers["x-usage-pages-this-month"] == "6", "with those of this very request"
    assert before["x-ratelimit-limit"] == before["x-ratelimit-remaining"], "no limit, but a number"


@pytest.mark.shows("GET /v1/jobs/{job_id}")
async def test_two_dialects_see_the_same_job(queen: httpx.AsyncClient, world: World) -> None:
    id_ = await sent(queen)
    await finish(world, id_)

    theirs = await read(queen, id_)
    async with world.client() as client:
        ours = (await client.get(f"/v1/jobs/{id_}")).json()
        document = (await client.get(f"/v1/jobs/{id_}/result?format=json")).json()

    assert (theirs["job_id"], theirs["status"]) == (ours["id"], ours["status"])
    for their_page, our_page in zip(theirs["document"]["pages"], document["pages"], strict=True):
        assert [block["id"] for block in their_page["blocks"]] == [b["id"] for b in our_page["blocks"]]
        assert [block["text"] for block in their_page["blocks"]] == [b["text"] for b in our_page["blocks"]]


def test_keys_are_minted_in_the_form_the_sdk_takes() -> None:
    assert all(SDK_KEY.match(new_key_text("pk_live_")) for _ in range(200))
