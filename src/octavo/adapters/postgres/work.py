"""The workers' side of the store: every method one transaction, safe to repeat."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from psycopg.types.json import Jsonb

from octavo.adapters.postgres.connect import Connection, Pool, many, one, only, reading, run, transaction
from octavo.adapters.postgres.rows import JOB_COLUMNS, Row, failure_to_row, job_from_row, page_from_row
from octavo.adapters.postgres.secrets import Sealer
from octavo.adapters.postgres.transitions import ASSEMBLE, SLICE, count, end, enqueue, tell, wake
from octavo.adapters.postgres.webhooks.announce import announce_progress
from octavo.domain.event import EventType
from octavo.domain.field import ModelUse
from octavo.domain.ids import JobId
from octavo.domain.job import Job, JobError, JobStatus
from octavo.ports.clock import Clock
from octavo.ports.store import Completion, PageCheckpoint, PageRow, SlicePlan

WAKE_EVERY = timedelta(milliseconds=250)
"""NOTIFY serialises commits under load, so a job's pages wake its watchers at most four times a second."""


class PostgresWork:
    """Implements `ports.store.Work`."""

    def __init__(self, pool: Pool, *, sealer: Sealer, clock: Clock, slices_in_flight: int) -> None:
        self._pool = pool
        self._sealer = sealer
        self._clock = clock
        self._window = slices_in_flight

    async def begin(self, job_id: JobId, attempt: int) -> Job | None:
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            job = await _locked(connection, job_id, attempt, JobStatus.QUEUED, JobStatus.PROCESSING)
            if job is None or job["stage"] not in ("waiting", "planning"):
                return None
            if job["status"] == JobStatus.QUEUED:
                job = await _update(
                    connection,
                    job_id,
                    """status = 'processing', stage = 'planning', started_at = %(now)s, updated_at = %(now)s,
                       version = version + 1""",
                    {"now": now},
                )
                await tell(connection, job, EventType.JOB_PROCESSING, {"status": "processing"}, now)
                await count(connection, job, {"status:queued": -1, "status:processing": 1}, now)
            return job_from_row(job, sealer=self._sealer)

    async def plan(self, job_id: JobId, attempt: int, *, slice_pages: int) -> None:
        async with transaction(self._pool) as connection:
            job = await _locked(connection, job_id, attempt, JobStatus.PROCESSING)
            if job is None or job["stage"] != "planning":
                return
            position = await self._cut(
                connection, job, remainder=None, slice_pages=slice_pages, open_slices=0
            )
            await _update(
                connection,
                job_id,
                "stage = 'reading', next_position = %(position)s, updated_at = %(now)s, version = version + 1",
                {"position": position, "now": self._clock.now()},
            )
            await wake(connection, job_id)

    async def job_for_slice(self, job_id: JobId, attempt: int, start: int) -> tuple[Job, SlicePlan] | None:
        async with reading(self._pool) as connection:
            row = await one(
                connection,
                f"""select {JOB_COLUMNS}, s.start, s.stop, s.crashes, s.deaths
                    from slices s join jobs j on j.id = s.job_id
                    where s.job_id = %(job)s and s.start = %(start)s
                      and j.attempt = %(attempt)s and j.status = 'processing'""".replace(
                    JOB_COLUMNS, ", ".join(f"j.{name.strip()}" for name in JOB_COLUMNS.split(","))
                ),
                {"job": job_id, "start": start, "attempt": attempt},
            )
        if row is None:
            return None
        piece = SlicePlan(job_id, attempt, row["start"], row["stop"], row["crashes"], row["deaths"])
        return job_from_row(row, sealer=self._sealer), piece

    async def finished_numbers(self, job_id: JobId, numbers: Sequence[int]) -> set[int]:
        async with reading(self._pool) as connection:
            rows = await many(
                connection,
                "select number from pages where job_id = %(job)s and number = any(%(numbers)s)",
                {"job": job_id, "numbers": list(numbers)},
            )
        return {row["number"] for row in rows}

    async def checkpoint(
        self, piece: SlicePlan, *, done: int, pages: Sequence[PageCheckpoint], next_slice_pages: int
    ) -> bool:
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            job = await _locked(connection, piece.job_id, piece.attempt, JobStatus.PROCESSING)
            if job is None or not await _take_slice(connection, piece):
                return False
            await _insert_pages(connection, job, pages, now)
            open_slices = await only(
                connection, "select count(*) as n from slices where job_id = %(job)s", {"job": piece.job_id}
            )
            reached = piece.start + done
            position = await self._cut(
                connection,
                job,
                remainder=(reached, piece.stop) if reached < piece.stop else None,
                slice_pages=next_slice_pages,
                open_slices=open_slices["n"],
            )
            await self._advance(connection, job, pages, position, now)
        return True

    async def split(self, piece: SlicePlan, *, by_child: bool) -> SlicePlan | None:
        column = "crashes" if by_child else "deaths"
        async with transaction(self._pool) as connection:
            job = await _locked(connection, piece.job_id, piece.attempt, JobStatus.PROCESSING)
            if job is None:
                return None
            if piece.stop - piece.start == 1:
                row = await one(
                    connection,
                    f"""update slices set {column} = {column} + 1
                        where job_id = %(job)s and start = %(start)s returning *""",
                    {"job": piece.job_id, "start": piece.start},
                )
                return _plan_from_row(row) if row else None
            if not await _take_slice(connection, piece):
                return None
            starts = list(range(piece.start, piece.stop))
            await _insert_slices(connection, job, [(start, start + 1) for start in starts])
            return None

    async def page_rows(self, job_id: JobId, *, after: int, limit: int) -> list[PageRow]:
        async with reading(self._pool) as connection:
            return await read_page_rows(connection, job_id, after, limit)

    async def job_for_assembly(self, job_id: JobId, attempt: int) -> Job | None:
        async with reading(self._pool) as connection:
            row = await one(
                connection,
                f"""select {JOB_COLUMNS} from jobs where id = %(job)s and attempt = %(attempt)s
                    and status = 'processing' and stage = 'assembling'""",
                {"job": job_id, "attempt": attempt},
            )
        return job_from_row(row, sealer=self._sealer) if row else None

    async def complete(self, job_id: JobId, attempt: int, completion: Completion) -> None:
        async with transaction(self._pool) as connection:
            job = await _locked(connection, job_id, attempt, JobStatus.PROCESSING)
            if job is not None:
                await end(
                    connection,
                    job,
                    JobStatus.COMPLETED,
                    now=self._clock.now(),
                    mean_confidence=completion.mean_confidence,
                    pages_failed=completion.pages_failed,
                    fields=completion.fields,
                )

    async def fail(self, job_id: JobId, attempt: int, error: JobError, use: ModelUse | None = None) -> None:
        async with transaction(self._pool) as connection:
            job = await _locked(connection, job_id, attempt, JobStatus.QUEUED, JobStatus.PROCESSING)
            if job is not None:
                await end(connection, job, JobStatus.FAILED, now=self._clock.now(), error=error, use=use)

    async def _cut(
        self,
        connection: Connection,
        job: Row,
        *,
        remainder: tuple[int, int] | None,
        slice_pages: int,
        open_slices: int,
    ) -> int:
        """Queue the rest of a slice and as many new ones as the window holds; the next position."""
        position, total = job["next_position"], job["pages_total"]
        ranges = [remainder] if remainder else []
        while position < total and open_slices + len(ranges) < self._window:
            stop = min(position + slice_pages, total)
            ranges.append((position, stop))
            position = stop
        await _insert_slices(connection, job, ranges)
        if not ranges and open_slices == 0:
            await enqueue(connection, job, ASSEMBLE, [{}], [1])
        return int(position)

    async def _advance(
        self, connection: Connection, job: Row, pages: Sequence[PageCheckpoint], position: int, now: Any
    ) -> None:
        """Progress, and the stage when the last page is kept."""
        failed = sum(1 for page in pages if page.failure)
        due = job["notified_at"] is None or now - job["notified_at"] >= WAKE_EVERY
        advanced = await _update(
            connection,
            job["id"],
            """pages_done = pages_done + %(pages)s, pages_failed = pages_failed + %(failed)s,
               next_position = %(position)s, version = version + %(pages)s + 1, updated_at = %(now)s,
               notified_at = case when %(due)s then %(now)s else notified_at end,
               stage = case when %(position)s >= pages_total
                             and not exists (select 1 from slices s where s.job_id = jobs.id)
                            then 'assembling' else stage end""",
            {"pages": len(pages), "failed": failed, "position": position, "now": now, "due": due},
        )
        if due:
            await wake(connection, job["id"])
        await announce_progress(connection, advanced, pages_before=job["pages_done"], now=now)


