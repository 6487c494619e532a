"""How a document is read.  Start reading here.

A job goes through three kinds of work, each an entry in the queue:

    plan_job      open the document, cut its pages into slices, queue the first of them
    read_slice    read some pages in a child process, keep them, queue what follows
    assemble_job  put the finished pages together into one document, find its fields, announce the end

Each may be run again at any point: a page that was kept is not read twice, and
a job whose attempt is over is left alone.
"""

import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

from octavo.app.extract import extract_fields_of
from octavo.app.services import Services
from octavo.domain.document import EngineIdentity, PageFailure, Source
from octavo.domain.errors import OctavoError, TemporaryFailure, UnreadableDocument
from octavo.domain.field import ModelUse
from octavo.domain.ids import JobId
from octavo.domain.job import Job, JobError, PageSelection, Stage
from octavo.domain.storage import document_key, slice_key, source_key
from octavo.ports.isolation import AssembleRequest, ChildDied, Frame, PageOutcome, ReadRequest
from octavo.ports.models import ModelFailed
from octavo.ports.store import Completion, PageCheckpoint, PageRow, SlicePlan

log = logging.getLogger(__name__)

PAGE_ROWS_AT_ONCE = 500
_OPENS_ONLY_NOW = "The document could not be opened when it was sent. Send it again."
LEFT_OUT = "time_limit"
_LEFT_OUT = "The job's time_limit_s was over before this page was begun; it was left out."
DIGITAL_PAGES_FIRST = 16
"""A first slice of digital pages: about 0.3 s of work, after which the real speed is known."""


async def plan_job(job_id: JobId, attempt: int, *, services: Services) -> None:
    """Open the document and queue its first slices.

    Raises:
        TemporaryFailure: Try again later; the job stays as it is.
    """
    job = await services.store.work.begin(job_id, attempt)
    if job is None:
        return
    try:
        async with services.blobs.local_path(source_key(job_id)) as path:
            inspection = await services.isolation.inspect(
                path, filename=job.filename, password=job.options.password
            )
    except OctavoError as error:
        await _fail(job, error, Stage.PLANNING, services)
        return
    if not job.pages_total:
        # It could not be opened when it was sent (`SubmitRequest.keep_unreadable`): which pages were meant?
        await _fail(job, UnreadableDocument(_OPENS_ONLY_NOW), Stage.PLANNING, services)
        return
    scanned = inspection.scanned_sample > 0
    await services.store.work.plan(job_id, attempt, slice_pages=1 if scanned else DIGITAL_PAGES_FIRST)


async def read_slice(job_id: JobId, attempt: int, start: int, *, services: Services) -> None:
    """Read the slice that begins at position `start`, keep what was read, queue what follows.

    A slice stops after `Policy.slice_budget_s`; its rest becomes a slice of its own, so that
    another tenant's page never waits longer than that for this worker. When its process dies, it
    is cut into single pages, and a single page that keeps killing its process is given up. When the
    job's time limit is over, its pages are left out; the first slice is always begun.

    Raises:
        TemporaryFailure: Try again later; nothing was kept.
    """
    found = await services.store.work.job_for_slice(job_id, attempt, start)
    if found is None:
        return
    job, piece = found
    if piece.deaths >= services.policy.max_worker_deaths:
        await _give_up_or_split(job, piece, by_child=False, services=services)
        return
    numbers = job.options.pages.numbers(piece.start, piece.stop)
    finished = await services.store.work.finished_numbers(job_id, numbers) if attempt > 1 else set()
    wanted = [number for number in numbers if number not in finished]
    if piece.start > 0 and _time_left_s(job, services) <= 0:
        await _keep(job, piece, numbers, finished, tuple(map(_left_out, wanted)), services)
        return
    try:
        outcomes = await _read(job, wanted, services)
    except ChildDied:
        await _give_up_or_split(job, piece, by_child=True, services=services)
        return
    except OctavoError as error:
        await _fail(job, error, Stage.READING, services)
        return
    await _keep(job, piece, numbers, finished, outcomes, services)


