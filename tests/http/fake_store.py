"""The store, in memory: the same tenants, states and refusals as the real one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from tests.http.fake_core import (
    FakeAccess,
    FakeAudit,
    FakeBatches,
    FakeLeases,
    FakeSubmitLimits,
    FakeUploads,
    FakeUsage,
)
from tests.http.fake_fields import FakeFields
from tests.http.fake_file_history import FakeFileHistory
from tests.http.fake_history import in_order, matches
from tests.http.fake_templates import FakeTemplates
from tests.http.fake_webhooks import FakeWebhooks, WebhookRows
from tests.http.fakes import FakeClock, FakeNotifier

from octavo.domain.audit import AuditEntry
from octavo.domain.batch import Batch
from octavo.domain.correction import Correction
from octavo.domain.errors import (
    Conflict,
    Gone,
    IdempotencyConflict,
    NotFound,
    OctavoError,
    QuotaExceeded,
)
from octavo.domain.event import Event, EventType
from octavo.domain.file import StoredFile
from octavo.domain.ids import (
    BatchId,
    FileId,
    JobId,
    KeyId,
    OrganizationId,
    ProjectId,
    TemplateId,
    UploadId,
    new_id,
)
from octavo.domain.job import FINAL_STATUSES, Job, JobStatus, Stage
from octavo.domain.template import Template
from octavo.domain.tenancy import Key, Organization, Project, Tenant
from octavo.domain.upload import Upload
from octavo.domain.webhook import Callback
from octavo.ports.history import JobQuery, JobStats, StatsDay
from octavo.ports.store import NewJob, PageRow, Submission, Upkeep, Work
from octavo.ports.webhooks import Outbox


@dataclass
class FakeStore:
    """Rows in dictionaries, each transition in one call."""

    clock: FakeClock
    notifier: FakeNotifier
    rows: dict[JobId, Job] = field(default_factory=dict)
    told: dict[JobId, list[Event]] = field(default_factory=dict)
    page_lists: dict[JobId, list[PageRow]] = field(default_factory=dict)
    file_rows: dict[FileId, StoredFile] = field(default_factory=dict)
    key_rows: dict[bytes, Key] = field(default_factory=dict)
    project_rows: dict[ProjectId, Project] = field(default_factory=dict)
    organization_rows: dict[OrganizationId, Organization] = field(default_factory=dict)
    idempotency: dict[tuple[ProjectId, str], tuple[str, JobId]] = field(default_factory=dict)
    callbacks: dict[JobId, tuple[Callback, ...]] = field(default_factory=dict)
    corrections: dict[JobId, list[Correction]] = field(default_factory=dict)
    template_rows: dict[TemplateId, list[Template]] = field(default_factory=dict)
    deleted_templates: set[TemplateId] = field(default_factory=set)
    failure: Exception | None = None
    """What every read of a job raises, when set."""
    key_lookups: int = 0
    job_reads: int = 0
    batch_rows: dict[BatchId, Batch] = field(default_factory=dict)
    batch_keys: dict[tuple[ProjectId, str], tuple[str, BatchId]] = field(default_factory=dict)
    upload_rows: dict[UploadId, Upload] = field(default_factory=dict)
    audit_rows: list[AuditEntry] = field(default_factory=list)
    leases: FakeLeases = field(default_factory=FakeLeases)
    used_pages: dict[tuple[ProjectId, date, KeyId | None], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.submit_limits = FakeSubmitLimits(self)
        self.webhook_rows = WebhookRows(self.clock, self.project_rows)

    @property
    def outbox(self) -> Outbox:
        raise AssertionError("the API never delivers")

    def tenant(self, tenant: Tenant) -> "FakeTenantStore":
        return FakeTenantStore(self, tenant)

    @property
    def work(self) -> Work:
        raise AssertionError("the API never works or sweeps")

    @property
    def upkeep(self) -> Upkeep:
        raise AssertionError("the API never works or sweeps")

    async def key_by_hash(self, digest: bytes) -> Key | None:
        self.key_lookups += 1
        return self.key_rows.get(digest)

    async def knows_job(self, job_id: JobId) -> bool:
        return job_id in self.rows

    async def names_model(self) -> bool:
        lent = (self.template_rows[id_][-1] for id_ in self.template_rows.keys() - self.deleted_templates)
        return any(one.model for one in lent) or any(one.model for one in self.project_rows.values())

    async def project(self, project_id: ProjectId) -> Project:
        return self.project_rows[project_id]

    async def first_project(self, organization_id: OrganizationId) -> Project:
        return next(p for p in self.project_rows.values() if p.organization_id == organization_id)

    async def organizations(self) -> list[Organization]:
        return list(self.organization_rows.values())

    async def ensure_organization(self, name: str) -> Organization:
        if self.organization_rows:
            return next(iter(self.organization_rows.values()))
        organization = await self.add_organization(name)
        await self.add_project(organization.id, name)
        return organization

    async def add_organization(self, name: str) -> Organization:
        made = Organization(OrganizationId(self._id()), name, self.clock.now())
        return self.organization_rows.setdefault(made.id, made)

    async def add_project(self, organization_id: OrganizationId, name: str) -> Project:
        project = Project(ProjectId(self._id()), organization_id, name, self.clock.now(), 3600, 7200)
        self.project_rows[project.id] = project
        return project

    async def add_key(self, key: Key, digest: bytes) -> Key:
        self.key_rows[digest] = key
        return key

    async def check(self) -> dict[str, Any]:
        if self.failure:
            raise self.failure
        return {"queue_depth": 4, "running_tasks": 1, "workers": 2, "current": True}

    def change(
        self, job_id: JobId, type_: EventType | None, payload: dict[str, Any] | None = None, **changes: Any
    ) -> Job:
        """One transaction: the row, its event, the news."""
        job = self.rows[job_id]
        job = replace(job, version=job.version + 1, updated_at=self.clock.now(), **changes)
        self.rows[job_id] = job
        if type_ is not None:
            event = Event(
                job_id, job.version, type_, self.clock.now(), payload or {"status": job.status.value}
            )
            self.told.setdefault(job_id, []).append(event)
        self.notifier.tell(job_id)
        return job

    def _id(self) -> str:
        return new_id(self.clock.now())


@dataclass
class FakeTenantStore:
    store: FakeStore
    who: Tenant

    @property
    def access(self) -> FakeAccess:
        return FakeAccess(self.store, self.who)

    @property
    def batches(self) -> FakeBatches:
        return FakeBatches(self.store, self.who)

    @property
    def uploads(self) -> FakeUploads:
        return FakeUploads(self.store, self.who)

    @property
    def usage(self) -> FakeUsage:
        return FakeUsage(self.store, self.who)

    @property
    def audit(self) -> FakeAudit:
        return FakeAudit(self.store, self.who)

    @property
    def webhooks(self) -> FakeWebhooks:
        return FakeWebhooks(self.store.webhook_rows, self.who)

    @property
    def fields(self) -> FakeFields:
        return FakeFields(self)

    @property
    def file_history(self) -> FakeFileHistory:
        return FakeFileHistory(self)

    @property
    def templates(self) -> FakeTemplates:
        return FakeTemplates(self)

    async def submit_job(self, new: NewJob) -> Submission:
        if self.store.failure:
            raise self.store.failure
        project = self.store.project_rows.get(new.project_id)
        if project is None or not self._mine(project.organization_id, project.id):
            raise NotFound("There is no such project.")
        earlier = self._claimed(new)
        if earlier is not None:
            return Submission(earlier, False)
        if new.batch_id:
            await self.batches.join(new.batch_id, project.id)
        FakeUsage(self.store, self.who).charge(project, new.key_id, 0 if new.cached_from else new.pages_total)
        if new.idempotency_key:
            self.store.idempotency[new.project_id, new.idempotency_key] = (new.fingerprint, new.id)
        self.store.callbacks[new.id] = new.callbacks
        self.store.rows[new.id] = _row(new, project, self.store.clock.now())
        job = self.store.change(new.id, EventType.JOB_QUEUED)
        if new.cached_from is not None:
            job = self.store.change(
                new.id,
                EventType.JOB_COMPLETED,
                status=JobStatus.COMPLETED,
                stage=Stage.DONE,
                cache_hit=True,
                fields=new.cached_fields,
            )
        return Submission(job, True)

    async def submit_jobs(self, batch_id: BatchId, news: Sequence[NewJob]) -> list[Submission | OctavoError]:
        outcomes: list[Submission | OctavoError] = []
        for new in news:
            assert new.batch_id == batch_id
            try:
                outcomes.append(await self.submit_job(new))
            except (Conflict, QuotaExceeded) as error:
                outcomes.append(error)
        return outcomes

    def _claimed(self, new: NewJob) -> Job | None:
        """The job that has this idempotency key already."""
        known = self.store.idempotency.get((new.project_id, new.idempotency_key or ""))
        if known and known[0] != new.fingerprint:
            raise IdempotencyConflict("This Idempotency-Key stands for another request.")
        return self.store.rows.get(known[1]) if known else None

    async def job(self, job_id: JobId) -> Job:
        self.store.job_reads += 1
        if self.store.failure:
            raise self.store.failure
        job = self.store.rows.get(job_id)
        if job is None or not self._mine(job.organization_id, job.project_id):
            raise NotFound("There is no such job.")
        return job

    async def jobs(self, query: JobQuery) -> list[Job]:
        found = sorted(
            (job for job in self.store.rows.values() if self._mine(job.organization_id, job.project_id)),
            key=lambda job: job.id,
            reverse=not query.oldest_first,
        )
        matching = in_order([job for job in found if matches(job, query)], query)
        return matching[query.offset : query.offset + query.limit]

    async def count_jobs(self, query: JobQuery, *, at_most: int) -> int:
        return min(at_most, len(await self.jobs(replace(query, limit=at_most, offset=0))))

    async def finished_like(self, cache_key: str) -> Job | None:
        for job in reversed(self.store.rows.values()):
            same = job.cache_key == cache_key and job.organization_id == self.who.organization_id
            if same and job.status is JobStatus.COMPLETED and not job.result_deleted_at and not job.purged_at:
                return job
        return None

    async def finished_like_any(self, cache_keys: Sequence[str]) -> dict[str, Job]:
        found = {key: await self.finished_like(key) for key in cache_keys}
        return {key: job for key, job in found.items() if job}

    async def stats(self, days: int) -> JobStats:
        mine = [job for job in self.store.rows.values() if self._mine(job.organization_id, job.project_id)]
        by_status = {status.value: sum(job.status is status for job in mine) for status in JobStatus}
        return JobStats(by_status, {"submitted": len(mine)}, (StatsDay("2026-11-22", {"submitted": days}),))

    async def cancel_job(self, job_id: JobId) -> Job:
        job = await self.job(job_id)
        if job.status.is_final:
            raise Conflict(f"The job is {job.status.value}.", status=job.status.value)
        return self.store.change(job_id, EventType.JOB_CANCELLED, status=JobStatus.CANCELLED)

    async def retry_job(self, job_id: JobId) -> Job:
        job = await self.job(job_id)
        if job.status not in {JobStatus.FAILED, JobStatus.CANCELLED}:
            raise Conflict(f"The job is {job.status.value}.", status=job.status.value)
        if job.source_deleted_at or job.purged_at:
            raise Gone("The source is no more.")
        return self.store.change(
            job_id, EventType.JOB_QUEUED, status=JobStatus.QUEUED, attempt=job.attempt + 1, error=None
        )

    async def mark_purged(self, job_id: JobId) -> Job:
        job = await self.job(job_id)
        if job.purged_at:
            return job
        if job.status not in FINAL_STATUSES:
            raise Conflict(f"The job is {job.status.value}; cancel it first.", status=job.status.value)
        return self.store.change(
            job_id, None, purged_at=self.store.clock.now(), filename=None, metadata={}, sha256="", fields=None
        )

    async def events(self, job_id: JobId, *, after: int, limit: int = 500) -> list[Event]:
        await self.job(job_id)
        return [event for event in self.store.told.get(job_id, ()) if event.sequence > after][:limit]

    async def page_rows(self, job_id: JobId, *, after: int, limit: int) -> list[PageRow]:
        await self.job(job_id)
        return [row for row in self.store.page_lists.get(job_id, ()) if row.number > after][:limit]

    async def add_file(self, file: StoredFile) -> StoredFile:
        self.store.file_rows[file.id] = file
        return file

    async def file(self, file_id: FileId) -> StoredFile:
        file = self._file(file_id)
        if file.deleted_at:
            raise Gone("This file was deleted.")
        return file

    async def files_named(self, file_ids: Sequence[FileId]) -> dict[FileId, StoredFile]:
        found = [self.store.file_rows[id_] for id_ in file_ids if id_ in self.store.file_rows]
        return {f.id: f for f in found if self._mine(f.organization_id, f.project_id) and not f.deleted_at}

    async def files(self, *, before: FileId | None, limit: int) -> list[StoredFile]:
        mine = [f for f in self.store.file_rows.values() if self._mine(f.organization_id, f.project_id)]
        mine = [f for f in mine if not f.deleted_at and (before is None or f.id < before)]
        return sorted(mine, key=lambda file: file.id, reverse=True)[:limit]

    async def mark_file_deleted(self, file_id: FileId) -> StoredFile:
        file = self._file(file_id)
        if not file.deleted_at:
            file = replace(file, deleted_at=self.store.clock.now(), metadata={})
            self.store.file_rows[file_id] = file
        return file

    def _file(self, file_id: FileId) -> StoredFile:
        file = self.store.file_rows.get(file_id)
        if file is None or not self._mine(file.organization_id, file.project_id):
            raise NotFound("There is no such file.")
        return file

    def _mine(self, organization_id: OrganizationId, project_id: ProjectId) -> bool:
        return self.who.organization_id == organization_id and self.who.project_id in {None, project_id}


def _row(new: NewJob, project: Project, now: datetime) -> Job:
    kept = project.source_retention_s if new.source_retention_s is None else new.source_retention_s
    return Job(
        id=new.id,
        organization_id=project.organization_id,
        project_id=project.id,
        key_id=new.key_id,
        file_id=new.file_id,
        status=JobStatus.QUEUED,
        stage=Stage.WAITING,
        priority=new.priority,
        options=new.options,
        filename=new.filename,
        media_type=new.media_type,
        size_bytes=new.size_bytes,
        sha256=new.sha256,
        page_count=new.page_count,
        pages_total=new.pages_total,
        pages_done=0,
        pages_failed=0,
        attempt=1,
        engine=new.engine,
        engine_digest=new.engine_digest,
        cache_key=new.cache_key,
        cache_hit=False,
        mean_confidence=None,
        error=None,
        metadata=new.metadata,
        created_at=now,
        started_at=None,
        finished_at=None,
        updated_at=now,
        source_expires_at=now + timedelta(seconds=kept),
        result_expires_at=None,
        queue_position=0,
        batch_id=new.batch_id,
        replay_of=new.replay_of,
    )
