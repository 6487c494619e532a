"""What is remembered: one decision, one transaction, one method.

`Store.tenant()` hands out everything a caller may see or change; its methods
cannot be asked about another tenant's rows. `Work` is the workers' side,
`Upkeep` the background's. Every method raises `TemporaryFailure` when the
database cannot be reached.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from octavo.domain.document import PageFailure
from octavo.domain.errors import OctavoError
from octavo.domain.event import Event
from octavo.domain.field import ModelUse
from octavo.domain.file import StoredFile
from octavo.domain.ids import BatchId, FileId, JobId, KeyId, OrganizationId, ProjectId, UploadId
from octavo.domain.job import FieldsStanding, Job, JobError, JobOptions, Priority
from octavo.domain.tenancy import Key, Organization, Project, Tenant
from octavo.domain.webhook import Callback
from octavo.ports.access import Access
from octavo.ports.audit import AuditLog
from octavo.ports.batches import Batches
from octavo.ports.fields import FieldStore
from octavo.ports.file_history import FileHistory
from octavo.ports.history import JobQuery, JobStats
from octavo.ports.leases import Leases
from octavo.ports.limits import SubmitLimits
from octavo.ports.templates import TemplateStore
from octavo.ports.uploads import Uploads
from octavo.ports.usage import UsageRecords
from octavo.ports.webhooks import Outbox, TenantWebhooks


@dataclass(frozen=True, slots=True)
class NewJob:
    """All that one submission commits: job row, queue entry, event, counters, idempotency."""

    id: JobId
    project_id: ProjectId
    key_id: KeyId
    file_id: FileId | None
    options: JobOptions
    priority: Priority
    filename: str | None
    media_type: str
    size_bytes: int
    sha256: str
    page_count: int
    pages_total: int
    engine: str
    engine_digest: str
    cache_key: str
    metadata: dict[str, Any]
    source_retention_s: int | None
    """None: the project's default."""
    result_retention_s: int | None
    idempotency_key: str | None
    fingerprint: str
    """Hash over the source and every option: what `idempotency_key` must stand for."""
    cached_from: Job | None
    """A finished job with the same cache key: the new one is completed at once."""
    callbacks: tuple[Callback, ...] = ()
    batch_id: BatchId | None = None
    replay_of: JobId | None = None
    cached_fields: FieldsStanding | None = None
    """Of the copy of that job's fields, as they were found."""