async def assemble_job(job_id: JobId, attempt: int, *, services: Services) -> None:
    """Put the finished pages together, look for the fields, store the document, and end the job.

    Raises:
        TemporaryFailure: Try again later; the pages stay.
    """
    job = await services.store.work.job_for_assembly(job_id, attempt)
    if job is None:
        return
    rows = [row async for row in _page_rows(job_id, services)]
    if all(row.failure for row in rows):
        await _fail(job, _nothing_readable(rows), Stage.READING, services)
        return
    confidence = _mean_confidence(rows)
    try:
        with TemporaryDirectory(prefix="octavo-assemble-", dir=services.policy.scratch_dir) as scratch:
            target = Path(scratch) / "document"
            async with _local_frames(rows, services) as frames:
                await services.isolation.assemble(_assembly(job, rows, frames, confidence, target, services))
            fields = await extract_fields_of(job, target, services=services)
            await services.blobs.put_path(document_key(job_id), target)
    except (ChildDied, ModelFailed) as error:
        use = error.use if isinstance(error, ModelFailed) else None
        await _fail(job, error, Stage.ASSEMBLING, services, use)
        return
    failed = sum(1 for row in rows if row.failure)
    await services.store.work.complete(job_id, attempt, Completion(confidence, failed, fields))


async def _read(job: Job, numbers: list[int], services: Services) -> tuple[PageOutcome, ...]:
    if not numbers:
        return ()
    log.info("job %s: reading pages %s", job.id, _spelled(numbers))
    async with services.blobs.local_path(source_key(job.id)) as path:
        return await services.isolation.read(
            ReadRequest(
                path=path,
                media_type=job.media_type,
                password=job.options.password,
                numbers=tuple(numbers),
                engine=job.engine,
                profile=job.options.profile,
                languages=job.options.languages,
                budget_s=min(services.policy.slice_budget_s, max(0.0, _time_left_s(job, services))),
                ink_only=job.options.ink_only,
            )
        )


def _time_left_s(job: Job, services: Services) -> float:
    if job.options.time_limit_s is None:
        return inf
    begun = job.started_at or job.created_at
    return job.options.time_limit_s - (services.clock.now() - begun).total_seconds()


def _left_out(number: int) -> PageOutcome:
    return PageOutcome(number, None, PageFailure(number, LEFT_OUT, _LEFT_OUT, attempts=0), 0, 0, None, 0)


def _spelled(numbers: list[int]) -> str:
    return str(PageSelection.of([(number, number) for number in numbers]))


async def _keep(
    job: Job,
    piece: SlicePlan,
    numbers: list[int],
    finished: set[int],
    outcomes: tuple[PageOutcome, ...],
    services: Services,
) -> None:
    """Blob first, then one transaction. `done` counts positions, finished earlier or just now."""
    read = {outcome.number for outcome in outcomes}
    done = 0
    while done < len(numbers) and (numbers[done] in finished or numbers[done] in read):
        done += 1
    key = slice_key(job.id, job.attempt, piece.start, secrets.token_hex(4))
    pages, content = _lay_out(key, outcomes)
    if content:
        await services.blobs.put_bytes(key, content)
    kept = await services.store.work.checkpoint(
        piece, done=done, pages=pages, next_slice_pages=_next_slice_pages(outcomes, services)
    )
    log.info("job %s: %s pages %s", job.id, "kept" if kept else "discarded", _spelled(sorted(read)))


def _lay_out(key: str, outcomes: tuple[PageOutcome, ...]) -> tuple[list[PageCheckpoint], bytes]:
    content = bytearray()
    pages = []
    for outcome in outcomes:
        frame = outcome.frame or b""
        pages.append(
            PageCheckpoint(
                number=outcome.number,
                blob_key=key if outcome.frame is not None else None,
                offset=len(content),
                length=len(frame),
                failure=outcome.failure,
                characters=outcome.characters,
                grounded_characters=outcome.grounded_characters,
                confidence=outcome.confidence,
                duration_ms=outcome.duration_ms,
            )
        )
        content += frame
    return pages, bytes(content)


def _next_slice_pages(outcomes: tuple[PageOutcome, ...], services: Services) -> int:
    """As many pages as fill the budget at the speed just seen, growing at most fourfold.

    A slice whose pages an earlier attempt read tells no speed; the next one may be long, since it
    skips such pages and stops by the budget.
    """
    if not outcomes:
        return services.policy.max_slice_pages
    mean_s = max(0.001, sum(outcome.duration_ms for outcome in outcomes) / 1000 / len(outcomes))
    fitting = int(services.policy.slice_budget_s / mean_s)
    return max(1, min(fitting, 4 * len(outcomes), services.policy.max_slice_pages))


