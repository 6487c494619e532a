"""A task's status over a WebSocket."""

from dataclasses import replace

import httpx
import pytest

from octavo.app.keys import hash_key
from octavo.dialects.docling import status_socket
from octavo.dialects.docling.ids import Kind, to_wire
from octavo.domain.ids import new_id
from octavo.server.front import create_front
from tests.dialects.docling.conftest import internal, sent
from tests.dialects.sockets import Refused, connected
from tests.http.world import World

ROOT = "/compat/docling/v1/status/ws/"


async def test_a_task_is_told_from_its_first_state_to_its_last_and_then_closed(
    peer: httpx.AsyncClient, world: World
) -> None:
    task = await sent(peer)
    path = f"{ROOT}{task['task_id']}?api_key={world.acme.key}"

    async with connected(create_front(world.services), path) as socket:
        hello, first = await socket.read(), await socket.read()
        world.begin(internal(task))
        second = await socket.read()
        await world.complete(internal(task))
        third, end = await socket.read(), await socket.read()

    assert hello == {"message": "connection", "task": task, "error": None}
    assert first == {"message": "update", "task": task, "error": None}
    assert second is not None
    assert second["task"]["task_status"] == "started"
    assert third is not None
    assert third["task"] == (await peer.get(f"/v1/status/poll/{task['task_id']}")).json()
    assert third["task"]["task_status"] == "success"
    assert end is None


async def test_who_asks_is_answered_though_nothing_has_changed(
    peer: httpx.AsyncClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_socket, "LEAST_S", 0.01)
    task = await sent(peer)

    async with connected(
        create_front(world.services), ROOT + task["task_id"], {"X-Api-Key": world.acme.key}
    ) as socket:
        await socket.read()
        before = await socket.read()
        await socket.say("next")
        assert await socket.read() == before


async def test_without_a_key_nobody_is_let_in(peer: httpx.AsyncClient, world: World) -> None:
    task = await sent(peer)
    for path in (ROOT + task["task_id"], f"{ROOT}{task['task_id']}?api_key=pk_live_wrong"):
        with pytest.raises(Refused) as refused:
            async with connected(create_front(world.services), path):
                pass
        assert refused.value.status == 401
        assert refused.value.body == {"detail": status_socket.NO_KEY}


async def test_a_foreign_or_unknown_task_is_not_found(peer: httpx.AsyncClient, world: World) -> None:
    task = await sent(peer)
    unknown = to_wire(Kind.JOB, new_id(world.clock.now()))
    for task_id, key in (
        (task["task_id"], world.other.key),
        (unknown, world.acme.key),
        ("nonsense", world.acme.key),
    ):
        async with connected(create_front(world.services), f"{ROOT}{task_id}?api_key={key}") as socket:
            assert await socket.read() == {"message": "error", "task": None, "error": "Task not found."}
            assert await socket.read() is None


async def test_a_key_that_is_revoked_ends_its_sockets(peer: httpx.AsyncClient, world: World) -> None:
    task = await sent(peer)
    text = await world.key(world.acme)
    async with connected(create_front(world.services), f"{ROOT}{task['task_id']}?api_key={text}") as socket:
        await socket.read()
        await socket.read()
        known = world.store.key_rows[hash_key(text)]
        world.store.key_rows[hash_key(text)] = replace(known, revoked_at=world.clock.now())
        world.clock.advance(60)
        world.begin(internal(task))
        assert (await socket.read() or {})["error"] == status_socket.NO_KEY
        assert await socket.read() is None


async def test_a_key_has_a_tenth_of_the_places_and_gives_them_back(
    peer: httpx.AsyncClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_socket, "MOST", 10)
    task = await sent(peer)
    front, path = create_front(world.services), f"{ROOT}{task['task_id']}?api_key={world.acme.key}"

    async with connected(front, path) as first:
        await first.read()
        async with connected(front, path) as second:
            assert (await second.read() or {})["error"] == "Server is busy, please try again shortly."
    async with connected(front, path) as third:
        assert (await third.read() or {})["message"] == "connection"


async def test_other_addresses_take_no_sockets(world: World) -> None:
    front = create_front(world.services)
    for path in ("/v1/jobs", "/compat/docling/v1/convert/file", "/compat/ldxhub/files"):
        with pytest.raises(Refused) as refused:
            async with connected(front, path):
                pass
        assert refused.value.status == 403
