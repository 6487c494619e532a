"""What a batch has to do with the jobs' own transactions: adding one, and noticing that the last has ended."""

from datetime import datetime

from octavo.adapters.postgres.connect import Connection, one, run
from octavo.domain.batch import MAX_DOCUMENTS
from octavo.domain.errors import Conflict, NotFound


async def join_batch(connection: Connection, batch_id: str, project_id: str, until: datetime) -> None:
    """Count one job more; the batch is kept at least `until` then.

    Raises:
        NotFound: the project has no such batch. Conflict: it was cancelled, or is full.
    """
    if await seats_in(connection, batch_id, project_id) < 1:
        raise full()
    await take_seats(connection, batch_id, 1, until)


async def seats_in(connection: Connection, batch_id: str, project_id: str) -> int:
    """How many jobs more it takes; it is locked from here to the commit. Raises `NotFound`, `Conflict`."""
    row = await one(
        connection,
        "select * from batches where id = %(batch)s and project_id = %(project)s for update",
        {"batch": batch_id, "project": project_id},
    )
    if row is None or row["expired_at"] is not None:
        raise NotFound("There is no such batch.")
    if row["cancelled_at"] is not None:
        raise Conflict("The batch was cancelled; make a new one.", batch_status="cancelled")
    return max(0, MAX_DOCUMENTS - int(row["jobs_added"]))


async def take_seats(connection: Connection, batch_id: str, jobs: int, until: datetime) -> None:
    await run(
        connection,
        """update batches set jobs_added = jobs_added + %(jobs)s, expires_at = greatest(expires_at, %(until)s)
           where id = %(batch)s""",
        {"batch": batch_id, "jobs": jobs, "until": until},
    )


def full() -> Conflict:
    return Conflict(f"A batch takes at most {MAX_DOCUMENTS} jobs; make another one.", limit=MAX_DOCUMENTS)


async def has_ended(connection: Connection, batch_id: str | None, now: datetime) -> bool:
    """True in the one transaction that ends the batch's last job, where its own request adds no more.

    The lock makes two last jobs wait for each other, so that the second sees the first's end.
    """
    if batch_id is None:
        return False
    row = await one(
        connection, "select filling_until from batches where id = %(batch)s for update", {"batch": batch_id}
    )
    if row is None or (row["filling_until"] is not None and row["filling_until"] > now):
        return False
    return not await _has_active(connection, batch_id) and await _has_any(connection, batch_id)


async def _has_any(connection: Connection, batch_id: str) -> bool:
    row = await one(
        connection,
        "select exists (select 1 from jobs where batch_id = %(batch)s) as found",
        {"batch": batch_id},
    )
    return bool(row and row["found"])


async def _has_active(connection: Connection, batch_id: str) -> bool:
    row = await one(
        connection,
        """select exists (select 1 from jobs where batch_id = %(batch)s
                          and status in ('queued', 'processing')) as active""",
        {"batch": batch_id},
    )
    return bool(row and row["active"])
