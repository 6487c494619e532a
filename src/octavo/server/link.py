"""How a supervisor and its children hold on to each other.

A child's standard input is a pipe from its supervisor. One line of JSON comes
through it, the settings (secrets never stand in an environment or on a command
line); after that, its end means that the supervisor is gone.
"""

import asyncio
import json
import os
import signal
import sys
import threading
import time
from typing import IO

from octavo.settings import Settings

ORPHAN_GRACE_S = 8.0
"""Beyond draining: what closing connections and children may take."""


def settings_line(settings: Settings) -> bytes:
    return json.dumps(settings.reveal()).encode() + b"\n"


def receive_settings(stream: IO[bytes] | None = None) -> Settings:
    """Wait for the supervisor's line. Raises `SystemExit` when the supervisor ended first."""
    line = (stream or sys.stdin.buffer).readline()
    if not line:
        raise SystemExit(0)
    return Settings(**json.loads(line))


def exit_with_parent(descriptor: int = 0, *, within_s: float | None = None) -> None:
    """Send this process SIGTERM once its supervisor is gone, so that it ends as if it were told to.

    `within_s`: it is killed when it has not ended by then, for nobody is left to do that; None: never.
    """

    def watch() -> None:
        # The bare descriptor: a thread that waits in a buffered read breaks the interpreter's exit.
        while os.read(descriptor, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        if within_s is not None:
            time.sleep(within_s)
            os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM, SIGINT and SIGHUP set; for a running loop's main thread."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    return stop
