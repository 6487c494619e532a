"""A child process from inside: `python -m octavo.adapters.isolation.loop <fd> <parent> <confinement>`."""

import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from octavo.adapters.isolation import outside
from octavo.adapters.isolation.channel import framed, receive
from octavo.adapters.isolation.confine import Confinement, confine
from octavo.domain.errors import OctavoError


def main(arguments: list[str]) -> None:
    """Serve one request after another until the parent hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel = socket.socket(fileno=int(arguments[0]))
    filtered, fenced = confine(Confinement.from_json(arguments[2]), int(arguments[1]))
    channel.sendall(framed(("ready", filtered, fenced)))
    outside.channel = channel
    _silence()
    while True:
        try:
            function, given = receive(channel)
        except EOFError:
            return
        channel.sendall(answer(function, given))


def answer(function: Callable[..., Any], given: tuple[Any, ...]) -> bytes:
    """One of `done` value, `error` error, `memory`, or `unknown` type and place."""
    try:
        return framed(("done", function(*given)))
    except OctavoError as error:
        return framed(("error", error))
    except MemoryError:
        return framed(("memory",))
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent must hear of it
        # Its text may quote the document; its kind and place do not.
        return framed(("unknown", type(error).__name__, _place(error)))


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " < ".join(f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))


def _silence() -> None:
    """Native libraries print what they find odd about a document; that belongs in no log."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


if __name__ == "__main__":
    main(sys.argv[1:])
