"""What was used, as it is remembered."""

from datetime import date
from typing import Protocol

from octavo.domain.ids import ProjectId
from octavo.domain.usage import PageQuota, Usage


class UsageRecords(Protocol):
    """One tenant's. Written by the submission's own transaction; only read here."""

    async def months(self, first: date, last: date, *, by_key: bool) -> list[Usage]:
        """From the month of `first` to that of `last`, newest first: by project, or by key within it."""
        ...

    async def quota(self, project_id: ProjectId) -> PageQuota:
        """Raises `NotFound` for a project that is not this tenant's."""
        ...
