"""Our jobs, batches, templates and projects in the vendor's shapes. What does not apply is absent, never null."""

from datetime import datetime
from pathlib import PurePath
from typing import Any

import orjson

from octavo.app.schemes.signing import to_milliseconds
from octavo.dialects.ocriva.ids import upload_id
from octavo.dialects.ocriva.schema import in_camel_case, shaped
from octavo.domain.batch import Batch, BatchStatus
from octavo.domain.field_schema import to_json_schema
from octavo.domain.job import Job, JobStatus
from octavo.domain.template import Reference, Template
from octavo.domain.tenancy import Project

Json = dict[str, Any]
SCHEMA, ACTIVE, MODE = "templateSchema", "isActive", "extractionMode"
"""What a template's metadata knows of this dialect; the schema as text, since a database keeps no order of keys."""
STRUCTURED, FREE_TEXT = "structured", "free_text"
FORMATS = ("json", "text", "xml", "html", "csv", "pdf", "docx")
IMAGE = "image"
"""A template's format that no export can ask for by name."""
OUR_FORMATS = {IMAGE: "png"}
FREE_FORMATS = frozenset({"text", "pdf", "docx", "xml", "html"})
STATUSES = {
    JobStatus.QUEUED: "queued",
    JobStatus.PROCESSING: "in_progress",
    JobStatus.COMPLETED: "completed",
    JobStatus.FAILED: "failed",
    JobStatus.CANCELLED: "failed",
}
BATCH_STATUSES = {
    BatchStatus.EMPTY: "pending",
    BatchStatus.QUEUED: "processing",
    BatchStatus.PROCESSING: "processing",
    BatchStatus.COMPLETED: "completed",
    BatchStatus.FAILED: "failed",
    BatchStatus.CANCELLED: "failed",
}
_TEXT_TYPES = {".json": "application/json", ".md": "text/markdown", ".csv": "text/csv"}
_CANCELLED = "The processing was cancelled."


def render_record(
    job: Job, template: Template | None, fields: Json | None, *, file_url: str | None = None
) -> Json:
    """One record of the processing history.

    Args:
        job: Whose it is.
        template: That it was sent with, in that version.
        fields: As they are stored (`exporters.fields_json`); None until there are some.
        file_url: Where its source can be had; None where nobody can say.
    """
    told: Json = {
        "id": job.id,
        "uploadId": upload_id(job.id),
        "projectId": job.project_id,
        "userId": user_id(job.key_id, job.organization_id),
        "fileName": file_name(job),
        "fileUrl": file_url,
        "filePath": file_path(job),
        "fileSize": str(job.size_bytes),
        "mimeType": job.media_type,
        "status": STATUSES[job.status],
        "templateId": template.id if template else None,
        "templateName": template.name if template else None,
        "resultFormat": result_format(template),
        "priority": job.priority.name.lower(),
        "batchId": job.batch_id,
        "metadata": said(job, "metadata"),
        "processingResult": processing_result(job, template, fields),
        "errorMessage": error_message(job),
        "startedAt": _moment(job.started_at or job.finished_at),
        "completedAt": _moment(job.finished_at),
        "createdAt": to_milliseconds(job.created_at),
        "updatedAt": to_milliseconds(max(job.finished_at or job.updated_at, job.updated_at)),
    }
    return without_none(told)


def render_upload(job: Job, *, file_url: str) -> Json:
    """The answer to an upload. Its `id` is the record's, which `GET /processing-history/:id` takes."""
    told: Json = {
        "id": job.id,
        "fileName": file_name(job),
        "fileUrl": file_url,
        "publicUrl": file_url,
        "filePath": file_path(job),
        "fileSize": str(job.size_bytes),
        "mimeType": job.media_type,
        "fileType": said(job, "fileType"),
        "uploadType": said(job, "uploadType"),
        "status": "uploaded",
        "uploadId": upload_id(job.id),
        "processingHistoryId": job.id,
        "templateId": job.options.template_id,
        "projectId": job.project_id,
        "organizationId": job.organization_id,
        "userId": user_id(job.key_id, job.organization_id),
        "batchId": job.batch_id,
        "metadata": said(job, "metadata"),
        "createdAt": to_milliseconds(job.created_at),
        "updatedAt": to_milliseconds(job.updated_at),
    }
    return without_none(told)


def processing_result(job: Job, template: Template | None, fields: Json | None) -> Json | None:
    """The template's fields under its owner's keys; without a template, the document type's in camelCase.

    None before there is a result, and when it is kept no longer.
    """
    is_lost = fields is None and job.fields is not None
    if job.status is not JobStatus.COMPLETED or job.result_deleted_at is not None or is_lost:
        return None
    values = (fields or {}).get("values") or {}
    if template is None or not template.fields:
        return dict(in_camel_case(values))
    schema = _own_schema(template)
    return dict(values) if schema is None else shaped(values, schema)


