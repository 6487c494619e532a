"""Erasing what a job knew."""

from octavo.app.services import Services
from octavo.domain.ids import JobId
from octavo.domain.job import Job
from octavo.domain.storage import job_prefix
from octavo.domain.tenancy import Principal, Scope


async def purge_job(job_id: JobId, *, principal: Principal, services: Services) -> Job:
    """Erase a job's document: source, pages, results, exports, name and options; a tombstone stays.

    The row is erased before the bytes, and the bytes are owed to the sweeper with it: it looks once
    more later, so that neither a crash in between nor a worker that was late leaves any.
    Repeating it changes nothing.

    Raises:
        NotFound. Conflict: the job still runs; cancel it first.
    """
    principal.require(Scope.JOBS_WRITE)
    job = await services.store.tenant(principal.tenant).mark_purged(job_id)
    await services.blobs.delete_prefix(job_prefix(job_id))
    return job
