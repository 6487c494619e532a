"""A batch's documents become jobs together: on a real PostgreSQL, with a real folder."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from octavo.app.batches.create import BatchCreation, CreateBatch, create_batch
from octavo.app.batches.document import BatchDocument
from octavo.app.receive import receive_file
from octavo.app.submit import SubmitRequest
from octavo.domain.batch import RefusedDocument
from octavo.domain.errors import DocumentEncrypted, TemporaryFailure
from octavo.domain.file import StoredFile
from octavo.domain.ids import FileId
from octavo.domain.job import Job, JobOptions, JobStatus, Priority
from octavo.domain.storage import source_key
from octavo.ports.egress import NO_HEADERS, Download
from octavo.ports.history import JobQuery
from tests.http.fake_egress import FakeEgress
from tests.integration.conftest import World
from tests.integration.queue_probe import run_sql
from tests.integration.use_case_desk import Desk, once, open_desk


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return open_desk(world, tmp_path)


async def a_file(desk: Desk, number: int = 0) -> StoredFile:
    return await receive_file(
        once(b"%%PDF %d" % number),
        filename=f"{number}.pdf",
        principal=desk.principal,
        services=desk.services,
    )


def of_files(*files: StoredFile, key: str | None = None, **members: object) -> CreateBatch:
    documents = [
        BatchDocument(SubmitRequest(JobOptions(), file_id=file.id, **members))  # type: ignore[arg-type]
        for file in files
    ]
    return CreateBatch(documents=documents, idempotency_key=key, fingerprint="f")


async def made(desk: Desk, order: CreateBatch) -> BatchCreation:
    return await create_batch(order, principal=desk.principal, services=desk.services)


def jobs_in(creation: BatchCreation) -> list[Job]:
    return [outcome for outcome in creation.outcomes if isinstance(outcome, Job)]


async def test_stored_files_become_jobs_without_being_opened_again(desk: Desk) -> None:
    files = [await a_file(desk, number) for number in range(30)]
    opened = desk.isolation.opened

    creation = await made(desk, of_files(*files))

    jobs = jobs_in(creation)
    assert [job.file_id for job in jobs] == [file.id for file in files], "in the order of the request"
    assert [job.filename for job in jobs] == [file.filename for file in files]
    assert sorted(job.id for job in jobs) == [job.id for job in jobs]
    assert desk.isolation.opened == opened
    assert {job.page_count for job in jobs} == {1}
    for number, job in enumerate(jobs):
        content = b"".join([chunk async for chunk in desk.blobs.read(source_key(job.id))])
        assert content == b"%%PDF %d" % number


async def test_all_that_one_submission_writes_is_written_for_each(desk: Desk, world: World) -> None:
    files = [await a_file(desk, number) for number in range(3)]
    single = await desk.submit(b"%PDF single")

    creation = await made(desk, of_files(*files))

    ids = [job.id for job in jobs_in(creation)]
    for table, column in (("events", "job_id"), ("announcements", "subject_id")):
        rows = await run_sql(world.url, f"select {column}, type from {table} order by {column}")
        assert [row for row in rows if row[0] in ids] == [(id_, "job.queued") for id_ in ids], table
        assert (single.job.id, "job.queued") in rows
    tasks = await run_sql(
        world.url, "select args ->> 'job_id', args ->> 'attempt', task_name from procrastinate_jobs"
    )
    assert sorted(row for row in tasks if row[0] in ids) == [(id_, "1", "plan") for id_ in ids]
    stats = await world.tenant.stats(1)
    assert (stats.by_status["queued"], stats.totals["submitted"]) == (4, 4)
    used = await run_sql(world.url, "select jobs, pages from usage where key_id = ''")
    assert used == [(4, 4)]


async def test_what_a_quota_leaves_goes_to_those_that_come_first_and_the_others_are_named(
    desk: Desk, world: World
) -> None:
    files = [await a_file(desk, number) for number in range(5)]
    await run_sql(world.url, "update projects set pages_per_month = 3")

    creation = await made(desk, of_files(*files))

    assert [isinstance(outcome, Job) for outcome in creation.outcomes] == [True] * 3 + [False] * 2
    refused = [outcome for outcome in creation.outcomes if isinstance(outcome, RefusedDocument)]
    assert [(one.index, one.code) for one in refused] == [
        (3, "page_quota_exceeded"),
        (4, "page_quota_exceeded"),
    ]
    assert creation.batch.refused == tuple(refused)
    assert await run_sql(world.url, "select pages from usage where key_id = ''") == [(3,)]


async def test_two_batches_at_the_same_moment_cannot_together_exceed_a_quota(
    desk: Desk, world: World
) -> None:
    files = [await a_file(desk, number) for number in range(20)]
    await run_sql(world.url, "update projects set pages_per_month = 25")

    both = await asyncio.gather(*(made(desk, of_files(*files)) for _ in range(2)))

    assert sum(len(jobs_in(creation)) for creation in both) == 25
    assert await run_sql(world.url, "select pages from usage where key_id = ''") == [(25,)]


async def test_a_refused_document_keeps_no_bytes_and_no_key(desk: Desk, world: World) -> None:
    files = [await a_file(desk, number) for number in range(2)]
    await run_sql(world.url, "update projects set pages_per_month = 1")
    first = await made(desk, of_files(*files, key="once"))
    await run_sql(world.url, "update projects set pages_per_month = 2")

    again = await made(desk, of_files(*files, key="once"))

    assert len(jobs_in(first)) == 1
    assert len(jobs_in(again)) == 2
    assert not again.created
    assert again.outcomes[0] == first.outcomes[0], "the one that was taken is the same job"
    assert again.batch.tally.jobs_total == 2
    stored = list((desk.blobs._objects / "jobs").rglob("content"))
    assert len(stored) == 2


async def test_equal_requests_at_the_same_moment_make_each_document_one_job(desk: Desk, world: World) -> None:
    files = [await a_file(desk, number) for number in range(12)]

    all_made = await asyncio.gather(*(made(desk, of_files(*files, key="once")) for _ in range(4)))

    assert len({creation.batch.id for creation in all_made}) == 1
    assert len({tuple(job.id for job in jobs_in(creation)) for creation in all_made}) == 1
    assert len(await world.tenant.jobs(JobQuery(limit=100))) == 12
    assert len(list((desk.blobs._objects / "jobs").rglob("content"))) == 12


async def test_a_request_that_broke_off_is_finished_by_sending_it_again(desk: Desk, world: World) -> None:
    files = [await a_file(desk, number) for number in range(6)]
    await made(desk, of_files(*files[:0], key=None))

    class Breaking:
        def __getattr__(self, name: str) -> object:
            return getattr(world.tenant.batches, name)

        async def settle(self, *_: object) -> None:
            raise TemporaryFailure("The database went away.")

    class Tenant:
        batches = Breaking()

        def __getattr__(self, name: str) -> object:
            return getattr(world.tenant, name)

    class Store:
        def tenant(self, _: object) -> Tenant:
            return Tenant()

    services = replace(desk.services, store=Store())  # type: ignore[arg-type]
    with pytest.raises(TemporaryFailure):
        await create_batch(of_files(*files, key="k"), principal=desk.principal, services=services)

    again = await made(desk, of_files(*files, key="k"))

    assert not again.created
    assert len(jobs_in(again)) == again.batch.tally.jobs_total == 6
    assert again.batch.filling_until is None


async def test_a_full_batch_takes_what_it_has_seats_for(desk: Desk, world: World) -> None:
    files = [await a_file(desk, number) for number in range(3)]
    first = await made(desk, of_files(files[0], key="once"))
    await run_sql(world.url, f"update batches set jobs_added = 999 where id = '{first.batch.id}'")
    new = [
        world.new_job(batch_id=first.batch.id, idempotency_key=f"batch:{number}", pages_total=1)
        for number in range(3)
    ]

    found = await world.tenant.submit_jobs(first.batch.id, new)

    assert [getattr(outcome, "code", "taken") for outcome in found] == ["taken", "conflict", "conflict"]


async def test_what_was_read_before_is_taken_from_the_cache_in_a_batch_too(desk: Desk, world: World) -> None:
    files = [await a_file(desk, number) for number in range(3)]
    first = await made(desk, of_files(files[1]))
    await desk.complete(jobs_in(first)[0].id)
    await run_sql(world.url, "update projects set pages_per_month = 3")

    creation = await made(desk, of_files(*files))

    assert [job.status for job in jobs_in(creation)] == [
        JobStatus.QUEUED,
        JobStatus.COMPLETED,
        JobStatus.QUEUED,
    ]
    assert [job.cache_hit for job in jobs_in(creation)] == [False, True, False]
    assert await run_sql(world.url, "select pages, cache_hits from usage where key_id = ''") == [(3, 1)]
    bypassing = await made(desk, of_files(files[1], bypass_cache=True))
    assert bypassing.outcomes[0].code == "page_quota_exceeded"  # type: ignore[union-attr]


async def test_a_file_that_is_not_there_is_refused_and_the_others_are_not(desk: Desk) -> None:
    file = await a_file(desk)
    lost = replace(file, id=FileId("0" * 24))

    creation = await made(desk, of_files(lost, file))

    assert [getattr(outcome, "code", "taken") for outcome in creation.outcomes] == ["not_found", "taken"]


async def test_priorities_hold_within_a_batch(desk: Desk, world: World) -> None:
    files = [await a_file(desk, number) for number in range(4)]
    order = of_files(*files)
    documents = [
        replace(document, request=replace(document.request, priority=priority))
        for document, priority in zip(order.documents, (Priority.LOW, Priority.URGENT) * 2, strict=True)
    ]

    creation = await made(desk, replace(order, documents=documents))

    waiting = await run_sql(
        world.url,
        "select args ->> 'job_id' from procrastinate_jobs where status = 'todo' order by priority desc, id",
    )
    ids = [job.id for job in jobs_in(creation)]
    assert next(row[0] for row in waiting) == ids[1]
    assert {row[0] for row in waiting} == set(ids)


class Slow(FakeEgress):
    """Answers only when `enough` are asked at the same time."""

    def __init__(self, enough: int) -> None:
        super().__init__()
        self.barrier = asyncio.Barrier(enough)

    @asynccontextmanager
    async def download(
        self, url: str, *, timeout_s: float, headers: Mapping[str, str] = NO_HEADERS
    ) -> AsyncIterator[Download]:
        async with asyncio.timeout(10):
            await self.barrier.wait()
        async with super().download(url, timeout_s=timeout_s, headers=headers) as found:
            yield found


async def test_documents_at_urls_are_fetched_side_by_side(desk: Desk) -> None:
    egress = Slow(32)
    urls = [f"https://files.test/{number}.pdf" for number in range(32)]
    egress.documents |= {url: b"%PDF" + url.encode() for url in urls}
    order = CreateBatch(documents=[BatchDocument(SubmitRequest(JobOptions()), url=url) for url in urls])

    creation = await create_batch(
        order, principal=desk.principal, services=replace(desk.services, egress=egress)
    )

    assert [job.filename for job in jobs_in(creation)] == [f"{number}.pdf" for number in range(32)]


async def test_nothing_is_fetched_for_a_project_without_pages(desk: Desk, world: World) -> None:
    await run_sql(world.url, "update projects set pages_per_month = 0")
    egress = FakeEgress()
    order = CreateBatch(
        documents=[BatchDocument(SubmitRequest(JobOptions()), url="https://files.test/a.pdf")]
    )

    creation = await create_batch(
        order, principal=desk.principal, services=replace(desk.services, egress=egress)
    )

    assert [getattr(outcome, "code", None) for outcome in creation.outcomes] == ["page_quota_exceeded"]
    assert egress.asked == []


async def test_a_file_that_could_not_be_opened_when_it_came_is_opened_when_it_is_submitted(
    desk: Desk,
) -> None:
    desk.isolation.refusal = DocumentEncrypted("This document needs a password.")
    locked = await a_file(desk)
    still = await made(desk, of_files(locked))
    desk.isolation.refusal = None
    opened = desk.isolation.opened

    creation = await made(desk, of_files(locked, key="another"))

    assert locked.page_count is None
    assert [getattr(outcome, "code", None) for outcome in still.outcomes] == ["document_encrypted"]
    assert jobs_in(creation)[0].page_count == 1
    assert desk.isolation.opened == opened + 1


async def test_a_file_under_another_name_is_opened_again_since_a_name_may_be_refused(desk: Desk) -> None:
    file = await a_file(desk)
    opened = desk.isolation.opened

    await made(desk, of_files(file, filename="other.docx"))

    assert desk.isolation.opened == opened + 1


async def test_a_commit_whose_answer_was_lost_keeps_its_bytes(desk: Desk, world: World) -> None:
    files = [await a_file(desk, number) for number in range(3)]

    class Losing:
        def __getattr__(self, name: str) -> object:
            return getattr(world.tenant, name)

        async def submit_jobs(self, *given: object) -> None:
            await world.tenant.submit_jobs(*given)  # type: ignore[arg-type]
            raise TemporaryFailure("The connection was lost.")

    class Store:
        def tenant(self, _: object) -> Losing:
            return Losing()

    services = replace(desk.services, store=Store())  # type: ignore[arg-type]
    with pytest.raises(TemporaryFailure):
        await create_batch(of_files(*files, key="k"), principal=desk.principal, services=services)

    again = await made(desk, of_files(*files, key="k"))

    assert len(jobs_in(again)) == again.batch.tally.jobs_total == 3
    for job in jobs_in(again):
        assert await desk.blobs.size(source_key(job.id))