async def read_page_rows(connection: Connection, job_id: str, after: int, limit: int) -> list[PageRow]:
    rows = await many(
        connection,
        "select * from pages where job_id = %(job)s and number > %(after)s order by number limit %(limit)s",
        {"job": job_id, "after": after, "limit": limit},
    )
    return [page_from_row(row) for row in rows]


async def _locked(connection: Connection, job_id: str, attempt: int, *statuses: JobStatus) -> Row | None:
    """The job's row, locked, if this attempt is still on."""
    return await one(
        connection,
        """select * from jobs where id = %(job)s and attempt = %(attempt)s and status = any(%(statuses)s)
           for update""",
        {"job": job_id, "attempt": attempt, "statuses": [status.value for status in statuses]},
    )


async def _update(connection: Connection, job_id: str, assignments: str, params: dict[str, Any]) -> Row:
    return await only(
        connection, f"update jobs set {assignments} where id = %(job)s returning *", {**params, "job": job_id}
    )


async def _take_slice(connection: Connection, piece: SlicePlan) -> bool:
    """Only one of all who may hold this slice gets past here."""
    return (
        await run(
            connection,
            """delete from slices where job_id = %(job)s and start = %(start)s and stop = %(stop)s
           and attempt = %(attempt)s""",
            {"job": piece.job_id, "start": piece.start, "stop": piece.stop, "attempt": piece.attempt},
        )
        == 1
    )


