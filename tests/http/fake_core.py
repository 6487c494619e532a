"""Batches, uploads, limits, usage, the audit, projects and keys, in memory."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from octavo.domain.audit import AuditAction, AuditEntry
from octavo.domain.batch import Batch, BatchTally, RefusedDocument
from octavo.domain.errors import Conflict, IdempotencyConflict, NotFound
from octavo.domain.file import StoredFile
from octavo.domain.ids import BatchId, JobId, KeyId, ProjectId, UploadId, new_id
from octavo.domain.job import Job, JobStatus
from octavo.domain.limits import Allowance, RequestLimits, allowance_of, take
from octavo.domain.template import ModelChoice
from octavo.domain.tenancy import Key, Project, Tenant
from octavo.domain.upload import Upload, UploadPart, UploadStatus
from octavo.domain.usage import PageQuota, PageQuotaExceeded, Usage, month_of, next_month
from octavo.ports.access import ProjectChanges
from octavo.ports.audit import AuditQuery
from octavo.ports.batches import BatchQuery, NewBatch
from octavo.ports.templates import SEALED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.http.fake_store import FakeStore


@dataclass
class FakeSubmitLimits:
    store: "FakeStore"
    arrivals: dict[KeyId, float] = field(default_factory=dict)

    async def take(self, key_id: KeyId, limit: int) -> Allowance:
        now = self.store.clock.now().timestamp()
        known = self.arrivals.get(key_id, now)
        moved = take(known, now, limit)
        self.arrivals[key_id] = known if moved is None else moved
        return allowance_of("submit", limit, self.arrivals[key_id] - now, refused=moved is None)


@dataclass
class Ours:
    """A store as one tenant sees it."""

    store: "FakeStore"
    who: Tenant

    @property
    def now(self) -> datetime:
        return self.store.clock.now()

    def mine(self, thing: Any) -> bool:
        same = thing.organization_id == self.who.organization_id
        return same and self.who.project_id in {None, thing.project_id}

    def note(self, action: AuditAction, subject: str, project: ProjectId | None, **details: Any) -> None:
        self.store.audit_rows.append(
            AuditEntry(
                new_id(self.now),
                self.who.organization_id,
                project or self.who.project_id,
                self.who.key_id,
                action,
                subject,
                self.now,
                details,
            )
        )


class FakeAudit(Ours):
    async def entries(self, query: AuditQuery) -> list[AuditEntry]:
        found = [
            entry
            for entry in reversed(self.store.audit_rows)
            if self.mine(entry)
            and query.action in {None, entry.action}
            and query.key_id in {None, entry.key_id}
            and (query.before is None or entry.id < query.before)
        ]
        return found[: query.limit]


class FakeUsage(Ours):
    async def months(self, first: date, last: date, *, by_key: bool) -> list[Usage]:
        return [
            Usage(month, project_id, key_id, 1, pages, 0, 0)
            for (project_id, month, key_id), pages in self.store.used_pages.items()
            if (key_id is not None) == by_key
            and first <= month <= last
            and self._is_mine(self.store.project_rows[project_id])
        ]

    async def quota(self, project_id: ProjectId) -> PageQuota:
        project = self.store.project_rows.get(project_id)
        if project is None or not self._is_mine(project):
            raise NotFound("There is no such project.")
        month = month_of(self.now)
        used = self.store.used_pages.get((project_id, month, None), 0)
        return PageQuota(project.pages_per_month, used, next_month(month))

    def charge(self, project: Project, key_id: KeyId | None, pages: int) -> None:
        month = month_of(self.now)
        used = self.store.used_pages.get((project.id, month, None), 0)
        if project.pages_per_month is not None and pages and used + pages > project.pages_per_month:
            raise PageQuotaExceeded("No pages are left this month.", limit=project.pages_per_month)
        for key in {None, key_id}:
            place = (project.id, month, key)
            self.store.used_pages[place] = self.store.used_pages.get(place, 0) + pages

    def _is_mine(self, project: Project) -> bool:
        same = project.organization_id == self.who.organization_id
        return same and self.who.project_id in {None, project.id}


class FakeAccess(Ours):
    async def projects(self, *, after: ProjectId | None = None, limit: int | None = None) -> list[Project]:
        found = sorted(
            (p for p in self.store.project_rows.values() if self._is_mine(p)), key=lambda one: one.id
        )
        return [_shown(p) for p in found if after is None or p.id > after][:limit]

    async def project(self, project_id: ProjectId) -> Project:
        project = self.store.project_rows.get(project_id)
        if project is None or not self._is_mine(project):
            raise NotFound("There is no such project.")
        return _shown(project)

    async def model_for_work(self, project_id: ProjectId) -> ModelChoice | None:
        await self.project(project_id)
        return self.store.project_rows[project_id].model

    async def add_project(self, changes: ProjectChanges) -> Project:
        project = await self.store.add_project(self.who.organization_id, changes.name or "project")
        self.note(AuditAction.PROJECT_CREATED, project.id, project.id)
        return self._changed(project, changes)

    async def change_project(self, project_id: ProjectId, changes: ProjectChanges) -> Project:
        await self.project(project_id)
        project = self._changed(self.store.project_rows[project_id], changes)
        self.note(AuditAction.PROJECT_CHANGED, project.id, project.id, given=sorted(changes.given))
        return project

    async def keys(self, *, after: KeyId | None = None, limit: int | None = None) -> list[Key]:
        found = sorted(
            (key for key in self.store.key_rows.values() if self.mine(key)), key=lambda one: one.id
        )
        return [key for key in found if after is None or key.id > after][:limit]

    async def key(self, key_id: KeyId) -> Key:
        for key in await self.keys():
            if key.id == key_id:
                return key
        raise NotFound("There is no such key.")

    async def add_key(self, key: Key, digest: bytes) -> Key:
        self.store.key_rows[digest] = key
        self.note(AuditAction.KEY_CREATED, key.id, key.project_id)
        return key

    async def revoke_key(self, key_id: KeyId) -> Key:
        key = await self.key(key_id)
        if key.revoked_at is None:
            self.note(AuditAction.KEY_REVOKED, key.id, key.project_id)
        return self._put(replace(key, revoked_at=key.revoked_at or self.now))

    async def switch_key(self, key_id: KeyId, *, disabled: bool) -> Key:
        key = await self.key(key_id)
        if key.revoked_at is not None:
            raise Conflict("This key is revoked, and that is for good; make a new one.")
        if (key.disabled_at is not None) == disabled:
            return key
        self.note(AuditAction.KEY_DISABLED if disabled else AuditAction.KEY_ENABLED, key.id, key.project_id)
        return self._put(replace(key, disabled_at=self.now if disabled else None))

    async def rotate_key(self, key_id: KeyId, new: Key, digest: bytes, *, old_ends_at: datetime) -> Key:
        key = await self.key(key_id)
        if key.revoked_at is not None:
            raise Conflict("This key is revoked or has expired; make a new one.")
        if old_ends_at <= self.now:
            self._put(replace(key, revoked_at=self.now))
        else:
            self._put(replace(key, expires_at=min(key.expires_at or old_ends_at, old_ends_at)))
        self.store.key_rows[digest] = new
        self.note(AuditAction.KEY_ROTATED, key.id, key.project_id)
        return new

    def _put(self, key: Key) -> Key:
        digest = next(digest for digest, known in self.store.key_rows.items() if known.id == key.id)
        self.store.key_rows[digest] = key
        return key

    def _changed(self, project: Project, changes: ProjectChanges) -> Project:
        given = {name: getattr(changes, name) for name in changes.given}
        limits = RequestLimits(
            given.pop("submits_per_minute", project.limits.submits_per_minute),
            given.pop("reads_per_minute", project.limits.reads_per_minute),
        )
        model = given.get("model")
        if model is not None and model.api_key == SEALED:
            given["model"] = replace(model, api_key=project.model.api_key if project.model else None)
        changed = replace(project, **given, limits=limits)
        self.store.project_rows[project.id] = changed
        return _shown(changed)

    def _is_mine(self, project: Project) -> bool:
        same = project.organization_id == self.who.organization_id
        return same and self.who.project_id in {None, project.id}


def _shown(project: Project) -> Project:
    """With a stand-in for the key of its model."""
    if project.model is None or project.model.api_key is None:
        return project
    return replace(project, model=replace(project.model, api_key=SEALED))


class FakeLeases:
    """Implements `ports.leases.Leases`; here they never end by themselves."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    async def take(self, name: str, holder: str, for_s: float) -> bool:  # noqa: ARG002 -- no time passes here
        return self.held.setdefault(name, holder) == holder

    async def give_back(self, name: str, holder: str) -> None:
        if self.held.get(name) == holder:
            del self.held[name]


