"""One LISTEN connection a process, fanned out to whoever waits in it."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg

from octavo.adapters.postgres.connect import KEEPALIVE
from octavo.adapters.postgres.transitions import CHANNEL
from octavo.domain.ids import JobId

log = logging.getLogger(__name__)

RECONNECT_S = 0.5


class JobSubscription:
    """Implements `ports.notify.Subscription`."""

    def __init__(self) -> None:
        self._news = asyncio.Event()

    def announce(self) -> None:
        self._news.set()

    async def changed(self, timeout_s: float) -> bool:
        try:
            async with asyncio.timeout(timeout_s):
                await self._news.wait()
        except TimeoutError:
            return False
        self._news.clear()
        return True


class PostgresNotifier:
    """Implements `ports.notify.Notifier`."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._waiting: dict[str, set[JobSubscription]] = {}

    @asynccontextmanager
    async def subscribe(self, job_id: JobId) -> AsyncIterator[JobSubscription]:
        subscription = JobSubscription()
        self._waiting.setdefault(job_id, set()).add(subscription)
        try:
            yield subscription
        finally:
            waiting = self._waiting[job_id]
            waiting.discard(subscription)
            if not waiting:
                del self._waiting[job_id]

    async def listen(self) -> None:
        """Until cancelled; a lost connection is opened again, and everybody looks afresh."""
        while True:
            try:
                await self._listen_once()
            except (psycopg.OperationalError, psycopg.InterfaceError):
                log.warning("the notification connection was lost; reconnecting")
            await asyncio.sleep(RECONNECT_S)

    async def _listen_once(self) -> None:
        connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True, **KEEPALIVE)
        async with connection:
            await connection.execute(f"listen {CHANNEL}")
            self._announce_all()
            async for notification in connection.notifies():
                for subscription in self._waiting.get(notification.payload, ()):
                    subscription.announce()

    def _announce_all(self) -> None:
        """What was announced while nobody listened is not repeated, so everybody reads the state again."""
        for waiting in self._waiting.values():
            for subscription in waiting:
                subscription.announce()


@asynccontextmanager
async def open_notifier(url: str) -> AsyncIterator[PostgresNotifier]:
    notifier = PostgresNotifier(url)
    task = asyncio.create_task(notifier.listen(), name="octavo-notifier")
    try:
        yield notifier
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
