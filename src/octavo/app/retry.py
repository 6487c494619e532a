"""Another attempt at a job."""

from octavo.app.services import Services
from octavo.domain.ids import JobId
from octavo.domain.job import Job
from octavo.domain.tenancy import Principal, Scope


async def retry_job(job_id: JobId, *, principal: Principal, services: Services) -> Job:
    """Try a failed or cancelled job again; finished pages are kept. Raises `NotFound`, `Conflict`, `Gone`."""
    principal.require(Scope.JOBS_WRITE)
    return await services.store.tenant(principal.tenant).retry_job(job_id)
