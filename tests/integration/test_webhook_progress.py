"""Progress, told to those who ask for it and to nobody else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from octavo.app.webhooks.register import make_callback
from octavo.domain.event import EventType
from octavo.domain.ids import JobId
from octavo.domain.job import PageSelection
from octavo.domain.webhook import Callback
from tests.integration.conftest import World
from tests.integration.test_store_work import page, slice_at
from tests.integration.webhook_desk import Desk, open_desk

PAGES = 40


@pytest.fixture
async def desk(world: World, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(world, tmp_path / "blobs") as desk:
        yield desk


async def read_through(desk: Desk, *callbacks: Callback) -> JobId:
    """A job of forty pages, read page by page."""
    options = desk.world.new_job().options.__class__(pages=PageSelection.parse(f"1-{PAGES}"))
    new = desk.world.new_job(pages_total=PAGES, page_count=PAGES, options=options, callbacks=callbacks)
    await desk.world.tenant.submit_job(new)
    assert await desk.world.store.work.begin(new.id, 1)
    await desk.world.store.work.plan(new.id, 1, slice_pages=1)
    for number in range(1, PAGES + 1):
        piece = await slice_at(desk.world, new.id, number - 1)
        assert await desk.world.store.work.checkpoint(piece, done=1, pages=[page(number)], next_slice_pages=1)
    return new.id


async def test_a_callback_that_names_it_is_told_of_every_tenth(desk: Desk) -> None:
    callback = make_callback(
        url="https://hooks.test/cb", event_types=[EventType.JOB_PROGRESS], services=desk.services
    )
    await read_through(desk, callback)

    sent = await desk.deliver()

    told = sorted(body["data"]["pages_done"] for body in sent)
    assert told == [4, 8, 12, 16, 20, 24, 28, 32, 36, 40]
    assert {body["type"] for body in sent} == {"job.progress"}


async def test_who_names_nothing_is_told_all_but_progress(desk: Desk) -> None:
    endpoint, _ = await desk.webhook()
    await read_through(desk)

    sent = await desk.deliver()

    assert EventType.JOB_PROGRESS not in endpoint.event_types
    assert sorted(body["type"] for body in sent) == ["job.processing", "job.queued"]
    feed = await desk.world.tenant.webhooks.events(after=None, types=[EventType.JOB_PROGRESS], limit=10)
    assert feed == []