async def _give_up_or_split(job: Job, piece: SlicePlan, *, by_child: bool, services: Services) -> None:
    single = await services.store.work.split(piece, by_child=by_child)
    if single is None:
        return
    number = job.options.pages.numbers(single.start, single.stop)[0]
    if (
        single.crashes < services.policy.max_child_crashes
        and single.deaths < services.policy.max_worker_deaths
    ):
        await read_slice(job.id, job.attempt, single.start, services=services)
        return
    failure = PageFailure(
        page=number,
        code="page_quarantined",
        summary="Reading this page ended its process repeatedly, by a crash, memory or time; it was left out.",
        attempts=max(single.crashes, single.deaths),
    )
    page = PageCheckpoint(
        number=number,
        blob_key=None,
        offset=0,
        length=0,
        failure=failure,
        characters=0,
        grounded_characters=0,
        confidence=None,
        duration_ms=0,
    )
    await services.store.work.checkpoint(single, done=1, pages=[page], next_slice_pages=1)


async def _page_rows(job_id: JobId, services: Services) -> AsyncIterator[PageRow]:
    after = 0
    while True:
        rows = await services.store.work.page_rows(job_id, after=after, limit=PAGE_ROWS_AT_ONCE)
        for row in rows:
            yield row
        if len(rows) < PAGE_ROWS_AT_ONCE:
            return
        after = rows[-1].number


@asynccontextmanager
async def _local_frames(rows: list[PageRow], services: Services) -> AsyncIterator[tuple[Frame, ...]]:
    async with AsyncExitStack() as stack:
        paths: dict[str, Path] = {}
        for row in rows:
            if row.blob_key is not None and row.blob_key not in paths:
                paths[row.blob_key] = await stack.enter_async_context(services.blobs.local_path(row.blob_key))
        yield tuple(
            Frame(row.number, paths[row.blob_key], row.offset, row.length)
            for row in rows
            if row.blob_key is not None
        )


def _assembly(
    job: Job,
    rows: list[PageRow],
    frames: tuple[Frame, ...],
    confidence: float | None,
    target: Path,
    services: Services,
) -> AssembleRequest:
    characters = sum(row.characters for row in rows)
    grounded = sum(row.grounded_characters for row in rows)
    started = job.started_at or job.created_at
    return AssembleRequest(
        frames=frames,
        failures=tuple(row.failure for row in rows if row.failure),
        source=Source(job.filename, job.media_type, job.size_bytes, job.sha256, job.page_count or len(rows)),
        engine=_engine(job, services),
        profile=job.options.profile,
        duration_ms=int((services.clock.now() - started).total_seconds() * 1000),
        grounded_share=round(grounded / characters, 4) if characters else None,
        mean_confidence=confidence,
        target=target,
    )


def _engine(job: Job, services: Services) -> EngineIdentity:
    versions = {engine.name: engine.version for engine in services.engines.describe()}
    return EngineIdentity(job.engine, versions.get(job.engine, "unknown"), job.engine_digest)


def _mean_confidence(rows: list[PageRow]) -> float | None:
    """Weighted by characters, over the pages whose engine says."""
    weighted = [
        (row.confidence, row.characters) for row in rows if row.confidence is not None and row.characters
    ]
    total = sum(characters for _, characters in weighted)
    return (
        round(sum(confidence * characters for confidence, characters in weighted) / total, 4)
        if total
        else None
    )


def _nothing_readable(rows: list[PageRow]) -> OctavoError:
    first = next((row.failure for row in rows if row.failure), None)
    detail = f" The first: {first.summary}" if first else ""
    return UnreadableDocument(f"None of the {len(rows)} pages could be read.{detail}")


async def _fail(
    job: Job, error: OctavoError, step: Stage, services: Services, use: ModelUse | None = None
) -> None:
    if isinstance(error, TemporaryFailure):
        raise error
    told = JobError(error.code, error.summary, retryable=error.retryable, step=step)
    await services.store.work.fail(job.id, job.attempt, told, use)


async def give_up_job(job_id: JobId, attempt: int, step: Stage, *, services: Services) -> None:
    """End a job whose work failed for reasons of ours more often than we try; retrying it is worth while."""
    await services.store.work.fail(
        job_id,
        attempt,
        JobError(
            "temporary_failure",
            "A part of the service was not available for too long. Nothing is wrong with the document: retry the job.",
            retryable=True,
            step=step,
        ),
    )
