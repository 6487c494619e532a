"""Limits and quotas hold, however many connections ask at the same moment."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from octavo.adapters.postgres import open_store
from octavo.domain.ids import KeyId, new_id
from octavo.domain.limits import WINDOW_S, allowance_of, take
from octavo.domain.tenancy import Tenant
from octavo.domain.usage import PageQuotaExceeded, month_of
from octavo.ports.access import ProjectChanges
from tests.integration.conftest import SECRET, World, project_tenant
from tests.integration.queue_probe import run_sql
from tests.integration.test_store_tenants import finished


class StillClock:
    """Stands at one moment, for all stores that share it."""

    def __init__(self, world: World) -> None:
        self.moment = world.clock.now().replace(microsecond=0)

    def now(self) -> datetime:
        return self.moment


async def test_exactly_the_limit_gets_in_at_once_over_many_connections_of_many_processes(
    world: World,
) -> None:
    key, clock = KeyId(new_id(world.clock.now())), StillClock(world)

    async def process() -> list[bool]:
        async with open_store(world.url, secret=SECRET, clock=clock, pool_size=8) as store:
            taken = await asyncio.gather(*(store.submit_limits.take(key, 25) for _ in range(20)))
            return [not allowance.refused for allowance in taken]

    outcomes = await asyncio.gather(*(process() for _ in range(3)))

    assert sum(sum(entered) for entered in outcomes) == 25


async def test_a_refused_key_is_told_when_and_gets_in_then(world: World) -> None:
    key, clock = KeyId(new_id(world.clock.now())), StillClock(world)
    async with open_store(world.url, secret=SECRET, clock=clock) as store:
        taken = [await store.submit_limits.take(key, 3) for _ in range(4)]
        clock.moment += (retry := _seconds(taken[-1].retry_after_s))
        again = await store.submit_limits.take(key, 3)
        full = await store.submit_limits.take(key, 3)

    assert [allowance.remaining for allowance in taken] == [2, 1, 0, 0]
    assert [allowance.refused for allowance in taken] == [False, False, False, True]
    assert retry.total_seconds() == pytest.approx(WINDOW_S / 3, abs=0.01)
    assert not again.refused
    assert full.refused


async def test_the_upsert_follows_the_law_of_the_domain(world: World) -> None:
    key, clock = KeyId(new_id(world.clock.now())), StillClock(world)
    tat = clock.moment.timestamp()
    async with open_store(world.url, secret=SECRET, clock=clock) as store:
        for wait_s in (0, 0, 1, 0, 0, 7, 30, 0, 0, 0, 0, 61, 0):
            clock.moment += _seconds(wait_s)
            now = clock.moment.timestamp()
            found = await store.submit_limits.take(key, 5)
            moved = take(tat, now, 5)
            tat = tat if moved is None else moved
            expected = allowance_of("submit", 5, max(tat, now) - now, refused=moved is None)
            assert found.refused == expected.refused
            assert found.remaining == expected.remaining
            assert found.reset_s == pytest.approx(expected.reset_s, abs=0.001)


async def test_no_page_beyond_the_quota_is_accepted_also_at_the_same_moment(world: World) -> None:
    await limited(world, 35)

    outcomes = await asyncio.gather(
        *(world.tenant.submit_job(world.new_job(pages_total=4)) for _ in range(20)), return_exceptions=True
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    assert len(outcomes) - len(refused) == 8, "eight times four pages fit into thirty-five"
    assert all(isinstance(error, PageQuotaExceeded) for error in refused)
    quota = await world.tenant.usage.quota(world.project.id)
    assert (quota.used, quota.remaining) == (32, 3)
    rows = await run_sql(world.url, "select count(*) from jobs")
    assert rows[0][0] == 8, "a refused job leaves no row"


async def test_the_first_document_of_a_month_may_be_too_large_by_itself(world: World) -> None:
    await limited(world, 3)

    with pytest.raises(PageQuotaExceeded) as caught:
        await world.tenant.submit_job(world.new_job(pages_total=4))

    assert caught.value.details["limit"] == 3
    assert caught.value.details["retry_after_s"] > 0
    assert (await world.tenant.usage.quota(world.project.id)).used == 0


async def test_pages_that_were_never_read_are_given_back_and_counted_again_by_a_retry(world: World) -> None:
    await limited(world, 10)
    new = world.new_job(pages_total=10)
    await world.tenant.submit_job(new)

    await world.tenant.cancel_job(new.id)
    after_cancel = (await world.tenant.usage.quota(world.project.id)).used
    await world.tenant.retry_job(new.id)
    after_retry = (await world.tenant.usage.quota(world.project.id)).used

    assert (after_cancel, after_retry) == (0, 10)
    await world.tenant.cancel_job(new.id)
    await world.tenant.submit_job(world.new_job(pages_total=9))
    with pytest.raises(PageQuotaExceeded):
        await world.tenant.retry_job(new.id)


async def test_what_the_cache_answers_costs_no_pages(world: World) -> None:
    earlier = await world.tenant.job(await finished(world))  # type: ignore[arg-type]
    await limited(world, 1)

    await world.tenant.submit_job(world.new_job(page_count=1, pages_total=1, cached_from=earlier))

    months = await world.tenant.usage.months(date(2000, 1, 1), date(2100, 1, 1), by_key=False)
    assert [(month.jobs, month.pages, month.cache_hits) for month in months] == [(2, 1, 1)]


async def test_usage_is_told_by_project_and_by_key_and_to_nobody_else(world: World) -> None:
    one, two = (KeyId(new_id(world.clock.now())) for _ in range(2))
    for key, pages in ((one, 3), (one, 4), (two, 5)):
        await world.tenant.submit_job(world.new_job(key_id=key, pages_total=pages))
    month = month_of(world.clock.now())

    by_key = await world.tenant.usage.months(month, month, by_key=True)
    whole = await world.tenant.usage.months(month, month, by_key=False)
    stranger = world.store.tenant(project_tenant(await world.another_project()))

    assert {(usage.key_id, usage.jobs, usage.pages) for usage in by_key} == {(one, 2, 7), (two, 1, 5)}
    assert [(usage.pages, usage.bytes) for usage in whole] == [(12, 3000)]
    assert await stranger.usage.months(month, month, by_key=False) == []


async def test_old_limits_are_forgotten(world: World) -> None:
    await world.store.submit_limits.take(KeyId(new_id(world.clock.now())), 5)
    await run_sql(world.url, "update rate_limits set arrival = now() - interval '1 hour'")

    assert await world.store.upkeep.forget_old() >= 1
    assert (await run_sql(world.url, "select count(*) from rate_limits"))[0][0] == 0


async def limited(world: World, pages: int) -> None:
    whole = world.store.tenant(Tenant(world.organization.id, None))
    changes = replace(ProjectChanges(pages_per_month=pages), given=frozenset({"pages_per_month"}))
    await whole.access.change_project(world.project.id, changes)


def _seconds(amount: float) -> timedelta:
    return timedelta(seconds=amount)
