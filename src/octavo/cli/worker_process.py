"""One worker process, from its supervisor's line of settings to its last slice."""

import uvloop

from octavo.bootstrap import Role, open_services, preload
from octavo.server.link import ORPHAN_GRACE_S, exit_with_parent, receive_settings, stop_on_signals
from octavo.server.logs import configure_logging
from octavo.settings import Settings
from octavo.worker import run_worker


def run_worker_process() -> None:
    """Until the supervisor says stop or is gone."""
    preload()
    settings = receive_settings()
    configure_logging(settings)
    uvloop.run(_work(settings))


async def _work(settings: Settings) -> None:
    stop = stop_on_signals()
    exit_with_parent(within_s=settings.drain_s + ORPHAN_GRACE_S)
    async with open_services(settings, role=Role.WORKER) as services:
        await run_worker(services, settings, stop=stop)
