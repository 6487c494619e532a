"""The fields of a job, and who changed them."""

from octavo.app.read import require_result
from octavo.app.services import Services
from octavo.domain.correction import Correction
from octavo.domain.errors import Conflict, NotFound
from octavo.domain.ids import JobId
from octavo.domain.job import FieldsStanding, Job, JobStatus
from octavo.domain.tenancy import Principal, Scope


async def read_fields(job_id: JobId, *, principal: Principal, services: Services) -> tuple[Job, bytes]:
    """The job, and its fields as JSON (`exporters.fields_json`).

    Raises:
        NotFound: no such job, or no fields were looked for. Gone.
        Conflict: the job has not completed.
    """
    principal.require(Scope.JOBS_READ)
    job = await services.store.tenant(principal.tenant).job(job_id)
    return job, await stored_fields(require_fields(job), services)


async def read_history(
    job_id: JobId, *, before: int | None, limit: int, principal: Principal, services: Services
) -> list[Correction]:
    """Corrections, newest first. Raises `NotFound`, `Gone`."""
    principal.require(Scope.JOBS_READ)
    store = services.store.tenant(principal.tenant)
    require_result(await store.job(job_id))
    return await store.fields.history(job_id, before=before, limit=limit)


def require_fields(job: Job) -> FieldsStanding:
    """Raises `Gone`, `Conflict`, `NotFound`."""
    require_result(job)
    if job.status is not JobStatus.COMPLETED:
        raise Conflict(
            f"The job is {job.status.value}; its fields exist once it is completed.", status=job.status.value
        )
    if job.fields is None:
        raise NotFound("No fields were looked for in this document. Submit it with a document_type.")
    return job.fields


async def stored_fields(standing: FieldsStanding, services: Services) -> bytes:
    return b"".join([chunk async for chunk in services.blobs.read(standing.blob_key)])
