"""A fixed number of children, and who works in which."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from octavo.adapters.isolation.confine import Confinement
from octavo.adapters.isolation.process import Child, Transcribe
from octavo.domain.errors import OctavoError, TemporaryFailure

_log = logging.getLogger(__name__)

_TASKS_A_CHILD = 500
"""Then a fresh one: native libraries leak. Below about 200, starting anew costs more than it saves."""
_UNFILTERED = "System calls of child processes are not filtered: libseccomp is not on this machine."
_UNFENCED = "Child processes may open every file of this user: the kernel has no Landlock (Linux from 5.13)."

Work = tuple[Callable[..., Any], tuple[Any, ...]]


class _Slot:
    """One place for a child. `starting` is done when the child has come up and is prepared."""

    def __init__(self) -> None:
        self.starting: asyncio.Task[Child] | None = None
        self.rules: Confinement | None = None
        self.topic: Hashable = None
        """What it worked on last, and may have open still."""


class Children:
    def __init__(self, slots: int, scratch_dir: Path) -> None:
        self._scratch_dir = scratch_dir
        self._slots = [_Slot() for _ in range(slots)]
        self._free = list(self._slots)
        self._turns = asyncio.Semaphore(slots)
        self._preparation: Work | None = None
        self._ending: set[asyncio.Task[Any]] = set()
        self._closed = False
        self._told: set[str] = set()

    @property
    def pids(self) -> list[int]:
        """Of the children that are up."""
        return [
            child.pid for slot in self._slots if (child := _child_in(slot)) is not None and child.is_alive
        ]

    async def run(
        self,
        function: Callable[..., Any],
        *given: Any,
        rules: Confinement,
        within_s: float,
        topic: Hashable = None,
        transcribe: Transcribe | None = None,
    ) -> Any:
        """Run it in a free child, by preference one that worked on the same `topic` last.

        Cancelling kills the child. Raises as `Child.ask` does.
        """
        async with self._turn(rules, topic) as slot:
            child = await self._ready(slot, rules)
            try:
                return await child.ask(function, *given, within_s=within_s, transcribe=transcribe)
            finally:
                if not child.is_alive or child.served >= _TASKS_A_CHILD:
                    self._renew(slot, rules)

    async def prepare(self, rules: Confinement, function: Callable[..., Any], *given: Any) -> None:
        """Start the children that are not up, and run this first in each one that is started from now on.

        What the function raises is logged: whoever needs what is missing is told when it asks.
        """
        self._preparation = function, given
        for slot in list(self._free):
            if slot.starting is None:
                self._renew(slot, rules)
        tasks = [slot.starting for slot in self._slots if slot.starting is not None]
        await asyncio.gather(*(asyncio.shield(task) for task in tasks))

    async def close(self) -> None:
        self._closed = True
        for slot in self._slots:
            if slot.starting is not None:
                self._end(slot.starting)
                slot.starting = None
        await asyncio.gather(*self._ending, return_exceptions=True)

    @asynccontextmanager
    async def _turn(self, rules: Confinement, topic: Hashable) -> AsyncIterator[_Slot]:
        async with self._turns:
            slot = min(self._free, key=lambda slot: _reluctance(slot, rules, topic))
            self._free.remove(slot)
            if topic is not None:
                slot.topic = topic
            try:
                yield slot
            finally:
                # To the end of the line, so that the one that rested longest is taken first.
                self._free.append(slot)

    async def _ready(self, slot: _Slot, rules: Confinement) -> Child:
        for _ in range(3):
            if self._closed:
                raise TemporaryFailure("Octavo is stopping.")
            if _failed(slot.starting) or slot.rules is None or not slot.rules.suit(rules):
                self._renew(slot, rules)
            assert slot.starting is not None  # noqa: S101 - `_renew` set it
            child = await asyncio.shield(slot.starting)
            if child.is_alive:
                return child
            # Killed while it rested, by the kernel or by hand: whoever comes next is not to blame.
            self._renew(slot, rules)
        raise TemporaryFailure("The processes that read documents keep dying; the machine may lack memory.")

    def _renew(self, slot: _Slot, rules: Confinement) -> None:
        """Begin to start a child in the place of the last, without anybody waiting yet."""
        last = slot.starting
        slot.rules, slot.topic = rules, None
        if last is not None:
            self._end(last)
        slot.starting = None if self._closed else asyncio.create_task(self._start(rules))
        if slot.starting is not None:
            slot.starting.add_done_callback(_looked_at)

    async def _start(self, rules: Confinement) -> Child:
        child = await Child.start(rules, self._scratch_dir)
        if not child.filtered:
            self._tell_once(_UNFILTERED)
        if not child.fenced:
            self._tell_once(_UNFENCED)
        if self._preparation is not None:
            function, given = self._preparation
            try:
                await child.ask(function, *given, within_s=120.0)
            except OctavoError as error:
                _log.warning("A child process could not be prepared: %s", error.summary)
            except BaseException:
                await child.end()
                raise
        return child

    def _tell_once(self, weakness: str) -> None:
        if weakness not in self._told:
            self._told.add(weakness)
            _log.warning(weakness)

    def _end(self, starting: asyncio.Task[Child]) -> None:
        """See it off without waiting; `close` waits."""
        if not starting.done():
            starting.cancel()
            ending: asyncio.Task[Any] = starting
        elif starting.cancelled() or starting.exception() is not None:
            return
        else:
            ending = asyncio.create_task(starting.result().end())
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)


def _child_in(slot: _Slot) -> Child | None:
    task = slot.starting
    return task.result() if task is not None and task.done() and not _failed(task) else None


def _failed(task: asyncio.Task[Child] | None) -> bool:
    if task is None or not task.done():
        return task is None
    return task.cancelled() or task.exception() is not None


def _reluctance(slot: _Slot, rules: Confinement, topic: Hashable) -> int:
    """The least is taken: the same thing open, ready, ready but freer than needed, absent, of no use."""
    if slot.starting is None or slot.rules is None:
        return 3
    if not slot.rules.suit(rules):
        return 4
    if topic is not None and slot.topic == topic:
        return 0
    return 1 if slot.rules == rules else 2


def _looked_at(task: asyncio.Task[Child]) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        task.exception()
