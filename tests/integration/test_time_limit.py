"""A job's time limit: pages that are not begun in time are left out, and told."""

from pathlib import Path

import pytest

from octavo.app.fingerprint import cache_key
from octavo.app.process import LEFT_OUT, read_slice
from octavo.domain.document import EngineIdentity
from octavo.domain.job import JobOptions
from tests.integration.conftest import World
from tests.integration.use_case_desk import Desk, open_desk


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return open_desk(world, tmp_path)


async def test_pages_that_are_not_begun_in_time_are_left_out_and_told(desk: Desk) -> None:
    job_id = await desk.reading(3, slice_pages=1, time_limit_s=10)
    desk.isolation.frames = [b"the first page"]

    await read_slice(job_id, 1, 0, services=desk.services)
    desk.world.clock.pass_time(seconds=11)
    await read_slice(job_id, 1, 1, services=desk.services)
    await read_slice(job_id, 1, 2, services=desk.services)

    rows = await desk.world.tenant.page_rows(job_id, after=0, limit=9)
    job = await desk.world.tenant.job(job_id)
    assert [row.failure and row.failure.code for row in rows] == [None, LEFT_OUT, LEFT_OUT]
    assert (job.pages_done, job.pages_failed) == (3, 2)


async def test_the_first_page_is_read_however_late_it_is_begun(desk: Desk) -> None:
    job_id = await desk.reading(1, time_limit_s=0.5)
    desk.isolation.frames = [b"the first page"]

    desk.world.clock.pass_time(seconds=60)
    await read_slice(job_id, 1, 0, services=desk.services)

    assert [row.failure for row in await desk.world.tenant.page_rows(job_id, after=0, limit=9)] == [None]


async def test_a_slice_begins_no_page_after_what_is_left_of_the_time(desk: Desk) -> None:
    job_id = await desk.reading(2, time_limit_s=10)
    desk.isolation.frames = [b"a page"]

    desk.world.clock.pass_time(seconds=9)
    await read_slice(job_id, 1, 0, services=desk.services)

    assert desk.isolation.asked[0].budget_s <= 1


def test_what_was_read_whole_is_the_same_whatever_time_it_was_given() -> None:
    engine = EngineIdentity("paper", "1.0", "sha256:00")

    limited, free = JobOptions(time_limit_s=9), JobOptions()

    assert cache_key("00", limited, engine) == cache_key("00", free, engine)
    assert limited.canonical() != free.canonical(), "two requests are not the same"
