"""Stopping a job."""

from octavo.app.services import Services
from octavo.domain.ids import JobId
from octavo.domain.job import Job
from octavo.domain.tenancy import Principal, Scope


async def cancel_job(job_id: JobId, *, principal: Principal, services: Services) -> Job:
    """Stop a queued or running job; its running work is killed. Raises `NotFound`, `Conflict`."""
    principal.require(Scope.JOBS_WRITE)
    return await services.store.tenant(principal.tenant).cancel_job(job_id)
