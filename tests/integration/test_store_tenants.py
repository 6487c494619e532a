"""What a tenant sees, on a real PostgreSQL."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from octavo.adapters.postgres import PostgresStore
from octavo.adapters.postgres.migrate import check, head_revision
from octavo.adapters.postgres.revision import REVISION
from octavo.adapters.postgres.scope import Scope
from octavo.domain.errors import Conflict, Gone, IdempotencyConflict, NotFound
from octavo.domain.file import StoredFile
from octavo.domain.ids import FileId, new_id
from octavo.domain.job import JobOptions, JobStatus, Priority
from octavo.domain.tenancy import Tenant
from octavo.ports.file_history import FileQuery
from octavo.ports.history import JobQuery, JobSort
from octavo.ports.store import Completion
from tests.integration.conftest import World, project_tenant
from tests.integration.queue_probe import run_sql, waiting
from tests.integration.test_store_work import page, planned, slice_at


async def finished(world: World, **changes: object) -> str:
    new = world.new_job(page_count=1, pages_total=1, **changes)
    await world.tenant.submit_job(new)
    await world.store.work.begin(new.id, 1)
    await world.store.work.plan(new.id, 1, slice_pages=1)
    await world.store.work.checkpoint(
        await slice_at(world, new.id, 0), done=1, pages=[page(1)], next_slice_pages=1
    )
    await world.store.work.complete(new.id, 1, Completion(0.9, 0))
    return new.id


def test_a_statement_without_the_tenant_filter_is_never_sent() -> None:
    with pytest.raises(AssertionError, match="mine"):
        Scope(Tenant("o", None)).sql("select * from jobs")  # type: ignore[arg-type]


def test_the_tables_are_what_the_migrations_make(database_url: str) -> None:
    check(database_url)


def test_the_expected_revision_is_the_newest_migration() -> None:
    assert head_revision() == REVISION


async def test_machines_that_start_at_once_make_one_first_organization(store: PostgresStore) -> None:
    made = await asyncio.gather(*(store.ensure_organization("default") for _ in range(6)))

    assert len({organization.id for organization in made}) == 1
    assert len(await store.organizations()) == 1
    assert (await store.first_project(made[0].id)).name == "default"


async def test_jobs_are_counted_no_further_than_asked_and_turned_page_by_page(world: World) -> None:
    for _ in range(5):
        await world.tenant.submit_job(world.new_job())
    ended = await finished(world)
    queued = JobQuery(statuses=(JobStatus.QUEUED, JobStatus.COMPLETED), limit=2)

    assert await world.tenant.count_jobs(queued, at_most=100) == 6
    assert await world.tenant.count_jobs(queued, at_most=4) == 4
    seen = [job.id for offset in (0, 2, 4) for job in await world.tenant.jobs(replace(queued, offset=offset))]
    assert len(set(seen)) == 6
    assert seen == sorted(seen, reverse=True)
    for sort in JobSort:
        found = await world.tenant.jobs(JobQuery(sort=sort))
        assert len(found) == 6
    by_end = await world.tenant.jobs(JobQuery(sort=JobSort.FINISHED, limit=1))
    assert [job.id for job in by_end] == [ended]


async def test_the_types_a_job_may_be_of_are_kept(world: World) -> None:
    new = world.new_job(options=JobOptions(document_types=("invoice", "receipt")))
    await world.tenant.submit_job(new)

    assert (await world.tenant.job(new.id)).options.document_types == ("invoice", "receipt")


async def test_another_projects_job_does_not_exist(world: World) -> None:
    other = world.store.tenant(project_tenant(await world.another_project()))
    new = world.new_job()
    await world.tenant.submit_job(new)

    for attempt in (
        other.job(new.id),
        other.cancel_job(new.id),
        other.retry_job(new.id),
        other.mark_purged(new.id),
        other.events(new.id, after=0),
        other.page_rows(new.id, after=0, limit=1),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await other.jobs(JobQuery()) == []
    assert sum((await other.stats(7)).totals.values()) == 0


async def test_an_organizations_key_sees_all_its_projects_and_no_other_organizations(world: World) -> None:
    stranger = await world.store.add_organization("Stranger")
    await world.tenant.submit_job(world.new_job())
    whole = world.store.tenant(Tenant(world.organization.id, None))

    assert len(await whole.jobs(JobQuery())) == 1
    assert await world.store.tenant(Tenant(stranger.id, None)).jobs(JobQuery()) == []
    with pytest.raises(NotFound, match="project"):
        await world.store.tenant(Tenant(stranger.id, None)).submit_job(world.new_job())


async def test_the_same_idempotency_key_makes_one_job_also_at_the_same_moment(world: World) -> None:
    submissions = await asyncio.gather(
        *(world.tenant.submit_job(world.new_job(idempotency_key="once")) for _ in range(8))
    )

    assert len({submission.job.id for submission in submissions}) == 1
    assert [submission.created for submission in submissions].count(True) == 1
    assert len(await world.tenant.jobs(JobQuery())) == 1
    with pytest.raises(IdempotencyConflict):
        await world.tenant.submit_job(world.new_job(idempotency_key="once", fingerprint="other"))


async def test_the_history_pages_by_cursor_without_gaps_or_repeats(world: World) -> None:
    for _ in range(7):
        await world.tenant.submit_job(world.new_job())
        world.clock.pass_time(seconds=1)

    seen: list[str] = []
    cursor = None
    while jobs := await world.tenant.jobs(JobQuery(limit=3, before=cursor)):
        seen += [job.id for job in jobs]
        cursor = jobs[-1].id

    assert len(seen) == 7
    assert seen == sorted(seen, reverse=True)
    oldest = await world.tenant.jobs(JobQuery(limit=1, oldest_first=True))
    assert oldest[0].id == seen[-1]


async def test_every_filter_of_the_history_narrows_it(world: World) -> None:
    await world.tenant.submit_job(world.new_job(filename="Rechnung_100%.pdf", metadata={"case": "7"}))
    world.clock.pass_time(hours=1)
    middle = world.clock.now()
    await world.tenant.submit_job(
        world.new_job(filename="scan.tiff", media_type="image/tiff", engine="tesseract")
    )

    async def names(query: JobQuery) -> list[str | None]:
        return [job.filename for job in await world.tenant.jobs(query)]

    assert await names(JobQuery(text="rechnung")) == ["Rechnung_100%.pdf"]
    assert await names(JobQuery(text="00%")) == ["Rechnung_100%.pdf"]
    assert await names(JobQuery(text="g_2")) == []
    assert await names(JobQuery(metadata=(("case", "7"),))) == ["Rechnung_100%.pdf"]
    assert await names(JobQuery(media_type="image/tiff")) == ["scan.tiff"]
    assert await names(JobQuery(engine="tesseract")) == ["scan.tiff"]
    assert await names(JobQuery(created_from=middle)) == ["scan.tiff"]
    assert await names(JobQuery(created_before=middle)) == ["Rechnung_100%.pdf"]
    assert await names(JobQuery(statuses=(JobStatus.COMPLETED,))) == []
    assert await names(JobQuery(statuses=(JobStatus.QUEUED, JobStatus.FAILED))) == [
        "scan.tiff",
        "Rechnung_100%.pdf",
    ], "newest first, whatever the status"
    assert await names(JobQuery(statuses=(JobStatus.QUEUED, JobStatus.FAILED), limit=1)) == ["scan.tiff"]


async def test_stats_count_what_stands_and_what_happened_before_and_after_rolling_up(world: World) -> None:
    await finished(world)
    job_id = await planned(world)
    await world.tenant.cancel_job(job_id)
    await world.tenant.submit_job(world.new_job())

    before = await world.tenant.stats(7)
    assert await world.store.upkeep.roll_up_counters() > 0
    after = await world.tenant.stats(7)

    assert before == after
    assert {name: n for name, n in after.by_status.items() if n} == {
        "queued": 1,
        "completed": 1,
        "cancelled": 1,
    }
    assert (after.totals["submitted"], after.totals["pages"]) == (3, 1)
    assert after.days[-1].counts["submitted"] == 3


async def test_a_finished_job_is_found_by_its_cache_key_until_it_expires(world: World) -> None:
    job_id = await finished(world, cache_key="k")

    found = await world.tenant.finished_like("k")
    world.clock.pass_time(days=40)

    assert found is not None
    assert found.id == job_id
    assert await world.tenant.finished_like("k") is None


async def test_a_cache_hit_is_completed_in_its_own_submission(world: World) -> None:
    earlier = await world.tenant.job(await finished(world))  # type: ignore[arg-type]
    before = await waiting(world.url)

    submission = await world.tenant.submit_job(
        world.new_job(page_count=1, pages_total=1, cached_from=earlier)
    )

    assert submission.job.status is JobStatus.COMPLETED
    assert submission.job.cache_hit
    assert submission.job.pages_done == 1
    assert await waiting(world.url) == before, "nothing was queued for the new job"


async def test_purging_leaves_a_tombstone_and_can_be_repeated(world: World) -> None:
    job_id = await finished(world, metadata={"secret": "x"}, idempotency_key="once")

    first = await world.tenant.mark_purged(job_id)  # type: ignore[arg-type]
    again = await world.tenant.mark_purged(job_id)  # type: ignore[arg-type]

    assert first == again
    assert first.purged_at is not None
    assert (first.filename, first.metadata, first.sha256) == (None, {}, "")
    assert first.pages_done == 1
    rows = await run_sql(world.url, f"select * from jobs where id = '{job_id}'")
    assert "letter.pdf" not in str(rows)
    with pytest.raises(Gone):
        await world.tenant.retry_job(job_id)  # type: ignore[arg-type]


async def test_a_running_job_cannot_be_purged(world: World) -> None:
    job_id = await planned(world)

    with pytest.raises(Conflict, match="cancel"):
        await world.tenant.mark_purged(job_id)


async def test_sources_and_results_expire_by_their_own_clocks(world: World) -> None:
    job_id = await finished(world, source_retention_s=60, result_retention_s=600)

    world.clock.pass_time(seconds=61)
    assert await world.store.upkeep.expire_sources(10) == [job_id]
    assert await world.store.upkeep.expire_results(10) == []
    world.clock.pass_time(seconds=600)
    assert await world.store.upkeep.expire_results(10) == [job_id]

    job = await world.tenant.job(job_id)  # type: ignore[arg-type]
    assert job.source_deleted_at is not None
    assert job.result_deleted_at is not None
    assert job.result_deleted_at - job.source_deleted_at >= timedelta(seconds=599)
    assert await world.store.upkeep.existing([job_id, "0" * 24]) == {job_id}


async def test_files_are_their_projects_until_they_expire(world: World) -> None:
    now = world.clock.now()
    file = StoredFile(
        FileId(new_id(now)), world.organization.id, world.project.id, "a.png", "image/png", 5, "00", now,
        now + timedelta(days=1),
    )  # fmt: skip
    await world.tenant.add_file(file)
    other = world.store.tenant(project_tenant(await world.another_project()))

    assert (await world.tenant.file(file.id)).filename == "a.png"
    assert [each.id for each in await world.tenant.files(before=None, limit=5)] == [file.id]
    with pytest.raises(NotFound):
        await other.file(file.id)
    with pytest.raises(NotFound):
        await other.mark_file_deleted(file.id)
    world.clock.pass_time(days=2)
    with pytest.raises(Gone):
        await world.tenant.file(file.id)
    assert await world.store.upkeep.expire_files(10) == [file.id]


async def test_files_are_found_by_what_became_of_them(world: World) -> None:
    now = world.clock.now()
    files = [
        StoredFile(
            FileId(new_id(now)), world.organization.id, world.project.id, f"{n}.png", "image/png", 5, "00", now,
            now + timedelta(days=1), metadata={"document_type": "invoice"} if n else {},
        )
        for n in range(3)
    ]  # fmt: skip
    for file in files:
        await world.tenant.add_file(file)
    await world.tenant.submit_job(world.new_job(file_id=files[0].id))
    world.clock.pass_time(seconds=1)
    newest = world.new_job(file_id=files[0].id)
    await world.tenant.submit_job(newest)
    await world.tenant.mark_file_deleted(files[2].id)
    history = world.tenant.file_history

    async def found(query: FileQuery) -> list[str | None]:
        assert await history.count(query, at_most=9) == len(await history.standings(query))
        return [standing.file.filename for standing in await history.standings(query)]

    job = (await history.standing(files[0].id)).job
    assert job is not None
    assert job.id == newest.id
    assert sorted(str(name) for name in await found(FileQuery())) == ["0.png", "1.png"]
    assert await found(FileQuery(statuses=(None,))) == ["1.png"]
    assert await found(FileQuery(statuses=(JobStatus.QUEUED,))) == ["0.png"]
    assert await found(FileQuery(document_types=("invoice",))) == ["1.png"]
    assert await found(FileQuery(deleted=True)) == ["2.png"]
    assert (await history.standing(files[2].id)).file.metadata == {}
    other = world.store.tenant(project_tenant(await world.another_project()))
    assert await other.file_history.count(FileQuery(), at_most=9) == 0
    with pytest.raises(NotFound):
        await other.file_history.standing(files[0].id)


async def test_a_small_tenants_page_does_not_wait_behind_a_big_tenants_batch(world: World) -> None:
    big = [world.new_job() for _ in range(50)]
    for new in big:
        await world.tenant.submit_job(new)
    small_project = await world.another_project()
    small = world.new_job(project_id=small_project.id)
    await world.store.tenant(project_tenant(small_project)).submit_job(small)

    order = [job_id for _, job_id in await waiting(world.url)]

    assert order.index(small.id) <= 1, "the newcomer starts where the batch's next task stands"


async def test_a_read_document_is_put_together_before_other_pages_are_read(world: World) -> None:
    for _ in range(5):
        await world.tenant.submit_job(world.new_job())
    job_id = await planned(world, pages=1, slice_pages=1)
    await world.store.work.checkpoint(
        await slice_at(world, job_id, 0), done=1, pages=[page(1)], next_slice_pages=1
    )

    assert (await waiting(world.url))[0] == ("assemble", job_id)


async def test_weights_share_the_queue_in_proportion(world: World) -> None:
    heavy = await world.another_project()
    await run_sql(world.url, f"update projects set weight = 3 where id = '{heavy.id}'")
    blocker = world.new_job()
    await world.tenant.submit_job(blocker)
    for _ in range(30):
        await world.tenant.submit_job(world.new_job())
        await world.store.tenant(project_tenant(heavy)).submit_job(world.new_job(project_id=heavy.id))

    order = [job_id for _, job_id in await waiting(world.url)][:20]
    heavies = {job.id for job in await world.store.tenant(project_tenant(heavy)).jobs(JobQuery(limit=200))}

    assert 13 <= sum(1 for job_id in order if job_id in heavies) <= 17, (
        "three of four tasks are the heavy one's"
    )


async def test_an_urgent_job_overtakes_its_own_project_only(world: World) -> None:
    neighbour = await world.another_project()
    for _ in range(5):
        await world.tenant.submit_job(world.new_job())
        await world.store.tenant(project_tenant(neighbour)).submit_job(world.new_job(project_id=neighbour.id))
    urgent = [world.new_job(priority=Priority.URGENT) for _ in range(25)]
    for new in urgent:
        await world.tenant.submit_job(new)

    order = [job_id for _, job_id in await waiting(world.url)]
    mine = [job.id for job in await world.tenant.jobs(JobQuery())]
    own_order = [job_id for job_id in order if job_id in mine]
    theirs = [order.index(job_id) for job_id in order if job_id not in mine]

    assert own_order.index(urgent[0].id) <= 1, "an urgent job goes before its own project's others"
    assert theirs[4] <= 15, "the neighbour's five tasks wait for five rounds of ours, not for thirty tasks"
