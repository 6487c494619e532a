"""Stopping all of a batch."""

from contextlib import suppress

from octavo.app.services import Services
from octavo.domain.batch import Batch
from octavo.domain.errors import Conflict
from octavo.domain.ids import BatchId
from octavo.domain.tenancy import Principal, Scope


async def cancel_batch(batch_id: BatchId, *, principal: Principal, services: Services) -> Batch:
    """Let no job be added any more, and cancel each that has not ended.

    Safe to repeat: what broke off in between is finished then. Raises `NotFound`.
    """
    principal.require(Scope.JOBS_WRITE)
    tenant = services.store.tenant(principal.tenant)
    for job_id in await tenant.batches.close(batch_id):
        # One that ended in the meantime needs no cancelling.
        with suppress(Conflict):
            await tenant.cancel_job(job_id)
    return await tenant.batches.batch(batch_id)
