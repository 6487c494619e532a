"""What the API answers, as pydantic models, each made from domain values by a `render_…` function.

Times are RFC 3339 in UTC with `Z`; sizes are bytes; shares and confidences are 0.0-1.0, or null
where nobody knows. The password of a document is in no answer.
"""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from octavo.domain.file import StoredFile
from octavo.domain.job import Job, JobStatus, Progress, Stage
from octavo.domain.tenancy import Key, Project, Scope
from octavo.http.field_wire import FieldsSummaryAnswer, render_standing
from octavo.http.identifiers import BATCH, FILE, JOB, KEY, ORGANIZATION, PROJECT, TEMPLATE
from octavo.http.model_wire import ModelChoiceAnswer, render_model
from octavo.http.options_wire import OptionsAnswer, render_options
from octavo.ports.history import JobStats
from octavo.ports.store import PageRow


class ProgressAnswer(BaseModel):
    """`percent` never falls within an attempt, and is 100 only when the job has ended well."""

    stage: Stage
    percent: int
    pages_done: int
    pages_failed: int
    pages_total: int | None
    pages_per_s: float | None
    eta_s: float | None
    queue_position: int | None


class EngineOfJob(BaseModel):
    name: str
    digest: str


class ErrorAnswer(BaseModel):
    code: str
    summary: str
    retryable: bool
    step: Stage


class JobLinks(BaseModel):
    self: str
    events: str
    pages: str
    source: str
    result: str | None
    """Null until the job has completed."""
    fields: str | None
    """Null where there are none, or not yet."""


class JobAnswer(BaseModel):
    id: str
    project_id: str
    batch_id: str | None
    replay_of: str | None
    """The job whose source was read again."""
    file_id: str | None
    status: JobStatus
    stage: Stage
    priority: str
    progress: ProgressAnswer
    options: OptionsAnswer
    filename: str | None
    media_type: str
    size_bytes: int
    sha256: str
    page_count: int | None
    engine: EngineOfJob
    attempt: int
    cache_hit: bool
    mean_confidence: float | None
    document_type: str | None
    """As it was found, or asked for while it was not."""
    template_id: str | None
    fields: FieldsSummaryAnswer | None
    error: ErrorAnswer | None
    metadata: dict[str, Any]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    updated_at: datetime
    source_expires_at: datetime
    result_expires_at: datetime | None
    source_deleted: bool
    result_deleted: bool
    purged_at: datetime | None
    links: JobLinks


class JobListAnswer(BaseModel):
    jobs: list[JobAnswer]
    next_cursor: str | None


class StatsDayAnswer(BaseModel):
    day: str
    counts: dict[str, int]


class StatsAnswer(BaseModel):
    """`by_status` is what stands now; `totals` is all that ever happened."""

    by_status: dict[str, int]
    totals: dict[str, int]
    days: list[StatsDayAnswer]


class PageFailureAnswer(BaseModel):
    code: str
    summary: str
    attempts: int


class PageAnswer(BaseModel):
    number: int
    status: str
    """`read`, or `failed` with its `failure`."""
    failure: PageFailureAnswer | None
    characters: int
    confidence: float | None
    duration_ms: int
    finished_at: datetime
    link: str | None


class PageListAnswer(BaseModel):
    pages: list[PageAnswer]
    next_cursor: str | None


class FileAnswer(BaseModel):
    id: str
    project_id: str
    filename: str | None
    media_type: str
    size_bytes: int
    sha256: str
    created_at: datetime
    expires_at: datetime
    deleted_at: datetime | None
    metadata: dict[str, Any]
    content: str
    """Where the bytes are."""


class FileListAnswer(BaseModel):
    files: list[FileAnswer]
    next_cursor: str | None


class InspectionAnswer(BaseModel):
    filename: str | None
    media_type: str
    size_bytes: int
    sha256: str
    page_count: int
    scanned_share: float
    """Share of the sampled pages that have no text layer."""
    warnings: list[str]


class KeyAnswer(BaseModel):
    id: str
    organization_id: str
    project_id: str | None
    name: str
    hint: str
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    disabled_at: datetime | None


class NewKeyAnswer(KeyAnswer):
    key: str
    """The text of the key: here and never again."""


class KeyListAnswer(BaseModel):
    keys: list[KeyAnswer]
    next_cursor: str | None


class ProjectAnswer(BaseModel):
    id: str
    organization_id: str
    name: str
    created_at: datetime
    source_retention_s: int
    result_retention_s: int
    weight: float
    max_running_slices: int | None
    submits_per_minute: int | None
    """Null: the installation's limit."""
    reads_per_minute: int | None
    pages_per_month: int | None
    """Null: no limit."""
    model: ModelChoiceAnswer | None


class ProjectListAnswer(BaseModel):
    projects: list[ProjectAnswer]
    next_cursor: str | None


