"""What is announced of a batch, in the transaction that makes it true."""

from datetime import datetime
from typing import Any

from octavo.adapters.postgres.batches.joining import has_ended
from octavo.adapters.postgres.connect import Connection, many, only
from octavo.adapters.postgres.webhooks.announce import announce
from octavo.domain.event import EventType
from octavo.domain.job import JobStatus
from octavo.domain.moments import to_text

Row = dict[str, Any]


async def announce_end(connection: Connection, batch_id: str | None, now: datetime) -> None:
    """Where a job's end, just written by this transaction, was the batch's last."""
    if batch_id is not None and await has_ended(connection, batch_id, now):
        row = await only(connection, "select * from batches where id = %(id)s", {"id": batch_id})
        await announce_batch(connection, row, EventType.BATCH_COMPLETED, now)


async def announce_batch(connection: Connection, batch: Row, type_: EventType, now: datetime) -> None:
    counted = await many(
        connection,
        "select status, count(*) as jobs from jobs where batch_id = %(id)s group by status",
        {"id": batch["id"]},
    )
    jobs = {row["status"]: row["jobs"] for row in counted}
    await announce(
        connection,
        type_,
        organization_id=batch["organization_id"],
        project_id=batch["project_id"],
        subject_id=batch["id"],
        facts={
            "name": batch["name"],
            "metadata": batch["metadata"],
            "counts": {status.value: jobs.get(status.value, 0) for status in JobStatus}
            | {"total": sum(jobs.values()), "refused": len(batch["refused"])},
            "created_at": to_text(batch["created_at"]),
        },
        now=now,
    )