def render_template(template: Template) -> Json:
    return {
        "templateId": template.id,
        "name": template.name,
        "description": template.description,
        "templateSchema": _schema_of(template),
        "projectId": template.project_id,
        "isActive": is_active(template),
        "resultFormat": result_format(template),
        "extractionMode": extraction_mode(template.result_format, template.metadata.get(MODE)),
        "createdAt": to_milliseconds(template.created_at),
        "updatedAt": to_milliseconds(template.updated_at),
    }


def render_data_file(reference: Reference) -> Json:
    return {
        "id": reference.id,
        "fileName": reference.name,
        "fileSize": str(reference.size_bytes),
        "mimeType": _TEXT_TYPES.get(PurePath(reference.name).suffix.lower(), "text/plain"),
        "createdAt": to_milliseconds(reference.created_at),
    }


def _schema_of(template: Template) -> Json:
    """As it was sent; one that was made elsewhere as a JSON Schema."""
    schema = _own_schema(template)
    if schema is not None:
        return schema
    made = to_json_schema(template.fields, title=template.name)
    return {name: made[name] for name in ("type", "properties", "required")}


def _own_schema(template: Template) -> Json | None:
    text = template.metadata.get(SCHEMA)
    if template.metadata.get("dialect") != "ocriva" or not isinstance(text, str):
        return None
    return dict(orjson.loads(text))


def is_active(template: Template) -> bool:
    return template.metadata.get(ACTIVE) is not False


def extraction_mode(result_format: str, wanted: object) -> str:
    """Formats of running text have no structure to extract, whatever was wished."""
    if result_format in FREE_FORMATS:
        return FREE_TEXT
    return str(wanted) if wanted in (STRUCTURED, FREE_TEXT) else STRUCTURED


def result_format(template: Template | None) -> str:
    """In the vendor's word."""
    wanted = template.result_format if template else "json"
    return next((theirs for theirs, ours in OUR_FORMATS.items() if ours == wanted), wanted)


def render_batch(batch: Batch) -> Json:
    """Documents that were refused count as failed: each was a file of the batch's own request."""
    jobs, refused = batch.tally.jobs, len(batch.refused)
    told: Json = {
        "id": batch.id,
        "name": batch_name(batch.name, batch.created_at),
        "projectId": batch.project_id,
        "organizationId": batch.organization_id,
        "userId": user_id(batch.key_id, batch.organization_id),
        "templateId": batch.metadata.get("templateId"),
        "templateName": batch.metadata.get("templateName"),
        "totalFiles": batch.tally.jobs_total + refused,
        "completedFiles": jobs.get(JobStatus.COMPLETED, 0),
        "failedFiles": jobs.get(JobStatus.FAILED, 0) + jobs.get(JobStatus.CANCELLED, 0) + refused,
        "status": batch_status(batch),
        "progress": batch.percent,
        "metadata": batch.metadata.get("metadata"),
        "createdAt": to_milliseconds(batch.created_at),
        "updatedAt": to_milliseconds(batch.tally.finished_at or batch.created_at),
        "completedAt": _moment(batch.tally.finished_at),
    }
    return without_none(told)


def batch_status(batch: Batch) -> str:
    if batch.status is BatchStatus.EMPTY and batch.refused:
        return "failed"
    return BATCH_STATUSES[batch.status]


def batch_name(name: str | None, created_at: datetime) -> str:
    return name or f"Batch {created_at:%Y-%m-%d}"


def render_project(project: Project) -> Json:
    """Ours have no description, and are never switched off."""
    return {
        "id": project.id,
        "name": project.name,
        "description": "",
        "organizationId": project.organization_id,
        "isActive": True,
        "createdAt": to_milliseconds(project.created_at),
        "updatedAt": to_milliseconds(project.created_at),
    }


def user_id(key_id: str | None, organization_id: str) -> str:
    """Nobody has an account here: who acts is a key."""
    return key_id or organization_id


def file_name(job: Job) -> str:
    return job.filename or job.id


def file_path(job: Job) -> str:
    return f"{job.organization_id}/projects/{job.project_id}/{file_name(job)}"


def error_message(job: Job) -> str | None:
    if job.error is not None:
        return job.error.summary
    return _CANCELLED if job.status is JobStatus.CANCELLED else None


def said(job: Job, name: str) -> Any:
    """What this dialect's upload said of it; None of jobs that came another way."""
    return job.metadata.get(name) if job.metadata.get("dialect") == "ocriva" else None


def without_none(told: Json) -> Json:
    return {name: value for name, value in told.items() if value is not None}


def _moment(when: datetime | None) -> str | None:
    return to_milliseconds(when) if when else None
