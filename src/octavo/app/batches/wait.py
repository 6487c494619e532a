"""Waiting for a batch to end."""

import asyncio

from octavo.app.batches.read import read_batch
from octavo.app.read import RECHECK_S
from octavo.app.services import Services
from octavo.domain.batch import Batch
from octavo.domain.ids import BatchId
from octavo.domain.job import JobStatus
from octavo.domain.tenancy import Principal
from octavo.ports.history import JobQuery

_UNDERWAY = (JobStatus.QUEUED, JobStatus.PROCESSING)


async def wait_for_batch(
    batch_id: BatchId, *, timeout_s: float, principal: Principal, services: Services
) -> Batch:
    """The batch as soon as it has ended, or as it stands after `timeout_s` (capped by policy). Raises `NotFound`."""
    clock = asyncio.get_running_loop().time
    deadline = clock() + min(timeout_s, services.policy.max_wait_s)
    while True:
        batch = await read_batch(batch_id, principal=principal, services=services)
        left = deadline - clock()
        if (batch.status.is_final and batch.filling_until is None) or left <= 0:
            return batch
        await _news(batch, min(left, RECHECK_S), principal, services)


async def _news(batch: Batch, timeout_s: float, principal: Principal, services: Services) -> None:
    """Of the job that is most likely to end last; a batch ends with one of its jobs."""
    query = JobQuery(batch_id=batch.id, statuses=_UNDERWAY, limit=1)
    found = await services.store.tenant(principal.tenant).jobs(query)
    if not found:
        await asyncio.sleep(min(timeout_s, 0.1))
        return
    async with services.notifier.subscribe(found[0].id) as subscription:
        job = await services.store.tenant(principal.tenant).job(found[0].id)
        if not job.status.is_final:
            await subscription.changed(timeout_s)
