"""One child process, seen from its parent."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from octavo.adapters.isolation.channel import LENGTH, MAX_ANSWER_BYTES, ChildLied, framed, read_answer
from octavo.adapters.isolation.confine import Confinement
from octavo.adapters.isolation.outside import ASKING
from octavo.domain.errors import OctavoError, TemporaryFailure
from octavo.ports.isolation import ChildDied

_log = logging.getLogger(__name__)

Transcribe = Callable[[bytes, str], Awaitable[str]]
"""A picture and its media type to the text a vision model writes about it."""

_START_WITHIN_S = 60.0
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")
"""All that a child gets of our environment: the database's password and the bucket's keys are in there too."""
_FOLDERS_PASSED_ON = ("LD_LIBRARY_PATH", "TESSDATA_PREFIX")
"""Where they point to must be readable too."""
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"), "1"
)
"""As many children as processors, so that threads inside one only get in the others' way."""
_SUMMARIES = {
    "crashed": "The process that worked on this ended unexpectedly. Try again; if it happens again, the "
    "document is more than our libraries can take.",
    "memory": "Working on this needs more memory than a process may have. Raise the limit or simplify the document.",
    "timeout": "Working on this took longer than allowed. Raise the limit or split the document.",
}


class Child:
    """Does one thing at a time. Once anything went wrong it is killed, never used again."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        streams: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        rules: Confinement,
    ) -> None:
        self._process = process
        self._reader, self._writer = streams
        self.rules = rules
        self.filtered = False
        """The kernel refuses the system calls it has no use for."""
        self.fenced = False
        """The kernel refuses the files it has no use for, where its rules want that."""
        self.served = 0
        self._reaping: asyncio.Task[int] | None = None

    @classmethod
    async def start(cls, rules: Confinement, scratch_dir: Path) -> "Child":
        """Raises `TemporaryFailure` where it does not come up."""
        ours, theirs = socket.socketpair()
        with theirs:
            # Here and not in a thread: Linux ends a child with the *thread* that started it.
            process = _spawn(theirs.fileno(), rules, scratch_dir)
        try:
            streams = await asyncio.open_connection(sock=ours)
        except BaseException:
            ours.close()
            process.kill()
            process.wait()
            raise
        child = cls(process, streams, rules)
        try:
            async with asyncio.timeout(_START_WITHIN_S):
                _, child.filtered, child.fenced = await child._next_answer()
        except (ChildDied, TimeoutError) as error:
            await child.end()
            raise TemporaryFailure(
                "The processes that read documents do not start; the reason is in the log."
            ) from error
        except BaseException:
            await child.end()
            raise
        return child

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._reaping is None and self._process.poll() is None

    async def ask(
        self,
        function: Callable[..., Any],
        *given: Any,
        within_s: float,
        transcribe: Transcribe | None = None,
    ) -> Any:
        """What `function` returns there; it is found by its module and name.

        Where the child asks for a reading of a picture, `transcribe` answers; without it, it is refused.

        Raises:
            ChildDied: it crashed, ran out of memory or time; the child is dead.
            OctavoError: what the function raised.
        """
        self.served += 1
        try:
            async with asyncio.timeout(within_s):
                self._writer.write(framed((function, given)))
                while (answer := await self._next_answer())[0] == ASKING:
                    await self._tell(answer, transcribe)
                match answer:
                    case ("done", value):
                        return value
                    case ("error", OctavoError() as error):
                        raise error
                    case ("memory",):
                        raise died("memory")
                    case ("unknown", str(kind), str(place)):
                        _log.error("A child process failed: %s at %s", kind, place)
                        raise died("crashed", error=kind)
                    case _:
                        raise died("crashed")
        except TimeoutError:
            self.kill()
            raise died("timeout", limit_s=within_s) from None
        except (ChildDied, asyncio.CancelledError):
            self.kill()
            raise

    def kill(self) -> None:
        """At once, with every program it started."""
        if self._reaping is not None:
            return
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._writer.transport.abort()
        self._reaping = asyncio.create_task(asyncio.to_thread(self._process.wait))

    async def end(self) -> int:
        """Kill it and wait until it is gone; how it ended."""
        self.kill()
        assert self._reaping is not None  # noqa: S101 - `kill` set it
        code = await asyncio.shield(self._reaping)
        with contextlib.suppress(ConnectionError):
            await self._writer.wait_closed()
        return code

    async def _tell(self, question: Any, transcribe: Transcribe | None) -> None:
        match question:
            case (_, bytes(picture), str(media_type)) if transcribe is not None:
                try:
                    told: str | OctavoError = await transcribe(picture, media_type)
                except OctavoError as error:
                    told = error
                self._writer.write(framed(told))
            case _:
                raise died("crashed")

    async def _next_answer(self) -> Any:
        try:
            (length,) = LENGTH.unpack(await self._reader.readexactly(LENGTH.size))
            return read_answer(await self._reader.readexactly(min(length, MAX_ANSWER_BYTES)))
        except ChildLied as error:
            _log.error("A child process gave an answer that was refused: %s", error)
            raise died("crashed") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            code = await self.end()
            _log.warning("A child process ended by itself, with %s.", code)
            # Nobody but the kernel, out of memory, kills a child of ours from outside.
            raise died("memory" if code == -signal.SIGKILL else "crashed", exit_code=code) from None


def died(reason: str, **details: Any) -> ChildDied:
    return ChildDied(_SUMMARIES[reason], reason=reason, **details)


def _spawn(channel: int, rules: Confinement, scratch_dir: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "octavo.adapters.isolation.loop"]
    scratch_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= _ONE_THREAD
    environment["PYTHONPATH"] = os.pathsep.join(entry for entry in sys.path if entry)
    if rules.readable is not None:
        folders = [
            entry for name in _FOLDERS_PASSED_ON for entry in environment.get(name, "").split(os.pathsep)
        ]
        rules = replace(rules, readable=(*rules.readable, *filter(None, folders)))
    environment["TMPDIR"] = str(scratch_dir)
    # Each arena of malloc reserves address space, which is what is limited.
    environment["MALLOC_ARENA_MAX"] = "2"
    return subprocess.Popen(
        [*command, str(channel), str(os.getpid()), rules.to_json()],
        stdin=subprocess.DEVNULL,
        pass_fds=[channel],
        env=environment,
        process_group=0,
    )
