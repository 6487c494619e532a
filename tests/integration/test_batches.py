"""Batches on a real PostgreSQL: what follows from the jobs, and what concurrent requests may do."""

import asyncio
from datetime import timedelta
from itertools import chain, combinations

import pytest

from octavo.adapters.postgres.batches.joining import has_ended
from octavo.adapters.postgres.connect import transaction
from octavo.domain.batch import BatchStatus, RefusedDocument, batch_status
from octavo.domain.errors import Conflict, IdempotencyConflict, NotFound
from octavo.domain.ids import BatchId, new_id
from octavo.domain.job import JobStatus
from octavo.domain.tenancy import Tenant
from octavo.ports.audit import AuditQuery
from octavo.ports.batches import BatchQuery, NewBatch
from octavo.ports.history import JobQuery
from tests.integration.conftest import World, project_tenant
from tests.integration.queue_probe import run_sql
from tests.integration.test_store_tenants import finished


def new_batch(world: World, **changes: object) -> NewBatch:
    values: dict[str, object] = {
        "id": BatchId(new_id(world.clock.now())),
        "project_id": world.project.id,
        "key_id": None,
        "name": "invoices of May",
        "metadata": {"case": 7},
        "idempotency_key": None,
        "fingerprint": "f",
    }
    return NewBatch(**{**values, **changes})  # type: ignore[arg-type]


async def a_batch(world: World, **changes: object) -> BatchId:
    return (await world.tenant.batches.add(new_batch(world, **changes)))[0].id


async def test_a_batch_counts_its_jobs_and_their_pages_now(world: World) -> None:
    batch_id = await a_batch(world)
    empty = await world.tenant.batches.batch(batch_id)
    await finished(world, batch_id=batch_id)
    await world.tenant.submit_job(world.new_job(batch_id=batch_id, pages_total=10))

    batch = await world.tenant.batches.batch(batch_id)

    assert (empty.status, empty.percent) == (BatchStatus.EMPTY, 0)
    assert batch.tally.jobs == {JobStatus.COMPLETED: 1, JobStatus.QUEUED: 1}
    assert batch.status is BatchStatus.PROCESSING
    assert (batch.tally.pages_done, batch.tally.pages_total, batch.percent) == (1, 11, 9)
    assert batch.tally.finished_at is None
    assert {job.batch_id for job in await world.tenant.jobs(JobQuery(batch_id=batch_id))} == {batch_id}
    assert len(await world.tenant.jobs(JobQuery(batch_id=batch_id))) == 2


async def test_the_filter_by_state_says_what_the_counts_say(world: World) -> None:
    states = [status.value for status in JobStatus]
    subsets = list(chain.from_iterable(combinations(states, size) for size in range(len(states) + 1)))
    expected: dict[BatchId, BatchStatus] = {}
    for present in subsets:
        batch_id = await a_batch(world)
        expected[batch_id] = batch_status({JobStatus(name): 1 for name in present})
        for name in present:
            new = world.new_job(batch_id=batch_id)
            await world.tenant.submit_job(new)
            await run_sql(
                world.url, f"update jobs set status = '{name}', finished_at = now() where id = '{new.id}'"
            )

    for status in BatchStatus:
        found = await world.tenant.batches.batches(BatchQuery(statuses=(status,), limit=100))
        assert {batch.id for batch in found} == {id_ for id_, known in expected.items() if known is status}
        assert all(batch.status is status for batch in found)


async def test_batches_are_listed_by_cursor_and_filtered(world: World) -> None:
    first = await a_batch(world, name="100% scans")
    world.clock.pass_time(hours=1)
    middle = world.clock.now()
    second = await a_batch(world)
    batches = world.tenant.batches

    assert [batch.id for batch in await batches.batches(BatchQuery())] == [second, first]
    assert [batch.id for batch in await batches.batches(BatchQuery(before=second))] == [first]
    assert [batch.id for batch in await batches.batches(BatchQuery(name="0% SC"))] == [first]
    assert [batch.id for batch in await batches.batches(BatchQuery(created_from=middle))] == [second]


