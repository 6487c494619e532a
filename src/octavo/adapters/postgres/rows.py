"""Rows to values and back, by hand."""

from dataclasses import asdict
from typing import Any

from octavo.adapters.postgres.model_rows import model_from_row
from octavo.adapters.postgres.secrets import Sealer
from octavo.domain.document import PageFailure
from octavo.domain.event import Event, EventType
from octavo.domain.field import FieldsSummary, ModelUse
from octavo.domain.file import StoredFile
from octavo.domain.ids import BatchId, FileId, JobId, KeyId, OrganizationId, ProjectId, TemplateId
from octavo.domain.job import (
    FieldsStanding,
    Job,
    JobError,
    JobOptions,
    JobStatus,
    PageSelection,
    Priority,
    Profile,
    Stage,
)
from octavo.domain.limits import RequestLimits
from octavo.domain.template_json import inline_from_json
from octavo.domain.tenancy import Key, Organization, Project, Scope
from octavo.ports.store import PageRow

Row = dict[str, Any]

JOB_COLUMNS = """
    id, organization_id, project_id, key_id, file_id, status, stage, priority, options, sealed_password,
    filename, media_type, size_bytes, sha256, page_count, pages_total, pages_done, pages_failed, pages_kept, attempt,
    engine, engine_digest, cache_key, cache_hit, mean_confidence, error, metadata, created_at, started_at,
    finished_at, updated_at, source_expires_at, result_expires_at, source_deleted_at, result_deleted_at,
    purged_at, version, batch_id, replay_of, document_type, template_id, fields_version, fields
"""


def options_to_row(options: JobOptions) -> Row:
    """The password is kept apart, sealed."""
    return options.canonical()


