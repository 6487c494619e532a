"""Whether an engine reaches for the network, found by letting it read where reaching is deadly.

The engine is loaded and reads a picture in a process that the kernel kills at
the first internet socket (seccomp, where Linux has it), inherited by any
program the engine starts. Python's own network calls are watched everywhere.
"""

import json
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from octavo.bootstrap import load_engine
from octavo.ports.engines import PageImage
from octavo.server.link import receive_settings, settings_line
from octavo.settings import Settings

WITHIN_S = 120.0
_WATCHED = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"})
_SIZE = (400, 1200)


def try_offline(engine: str, settings: Settings) -> str | None:
    """None where the engine read without reaching out; else what happened, in one line."""
    command = [sys.executable, "-m", "octavo", "child", "offline", "--engine", engine]
    try:
        done = subprocess.run(
            command, input=settings_line(settings), capture_output=True, timeout=WITHIN_S, check=False
        )
    except subprocess.TimeoutExpired:
        return f"{engine} did not read a test picture within {WITHIN_S:g} s."
    if done.returncode < 0:
        return f"{engine} was stopped: it opened an internet connection, or crashed."
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        return f"{engine} does not read a test picture. {_last_line(done.stderr)}"
    return f"{engine} reached for the network: {', '.join(answer['reached'])}." if answer["reached"] else None


def run_offline(engine: str) -> None:
    """The child's side: lock, load, read, tell."""
    settings = receive_settings()
    reached: set[str] = set()
    sys.addaudithook(_watch(reached))
    _forbid_internet()
    recogniser = load_engine(engine, settings)
    recogniser.recognise(PageImage(_picture(), dpi=200.0))
    print(json.dumps({"reached": sorted(reached)}))  # noqa: T201 -- the parent reads it


def _watch(reached: set[str]) -> Callable[[str, tuple[Any, ...]], None]:
    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        # Only then is anything asked of the arguments: asking may itself be an event.
        if event in _WATCHED and getattr(arguments[0], "family", None) != socket.AF_UNIX:
            reached.add(event)

    return hook


def _forbid_internet() -> None:
    if sys.platform != "linux":
        return
    try:
        import pyseccomp
    except (ImportError, OSError, RuntimeError):
        return
    rules = pyseccomp.SyscallFilter(defaction=pyseccomp.ALLOW)
    for family in (socket.AF_INET, socket.AF_INET6):
        rules.add_rule(pyseccomp.KILL_PROCESS, "socket", pyseccomp.Arg(0, pyseccomp.EQ, int(family)))
    rules.load()


def _picture() -> np.ndarray[Any, np.dtype[np.uint8]]:
    """White paper with bars like letters: enough ink for every stage to run."""
    picture = np.full((*_SIZE, 3), 255, dtype=np.uint8)
    for left in range(60, 1100, 24):
        picture[180:220, left : left + 10] = 0
    return picture


def _last_line(text: bytes) -> str:
    lines = text.decode(errors="replace").strip().splitlines()
    return lines[-1].removeprefix("Error: ") if lines else ""
