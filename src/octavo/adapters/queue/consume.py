"""One worker process's hold on the queue.

Only ids cross the queue. The engine's own bookkeeping is not waited for on
disk (`synchronous_commit=off`): losing its last moments in a crash only runs a
task again, and a task that finds its work kept does nothing.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import procrastinate
import psycopg
from procrastinate.exceptions import ConnectorException, JobAborted
from procrastinate.worker import Worker
from psycopg_pool import PoolTimeout

from octavo.adapters.queue.held import HeldTasks
from octavo.domain.errors import TemporaryFailure
from octavo.domain.ids import JobId
from octavo.domain.job import Stage

log = logging.getLogger(__name__)

QUEUE = "octavo"
HEARTBEAT_S = 1.0
FORGOTTEN_AFTER_S = 300.0
"""When a starting worker strikes dead ones off the list. Their tasks are handed on long before, see
`PostgresUpkeep.recover_stalled`; striking off early would hit the living after the database was away."""
POLL_S = 1.0
"""How long a lost notification may delay a task or a cancellation."""
MAX_TRIES = 8
"""Temporary failures of one task before its job is given up: about four minutes, by the waits below."""
RECONNECT_S = 0.5
LOST = (psycopg.OperationalError, psycopg.InterfaceError, ConnectorException, PoolTimeout, OSError)


@dataclass(frozen=True, slots=True)
class Tasks:
    """What the queue's tasks do: the use cases of `app.process` with their services bound."""

    plan: Callable[[JobId, int], Awaitable[None]]
    read: Callable[[JobId, int, int], Awaitable[None]]
    assemble: Callable[[JobId, int], Awaitable[None]]
    give_up: Callable[[JobId, int, Stage], Awaitable[None]]
    """Called when a task failed temporarily `MAX_TRIES` times."""


async def consume(url: str, tasks: Tasks, *, slots: int, stop: asyncio.Event, drain_s: float) -> None:
    """Run tasks, `slots` at once, until `stop` is set; then let running ones end for `drain_s`.

    A lost database is waited for. What `drain_s` cuts off goes back to the queue.
    """
    while not stop.is_set():
        try:
            await _consume_once(url, tasks, slots, stop, drain_s)
        except LOST as error:
            log.warning("the queue is not reachable (%s); trying again", type(error).__name__)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(RECONNECT_S):
                    await stop.wait()


async def _consume_once(url: str, tasks: Tasks, slots: int, stop: asyncio.Event, drain_s: float) -> None:
    connector = procrastinate.PsycopgConnector(
        conninfo=url,
        kwargs={"options": "-c synchronous_commit=off"},
        min_size=2,
        max_size=max(4, slots + 2),
        timeout=5.0,
    )
    app = procrastinate.App(connector=connector)
    held = HeldTasks()
    _register(app, tasks, held)
    async with app.open_async():
        worker = Worker(
            app,
            queues=[QUEUE],
            concurrency=slots,
            fetch_job_polling_interval=POLL_S,
            abort_job_polling_interval=POLL_S,
            update_heartbeat_interval=HEARTBEAT_S,
            stalled_worker_timeout=FORGOTTEN_AFTER_S,
            shutdown_graceful_timeout=drain_s,
            delete_jobs="always",
            install_signal_handlers=False,
        )
        running = asyncio.create_task(_run(worker), name="octavo-queue")
        watching = asyncio.create_task(held.watch(app, worker), name="octavo-queue-watch")
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({running, watching, stopping}, return_when=asyncio.FIRST_COMPLETED)
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running
            if watching.done():
                watching.result()
        finally:
            watching.cancel()
            stopping.cancel()


async def _run(worker: Worker) -> None:
    await worker.run()  # type: ignore[no-untyped-call]  # the library's own signature has no annotations


class AgainLater(procrastinate.BaseRetryStrategy):
    """Temporary failures wait 2, 4, 8 … seconds; what a stopping worker cut off goes back at once.

    A job cancelled by its owner ends here too; its task finds nothing to do when it comes again.
    """

    def get_retry_decision(
        self, *, exception: BaseException, job: procrastinate.jobs.Job
    ) -> procrastinate.RetryDecision | None:
        if isinstance(exception, asyncio.CancelledError | JobAborted):
            return procrastinate.RetryDecision(retry_in={"seconds": 0})
        if isinstance(exception, TemporaryFailure):
            return procrastinate.RetryDecision(retry_in={"seconds": 2 ** min(job.attempts + 1, 7)})
        return None


def _register(app: procrastinate.App, tasks: Tasks, held: HeldTasks) -> None:
    retry = AgainLater()

    @app.task(name="plan", queue=QUEUE, retry=retry, pass_context=True)
    async def plan(context: procrastinate.JobContext, job_id: str, attempt: int) -> None:
        work = tasks.plan(JobId(job_id), attempt)
        await held.during(context, _guarded(context, tasks, JobId(job_id), attempt, Stage.PLANNING, work))

    @app.task(name="slice", queue=QUEUE, retry=retry, pass_context=True)
    async def read(context: procrastinate.JobContext, job_id: str, attempt: int, start: int) -> None:
        work = tasks.read(JobId(job_id), attempt, start)
        await held.during(context, _guarded(context, tasks, JobId(job_id), attempt, Stage.READING, work))

    @app.task(name="assemble", queue=QUEUE, retry=retry, pass_context=True)
    async def assemble(context: procrastinate.JobContext, job_id: str, attempt: int) -> None:
        work = tasks.assemble(JobId(job_id), attempt)
        await held.during(context, _guarded(context, tasks, JobId(job_id), attempt, Stage.ASSEMBLING, work))


async def _guarded(
    context: procrastinate.JobContext,
    tasks: Tasks,
    job_id: JobId,
    attempt: int,
    stage: Stage,
    work: Awaitable[None],
) -> None:
    """Temporary failures go back to the queue; the last one, and a bug of ours, end the job aloud."""
    try:
        await work
    except TemporaryFailure:
        if context.job.attempts + 1 < MAX_TRIES:
            raise
        await tasks.give_up(job_id, attempt, stage)
    except Exception:
        log.exception("task %s of job %s failed", stage.value, job_id)
        await tasks.give_up(job_id, attempt, stage)