def job_from_row(row: Row, *, sealer: Sealer | None = None, queue_position: int | None = None) -> Job:
    """`sealer` is given only where the password is needed: by the worker."""
    return Job(
        id=JobId(row["id"]),
        organization_id=OrganizationId(row["organization_id"]),
        project_id=ProjectId(row["project_id"]),
        key_id=KeyId(row["key_id"]) if row["key_id"] else None,
        file_id=FileId(row["file_id"]) if row["file_id"] else None,
        status=JobStatus(row["status"]),
        stage=Stage(row["stage"]),
        priority=Priority(row["priority"]),
        options=_options_from_row(row, sealer),
        filename=row["filename"],
        media_type=row["media_type"],
        size_bytes=row["size_bytes"],
        sha256=row["sha256"],
        page_count=row["page_count"],
        pages_total=row["pages_total"],
        pages_done=row["pages_done"],
        pages_failed=row["pages_failed"],
        pages_kept=row["pages_kept"],
        attempt=row["attempt"],
        engine=row["engine"],
        engine_digest=row["engine_digest"],
        cache_key=row["cache_key"],
        cache_hit=row["cache_hit"],
        mean_confidence=row["mean_confidence"],
        error=error_from_row(row["error"]),
        metadata=row["metadata"],
        created_at=row["created_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        updated_at=row["updated_at"],
        source_expires_at=row["source_expires_at"],
        result_expires_at=row["result_expires_at"],
        source_deleted_at=row["source_deleted_at"],
        result_deleted_at=row["result_deleted_at"],
        purged_at=row["purged_at"],
        version=row["version"],
        queue_position=queue_position,
        fields=standing_from_row(row),
        batch_id=BatchId(row["batch_id"]) if row["batch_id"] else None,
        replay_of=JobId(row["replay_of"]) if row["replay_of"] else None,
    )


def _options_from_row(row: Row, sealer: Sealer | None) -> JobOptions:
    options = row["options"]
    sealed = row["sealed_password"]
    return JobOptions(
        engine=options.get("engine", row["engine"]),
        profile=Profile(options.get("profile", Profile.STANDARD)),
        languages=tuple(options.get("languages", ())),
        pages=PageSelection.parse(options.get("pages")),
        password=sealer.unseal(sealed) if sealer and sealed else None,
        document_type=options.get("document_type"),
        document_types=tuple(options.get("document_types", ())),
        template_id=TemplateId(options["template_id"]) if options.get("template_id") else None,
        template_version=options.get("template_version"),
        ink_only=options.get("ink_only", False),
        time_limit_s=options.get("time_limit_s"),
        use_model=options.get("use_model"),
        model=options.get("model"),
        template=inline_from_json(options["template"]) if options.get("template") else None,
        require_model=options.get("require_model", False),
        model_only=options.get("model_only", False),
    )


def standing_to_row(standing: FieldsStanding) -> Row:
    """The version has a column of its own."""
    return {"blob_key": standing.blob_key, **asdict(standing.summary)}


def standing_from_row(row: Row) -> FieldsStanding | None:
    """None where the job has no fields, or no more."""
    if row["fields"] is None:
        return None
    summary = dict(row["fields"])
    blob_key, notes = summary.pop("blob_key"), tuple(summary.pop("notes"))
    model = ModelUse(**used) if (used := summary.pop("model", None)) else None
    return FieldsStanding(row["fields_version"], blob_key, FieldsSummary(**summary, notes=notes, model=model))


def error_to_row(error: JobError) -> Row:
    return {
        "code": error.code,
        "summary": error.summary,
        "retryable": error.retryable,
        "step": error.step.value,
    }


def error_from_row(row: Row | None) -> JobError | None:
    if row is None:
        return None
    return JobError(row["code"], row["summary"], retryable=row["retryable"], step=Stage(row["step"]))


def failure_to_row(failure: PageFailure) -> Row:
    return {"code": failure.code, "summary": failure.summary, "attempts": failure.attempts}


def page_from_row(row: Row) -> PageRow:
    failure = row["failure"]
    return PageRow(
        number=row["number"],
        sequence=row["sequence"],
        blob_key=row["blob_key"],
        offset=row["blob_offset"],
        length=row["blob_length"],
        failure=PageFailure(row["number"], failure["code"], failure["summary"], failure["attempts"])
        if failure
        else None,
        characters=row["characters"],
        grounded_characters=row["grounded_characters"],
        confidence=row["confidence"],
        duration_ms=row["duration_ms"],
        finished_at=row["finished_at"],
    )


def event_from_row(row: Row) -> Event:
    return Event(
        job_id=JobId(row["job_id"]),
        sequence=row["sequence"],
        type=EventType(row["type"]),
        created_at=row["created_at"],
        payload=row["payload"],
    )


def file_from_row(row: Row) -> StoredFile:
    return StoredFile(
        id=FileId(row["id"]),
        organization_id=OrganizationId(row["organization_id"]),
        project_id=ProjectId(row["project_id"]),
        filename=row["filename"],
        media_type=row["media_type"],
        size_bytes=row["size_bytes"],
        sha256=row["sha256"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        deleted_at=row["deleted_at"],
        metadata=row["metadata"],
        page_count=row["page_count"],
    )


def organization_from_row(row: Row) -> Organization:
    return Organization(OrganizationId(row["id"]), row["name"], row["created_at"])


def project_from_row(row: Row) -> Project:
    """The key of its model is not opened."""
    return Project(
        id=ProjectId(row["id"]),
        organization_id=OrganizationId(row["organization_id"]),
        name=row["name"],
        created_at=row["created_at"],
        source_retention_s=row["source_retention_s"],
        result_retention_s=row["result_retention_s"],
        weight=row["weight"],
        max_running_slices=row["max_running_slices"],
        limits=RequestLimits(row["submits_per_minute"], row["reads_per_minute"]),
        pages_per_month=row["pages_per_month"],
        model=model_from_row(row["model"], row["sealed_model_key"], None),
    )


def key_from_row(row: Row) -> Key:
    return Key(
        id=KeyId(row["id"]),
        organization_id=OrganizationId(row["organization_id"]),
        project_id=ProjectId(row["project_id"]) if row["project_id"] else None,
        name=row["name"],
        hint=row["hint"],
        scopes=frozenset(Scope(scope) for scope in row["scopes"]),
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        revoked_at=row["revoked_at"],
        disabled_at=row["disabled_at"],
    )
