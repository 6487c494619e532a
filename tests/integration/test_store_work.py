"""The workers' side of the store, on a real PostgreSQL."""

from octavo.domain.document import PageFailure
from octavo.domain.ids import JobId
from octavo.domain.job import JobError, JobStatus, PageSelection, Stage
from octavo.ports.store import Completion, PageCheckpoint, SlicePlan
from tests.integration.conftest import World
from tests.integration.queue_probe import waiting


def page(number: int, failure: PageFailure | None = None) -> PageCheckpoint:
    return PageCheckpoint(number, "key", 0, 10, failure, 100, 90, 0.9, 5)


async def planned(world: World, *, pages: int = 10, slice_pages: int = 3) -> JobId:
    selection = PageSelection.parse(f"1-{pages}")
    options = world.new_job().options.__class__(pages=selection)
    new = world.new_job(pages_total=pages, page_count=pages, options=options)
    await world.tenant.submit_job(new)
    job = await world.store.work.begin(new.id, 1)
    assert job is not None
    await world.store.work.plan(new.id, 1, slice_pages=slice_pages)
    return new.id


async def slice_at(world: World, job_id: JobId, start: int) -> SlicePlan:
    found = await world.store.work.job_for_slice(job_id, 1, start)
    assert found is not None, f"no open slice starts at {start}"
    return found[1]


async def test_a_submission_commits_row_event_and_queue_entry_together(world: World) -> None:
    submission = await world.tenant.submit_job(world.new_job())

    assert submission.created
    assert submission.job.status is JobStatus.QUEUED
    events = await world.tenant.events(submission.job.id, after=0)
    assert [event.type.value for event in events] == ["job.queued"]
    assert [task for task, _ in await waiting(world.url)] == ["plan"]
    assert (await world.tenant.job(submission.job.id)).queue_position == 0


async def test_only_a_window_of_slices_is_queued_at_once(world: World) -> None:
    job_id = await planned(world, pages=100, slice_pages=3)

    tasks = [task for task, _ in await waiting(world.url) if task == "slice"]
    assert len(tasks) == 4, "slices_in_flight of this store is 4"
    piece = await slice_at(world, job_id, 0)
    assert (piece.start, piece.stop) == (0, 3)


async def test_a_kept_slice_queues_the_next_and_the_last_one_queues_the_assembly(world: World) -> None:
    job_id = await planned(world, pages=4, slice_pages=2)

    first, second = await slice_at(world, job_id, 0), await slice_at(world, job_id, 2)
    assert await world.store.work.checkpoint(first, done=2, pages=[page(1), page(2)], next_slice_pages=2)
    assert (await world.tenant.job(job_id)).stage is Stage.READING
    assert await world.store.work.checkpoint(second, done=2, pages=[page(3), page(4)], next_slice_pages=2)

    job = await world.tenant.job(job_id)
    assert (job.pages_done, job.stage) == (4, Stage.ASSEMBLING)
    assert "assemble" in [task for task, _ in await waiting(world.url)]


async def test_the_rest_of_a_slice_that_ran_out_of_time_becomes_its_own_slice(world: World) -> None:
    job_id = await planned(world, pages=5, slice_pages=5)

    piece = await slice_at(world, job_id, 0)
    await world.store.work.checkpoint(piece, done=2, pages=[page(1), page(2)], next_slice_pages=2)

    rest = await slice_at(world, job_id, 2)
    assert (rest.start, rest.stop) == (2, 5)


async def test_a_slice_kept_twice_counts_once(world: World) -> None:
    job_id = await planned(world, pages=4, slice_pages=2)
    piece = await slice_at(world, job_id, 0)

    first = await world.store.work.checkpoint(piece, done=2, pages=[page(1), page(2)], next_slice_pages=2)
    again = await world.store.work.checkpoint(piece, done=2, pages=[page(1), page(2)], next_slice_pages=2)

    assert (first, again) == (True, False)
    assert (await world.tenant.job(job_id)).pages_done == 2
    assert await world.store.work.job_for_slice(job_id, 1, 0) is None


