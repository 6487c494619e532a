"""Pictures of a job's pages by addresses that need no key, for programs that only know how to show a picture."""

from datetime import datetime

from octavo.app.addresses import address_token, bearer_of
from octavo.app.export import page_of
from octavo.app.picture import PagePicture, draw_page
from octavo.app.read import read_job
from octavo.app.services import Services
from octavo.domain.ids import JobId
from octavo.domain.job import Job
from octavo.domain.tenancy import Principal, Scope, Tenant


def pictures_token(job: Job, ends_at: datetime, *, principal: Principal, services: Services) -> str:
    """What stands after `?token=`, for every page of the job. Raises `Forbidden`."""
    principal.require(Scope.JOBS_READ)
    owner = Tenant(job.organization_id, job.project_id, principal.key_id)
    return address_token("pictures", job.id, owner, ends_at, services=services)


async def picture_viewer(token: str, job_id: JobId, *, services: Services) -> Principal:
    """Whom the token stands for, to look at this job alone. Raises `Unauthenticated`."""
    return await bearer_of(token, "pictures", job_id, services=services)


async def draw_finished_page(
    job_id: JobId, number: int, *, dpi: int, media_type: str, principal: Principal, services: Services
) -> tuple[Job, PagePicture]:
    """A page that was read, as it looks, upright. Raises as `read_page` and `draw_page`."""
    job = await read_job(job_id, principal=principal, services=services)
    page = await page_of(job, number, services.store.tenant(principal.tenant), services)
    drawn = await draw_page(
        job, number, page.transform, dpi=dpi, media_type=media_type, principal=principal, services=services
    )
    return job, drawn
