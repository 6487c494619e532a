"""The vendor's orders in our words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import orjson

from octavo.app.services import Services
from octavo.app.templates.draft import TemplateDraft
from octavo.dialects.ocriva.ids import template_id_of
from octavo.dialects.ocriva.outbound import (
    ACTIVE,
    BATCH_STATUSES,
    FORMATS,
    MODE,
    OUR_FORMATS,
    SCHEMA,
    STATUSES,
    extraction_mode,
    is_active,
)
from octavo.dialects.ocriva.schema import parse_schema
from octavo.dialects.ocriva.wire import BatchFields, ChangeTemplate, Day, UploadFields
from octavo.domain.batch import BatchStatus
from octavo.domain.errors import InvalidRequest
from octavo.domain.job import JobOptions, JobStatus, PageSelection
from octavo.domain.template import Template
from octavo.domain.tenancy import Principal

DIALECT = "ocriva"
PENDING = "pending"
RECORD_STATUSES = (PENDING, *dict.fromkeys(STATUSES.values()))


async def options_of(
    order: UploadFields | BatchFields, acting: Principal, services: Services
) -> tuple[JobOptions, Template | None]:
    """Raises `NotFound`, and `InvalidRequest` for a template that is switched off, or pages that are none."""
    pages = PageSelection.parse(order.page_range)
    if not order.template_id:
        return JobOptions(pages=pages), None
    templates = services.store.tenant(acting.tenant).templates
    template = await templates.template(template_id_of(order.template_id))
    if not is_active(template):
        raise InvalidRequest("The template is not active", option="templateId")
    options = JobOptions(pages=pages, template_id=template.id, template_version=template.version)
    return options, template


def upload_metadata(order: UploadFields) -> dict[str, Any]:
    """What a job must know of its upload to be shown in this dialect."""
    told = {
        "dialect": DIALECT,
        "fileType": order.file_type,
        "uploadType": order.upload_type,
        "metadata": order.metadata,
    }
    return {name: value for name, value in told.items() if value is not None}


def job_statuses(wanted: str | None) -> tuple[JobStatus, ...] | None:
    """Ours for one of theirs; None where no job can be in it.

    `pending` is a record whose file is not stored yet: here a record exists once its file is.
    """
    if not wanted:
        return ()
    if wanted == PENDING:
        return None
    found = tuple(ours for ours, theirs in STATUSES.items() if theirs == wanted)
    if not found:
        raise InvalidRequest(
            f"status must be one of the following values: {', '.join(RECORD_STATUSES)}", option="status"
        )
    return found


def batch_statuses(wanted: str | None) -> tuple[BatchStatus, ...]:
    if not wanted:
        return ()
    found = tuple(ours for ours, theirs in BATCH_STATUSES.items() if theirs == wanted)
    if not found:
        known = ", ".join(dict.fromkeys(BATCH_STATUSES.values()))
        raise InvalidRequest(f"status must be one of the following values: {known}", option="status")
    return found


def first_moment(day: Day) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None


def moment_after(day: Day) -> datetime | None:
    """The whole day counts."""
    return datetime.combine(day, time(), UTC) + timedelta(days=1) if day else None


def require_format(wanted: str) -> str:
    if wanted not in FORMATS:
        raise InvalidRequest(
            f"format must be one of the following values: {', '.join(FORMATS)}", option="format"
        )
    return wanted


def merged(order: ChangeTemplate) -> Callable[[TemplateDraft], TemplateDraft]:
    """Raises `InvalidRequest` for a schema that cannot be."""
    fields = None if order.template_schema is None else parse_schema(order.template_schema)
    if fields == ():
        raise InvalidRequest("templateSchema should not be empty", option="templateSchema")
    schema = None if order.template_schema is None else orjson.dumps(order.template_schema).decode()

    def changed(draft: TemplateDraft) -> TemplateDraft:
        given: dict[str, Any] = {
            "name": order.name,
            "description": order.description,
            "instructions": order.instructions,
            "result_format": OUR_FORMATS.get(order.result_format or "", order.result_format),
            "fields": fields,
        }
        draft = replace(draft, **{name: value for name, value in given.items() if value is not None})
        said = {SCHEMA: schema, ACTIVE: order.is_active, MODE: order.extraction_mode}
        told = {name: value for name, value in said.items() if value is not None}
        metadata = {"dialect": DIALECT, **draft.metadata, **told}
        if MODE in metadata:
            metadata[MODE] = extraction_mode(draft.result_format, metadata[MODE])
        return replace(draft, metadata=metadata)

    return changed
