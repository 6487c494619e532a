"""What this process holds of the queue, and what the queue only believes it holds.

When the database goes away at the wrong moment, a task may have been given to
this worker without its knowing, or ended here without the queue's knowing. The
worker lives, so nobody else would take such a task up; it hands it back itself.
"""

import asyncio
import logging
from collections.abc import Awaitable
from datetime import UTC, datetime

import procrastinate
from procrastinate.worker import Worker

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
"""A task missing at two looks in a row is lost: longer than any takes to begin or to record its end."""
HEART_STILL_S = 4.0
"""Before anybody else takes this worker for dead."""


class HeartStopped(ConnectionError):
    """The queue no longer hears the heart of this worker."""


class HeldTasks:
    """The tasks that run in this process now."""

    def __init__(self) -> None:
        self._running: set[int] = set()

    async def during(self, context: procrastinate.JobContext, work: Awaitable[None]) -> None:
        """Await `work` as the running of that task."""
        task_id = context.job.id or 0
        self._running.add(task_id)
        try:
            await work
        finally:
            self._running.discard(task_id)

    async def watch(self, app: procrastinate.App, worker: Worker) -> None:
        """Until cancelled; raises when this worker must begin anew.

        Its library does not notice when its listener or its heartbeat ends with a lost connection,
        so a worker whose database went away or began anew, or whose heart stands still, is not to
        be trusted: it would live on by polling once a second, or be taken for dead.

        Raises:
            HeartStopped, or what the database's driver raises.
        """
        missing: set[int] = set()
        database_began = None
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if worker.worker_id is None:
                continue
            began = await _require_heartbeat(app, worker.worker_id)
            if database_began not in {None, began}:
                raise HeartStopped
            database_began = began
            believed = await _believed(app, worker.worker_id)
            for task_id in (believed - self._running) & missing:
                log.warning("the queue believes that task %s runs here; handing it back", task_id)
                await app.job_manager.retry_job_by_id_async(task_id, retry_at=datetime.now(UTC))
            missing = believed - self._running


async def _require_heartbeat(app: procrastinate.App, worker_id: int) -> datetime:
    """When the database began. Raises `HeartStopped`."""
    rows = await app.connector.execute_query_all_async(
        """select pg_postmaster_start_time() as began from procrastinate_workers
           where id = %(worker_id)s and last_heartbeat > now() - make_interval(secs => %(still)s)""",
        worker_id=worker_id,
        still=HEART_STILL_S,
    )
    if not rows:
        raise HeartStopped
    began: datetime = rows[0]["began"]
    return began


async def _believed(app: procrastinate.App, worker_id: int) -> set[int]:
    rows = await app.connector.execute_query_all_async(
        "select id from procrastinate_jobs where worker_id = %(worker_id)s and status = 'doing'",
        worker_id=worker_id,
    )
    return {row["id"] for row in rows}
