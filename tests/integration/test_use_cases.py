"""The use cases on a real store and a real folder, with one thing going wrong beside them."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from octavo.adapters.blobs.local import LocalBlobs
from octavo.app import sweep
from octavo.app.export import export_result
from octavo.app.picture import draw_page
from octavo.app.process import read_slice
from octavo.app.purge import purge_job
from octavo.app.read import follow_job, read_job
from octavo.app.receive import delete_file, receive_file, receive_source
from octavo.app.submit import SubmitRequest, submit_job
from octavo.app.sweep import sweep_expired
from octavo.domain.errors import EngineUnavailable, Gone, IdempotencyConflict, NotFound, TemporaryFailure
from octavo.domain.geometry import UprightTransform
from octavo.domain.ids import JobId
from octavo.domain.job import JobOptions, JobStatus
from octavo.domain.storage import document_key, file_key, job_prefix, source_key
from octavo.ports import isolation
from octavo.ports.store import NewJob, Submission, TenantStore
from tests.integration.conftest import World
from tests.integration.queue_probe import run_sql
from tests.integration.use_case_desk import Desk, Reading, once, open_desk


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return open_desk(world, tmp_path)


async def test_a_slice_read_by_two_workers_keeps_the_bytes_of_the_one_that_was_kept(desk: Desk) -> None:
    job_id = await desk.reading()
    late = Reading(frames=[b"the late one's longer page"])
    desk.isolation.frames = [b"the page"]

    class Overtaken(Reading):
        async def read(self, request: isolation.ReadRequest) -> tuple[isolation.PageOutcome, ...]:
            await read_slice(job_id, 1, 0, services=desk.services)
            return await late.read(request)

    await read_slice(job_id, 1, 0, services=replace(desk.services, isolation=Overtaken()))

    row = (await desk.world.tenant.page_rows(job_id, after=0, limit=1))[0]
    assert row.blob_key is not None
    chunks = [c async for c in desk.blobs.read(row.blob_key, start=row.offset, stop=row.offset + row.length)]
    assert b"".join(chunks) == b"the page"


async def test_a_reader_that_refuses_tells_its_own_reason(desk: Desk) -> None:
    job_id = await desk.reading()
    desk.isolation.error = EngineUnavailable("This machine lacks the engine.")

    await read_slice(job_id, 1, 0, services=desk.services)

    job = await desk.world.tenant.job(job_id)
    assert job.error is not None
    assert (job.status, job.error.code) == (JobStatus.FAILED, "engine_unavailable")


@dataclass
class LostAnswer:
    """A store that commits a submission and loses the connection before it can say so."""

    tenant_store: TenantStore

    async def submit_job(self, new: NewJob) -> Submission:
        await self.tenant_store.submit_job(new)
        raise TemporaryFailure("The database is not available at the moment.")

    def __getattr__(self, name: str) -> object:
        return getattr(self.tenant_store, name)


async def test_a_submission_whose_commit_is_in_doubt_keeps_its_source(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = desk.world.tenant
    with monkeypatch.context() as patched:
        patched.setattr(desk.world.store, "tenant", lambda _: LostAnswer(honest))
        with pytest.raises(TemporaryFailure):
            await desk.submit(idempotency_key="once")

    again = await desk.submit(idempotency_key="once")

    assert not again.created, "the first one was committed after all"
    assert await desk.blobs.size(source_key(again.job.id)) == 4, "it can still be read"


async def test_what_a_refused_submission_sent_is_not_kept(desk: Desk) -> None:
    first = await desk.submit(idempotency_key="once")

    with pytest.raises(IdempotencyConflict):
        await desk.submit(b"%PDF another", idempotency_key="once")

    assert await _stored_jobs(desk) == {first.job.id}


@pytest.mark.parametrize(
    "change", [{"bypass_cache": True}, {"source_retention_s": 5}, {"result_retention_s": 5}]
)
async def test_an_idempotency_key_stands_for_every_option(desk: Desk, change: dict[str, object]) -> None:
    await desk.submit(idempotency_key="once")

    with pytest.raises(IdempotencyConflict):
        await desk.submit(b"%PDF", idempotency_key="once", **change)


async def test_a_twin_that_is_purged_while_it_is_copied_is_read_anew(desk: Desk) -> None:
    twin = await desk.submit()
    await desk.complete(twin.job.id)

    class Purged(LocalBlobs):
        async def copy(self, source: str, target: str) -> None:
            await self.delete_prefix(job_prefix(twin.job.id))
            await super().copy(source, target)

    desk.services = replace(desk.services, blobs=Purged(desk.blobs._objects.parent))
    second = await desk.submit()

    assert second.job.status is JobStatus.QUEUED
    assert not second.job.cache_hit


async def test_following_ends_with_the_final_event_also_when_it_comes_between_two_looks(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = await desk.submit()
    honest = desk.world.tenant

    class Ending:
        """The job is cancelled right after its events were looked at for the second time."""

        looks = 0

        async def events(self, job_id: JobId, *, after: int, limit: int = 500) -> list[object]:
            found = await honest.events(job_id, after=after, limit=limit)
            self.looks += 1
            if self.looks == 2:
                await honest.cancel_job(job_id)
            return list(found)

        def __getattr__(self, name: str) -> object:
            return getattr(honest, name)

    ending = Ending()
    monkeypatch.setattr(desk.world.store, "tenant", lambda _: ending)
    following = follow_job(submission.job.id, after=0, principal=desk.principal, services=desk.services)
    seen = [event.type.value async for event in following if event is not None]

    assert seen == ["job.queued", "job.cancelled"]


async def _stored_jobs(desk: Desk) -> set[str]:
    found: set[str] = set()
    for hour in await desk.blobs.list_groups("jobs/"):
        found |= set(await desk.blobs.list_groups(f"jobs/{hour}/"))
    return found


class Away(LocalBlobs):
    """A folder whose disk is not there."""

    async def delete_prefix(self, prefix: str) -> int:
        raise TemporaryFailure(f"Nothing below {prefix} can be deleted now.")


async def test_bytes_that_could_not_be_deleted_when_they_expired_are_deleted_later(desk: Desk) -> None:
    submission = await desk.submit(source_retention_s=60)
    await desk.complete(submission.job.id)
    desk.world.clock.pass_time(seconds=61)
    broken = replace(desk.services, blobs=Away(desk.blobs._objects.parent))

    with pytest.raises(TemporaryFailure):
        await sweep_expired(services=broken)
    await sweep_expired(services=desk.services)

    assert await desk.blobs.size(source_key(submission.job.id)) is None
    assert await desk.blobs.size(document_key(submission.job.id)) is not None, "the result is kept longer"


async def test_a_page_stored_after_its_job_was_purged_does_not_stay(desk: Desk) -> None:
    job_id = await desk.reading()
    await desk.world.tenant.cancel_job(job_id)
    await purge_job(job_id, principal=desk.principal, services=desk.services)
    await desk.blobs.put_bytes(job_prefix(job_id) + "pages/late", b"what the worker still read")

    desk.world.clock.pass_time(minutes=20)
    await sweep_expired(services=desk.services)

    assert await _stored_jobs(desk) == set()


async def test_one_sweep_removes_all_that_has_expired(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "AT_ONCE", 2)
    for _ in range(5):
        await desk.complete((await desk.submit(bypass_cache=True, source_retention_s=60)).job.id)
    desk.world.clock.pass_time(days=40)

    swept = await sweep_expired(services=desk.services)

    assert (swept.sources, swept.results) == (5, 5)
    assert await _stored_jobs(desk) == set()


async def test_a_deleted_files_bytes_go_also_when_they_could_not_go_at_once(desk: Desk) -> None:
    file = await receive_file(once(b"%PDF"), filename=None, principal=desk.principal, services=desk.services)
    broken = replace(desk.services, blobs=Away(desk.blobs._objects.parent))

    with pytest.raises(TemporaryFailure):
        await delete_file(file.id, principal=desk.principal, services=broken)
    await sweep_expired(services=desk.services)

    assert await desk.blobs.size(file_key(file.id)) is None


async def test_a_result_rendered_while_its_job_is_purged_is_not_kept(desk: Desk) -> None:
    submission = await desk.submit()
    await desk.complete(submission.job.id)

    class Purging(Reading):
        async def render(self, request: isolation.RenderRequest) -> None:
            await purge_job(submission.job.id, principal=desk.principal, services=desk.services)
            request.target.write_bytes(b"the text")

    services = replace(desk.services, isolation=Purging())
    with pytest.raises(Gone):
        await export_result(submission.job.id, "text", principal=desk.principal, services=services)

    assert await _stored_jobs(desk) == set()


async def test_a_page_drawn_while_its_job_is_purged_is_not_kept(desk: Desk) -> None:
    submission = await desk.submit()
    await desk.complete(submission.job.id)
    job = await read_job(submission.job.id, principal=desk.principal, services=desk.services)

    class Purging(Reading):
        async def picture(self, request: isolation.PictureRequest) -> None:
            await purge_job(submission.job.id, principal=desk.principal, services=desk.services)
            request.target.write_bytes(b"the page")

    services = replace(desk.services, isolation=Purging())
    draw = partial(draw_page, job, 1, UprightTransform(), dpi=96, media_type="image/png")
    with pytest.raises(Gone):
        await draw(principal=desk.principal, services=services)

    assert await _stored_jobs(desk) == set()


@pytest.mark.parametrize("by_drawing", [False, True])
@pytest.mark.parametrize("broken", [isolation.ChildDied("It crashed."), NotFound("No such blob.")])
async def test_a_purge_that_takes_the_document_from_under_its_renderer_is_told_as_such(
    desk: Desk, broken: Exception, *, by_drawing: bool
) -> None:
    submission = await desk.submit()
    await desk.complete(submission.job.id)
    job = await read_job(submission.job.id, principal=desk.principal, services=desk.services)

    class Robbed(Reading):
        async def render(self, request: isolation.RenderRequest) -> None:
            del request
            await purge_job(job.id, principal=desk.principal, services=desk.services)
            raise broken

        async def picture(self, request: isolation.PictureRequest) -> None:
            del request
            await purge_job(job.id, principal=desk.principal, services=desk.services)
            raise broken

    services = replace(desk.services, isolation=Robbed())
    exported = partial(export_result, job.id, "text")
    drawn = partial(draw_page, job, 1, UprightTransform(), dpi=96, media_type="image/png")
    with pytest.raises(Gone):
        await (drawn if by_drawing else exported)(principal=desk.principal, services=services)


async def test_a_completed_job_forgets_its_password(desk: Desk) -> None:
    source = await receive_source(once(b"%PDF"), services=desk.services)
    request = SubmitRequest(JobOptions(password="open sesame"), source=source)
    job_id = (await submit_job(request, principal=desk.principal, services=desk.services)).job.id
    await desk.complete(job_id)

    rows = await run_sql(desk.world.url, f"select sealed_password from jobs where id = '{job_id}'")

    assert rows == [(None,)]


async def test_a_cache_hit_lists_its_pages_like_the_job_that_read_them(desk: Desk) -> None:
    twin = await desk.submit()
    await desk.complete(twin.job.id)
    hit = await desk.submit()
    assert hit.job.cache_hit

    rows = await desk.world.tenant.page_rows(hit.job.id, after=0, limit=10)
    events = await desk.world.tenant.events(hit.job.id, after=0)

    assert [(row.number, row.characters, row.confidence) for row in rows] == [(1, 100, 0.9)]
    assert [event.type.value for event in events] == ["job.queued", "job.page", "job.completed"]
    assert len({event.sequence for event in events}) == 3
    assert (await desk.world.tenant.job(hit.job.id)).version == events[-1].sequence
