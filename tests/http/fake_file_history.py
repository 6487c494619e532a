"""Stored files with their newest jobs, in memory."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.domain.ids import FileId
from octavo.ports.file_history import FileQuery, FileStanding

if TYPE_CHECKING:
    from tests.http.fake_store import FakeTenantStore


@dataclass
class FakeFileHistory:
    tenant: "FakeTenantStore"

    async def standing(self, file_id: FileId) -> FileStanding:
        file = self.tenant._file(file_id)
        jobs = [job for job in self.tenant.store.rows.values() if job.file_id == file.id]
        return FileStanding(file, max(jobs, key=lambda job: job.id, default=None))

    async def standings(self, query: FileQuery) -> list[FileStanding]:
        mine = [
            file.id
            for file in self.tenant.store.file_rows.values()
            if self.tenant._mine(file.organization_id, file.project_id)
        ]
        found = [await self.standing(id_) for id_ in sorted(mine, reverse=True)]
        matching = [standing for standing in found if _matches(standing, query)]
        return matching[query.offset : query.offset + query.limit]

    async def count(self, query: FileQuery, *, at_most: int) -> int:
        return len(await self.standings(replace(query, limit=at_most, offset=0)))


def _matches(standing: FileStanding, query: FileQuery) -> bool:
    status = standing.job.status if standing.job else None
    return all(
        (
            (standing.file.deleted_at is not None) is query.deleted,
            not query.statuses or status in query.statuses,
            not query.document_types or standing.document_type in query.document_types,
        )
    )
