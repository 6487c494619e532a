"""Lists by page number, texts that are found in names of templates too, and jobs whose owner is not told."""

from dataclasses import replace

from octavo.domain.ids import BatchId, JobId, new_id
from octavo.domain.job import JobOptions, JobStatus
from octavo.ports.batches import BatchQuery, NewBatch
from octavo.ports.history import JobQuery, JobSort
from tests.integration.conftest import World, project_tenant
from tests.integration.test_store_fields import template_of


async def test_a_text_is_found_in_the_names_of_templates_and_no_job_twice(world: World) -> None:
    bakery = await world.tenant.templates.add(template_of(world))
    other = await world.tenant.templates.add(template_of(world, name="Hotel"))
    made = {}
    for name, template in (
        ("bakery.pdf", None),
        ("bakery-2.pdf", bakery),
        ("scan.pdf", bakery),
        (None, bakery),
        ("scan.pdf", other),
    ):
        options = JobOptions(template_id=template.id, template_version=1) if template else JobOptions()
        job = (await world.tenant.submit_job(world.new_job(filename=name, options=options))).job
        made[job.id] = (name, template)
    await world.tenant.cancel_job(next(iter(made)))
    named = await world.tenant.templates.newest(before=None, limit=20, name="BAKE")
    query = JobQuery(text="bakery", text_templates=tuple(template.id for template in named))

    found = await world.tenant.jobs(query)

    assert [template.name for template in named] == ["Bakery"]
    assert [job.id for job in found] == sorted(list(made)[:4], reverse=True)
    assert await world.tenant.count_jobs(query, at_most=100) == 4
    waiting = replace(query, statuses=(JobStatus.QUEUED,), limit=2, offset=1)
    assert [job.id for job in await world.tenant.jobs(waiting)] == sorted(list(made)[1:3], reverse=True)


async def test_what_was_purged_is_not_among_what_is_kept(world: World) -> None:
    kept, purged = [(await world.tenant.submit_job(world.new_job())).job for _ in range(2)]
    await world.tenant.cancel_job(purged.id)
    await world.tenant.mark_purged(purged.id)
    query = JobQuery(kept=True)

    assert await world.tenant.jobs(replace(query, ids=(purged.id,))) == []
    assert [job.id for job in await world.tenant.jobs(JobQuery(ids=(purged.id,)))] == [purged.id]
    assert [job.id for job in await world.tenant.jobs(query)] == [kept.id]
    assert await world.tenant.count_jobs(query, at_most=9) == 1
    assert await world.tenant.count_jobs(JobQuery(), at_most=9) == 2


async def test_jobs_of_two_states_are_sorted_as_one_list(world: World) -> None:
    jobs = [
        (await world.tenant.submit_job(world.new_job(filename=name))).job
        for name in ("b.pdf", "c.pdf", "a.pdf")
    ]
    await world.tenant.cancel_job(jobs[0].id)
    query = JobQuery(statuses=(JobStatus.QUEUED, JobStatus.CANCELLED), oldest_first=True)

    by_name = await world.tenant.jobs(replace(query, sort=JobSort.FILENAME))

    assert [job.filename for job in by_name] == ["a.pdf", "b.pdf", "c.pdf"]
    for sort in JobSort:
        assert len(await world.tenant.jobs(replace(query, sort=sort))) == 3


async def test_batches_are_counted_and_turned_by_page(world: World) -> None:
    second = await world.another_project()
    for number in range(5):
        new = NewBatch(
            id=BatchId(new_id(world.clock.now())),
            project_id=world.project.id,
            key_id=None,
            name=f"Batch {number}",
            metadata={},
            idempotency_key=None,
            fingerprint="x",
        )
        await world.tenant.batches.add(new)

    page = await world.tenant.batches.batches(BatchQuery(limit=2, offset=2))

    assert [batch.name for batch in page] == ["Batch 2", "Batch 1"]
    assert await world.tenant.batches.count(BatchQuery(), at_most=100) == 5
    assert await world.tenant.batches.count(BatchQuery(), at_most=3) == 3
    assert await world.tenant.batches.count(BatchQuery(name="tch 4"), at_most=100) == 1
    assert await world.store.tenant(project_tenant(second)).batches.count(BatchQuery(), at_most=9) == 0


async def test_it_is_known_whether_anybody_has_a_job(world: World) -> None:
    job = (await world.tenant.submit_job(world.new_job())).job

    assert await world.store.knows_job(job.id)
    assert not await world.store.knows_job(JobId(new_id(world.clock.now())))
