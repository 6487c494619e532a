"""Telling every process at once that a job changed."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from octavo.domain.ids import JobId


class Subscription(Protocol):
    async def changed(self, timeout_s: float) -> bool:
        """Wait until the job changed since the last call; False after `timeout_s` without news.

        News may be lost (a lost connection) or repeated: read the state again either way.
        """
        ...


class Notifier(Protocol):
    def subscribe(self, job_id: JobId) -> AbstractAsyncContextManager[Subscription]: ...