async def test_another_projects_batch_does_not_exist(world: World) -> None:
    batch_id = await a_batch(world)
    project = await world.another_project()
    other = world.store.tenant(project_tenant(project))

    for attempt in (
        other.batches.batch(batch_id),
        other.batches.close(batch_id),
        other.batches.settle(batch_id, []),
        other.batches.add(new_batch(world)),
        other.submit_job(world.new_job(batch_id=batch_id, project_id=project.id)),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await other.batches.batches(BatchQuery()) == []
    assert (await world.tenant.batches.batch(batch_id)).tally.jobs_total == 0


async def test_the_same_idempotency_key_makes_one_batch_also_at_the_same_moment(world: World) -> None:
    made = await asyncio.gather(
        *(world.tenant.batches.add(new_batch(world, idempotency_key="once")) for _ in range(8))
    )

    assert len({batch.id for batch, _ in made}) == 1
    assert [created for _, created in made].count(True) == 1
    with pytest.raises(IdempotencyConflict):
        await world.tenant.batches.add(new_batch(world, idempotency_key="once", fingerprint="other"))


async def test_no_more_jobs_than_allowed_join_also_at_the_same_moment(world: World) -> None:
    batch_id = await a_batch(world)
    await run_sql(world.url, f"update batches set jobs_added = 997 where id = '{batch_id}'")

    outcomes = await asyncio.gather(
        *(world.tenant.submit_job(world.new_job(batch_id=batch_id)) for _ in range(9)), return_exceptions=True
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert len(refused) == 6
    assert all("1000" in error.summary for error in refused)
    assert (await world.tenant.batches.batch(batch_id)).tally.jobs_total == 3


async def test_a_closed_batch_takes_no_job_and_names_those_to_cancel(world: World) -> None:
    batch_id = await a_batch(world)
    await finished(world, batch_id=batch_id)
    waiting = world.new_job(batch_id=batch_id)
    await world.tenant.submit_job(waiting)

    first = await world.tenant.batches.close(batch_id)
    again = await world.tenant.batches.close(batch_id)

    assert first == again == [waiting.id]
    with pytest.raises(Conflict, match="cancelled"):
        await world.tenant.submit_job(world.new_job(batch_id=batch_id))
    empty = await a_batch(world)
    await world.tenant.batches.close(empty)
    assert (await world.tenant.batches.batch(empty)).status is BatchStatus.CANCELLED


async def test_the_last_jobs_end_is_noticed_once_and_not_while_documents_are_added(world: World) -> None:
    batch_id = await a_batch(world, filling_s=60)
    await finished(world, batch_id=batch_id)
    pool, now = world.store._pool, world.clock.now()

    async with transaction(pool) as connection:
        filling = await has_ended(connection, batch_id, now)
    refusal = RefusedDocument(1, "b.pdf", "document_encrypted", "It needs a password.", retryable=False)
    settled = await world.tenant.batches.settle(batch_id, [refusal])
    async with transaction(pool) as connection:
        after = await has_ended(connection, batch_id, now)
        none = await has_ended(connection, None, now)

    assert (filling, after, none) == (False, True, False)
    assert settled.refused == (refusal,)
    assert settled.status is BatchStatus.COMPLETED
    assert settled.tally.finished_at is not None


async def test_a_batch_is_announced_once_when_it_is_made_and_once_when_its_last_job_ends(
    world: World,
) -> None:
    batch_id = await a_batch(world)
    jobs = [world.new_job(batch_id=batch_id) for _ in range(4)]
    for new in jobs:
        await world.tenant.submit_job(new)

    await asyncio.gather(*(world.tenant.cancel_job(new.id) for new in jobs))

    told = await run_sql(
        world.url,
        f"select type, facts -> 'counts' ->> 'cancelled' from announcements where subject_id = '{batch_id}' order by type",
    )
    assert told == [("batch.completed", "4"), ("batch.created", "0")]


async def test_a_batch_is_erased_when_none_of_its_jobs_has_a_result_any_more(world: World) -> None:
    batch_id = await a_batch(world)
    await finished(world, batch_id=batch_id)
    world.clock.pass_time(days=30, seconds=-60)
    early = await world.store.upkeep.expire_batches(10)
    world.clock.pass_time(days=3)
    with_result = await world.store.upkeep.expire_batches(10)
    await world.store.upkeep.expire_results(10)
    world.clock.pass_time(days=1, seconds=1)

    gone = await world.store.upkeep.expire_batches(10)

    assert (early, with_result, gone) == ([], [], [batch_id])
    left = await world.tenant.batches.batch(batch_id)
    assert (left.name, left.metadata) == (None, {})
    assert left.expired_at is not None
    assert left.tally.jobs_total == 1


async def test_cancelling_everything_is_told_in_the_audit(world: World) -> None:
    batch_id = await a_batch(world)
    await world.tenant.batches.close(batch_id)
    whole = world.store.tenant(Tenant(world.organization.id, None))

    entries = await whole.audit.entries(AuditQuery(subject_id=batch_id))

    assert [(entry.action.value, entry.subject_id) for entry in entries] == [("batch.cancelled", batch_id)]
    assert entries[0].created_at - world.clock.now() < timedelta(seconds=5)


async def test_batches_are_found_by_what_their_metadata_says(world: World) -> None:
    await a_batch(world, metadata={"case": "a", "of": "May"})
    wanted = await a_batch(world, metadata={"case": "b", "of": "May"})

    found = await world.tenant.batches.batches(BatchQuery(metadata=(("case", "b"), ("of", "May"))))

    assert [batch.id for batch in found] == [wanted]
