"""What many readers want at once is made by one of them: two processes' stores on one PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from octavo.adapters.blobs.local import LocalBlobs
from octavo.adapters.postgres import open_store
from octavo.app.export import export_result
from octavo.app.once import made_once
from octavo.app.purge import purge_job
from octavo.app.services import Services
from octavo.domain.errors import Gone, UnreadableDocument
from octavo.ports.isolation import RenderRequest
from tests.integration.conftest import SECRET, World
from tests.integration.queue_probe import run_sql
from tests.integration.use_case_desk import Desk, Reading, open_desk


@dataclass
class Rendering(Reading):
    """Renders when it is let, and counts."""

    let: asyncio.Event = field(default_factory=asyncio.Event)
    began: asyncio.Event = field(default_factory=asyncio.Event)
    rendered: int = 0
    fails: int = 0
    """How many of the first ones fail."""

    async def render(self, request: RenderRequest) -> None:
        self.rendered += 1
        self.began.set()
        await self.let.wait()
        if self.rendered <= self.fails:
            raise UnreadableDocument("It cannot be rendered.")
        request.target.write_bytes(b"rendered")


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return open_desk(world, tmp_path)


@pytest.fixture
async def both(desk: Desk) -> AsyncIterator[tuple[Services, Services, Rendering]]:
    """Two API processes: each with a store of its own, and one machine that renders for both."""
    rendering = Rendering()
    first = replace(desk.services, isolation=rendering)
    async with open_store(desk.world.url, secret=SECRET, clock=desk.world.clock) as store:
        yield first, replace(first, store=store, blobs=LocalBlobs(desk.blobs._objects.parent)), rendering


async def test_readers_of_two_processes_have_one_rendering(
    desk: Desk, both: tuple[Services, Services, Rendering]
) -> None:
    first, second, rendering = both
    job_id = (await desk.submit()).job.id
    await desk.complete(job_id)

    readers = [
        asyncio.create_task(export_result(job_id, "markdown", principal=desk.principal, services=services))
        for services in (first, second) * 3
    ]
    await rendering.began.wait()
    rendering.let.set()
    exports = await asyncio.gather(*readers)

    assert rendering.rendered == 1
    assert {export.size_bytes for export in exports} == {len(b"rendered")}
    assert await run_sql(desk.world.url, "select name from leases") == []


async def test_who_waited_for_one_that_failed_tries_himself(
    desk: Desk, both: tuple[Services, Services, Rendering]
) -> None:
    first, second, rendering = both
    rendering.fails = 1
    job_id = (await desk.submit()).job.id
    await desk.complete(job_id)

    failing = asyncio.create_task(export_result(job_id, "markdown", principal=desk.principal, services=first))
    await rendering.began.wait()
    waiting = asyncio.create_task(
        export_result(job_id, "markdown", principal=desk.principal, services=second)
    )
    rendering.let.set()

    with pytest.raises(UnreadableDocument):
        await failing
    assert (await waiting).size_bytes == len(b"rendered")
    assert rendering.rendered == 2


async def test_a_reader_that_leaves_makes_room_for_the_next(
    desk: Desk, both: tuple[Services, Services, Rendering]
) -> None:
    first, second, rendering = both
    job_id = (await desk.submit()).job.id
    await desk.complete(job_id)
    leaving = asyncio.create_task(export_result(job_id, "markdown", principal=desk.principal, services=first))
    await rendering.began.wait()

    leaving.cancel()
    await asyncio.wait({leaving})
    rendering.let.set()
    export = await export_result(job_id, "markdown", principal=desk.principal, services=second)

    assert export.size_bytes == len(b"rendered")
    assert rendering.rendered == 2


async def test_a_purge_while_others_wait_is_told_to_them(
    desk: Desk, both: tuple[Services, Services, Rendering]
) -> None:
    first, second, rendering = both
    job_id = (await desk.submit()).job.id
    await desk.complete(job_id)
    readers = [
        asyncio.create_task(export_result(job_id, "markdown", principal=desk.principal, services=services))
        for services in (first, second)
    ]
    await rendering.began.wait()
    await purge_job(job_id, principal=desk.principal, services=first)
    rendering.let.set()

    found = await asyncio.gather(*readers, return_exceptions=True)

    assert [type(one) for one in found] == [Gone, Gone]
    assert not list((desk.blobs._objects / "jobs").rglob("exports/*"))


async def test_a_dead_processes_lease_ends_by_itself(
    desk: Desk, both: tuple[Services, Services, Rendering]
) -> None:
    first, second, _ = both
    assert await first.store.leases.take("x", "dead", 3600)
    assert not await second.store.leases.take("x", "other", 60)
    assert await first.store.leases.take("x", "dead", 3600), "its holder may make it last longer"
    await run_sql(desk.world.url, "update leases set until = now() - interval '1 second'")

    async def nothing() -> str | None:
        return None

    async def make() -> str:
        return "made"

    assert await made_once("x", look=nothing, make=make, services=second) == "made"
    await first.store.leases.give_back("x", "dead")
    assert await first.store.leases.take("x", "third", 60)