async def _insert_slices(connection: Connection, job: Row, ranges: list[tuple[int, int]]) -> None:
    if not ranges:
        return
    await run(
        connection,
        """insert into slices (job_id, attempt, start, stop)
           select %(job)s, %(attempt)s, start, stop
           from unnest(%(starts)s::integer[], %(stops)s::integer[]) as range (start, stop)""",
        {
            "job": job["id"],
            "attempt": job["attempt"],
            "starts": [start for start, _ in ranges],
            "stops": [stop for _, stop in ranges],
        },
    )
    await enqueue(
        connection,
        job,
        SLICE,
        [{"start": start} for start, _ in ranges],
        [stop - start for start, stop in ranges],
    )


async def _insert_pages(connection: Connection, job: Row, pages: Sequence[PageCheckpoint], now: Any) -> None:
    async with connection.cursor() as cursor:
        await cursor.executemany(
            """insert into pages (job_id, number, sequence, attempt, blob_key, blob_offset, blob_length, failure,
                                  characters, grounded_characters, confidence, duration_ms, finished_at)
               values (%(job)s, %(number)s, %(sequence)s, %(attempt)s, %(blob_key)s, %(offset)s, %(length)s,
                       %(failure)s, %(characters)s, %(grounded)s, %(confidence)s, %(duration_ms)s, %(now)s)""",
            [
                {
                    "job": job["id"],
                    "number": page.number,
                    "sequence": job["version"] + index,
                    "attempt": job["attempt"],
                    "blob_key": page.blob_key,
                    "offset": page.offset,
                    "length": page.length,
                    "failure": Jsonb(failure_to_row(page.failure)) if page.failure else None,
                    "characters": page.characters,
                    "grounded": page.grounded_characters,
                    "confidence": page.confidence,
                    "duration_ms": page.duration_ms,
                    "now": now,
                }
                for index, page in enumerate(pages, start=1)
            ],
        )


def _plan_from_row(row: Row) -> SlicePlan:
    return SlicePlan(
        JobId(row["job_id"]), row["attempt"], row["start"], row["stop"], row["crashes"], row["deaths"]
    )
