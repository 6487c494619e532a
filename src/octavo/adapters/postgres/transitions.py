"""What several transactions share: telling, counting, queueing and ending a job."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from octavo.adapters.postgres.batches.news import announce_end
from octavo.adapters.postgres.connect import Connection, only, run
from octavo.adapters.postgres.rows import Row, error_to_row, standing_to_row
from octavo.adapters.postgres.usage.charge import charge_model, give_back
from octavo.adapters.postgres.webhooks.announce import announce_job
from octavo.domain.event import EventType
from octavo.domain.field import ModelUse
from octavo.domain.job import FieldsStanding, JobError, JobStatus

CHANNEL = "octavo_jobs"
PLAN, SLICE, ASSEMBLE = "plan", "slice", "assemble"

FINAL_EVENT = {
    JobStatus.COMPLETED: EventType.JOB_COMPLETED,
    JobStatus.FAILED: EventType.JOB_FAILED,
    JobStatus.CANCELLED: EventType.JOB_CANCELLED,
}


async def tell(
    connection: Connection, job: Row, type_: EventType, payload: dict[str, Any], now: datetime
) -> None:
    """Write a state event at the job's current version, announce it, and wake who waits for it."""
    await run(
        connection,
        """insert into events (job_id, sequence, type, payload, created_at)
           values (%(job)s, %(sequence)s, %(type)s, %(payload)s, %(now)s)""",
        {
            "job": job["id"],
            "sequence": job["version"],
            "type": type_.value,
            "payload": Jsonb(payload),
            "now": now,
        },
    )
    await announce_job(connection, job, type_, now)
    await wake(connection, job["id"])


async def wake(connection: Connection, job_id: str) -> None:
    await run(connection, "select pg_notify(%(channel)s, %(job)s)", {"channel": CHANNEL, "job": job_id})


async def count(connection: Connection, job: Row, amounts: dict[str, int], now: datetime) -> None:
    """Append counter deltas; they are folded together later, so no row is contended for."""
    names = [name for name, amount in amounts.items() if amount]
    await run(
        connection,
        """insert into counter_deltas (organization_id, project_id, day, name, amount)
           select %(organization)s, %(project)s, %(day)s, name, amount
           from unnest(%(names)s::text[], %(amounts)s::bigint[]) as delta (name, amount)""",
        {
            "organization": job["organization_id"],
            "project": job["project_id"],
            "day": now.date(),
            "names": names,
            "amounts": [amounts[name] for name in names],
        },
    )


async def enqueue(
    connection: Connection, job: Row, task: str, arguments: list[dict[str, Any]], costs: list[int]
) -> None:
    """Queue tasks for this job, fairly; see `migrations/queue.sql`."""
    if not arguments:
        return
    await run(
        connection,
        "select octavo_enqueue(%(project)s, %(class)s, %(task)s, %(arguments)s::jsonb[], %(costs)s::integer[])",
        {
            "project": job["project_id"],
            "class": job["priority"],
            "task": task,
            "arguments": [
                Jsonb({"job_id": job["id"], "attempt": job["attempt"], **values}) for values in arguments
            ],
            "costs": costs,
        },
    )


async def enqueue_plans(connection: Connection, jobs: Sequence[Row]) -> None:
    """As `enqueue`, of many jobs of one project, each to be planned."""
    for priority in sorted({job["priority"] for job in jobs}, reverse=True):
        await run(
            connection,
            "select octavo_enqueue(%(project)s, %(class)s, %(task)s, %(arguments)s::jsonb[], %(costs)s::integer[])",
            {
                "project": jobs[0]["project_id"],
                "class": priority,
                "task": PLAN,
                "arguments": [
                    Jsonb({"job_id": job["id"], "attempt": job["attempt"]})
                    for job in jobs
                    if job["priority"] == priority
                ],
                "costs": [1] * sum(job["priority"] == priority for job in jobs),
            },
        )


async def end(
    connection: Connection,
    job: Row,
    status: JobStatus,
    *,
    now: datetime,
    error: JobError | None = None,
    mean_confidence: float | None = None,
    pages_failed: int | None = None,
    fields: FieldsStanding | None = None,
    use: ModelUse | None = None,
) -> Row:
    """The final state with its event and counters; `job` is locked and has not ended. The new row."""
    ended = await only(
        connection,
        """update jobs set
             status = %(status)s,
             stage = case when %(status)s = 'completed' then 'done' else stage end,
             sealed_password = case when %(status)s = 'completed' then null else sealed_password end,
             error = %(error)s, mean_confidence = %(confidence)s,
             pages_failed = coalesce(%(pages_failed)s, pages_failed),
             document_type = coalesce(%(document_type)s, document_type),
             fields_version = %(fields_version)s, fields = %(fields)s,
             finished_at = %(now)s, updated_at = %(now)s, version = version + 1,
             result_expires_at = %(now)s::timestamptz + make_interval(secs => result_retention_s)
           where id = %(job)s returning *""",
        {
            "status": status.value,
            "error": Jsonb(error_to_row(error)) if error else None,
            "confidence": mean_confidence,
            "pages_failed": pages_failed,
            "document_type": fields.summary.document_type if fields else None,
            "fields_version": fields.version if fields else 0,
            "fields": Jsonb(standing_to_row(fields)) if fields else None,
            "now": now,
            "job": job["id"],
        },
    )
    await run(connection, "delete from slices where job_id = %(job)s", {"job": job["id"]})
    if status is not JobStatus.COMPLETED:
        await give_back(connection, ended)
    if took := fields.summary.model if fields is not None else use:
        await charge_model(connection, ended, took, now)
    payload: dict[str, Any] = {"status": status.value}
    if error:
        payload["error"] = error_to_row(error)
    await tell(connection, ended, FINAL_EVENT[status], payload, now)
    await _count_end(connection, job, ended, now)
    await announce_end(connection, ended["batch_id"], now)
    return ended


async def _count_end(connection: Connection, job: Row, ended: Row, now: datetime) -> None:
    status = ended["status"]
    amounts = {f"status:{job['status']}": -1, f"status:{status}": 1, status: 1}
    if status == JobStatus.COMPLETED:
        amounts |= {
            "pages": ended["pages_done"] - ended["pages_failed"],
            "pages_failed": ended["pages_failed"],
        }
    await count(connection, job, amounts, now)


async def drop_tasks(connection: Connection, job_id: str) -> None:
    """Take a job's waiting tasks out of the queue and abort those that run."""
    await run(
        connection,
        """select procrastinate_cancel_job_v1(id, true, true) from procrastinate_jobs
           where args ->> 'job_id' = %(job)s and status in ('todo', 'doing')""",
        {"job": job_id},
    )
