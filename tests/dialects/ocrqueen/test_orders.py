"""What can be asked for with a document, and what becomes of it."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from octavo.dialects.ocrqueen.inbound import order_of
from octavo.domain.job import NO_FIELDS, Job, JobStatus, Profile
from octavo.domain.tenancy import Scope
from tests.dialects.ocrqueen.stage import detail_of, finish, send, sent, vendor_client
from tests.http.world import PDF, World, job_id


@pytest.fixture
async def queen(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with vendor_client(world) as client:
        yield client


def row(world: World, public_id: str) -> Job:
    return world.store.rows[job_id(public_id)]


async def document_of(client: httpx.AsyncClient, id_: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = (await client.get(f"/v1/jobs/{id_}")).json()["document"]
    return found


def blocks(document: dict[str, Any] | None) -> list[dict[str, Any]]:
    assert document is not None
    return [block for page in document["pages"] for block in page["blocks"]]


@pytest.mark.shows("POST /v1/extract")
async def test_without_options_a_document_is_kept_for_a_day_and_read_plainly(
    queen: httpx.AsyncClient, world: World
) -> None:
    job = row(world, await sent(queen))

    assert job.options.profile is Profile.STANDARD
    assert job.options.document_type == NO_FIELDS
    assert job.source_expires_at - job.created_at == timedelta(hours=24)


@pytest.mark.shows("POST /v1/extract")
async def test_options_may_stand_behind_the_file(queen: httpx.AsyncClient, world: World) -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    tail = (
        b'\r\n--b\r\nContent-Disposition: form-data; name="options"\r\n\r\n{"retain_hours": 2}\r\n--b--\r\n'
    )
    kind = {"Content-Type": "multipart/form-data; boundary=b"}

    answer = await queen.post("/v1/extract", content=head + PDF + tail, headers=kind)

    job = row(world, answer.json()["job_id"])
    assert answer.status_code == 202
    assert job.source_expires_at - job.created_at == timedelta(hours=2)


@pytest.mark.parametrize("options", [{"domain": "patent"}, {"domain": None}, {"extraction_profile": None}])
@pytest.mark.shows("POST /v1/extract")
async def test_options_of_other_generations_are_taken(
    queen: httpx.AsyncClient, options: dict[str, Any]
) -> None:
    assert (await send(queen, options)).status_code == 202


@pytest.mark.shows("POST /v1/extract")
async def test_the_advanced_profile_is_ours_and_shows_places(queen: httpx.AsyncClient, world: World) -> None:
    id_ = await sent(queen, {"extraction_profile": "advanced"})
    await finish(world, id_)

    assert row(world, id_).options.profile is Profile.ADVANCED
    assert any(block["bbox"] for block in blocks(await document_of(queen, id_)))


@pytest.mark.parametrize(("wish", "shown"), [(True, True), (False, False), (None, False)])
@pytest.mark.shows("POST /v1/extract")
async def test_places_are_shown_on_demand(
    queen: httpx.AsyncClient, world: World, wish: bool | None, shown: bool
) -> None:
    id_ = await sent(queen, {} if wish is None else {"include_layout": wish})
    await finish(world, id_)

    assert any(block["bbox"] for block in blocks(await document_of(queen, id_))) == shown


@pytest.mark.parametrize(
    ("options", "has_url", "has_bytes"),
    [({}, True, False), ({"retain_hours": 0, "result_retain_hours": 1}, False, True)],
)
@pytest.mark.shows("POST /v1/extract")
async def test_a_picture_has_an_address_or_its_bytes(
    queen: httpx.AsyncClient, world: World, options: dict[str, Any], has_url: bool, has_bytes: bool
) -> None:
    id_ = await sent(queen, options)
    await finish(world, id_)

    image = next(block for block in blocks(await document_of(queen, id_)) if block["type"] == "image")
    assert (image["url"] is not None, image["image_b64"] is not None) == (has_url, has_bytes)


@pytest.mark.shows("POST /v1/extract")
async def test_pictures_that_are_not_wanted_are_dropped(queen: httpx.AsyncClient, world: World) -> None:
    id_ = await sent(queen, {"preserve_images": False})
    await finish(world, id_)

    document = await document_of(queen, id_)
    image = next(block for block in blocks(document) if block["type"] == "image")
    assert (image["url"], image["image_b64"]) == (None, None)
    assert document is not None
    assert "/images/" not in document["markdown"]


@pytest.mark.parametrize(
    ("options", "source_h", "result_h"),
    [
        ({"retain_hours": 5}, 5, 5),
        ({"retain_hours": 168, "result_retain_hours": 1}, 168, 1),
        ({"retain_hours": 3, "result_retain_hours": None}, 3, 3),
        ({"retain_hours": 0, "result_retain_hours": 0}, 0, 0),
        ({"retain_hours": 0}, 0, 0),
    ],
)
def test_there_are_two_clocks(options: dict[str, Any], source_h: int, result_h: int) -> None:
    order = order_of({"options": [json.dumps(options)]}, {})

    assert (order.source_retention_s, order.result_retention_s) == (source_h * 3600, result_h * 3600)


def test_a_result_for_no_hours_stays_for_the_answer_that_waits_for_it() -> None:
    order = order_of({"options": ['{"retain_hours": 0}'], "sync": ["true"]}, {})

    assert 0 < order.result_retention_s <= 60


@pytest.mark.parametrize(("text", "seconds"), [("0", 1), ("-4", 1), ("7", 7), ("30", 30), ("900", 30)])
def test_the_wait_is_clamped(text: str, seconds: int) -> None:
    assert order_of({"sync_timeout_seconds": [text]}, {}).wait_s == seconds


@pytest.mark.parametrize("text", ["true", "TRUE", "1", "on", "yes"])
def test_sync_is_a_field_or_in_the_query(text: str) -> None:
    assert order_of({"sync": [text]}, {}).is_sync
    assert order_of({}, {"sync": text}).is_sync
    assert not order_of({"sync": ["false"]}, {"sync": text}).is_sync
    assert not order_of({}, {}).is_sync


@pytest.mark.parametrize("query", ["", "?sync=true"])
@pytest.mark.shows("POST /v1/extract")
async def test_a_sync_request_is_answered_when_the_job_has_ended(world: World, query: str) -> None:
    async with vendor_client(world) as client:
        fields = {} if query else {"sync": "true"}
        sending = asyncio.create_task(
            client.post(f"/v1/extract{query}", data=fields, files={"file": ("a.pdf", PDF)})
        )
        while not world.notifier.waiting:  # noqa: ASYNC110 -- the fake has no event for "somebody waits"
            await asyncio.sleep(0)
        [id_] = world.store.rows
        await finish(world, f"job_{id_}")
        world.notifier.tell(id_)
        answer = await sending

    assert answer.status_code == 200
    assert answer.json()["status"] == "completed"
    assert answer.json()["document"]["pages"]
    assert "retry-after" not in answer.headers


@pytest.mark.shows("POST /v1/extract")
async def test_a_sync_request_that_runs_over_is_accepted(world: World) -> None:
    async with vendor_client(world, max_wait_s=0) as client:
        answer = await send(client, sync="true")

    assert answer.status_code == 202
    assert answer.json()["status"] == "queued"
    assert answer.headers["retry-after"]


@pytest.mark.shows("POST /v1/extract")
async def test_the_same_bytes_come_from_the_cache_at_once(queen: httpx.AsyncClient, world: World) -> None:
    first = await sent(queen)
    await finish(world, first)

    again = await send(queen, name="Other.pdf")
    anew = await send(queen, {"bypass_cache": True})

    assert again.status_code == 200
    assert again.json()["cache_hit"] is True
    assert again.json()["job_id"] != first
    assert again.json()["document"]["pages"]
    assert again.json()["document"]["source"]["filename"] == "Other.pdf", "not as it was first called"
    assert (anew.status_code, anew.json()["cache_hit"]) == (202, False)


@pytest.mark.shows("POST /v1/extract")
async def test_an_idempotency_key_gives_the_first_job_again(queen: httpx.AsyncClient, world: World) -> None:
    header = {"Idempotency-Key": "order 42/a"}
    first, second = [(await send(queen, headers=header)).json()["job_id"] for _ in range(2)]
    other = await send(queen, {"retain_hours": 1}, headers=header)

    assert first == second
    assert len(world.store.rows) == 1
    assert detail_of(other, 409) == "IDEMPOTENCY_CONFLICT"


@pytest.mark.shows("POST /v1/extract")
async def test_a_document_that_cannot_be_opened_is_a_job_all_the_same(
    queen: httpx.AsyncClient, world: World
) -> None:
    for content in (b"LOCKED", b"BROKEN"):
        answer = await send(queen, content=content)
        job = row(world, answer.json()["job_id"])
        assert answer.status_code == 202
        assert (job.status, job.page_count, job.media_type) == (JobStatus.QUEUED, 0, "application/pdf")


@pytest.mark.shows("POST /v1/extract")
async def test_a_key_that_may_only_send_is_not_told_a_document(world: World) -> None:
    async with vendor_client(world) as client:
        await finish(world, await sent(client))
    key = await world.key(world.acme, [Scope.EXTRACT_WRITE])

    async with vendor_client(world, key) as client:
        answer = await send(client, sync="true")

    assert answer.status_code == 202
    assert (answer.json()["cache_hit"], answer.json()["document"]) == (True, None)


@pytest.mark.shows("GET /v1/jobs/{job_id}")
async def test_a_result_whose_time_is_over_is_null(queen: httpx.AsyncClient, world: World) -> None:
    id_ = await sent(queen)
    await finish(world, id_, result_s=60)

    during = await document_of(queen, id_)
    world.clock.advance(61)

    assert during is not None
    assert await document_of(queen, id_) is None


@pytest.mark.shows("GET /v1/jobs/{job_id}/images/{block_id}", "GET /v1/jobs/{job_id}/figures/{index}")
async def test_pictures_are_served_by_their_block_and_by_number(
    queen: httpx.AsyncClient, world: World
) -> None:
    id_ = await sent(queen)
    await finish(world, id_)
    pictured = [block for block in blocks(await document_of(queen, id_)) if block["type"] == "image"]

    by_url = await queen.get(pictured[0]["url"])
    by_number = await queen.get(f"/v1/jobs/{id_}/figures/0")
    again = await queen.get(pictured[0]["url"], headers={"If-None-Match": by_url.headers["etag"]})

    assert pictured[0]["url"] == f"/v1/jobs/{id_}/images/{pictured[0]['id']}"
    assert (by_url.status_code, by_url.headers["content-type"]) == (200, "image/png")
    assert by_url.content.startswith(b"\x89PNG")
    assert by_number.content == by_url.content
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["images/blk_000000000000", "images/1-abc", "figures/99", "figures/-1"])
@pytest.mark.shows("GET /v1/jobs/{job_id}/images/{block_id}", "GET /v1/jobs/{job_id}/figures/{index}")
async def test_a_picture_that_is_not_there(queen: httpx.AsyncClient, world: World, path: str) -> None:
    id_ = await sent(queen)
    before = await queen.get(f"/v1/jobs/{id_}/{path}")
    await finish(world, id_)

    assert detail_of(before, 404) == "FIGURE_NOT_FOUND"
    assert detail_of(await queen.get(f"/v1/jobs/{id_}/{path}"), 404) == "FIGURE_NOT_FOUND"
    assert detail_of(await queen.get(f"/v1/jobs/job_nothing/{path}"), 404) == "JOB_NOT_FOUND"


@pytest.mark.shows("GET /v1/jobs/{job_id}/figures/{index}")
async def test_pictures_go_with_the_source(queen: httpx.AsyncClient, world: World) -> None:
    id_ = await sent(queen, {"retain_hours": 1, "result_retain_hours": 24})
    await finish(world, id_)
    path = f"/v1/jobs/{id_}/figures/0"

    during = await queen.get(path)
    world.clock.advance(3601)

    assert during.status_code == 200
    assert detail_of(await queen.get(path), 404) == "FIGURE_NOT_FOUND"
    assert await document_of(queen, id_) is not None
