"""A worker: takes tasks from the queue, reads documents, and keeps the house."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from octavo.adapters.queue import Tasks, consume
from octavo.app.deliver import keep_delivering
from octavo.app.process import assemble_job, give_up_job, plan_job, read_slice
from octavo.app.services import Services
from octavo.app.sweep import sweep_expired, sweep_orphans, tidy
from octavo.bootstrap import database_url
from octavo.domain.errors import OctavoError
from octavo.settings import Settings

log = logging.getLogger(__name__)

RECOVER_EVERY_S = 2.0
SWEEP_EVERY_S = 15.0
TIDY_EVERY_S = 5.0
ORPHANS_EVERY_S = 600.0
LEADER_RETRY_S = 2.0
ORPHAN_HOURS = range(3, 27)
"""Which past hours are looked at for orphans: each a day long, so that a long outage misses none."""


async def run_worker(services: Services, settings: Settings, *, stop: asyncio.Event) -> None:
    """Work until `stop` is set; running slices are finished or handed back."""
    tasks = Tasks(
        plan=partial(plan_job, services=services),
        read=partial(read_slice, services=services),
        assemble=partial(assemble_job, services=services),
        give_up=partial(give_up_job, services=services),
    )
    stopping = asyncio.Event()
    upkeep = asyncio.create_task(keep_house(services, stopping=stopping), name="octavo-upkeep")
    telling = asyncio.create_task(keep_delivering(services=services, stopping=stopping), name="octavo-outbox")
    try:
        await consume(
            database_url(settings),
            tasks,
            slots=settings.slots_per_worker,
            stop=stop,
            drain_s=settings.drain_s,
        )
    finally:
        stopping.set()
        await asyncio.wait({telling}, timeout=settings.drain_s)
        telling.cancel()
        await asyncio.wait({telling})
        upkeep.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await upkeep


async def keep_house(services: Services, *, stopping: asyncio.Event) -> None:
    """Recover, expire, tidy, while this process is the leader; until `stopping` is set and it is cancelled.

    Both are needed: a duty that fails because it was cancelled hides the cancellation, and whether
    a task was cancelled cannot be asked after a task group failed (before Python 3.13 the group
    leaves its own request behind).
    """
    while not stopping.is_set():
        try:
            async with services.store.upkeep.leadership() as leading:
                if leading:
                    await _lead(services)
        except* OctavoError as group:
            log.warning("upkeep stopped: %s", "; ".join(str(error) for error in group.exceptions))
        except* Exception:
            # Nobody may be left to recover dead workers' tasks, so a bug is told and upkeep goes on.
            log.exception("upkeep failed")
        await asyncio.sleep(LEADER_RETRY_S)


async def _lead(services: Services) -> None:
    """Each duty on its own clock.

    Recovery needs only the database, which also holds the leadership: when it fails, leadership is
    handed back. The other duties may fail for reasons of their own and are tried again.
    """
    async with asyncio.TaskGroup() as duties:
        duties.create_task(_every(RECOVER_EVERY_S, services.store.upkeep.recover_stalled))
        for seconds, duty in (
            (SWEEP_EVERY_S, partial(sweep_expired, services=services)),
            (TIDY_EVERY_S, partial(tidy, services=services)),
            (ORPHANS_EVERY_S, partial(_sweep_recent_orphans, services)),
        ):
            duties.create_task(_every(seconds, partial(_patiently, duty)))


async def _sweep_recent_orphans(services: Services) -> None:
    now = services.clock.now().replace(minute=0, second=0, microsecond=0)
    for hours in ORPHAN_HOURS:
        await sweep_orphans(now - timedelta(hours=hours), services=services)


async def _every(seconds: float, duty: Callable[[], Awaitable[object]]) -> None:
    while True:
        await duty()
        await asyncio.sleep(seconds)


async def _patiently(duty: Callable[[], Awaitable[object]]) -> None:
    """A duty that fails (a bucket that is away) must not stop the others."""
    try:
        await duty()
    except OctavoError as error:
        log.warning("upkeep: %s", error.summary)
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise asyncio.CancelledError from error