class FakeBatches(Ours):
    async def add(self, new: NewBatch) -> tuple[Batch, bool]:
        project = await FakeAccess(self.store, self.who).project(new.project_id)
        if new.idempotency_key:
            known = self.store.batch_keys.get((new.project_id, new.idempotency_key))
            if known and known[0] != new.fingerprint:
                raise IdempotencyConflict("This Idempotency-Key stands for another request.")
            if known:
                return await self.batch(known[1]), False
            self.store.batch_keys[new.project_id, new.idempotency_key] = (new.fingerprint, new.id)
        self.store.batch_rows[new.id] = Batch(
            id=new.id,
            organization_id=project.organization_id,
            project_id=project.id,
            key_id=new.key_id,
            name=new.name,
            metadata=new.metadata,
            refused=(),
            created_at=self.now,
            expires_at=self.now + timedelta(seconds=project.result_retention_s),
        )
        return await self.batch(new.id), True

    async def batch(self, batch_id: BatchId) -> Batch:
        batch = self.store.batch_rows.get(batch_id)
        if batch is None or not self.mine(batch):
            raise NotFound("There is no such batch.")
        return replace(batch, tally=self._tally(batch_id))

    async def batches(self, query: BatchQuery) -> list[Batch]:
        found = [await self.batch(batch.id) for batch in self.store.batch_rows.values() if self.mine(batch)]
        found = [
            batch
            for batch in sorted(found, key=lambda one: one.id, reverse=True)
            if (query.before is None or batch.id < query.before)
            and (not query.statuses or batch.status in query.statuses)
            and (query.name is None or query.name.lower() in (batch.name or "").lower())
            and all(batch.metadata.get(name) == value for name, value in query.metadata)
        ]
        return found[query.offset : query.offset + query.limit]

    async def count(self, query: BatchQuery, *, at_most: int) -> int:
        return len(await self.batches(replace(query, limit=at_most, offset=0)))

    async def members(self, batch_id: BatchId, keys: "Sequence[str]") -> dict[str, Job]:
        project_id = (await self.batch(batch_id)).project_id
        claims = {key: self.store.idempotency.get((project_id, key)) for key in keys}
        return {key: self.store.rows[claim[1]] for key, claim in claims.items() if claim}

    async def settle(self, batch_id: BatchId, refused: "Sequence[RefusedDocument]") -> Batch:
        batch = await self.batch(batch_id)
        self.store.batch_rows[batch_id] = replace(batch, refused=tuple(refused))
        return await self.batch(batch_id)

    async def close(self, batch_id: BatchId) -> list[JobId]:
        batch = await self.batch(batch_id)
        if batch.cancelled_at is None:
            self.note(AuditAction.BATCH_CANCELLED, batch_id, batch.project_id)
        self.store.batch_rows[batch_id] = replace(batch, cancelled_at=batch.cancelled_at or self.now)
        return [
            job.id for job in self.store.rows.values() if job.batch_id == batch_id and not job.status.is_final
        ]

    async def join(self, batch_id: BatchId, project_id: ProjectId) -> None:
        batch = self.store.batch_rows.get(batch_id)
        if batch is None or batch.project_id != project_id:
            raise NotFound("There is no such batch.")
        if batch.cancelled_at:
            raise Conflict("The batch was cancelled; make a new one.")

    def _tally(self, batch_id: BatchId) -> BatchTally:
        jobs = [job for job in self.store.rows.values() if job.batch_id == batch_id]
        counts = {status: sum(job.status is status for job in jobs) for status in JobStatus}
        ends = [job.finished_at for job in jobs if job.finished_at]
        return BatchTally(
            {status: count for status, count in counts.items() if count},
            sum(job.pages_total or 0 for job in jobs),
            sum(job.pages_done for job in jobs),
            sum(job.pages_failed for job in jobs),
            max(ends) if jobs and len(ends) == len(jobs) else None,
        )