@dataclass(frozen=True, slots=True)
class Submission:
    job: Job
    created: bool
    """False: the idempotency key named this job already; nothing was added."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """One finished page of a job, while its parts are still apart."""

    number: int
    sequence: int
    blob_key: str | None
    offset: int
    length: int
    failure: PageFailure | None
    characters: int
    grounded_characters: int
    confidence: float | None
    duration_ms: int
    finished_at: datetime


class TenantStore(Protocol):
    """Everything one tenant may see; what is another's is `NotFound`."""

    @property
    def fields(self) -> FieldStore: ...

    @property
    def templates(self) -> TemplateStore: ...

    async def submit_job(self, new: NewJob) -> Submission:
        """Commit a submission whose source is durable already.

        Raises:
            IdempotencyConflict: the key stands for a different request.
            NotFound: the project is not this tenant's, or the batch is not that project's.
            Conflict: the batch takes no more jobs.
            PageQuotaExceeded: the project has no pages left for it this month.
        """
        ...

    async def submit_jobs(self, batch_id: BatchId, news: Sequence[NewJob]) -> list[Submission | OctavoError]:
        """As `submit_job`, of one batch's jobs, in one commit; for each, in their order, why not if it is refused.

        All are of one project and key, have idempotency keys, and none is from the cache. What a quota
        leaves goes to those that come first; documents at the same moment cannot together exceed it.

        Raises `NotFound`, `Conflict` for the batch.
        """
        ...

    async def job(self, job_id: JobId) -> Job:
        """Raises `NotFound`. A purged or expired job is still told."""
        ...

    async def jobs(self, query: JobQuery) -> list[Job]:
        """At most `query.limit` jobs, newest first."""
        ...

    async def count_jobs(self, query: JobQuery, *, at_most: int) -> int:
        """How many jobs the filters let through, counted no further than `at_most`."""
        ...

    async def finished_like(self, cache_key: str) -> Job | None:
        """The newest completed job of the organization with this cache key whose result still exists."""
        ...

    async def finished_like_any(self, cache_keys: Sequence[str]) -> dict[str, Job]:
        """As `finished_like`, by cache key, of those for which there is one."""
        ...

    async def stats(self, days: int) -> JobStats: ...

    async def cancel_job(self, job_id: JobId) -> Job:
        """Queued or processing becomes cancelled, its queue entries go, its running work is aborted.

        Raises `NotFound`; `Conflict` when the job has ended.
        """
        ...

    async def retry_job(self, job_id: JobId) -> Job:
        """A failed or cancelled job becomes queued again as its next attempt; finished pages are kept.

        Raises `NotFound`; `Conflict` in another state; `Gone` when its source is no more.
        """
        ...

    async def mark_purged(self, job_id: JobId) -> Job:
        """Erase what the row says about the document; a tombstone stays. Repeating it changes nothing.

        Raises `NotFound`; `Conflict` while the job has not ended.
        """
        ...

    async def events(self, job_id: JobId, *, after: int, limit: int = 500) -> list[Event]:
        """States and finished pages after that sequence, in order. Raises `NotFound`."""
        ...

    async def page_rows(self, job_id: JobId, *, after: int, limit: int) -> list[PageRow]:
        """Finished pages with a number above `after`, by number. Raises `NotFound`."""
        ...

    async def add_file(self, file: StoredFile) -> StoredFile: ...

    async def file(self, file_id: FileId) -> StoredFile:
        """Raises `NotFound`; `Gone` when it was deleted or has expired."""
        ...

    async def files_named(self, file_ids: Sequence[FileId]) -> dict[FileId, StoredFile]:
        """Those of them that are there."""
        ...

    async def files(self, *, before: FileId | None, limit: int) -> list[StoredFile]: ...

    async def mark_file_deleted(self, file_id: FileId) -> StoredFile:
        """Raises `NotFound`; repeating it changes nothing."""
        ...

    @property
    def file_history(self) -> FileHistory: ...

    @property
    def access(self) -> Access: ...

    @property
    def batches(self) -> Batches: ...

    @property
    def uploads(self) -> Uploads: ...

    @property
    def usage(self) -> UsageRecords: ...

    @property
    def audit(self) -> AuditLog: ...

    @property
    def webhooks(self) -> TenantWebhooks: ...


@dataclass(frozen=True, slots=True)
class SlicePlan:
    """A run of selected pages by position: `start` up to, without, `stop` (from 0)."""

    job_id: JobId
    attempt: int
    start: int
    stop: int
    crashes: int
    """How often the child died on this slice."""
    deaths: int
    """How often the whole worker was lost while it held this slice."""


@dataclass(frozen=True, slots=True)
class PageCheckpoint:
    number: int
    blob_key: str | None
    offset: int
    length: int
    failure: PageFailure | None
    characters: int
    grounded_characters: int
    confidence: float | None
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Completion:
    mean_confidence: float | None
    pages_failed: int
    fields: FieldsStanding | None = None
    """None where none were looked for."""