async def test_a_slice_whose_child_died_is_cut_into_single_pages(world: World) -> None:
    job_id = await planned(world, pages=3, slice_pages=3)

    alone = await world.store.work.split(await slice_at(world, job_id, 0), by_child=True)

    assert alone is None
    pieces = [await slice_at(world, job_id, start) for start in range(3)]
    assert [piece.stop - piece.start for piece in pieces] == [1, 1, 1]


async def test_a_single_page_counts_how_often_its_child_died(world: World) -> None:
    job_id = await planned(world, pages=1, slice_pages=1)

    once = await world.store.work.split(await slice_at(world, job_id, 0), by_child=True)
    twice = await world.store.work.split(await slice_at(world, job_id, 0), by_child=True)

    assert once is not None
    assert twice is not None
    assert (once.crashes, twice.crashes) == (1, 2)


async def test_finishing_is_told_once_and_frees_the_job(world: World) -> None:
    job_id = await planned(world, pages=1, slice_pages=1)
    await world.store.work.checkpoint(
        await slice_at(world, job_id, 0), done=1, pages=[page(1)], next_slice_pages=1
    )

    await world.store.work.complete(job_id, 1, Completion(0.9, 0))
    await world.store.work.complete(job_id, 1, Completion(0.1, 0))
    await world.store.work.fail(job_id, 1, JobError("x", "y", retryable=False, step=Stage.READING))

    job = await world.tenant.job(job_id)
    assert (job.status, job.mean_confidence) == (JobStatus.COMPLETED, 0.9)
    assert job.result_expires_at is not None
    events = await world.tenant.events(job_id, after=0)
    types = [event.type.value for event in events]
    assert types == ["job.queued", "job.processing", "job.page", "job.completed"]
    assert [event.sequence for event in events] == sorted(event.sequence for event in events)


async def test_events_resume_after_the_last_one_seen(world: World) -> None:
    job_id = await planned(world, pages=2, slice_pages=1)
    seen = (await world.tenant.events(job_id, after=0))[-1].sequence

    await world.store.work.checkpoint(
        await slice_at(world, job_id, 0), done=1, pages=[page(1)], next_slice_pages=1
    )

    later = await world.tenant.events(job_id, after=seen)
    assert [(event.type.value, event.payload["page"]) for event in later] == [("job.page", 1)]


async def test_cancelling_takes_waiting_tasks_out_of_the_queue(world: World) -> None:
    job_id = await planned(world, pages=50, slice_pages=1)

    job = await world.tenant.cancel_job(job_id)

    assert job.status is JobStatus.CANCELLED
    assert await waiting(world.url) == []
    assert await world.store.work.job_for_slice(job_id, 1, 0) is None


async def test_a_retry_keeps_finished_pages_and_forgets_failed_ones(world: World) -> None:
    job_id = await planned(world, pages=3, slice_pages=1)
    broken = PageFailure(2, "page_unreadable", "torn", 1)
    for start, checkpoint in enumerate([page(1), page(2, broken)]):
        await world.store.work.checkpoint(
            await slice_at(world, job_id, start), done=1, pages=[checkpoint], next_slice_pages=1
        )
    await world.tenant.cancel_job(job_id)

    job = await world.tenant.retry_job(job_id)

    assert (job.status, job.attempt, job.pages_done, job.pages_failed) == (JobStatus.QUEUED, 2, 1, 0)
    assert job.pages_kept == 1
    begun = await world.store.work.begin(job_id, 2)
    assert begun is not None
    assert begun.progress(world.clock.now()).pages_per_s is None, "no page of this attempt is read yet"
    assert await world.store.work.finished_numbers(job_id, [1, 2, 3]) == {1}
    assert await world.store.work.begin(job_id, 1) is None, "the first attempt is over"
    assert await world.store.work.begin(job_id, 2) is not None


async def test_the_password_is_sealed_at_rest_and_only_the_worker_sees_it(world: World) -> None:
    options = world.new_job().options.__class__(password="open sesame")
    new = world.new_job(options=options)
    await world.tenant.submit_job(new)

    seen_by_owner = await world.tenant.job(new.id)
    seen_by_worker = await world.store.work.begin(new.id, 1)

    assert seen_by_owner.options.password is None
    assert seen_by_worker is not None
    assert seen_by_worker.options.password == "open sesame"