def render_job(job: Job, now: datetime) -> JobAnswer:
    """The job as seen at `now`, which decides speed and time left."""
    progress = job.progress(now)
    return JobAnswer(
        id=JOB + job.id,
        project_id=PROJECT + job.project_id,
        batch_id=BATCH + job.batch_id if job.batch_id else None,
        replay_of=JOB + job.replay_of if job.replay_of else None,
        file_id=FILE + job.file_id if job.file_id else None,
        status=job.status,
        stage=progress.stage,
        priority=job.priority.name.lower(),
        progress=_render_progress(progress),
        options=render_options(job.options),
        filename=job.filename,
        media_type=job.media_type,
        size_bytes=job.size_bytes,
        sha256=job.sha256,
        page_count=job.page_count,
        engine=EngineOfJob(name=job.engine, digest=job.engine_digest),
        attempt=job.attempt,
        cache_hit=job.cache_hit,
        mean_confidence=job.mean_confidence,
        document_type=job.document_type,
        template_id=_template_id(job),
        fields=render_standing(job.fields),
        error=_render_error(job),
        metadata=job.metadata,
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        updated_at=job.updated_at,
        source_expires_at=job.source_expires_at,
        result_expires_at=job.result_expires_at,
        source_deleted=job.source_deleted_at is not None or job.purged_at is not None,
        result_deleted=job.result_deleted_at is not None or job.purged_at is not None,
        purged_at=job.purged_at,
        links=render_links(job),
    )


def _template_id(job: Job) -> str | None:
    return TEMPLATE + job.options.template_id if job.options.template_id else None


def _render_progress(progress: Progress) -> ProgressAnswer:
    return ProgressAnswer(
        stage=progress.stage,
        percent=progress.percent,
        pages_done=progress.pages_done,
        pages_failed=progress.pages_failed,
        pages_total=progress.pages_total,
        pages_per_s=progress.pages_per_s,
        eta_s=progress.eta_s,
        queue_position=progress.queue_position,
    )


def _render_error(job: Job) -> ErrorAnswer | None:
    if job.error is None:
        return None
    return ErrorAnswer(
        code=job.error.code, summary=job.error.summary, retryable=job.error.retryable, step=job.error.step
    )


def job_path(job: Job) -> str:
    return f"/v1/jobs/{JOB}{job.id}"


def render_links(job: Job) -> JobLinks:
    path = job_path(job)
    return JobLinks(
        self=path,
        events=path + "/events",
        pages=path + "/pages",
        source=path + "/source",
        result=path + "/result" if job.status is JobStatus.COMPLETED else None,
        fields=path + "/fields" if job.fields is not None else None,
    )


def render_stats(stats: JobStats) -> StatsAnswer:
    return StatsAnswer(
        by_status=stats.by_status,
        totals=stats.totals,
        days=[StatsDayAnswer(day=day.day, counts=day.counts) for day in stats.days],
    )


def render_page(row: PageRow, job_link: str) -> PageAnswer:
    failure = None
    if row.failure is not None:
        failure = PageFailureAnswer(
            code=row.failure.code, summary=row.failure.summary, attempts=row.failure.attempts
        )
    return PageAnswer(
        number=row.number,
        status="failed" if failure else "read",
        failure=failure,
        characters=row.characters,
        confidence=row.confidence,
        duration_ms=row.duration_ms,
        finished_at=row.finished_at,
        link=None if failure else f"{job_link}/pages/{row.number}",
    )


def render_file(file: StoredFile) -> FileAnswer:
    return FileAnswer(
        id=FILE + file.id,
        project_id=PROJECT + file.project_id,
        filename=file.filename,
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        sha256=file.sha256,
        created_at=file.created_at,
        expires_at=file.expires_at,
        deleted_at=file.deleted_at,
        metadata=file.metadata,
        content=f"/v1/files/{FILE}{file.id}/content",
    )


def render_key(key: Key) -> KeyAnswer:
    return KeyAnswer(**_key_members(key))


def render_new_key(key: Key, text: str) -> NewKeyAnswer:
    return NewKeyAnswer(**_key_members(key), key=text)


def _key_members(key: Key) -> dict[str, Any]:
    return {
        "id": KEY + key.id,
        "organization_id": ORGANIZATION + key.organization_id,
        "project_id": PROJECT + key.project_id if key.project_id else None,
        "name": key.name,
        "hint": key.hint,
        "scopes": sorted(key.scopes),
        "created_at": key.created_at,
        "expires_at": key.expires_at,
        "revoked_at": key.revoked_at,
        "disabled_at": key.disabled_at,
    }


def render_project(project: Project) -> ProjectAnswer:
    return ProjectAnswer(
        id=PROJECT + project.id,
        organization_id=ORGANIZATION + project.organization_id,
        name=project.name,
        created_at=project.created_at,
        source_retention_s=project.source_retention_s,
        result_retention_s=project.result_retention_s,
        weight=project.weight,
        max_running_slices=project.max_running_slices,
        submits_per_minute=project.limits.submits_per_minute,
        reads_per_minute=project.limits.reads_per_minute,
        pages_per_month=project.pages_per_month,
        model=render_model(project.model),
    )
