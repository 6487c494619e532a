"""Which project a request is about, and whether this key may ask.

A project's key needs no `projectId`; an organization's must say one. What the key does not reach is
401, not 403 or 404.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Query

from octavo.app.access.within import within_project
from octavo.app.read import read_job
from octavo.app.services import Services
from octavo.dialects.ocriva.errors import OutOfScope
from octavo.dialects.ocriva.ids import job_ids, project_id_of
from octavo.domain.errors import InvalidRequest, NotFound
from octavo.domain.job import Job
from octavo.domain.tenancy import Principal
from octavo.http.auth import Caller, Open

Within = Callable[[str | None, Principal, Services], Awaitable[Principal]]
"""The caller, within the project that is named or not."""
ProjectParameter = Annotated[str | None, Query(alias="projectId", max_length=100)]


async def acting_for(project: str | None, caller: Principal, services: Services) -> Principal:
    """The caller, within that project alone.

    Raises:
        InvalidRequest: an organization's key must say for which.
        OutOfScope: it is not this key's project.
    """
    if not project:
        if caller.tenant.project_id is None:
            raise InvalidRequest("projectId is required for organization tokens", option="projectId")
        return caller
    try:
        return await within_project(project_id_of(project), principal=caller, services=services)
    except NotFound:
        raise OutOfScope("This token has no access to the project") from None


async def _acting(caller: Caller, services: Open, project: ProjectParameter = None) -> Principal:
    return await acting_for(project, caller, services)


Acting = Annotated[Principal, Depends(_acting)]
"""The caller, within the project of the query or of its own key."""


async def record_of(text: str, *, principal: Principal, services: Services) -> Job:
    """By the record's own id, or by its upload's.

    Raises:
        NotFound: nobody has it, or it was purged. OutOfScope: somebody else has it, or another project.
    """
    for id_ in job_ids(text):
        try:
            job = await read_job(id_, principal=principal, services=services)
        except NotFound:
            continue
        if job.purged_at is None:
            return job
        raise NotFound("Processing history not found")
    for id_ in job_ids(text):
        if await services.store.knows_job(id_):
            raise OutOfScope("This token has no access to the processing history")
    raise NotFound("Processing history not found")
