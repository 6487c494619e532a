"""The child processes of one machine, together: started, looked after, ended in order."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from octavo.server.child import Child
from octavo.settings import Settings

_log = logging.getLogger(__name__)

KILL_AFTER_S = 3.0
"""Beyond the drain time, before a process that does not end is cut off."""


def worker_children(settings: Settings, known: asyncio.Future[Settings]) -> list[Child]:
    return [
        Child(f"worker {number}", ["worker"], settings=known) for number in range(1, settings.workers + 1)
    ]


def api_children(settings: Settings, known: asyncio.Future[Settings], listener_fd: int) -> list[Child]:
    arguments = ["api", "--fd", str(listener_fd)]
    return [
        Child(f"API {number}", arguments, settings=known, fds=[listener_fd])
        for number in range(1, settings.api_processes + 1)
    ]


@asynccontextmanager
async def running(children: Sequence[Child], *, drain_s: float) -> AsyncIterator[list[asyncio.Task[None]]]:
    """The children live as long as the context; at its end they drain, at most `drain_s`."""
    tasks = [asyncio.create_task(child.keep_running(), name=child.name) for child in children]
    try:
        yield tasks
    finally:
        await _drain(children, tasks, drain_s)


async def first_of(*awaited: Awaitable[Any]) -> None:
    """Return when any of them is done; raise what it raised. The others go on."""
    done, _ = await asyncio.wait(
        [asyncio.ensure_future(one) for one in awaited], return_when="FIRST_COMPLETED"
    )
    for task in done:
        task.result()


async def _drain(children: Sequence[Child], tasks: Sequence[asyncio.Task[None]], drain_s: float) -> None:
    for child in children:
        child.stop()
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=drain_s + KILL_AFTER_S)
    for child, task in zip(children, tasks, strict=True):
        if task in late:
            _log.warning("The %s process did not end in time; its work is taken up again later.", child.name)
            child.kill()
    await asyncio.gather(*tasks, return_exceptions=True)
