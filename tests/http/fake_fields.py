"""Corrections, in memory."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.domain.correction import Correction
from octavo.domain.errors import Conflict, Gone
from octavo.domain.event import EventType
from octavo.domain.ids import JobId
from octavo.domain.job import Job
from octavo.ports.fields import NewCorrection

if TYPE_CHECKING:
    from tests.http.fake_store import FakeTenantStore


@dataclass
class FakeFields:
    tenant: "FakeTenantStore"

    async def correct(self, correction: NewCorrection) -> Job:
        store = self.tenant.store
        job = await self.tenant.job(correction.job_id)
        if job.purged_at or job.result_deleted_at:
            raise Gone("The result is no more.")
        if job.fields is None or job.fields.version != correction.standing.version - 1:
            raise Conflict("The fields were changed.")
        version = correction.standing.version
        told = {"fields_version": version, "paths": [change.path for change in correction.changes]}
        changed = store.change(job.id, EventType.JOB_CORRECTED, told, fields=correction.standing)
        store.corrections.setdefault(job.id, []).append(
            Correction(job.id, version, correction.key_id, store.clock.now(), correction.changes)
        )
        return changed

    async def history(self, job_id: JobId, *, before: int | None, limit: int) -> list[Correction]:
        await self.tenant.job(job_id)
        found = [replace(one) for one in self.tenant.store.corrections.get(job_id, ())]
        return [one for one in reversed(found) if before is None or one.version < before][:limit]
