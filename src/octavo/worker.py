"""A worker: takes tasks from the queue, reads documents, and keeps the house."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from octavo.adapters.queue import Tasks, consume
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
    upkeep = asyncio.create_task(keep_house(services), name="octavo-upkeep")
    try:
        await consume(
            database_url(settings),
            tasks,
            slots=settings.slots_per_worker,
            stop=stop,
            drain_s=settings.drain_s,
        )
    finally:
        upkeep.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await upkeep


async def keep_house(services: Services) -> None:
    """Until cancelled: recover, expire, tidy, while this process is the leader."""
    while True:
        try:
            async with services.store.upkeep.leadership() as leading:
                if leading:
                    await _lead(services)
        except* OctavoError as group:
            log.warning("upkeep stopped: %s", "; ".join(str(error) for error in group.exceptions))
        except* Exception:
            # Nobody may be left to recover dead workers' tasks, so a bug is told and upkeep goes on.
            log.exception("upkeep failed")
        _stop_if_cancelled()
        await asyncio.sleep(LEADER_RETRY_S)


def _stop_if_cancelled() -> None:
    """A duty that failed because it was cancelled hides the cancellation; it still stands."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


async def _lead(services: Services) -> None:
    """Each duty on its own clock; the first that fails hands leadership back."""
    async with asyncio.TaskGroup() as duties:
        duties.create_task(_every(RECOVER_EVERY_S, services.store.upkeep.recover_stalled))
        duties.create_task(_every(SWEEP_EVERY_S, partial(sweep_expired, services=services)))
        duties.create_task(_every(TIDY_EVERY_S, partial(tidy, services=services)))
        duties.create_task(_every(ORPHANS_EVERY_S, partial(_sweep_recent_orphans, services)))


async def _sweep_recent_orphans(services: Services) -> None:
    now = services.clock.now().replace(minute=0, second=0, microsecond=0)
    for hours in ORPHAN_HOURS:
        await sweep_orphans(now - timedelta(hours=hours), services=services)


async def _every(seconds: float, duty: Callable[[], Awaitable[object]]) -> None:
    while True:
        try:
            await duty()
        except OctavoError as error:
            # One duty that fails (a bucket that is away) must not stop the others.
            log.warning("upkeep: %s", error.summary)
            _stop_if_cancelled()
        await asyncio.sleep(seconds)