class FakeUploads(Ours):
    async def add(self, upload: Upload) -> Upload:
        self.store.upload_rows[upload.id] = upload
        return upload

    async def upload(self, upload_id: UploadId) -> Upload:
        upload = self.store.upload_rows.get(upload_id)
        if upload is None or not self.mine(upload) or upload.expires_at <= self.now:
            raise NotFound("There is no such upload.")
        return upload

    async def uploads(self, *, before: UploadId | None, limit: int) -> list[Upload]:
        found = [upload for upload in self.store.upload_rows.values() if self.mine(upload)]
        found = [upload for upload in found if before is None or upload.id < before]
        return sorted(found, key=lambda one: one.id, reverse=True)[:limit]

    async def keep_part(self, upload_id: UploadId, part: UploadPart, *, by_offset: bool) -> Upload:
        upload = await self._open(upload_id)
        if upload.by_offset not in {None, by_offset}:
            raise Conflict("The parts of this upload are named the other way: by number, or by offset.")
        others = [known for known in upload.parts if known.position != part.position]
        parts = tuple(sorted([*others, part], key=lambda one: one.position))
        return self._put(replace(upload, parts=parts, by_offset=by_offset))

    async def complete(self, upload_id: UploadId, file: StoredFile) -> Upload:
        upload = await self.upload(upload_id)
        if upload.file_id is not None:
            return upload
        await self._open(upload_id)
        self.store.file_rows[file.id] = file
        return self._put(replace(upload, file_id=file.id, parts=()))

    async def abort(self, upload_id: UploadId) -> Upload:
        upload = await self.upload(upload_id)
        if upload.file_id is not None:
            raise Conflict("The upload is completed; delete its file instead.")
        return self._put(replace(upload, aborted_at=upload.aborted_at or self.now, parts=()))

    async def _open(self, upload_id: UploadId) -> Upload:
        upload = await self.upload(upload_id)
        if upload.status is not UploadStatus.OPEN:
            raise Conflict(f"The upload is {upload.status.value}.")
        return upload

    def _put(self, upload: Upload) -> Upload:
        self.store.upload_rows[upload.id] = upload
        return upload
