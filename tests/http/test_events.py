"""The event stream: order, resume, end, and what comes before it starts."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from tests.http.world import World, problem_of, submit


async def _follow(client: httpx.AsyncClient, path: str, **headers: str) -> list[dict[str, Any]]:
    """Each event of a stream that ends by itself."""
    answer = await client.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/event-stream")
    return [_event(block) for block in answer.text.split("\n\n") if "data:" in block]


def _event(block: str) -> dict[str, Any]:
    fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
    return {"id": int(fields["id"]), "event": fields["event"], "data": json.loads(fields["data"])}


async def test_a_finished_job_tells_its_whole_story_in_order(world: World, client: httpx.AsyncClient) -> None:
    id_ = (await submit(client))["id"]
    world.begin(id_)
    await world.read_page(id_, 1)
    await world.complete(id_)

    events = await _follow(client, f"/v1/jobs/{id_}/events")

    assert [event["event"] for event in events] == [
        "job.queued",
        "job.processing",
        "job.page",
        "job.completed",
    ]
    assert [event["id"] for event in events] == [1, 2, 3, 4]
    assert events[2]["data"] == {
        "page": 1,
        "job_id": id_,
        "sequence": 3,
        "type": "job.page",
        "created_at": "2026-11-22T04:00:01Z",
    }
    assert events[3]["data"]["status"] == "completed"


@pytest.mark.parametrize("how", ["header", "query"])
async def test_a_lost_stream_is_resumed_where_it_broke(
    world: World, client: httpx.AsyncClient, how: str
) -> None:
    id_ = (await submit(client))["id"]
    world.begin(id_)
    await world.complete(id_)

    path = f"/v1/jobs/{id_}/events"
    if how == "header":
        events = await _follow(client, path, **{"Last-Event-ID": "2"})
    else:
        events = await _follow(client, f"{path}?after=2")

    assert [event["id"] for event in events] == [3]


async def test_a_stream_follows_a_running_job_to_its_end(world: World, client: httpx.AsyncClient) -> None:
    id_ = (await submit(client))["id"]

    async def work() -> None:
        while not world.notifier.waiting:  # noqa: ASYNC110 -- the fake has no event for "somebody waits"
            await asyncio.sleep(0)
        world.begin(id_)
        await asyncio.sleep(0)
        await world.read_page(id_, 1)
        await world.complete(id_)

    worker = asyncio.create_task(work())
    events = await _follow(client, f"/v1/jobs/{id_}/events")
    await worker

    assert [event["event"] for event in events][-1] == "job.completed"
    assert [event["id"] for event in events] == [1, 2, 3, 4]


async def test_a_reader_that_saw_the_end_is_told_to_stop(world: World, client: httpx.AsyncClient) -> None:
    id_ = (await submit(client))["id"]
    await world.complete(id_)

    answer = await client.get(f"/v1/jobs/{id_}/events", headers={"Last-Event-ID": "2"})

    assert (answer.status_code, answer.content) == (204, b"")


async def test_a_strange_last_event_id_starts_from_the_beginning(
    world: World, client: httpx.AsyncClient
) -> None:
    id_ = (await submit(client))["id"]
    await world.complete(id_)

    events = await _follow(client, f"/v1/jobs/{id_}/events", **{"Last-Event-ID": "what"})

    assert [event["id"] for event in events] == [1, 2]
    problem_of(await client.get(f"/v1/jobs/{id_}/events?after=-1"), 422, "validation_failed")


async def test_refusals_come_before_the_stream(world: World, client: httpx.AsyncClient) -> None:
    id_ = (await submit(client))["id"]

    async with world.client(None) as nobody, world.client(world.other.key) as foreign:
        problem_of(await nobody.get(f"/v1/jobs/{id_}/events"), 401, "unauthenticated")
        problem_of(await foreign.get(f"/v1/jobs/{id_}/events"), 404, "not_found")


async def test_silence_is_broken_by_comments(
    world: World, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("octavo.app.read.RECHECK_S", 0.01)
    monkeypatch.setattr("octavo.http.events.HEARTBEAT_S", 0.0)
    id_ = (await submit(client))["id"]

    async def finish_when_quiet() -> None:
        await asyncio.sleep(0.1)
        await world.complete(id_)

    worker = asyncio.create_task(finish_when_quiet())
    answer = await client.get(f"/v1/jobs/{id_}/events")
    await worker

    assert ": still here" in answer.text
    assert "retry: 2000" in answer.text
