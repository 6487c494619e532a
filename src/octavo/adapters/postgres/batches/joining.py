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
    row = await one(
        connection,
        "select * from batches where id = %(batch)s and project_id = %(project)s for update",
        {"batch": batch_id, "project": project_id},
    )
    if row is None or row["expired_at"] is not None:
        raise NotFound("There is no such batch.")
    if row["cancelled_at"] is not None:
        raise Conflict("The batch was cancelled; make a new one.", batch_status="cancelled")
    if row["jobs_added"] >= MAX_DOCUMENTS:
        raise Conflict(f"A batch takes at most {MAX_DOCUMENTS} jobs; make another one.", limit=MAX_DOCUMENTS)
    await run(
        connection,
        """update batches set jobs_added = jobs_added + 1, expires_at = greatest(expires_at, %(until)s)
           where id = %(batch)s""",
        {"batch": batch_id, "until": until},
    )


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