class Work(Protocol):
    """The workers' side. Each method is safe to repeat and does nothing for an attempt that is over."""

    async def begin(self, job_id: JobId, attempt: int) -> Job | None:
        """`queued` becomes `processing` (once, with its event); None when there is nothing to do."""
        ...

    async def plan(self, job_id: JobId, attempt: int, *, slice_pages: int) -> None:
        """Cut the first slices and queue as many as the window holds; the rest follow by checkpoint."""
        ...

    async def job_for_slice(self, job_id: JobId, attempt: int, start: int) -> tuple[Job, SlicePlan] | None:
        """What to read; None when the slice is done or the attempt is over."""
        ...

    async def finished_numbers(self, job_id: JobId, numbers: Sequence[int]) -> set[int]:
        """Which of these pages need no reading (an earlier attempt read them)."""
        ...

    async def checkpoint(
        self, piece: SlicePlan, *, done: int, pages: Sequence[PageCheckpoint], next_slice_pages: int
    ) -> bool:
        """Keep the first `done` pages of the slice; its rest and the following slices are queued.

        The last page of the job queues the assembly. False when the slice was kept by someone else
        or the attempt is over; nothing changes then.
        """
        ...

    async def split(self, piece: SlicePlan, *, by_child: bool) -> SlicePlan | None:
        """The slice lost its process: note it and cut it into single pages, queued.

        Returns the slice with its new counts when it is a single page already (not queued again),
        else None.
        """
        ...

    async def page_rows(self, job_id: JobId, *, after: int, limit: int) -> list[PageRow]: ...

    async def job_for_assembly(self, job_id: JobId, attempt: int) -> Job | None: ...

    async def complete(self, job_id: JobId, attempt: int, completion: Completion) -> None: ...

    async def fail(self, job_id: JobId, attempt: int, error: JobError, use: ModelUse | None = None) -> None:
        """`use`: what a language model took all the same, to be counted."""
        ...


class Upkeep(Protocol):
    """What keeps the house; run by one leader at a time, each step safe to repeat."""

    def leadership(self) -> AbstractAsyncContextManager[bool]:
        """True for one process at a time, for as long as the block lasts."""
        ...

    async def recover_stalled(self) -> int:
        """Hand on the tasks of workers that are gone; how many."""
        ...

    async def expire_sources(self, limit: int) -> list[JobId]:
        """At most `limit` jobs whose source's retention has ended; its bytes become `erasures_due`."""
        ...

    async def expire_results(self, limit: int) -> list[JobId]:
        """As `expire_sources`; with its result goes everything the job still holds."""
        ...

    async def expire_files(self, limit: int) -> list[FileId]: ...

    async def expire_uploads(self, limit: int) -> list[UploadId]:
        """Forget uploads whose time has ended, completed or not; their parts become `erasures_due`."""
        ...

    async def expire_batches(self, limit: int) -> list[BatchId]:
        """Erase what a batch's row says once none of its jobs has a result any more."""
        ...

    async def erasures_due(self, limit: int) -> list[str]:
        """Prefixes of blobs that no row names any more, owed until `erased` is told; longest due first."""
        ...

    async def erased(self, prefixes: Sequence[str]) -> None:
        """Nothing is left below these prefixes."""
        ...

    async def existing(self, ids: Sequence[str]) -> set[str]:
        """Which of these job or file ids have a row: the others' bytes are orphans."""
        ...

    async def roll_up_counters(self) -> int: ...

    async def forget_old(self) -> int:
        """Old idempotency keys and finished queue entries."""
        ...


class Store(Protocol):
    def tenant(self, tenant: Tenant) -> TenantStore: ...

    @property
    def work(self) -> Work: ...

    @property
    def upkeep(self) -> Upkeep: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def submit_limits(self) -> SubmitLimits: ...

    @property
    def leases(self) -> Leases: ...

    async def key_by_hash(self, digest: bytes) -> Key | None:
        """The key with this SHA-256, whatever its state; None if there is none."""
        ...

    async def knows_job(self, job_id: JobId) -> bool:
        """Whether anybody has it: for callers who are told apart what is unknown and what is another's."""
        ...

    async def names_model(self) -> bool:
        """Whether any project or template here names a language model; whose is not said."""
        ...

    async def project(self, project_id: ProjectId) -> Project: ...

    async def first_project(self, organization_id: OrganizationId) -> Project: ...

    async def organizations(self) -> list[Organization]: ...

    async def ensure_organization(self, name: str) -> Organization:
        """The oldest organization; made now, with a project of that name too, where there is none."""
        ...

    async def add_organization(self, name: str) -> Organization: ...

    async def add_project(self, organization_id: OrganizationId, name: str) -> Project: ...

    async def add_key(self, key: Key, digest: bytes) -> Key: ...

    async def check(self) -> dict[str, Any]:
        """Facts for `doctor` and readiness: server version, schema revision, queue depth."""
        ...
