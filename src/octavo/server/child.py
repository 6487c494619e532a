"""One process of ours that is kept running."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
import time
from collections.abc import Sequence

from octavo.domain.errors import TemporaryFailure
from octavo.server.link import settings_line
from octavo.settings import Settings

_log = logging.getLogger(__name__)

CANNOT_RUN = 78
"""A child's exit status for "starting me again will not help" (EX_CONFIG of sysexits.h)."""
FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 5.0
HEALTHY_AFTER_S = 20.0
"""A child that lived this long is started again at once when it dies."""


class Child:
    """Started again whenever it dies, after a pause that doubles while it keeps dying.

    It may be started before its settings are known: it loads its code meanwhile.
    """

    def __init__(
        self,
        name: str,
        arguments: Sequence[str],
        *,
        settings: asyncio.Future[Settings],
        fds: Sequence[int] = (),
    ) -> None:
        self.name = name
        self._command = [sys.executable, "-m", "octavo", "child", *arguments]
        self._settings = settings
        self._fds = tuple(fds)
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = asyncio.Event()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def keep_running(self) -> None:
        """Until `stop` is called. Raises `TemporaryFailure` when the child says it cannot run at all."""
        pause_s = FIRST_PAUSE_S
        while not self._stopping.is_set():
            born = time.monotonic()
            status = await self._run_once()
            if self._stopping.is_set():
                return
            if status == CANNOT_RUN:
                raise TemporaryFailure(f"The {self.name} process cannot run; its reason stands above.")
            pause_s = FIRST_PAUSE_S if time.monotonic() - born > HEALTHY_AFTER_S else pause_s
            _log.warning("The %s process ended (%s); starting it again.", self.name, _describe(status))
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    def stop(self) -> None:
        """Ask it to finish what it does and end."""
        self._stopping.set()
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it and everything it started, now."""
        self._stopping.set()
        if self._process is not None:
            _kill_group(self._process.pid)

    async def _run_once(self) -> int:
        # A session of its own: Ctrl-C in a terminal reaches the supervisor alone, which then drains
        # in order; and whatever the child leaves behind can be found by its process group.
        self._process = process = await asyncio.create_subprocess_exec(
            *self._command, stdin=asyncio.subprocess.PIPE, pass_fds=self._fds, start_new_session=True
        )
        handing_over = asyncio.create_task(self._hand_over(process))
        try:
            return await process.wait()
        finally:
            handing_over.cancel()
            _kill_group(process.pid)
            if process.stdin is not None:
                process.stdin.close()

    async def _hand_over(self, process: asyncio.subprocess.Process) -> None:
        settings = await asyncio.shield(self._settings)
        if process.stdin is not None:
            with contextlib.suppress(ConnectionError):
                process.stdin.write(settings_line(settings))
                await process.stdin.drain()

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(number)


def _kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _describe(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"status {status}"
