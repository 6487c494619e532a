"""What the lists of jobs and of documents are asked in the same words."""

from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

from fastapi import Depends, Query

from octavo.app.read import NumberedPage, list_jobs_by_page
from octavo.app.services import Services
from octavo.dialects.docurift.inbound import document_type_of, end_of, start_of, statuses_of
from octavo.domain.tenancy import Principal
from octavo.ports.history import JobQuery, JobSort


@dataclass(frozen=True, slots=True)
class Asked:
    page: int
    query: JobQuery

    async def answered(
        self, sort: JobSort, caller: Principal, services: Services, **also: Any
    ) -> NumberedPage:
        """`also`: members of the query that only one of the lists knows. Raises `Forbidden`, `InvalidRequest`."""
        query = replace(self.query, sort=sort, **also)
        return await list_jobs_by_page(query, self.page, principal=caller, services=services)


def _asked(
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    status: Annotated[str | None, Query(max_length=64)] = None,
    start: Annotated[str | None, Query(alias="startDate", max_length=40)] = None,
    end: Annotated[str | None, Query(alias="endDate", max_length=40)] = None,
    order: Annotated[Literal["asc", "desc"], Query(alias="sortOrder")] = "desc",
    kind: Annotated[str | None, Query(alias="documentType", max_length=64)] = None,
) -> Asked:
    """Raises `InvalidRequest`."""
    query = JobQuery(
        statuses=statuses_of(status),
        created_from=start_of(start),
        created_before=end_of(end),
        document_type=document_type_of(kind) if kind else None,
        kept=True,
        limit=limit,
        oldest_first=order == "asc",
    )
    return Asked(page, query)


Listing = Annotated[Asked, Depends(_asked)]
