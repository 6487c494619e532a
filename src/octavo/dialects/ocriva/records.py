"""All that a record says, fetched: its template, its fields, where its file can be had."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import orjson
from starlette.requests import Request

from octavo.app.addresses import address_token
from octavo.app.extract import template_of
from octavo.app.fields.read import require_fields, stored_fields
from octavo.app.services import Services
from octavo.dialects._kit import address_of
from octavo.dialects.ocriva.ids import upload_id
from octavo.dialects.ocriva.outbound import Json, file_name, render_record
from octavo.domain.errors import Conflict, Gone, NotFound
from octavo.domain.job import Job
from octavo.domain.template import Template
from octavo.domain.tenancy import Principal

AT_ONCE = 8
"""Blobs of one list that are read together."""
_LIVES = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """Who asks, by which way."""

    request: Request
    principal: Principal
    services: Services


async def records(jobs: Sequence[Job], reading: Reading) -> list[Json]:
    """In their order. A template that several were sent with is read once."""
    templates = await _templates(jobs, reading.services)
    seats = asyncio.Semaphore(AT_ONCE)

    async def record(job: Job) -> Json:
        async with seats:
            fields = await fields_of(job, reading.services)
        return render_record(job, templates.get(_sent_with(job)), fields, file_url=file_url(job, reading))

    return list(await asyncio.gather(*(record(job) for job in jobs)))


async def fields_of(job: Job, services: Services) -> dict[str, Any] | None:
    """As they are stored; None where there are none (any more)."""
    try:
        found = orjson.loads(await stored_fields(require_fields(job), services))
    except (Conflict, Gone, NotFound):
        return None
    return found if isinstance(found, dict) else None


async def known_template(job: Job, services: Services) -> Template | None:
    try:
        return await template_of(job, services)
    except NotFound:
        return None


def file_url(job: Job, reading: Reading) -> str:
    """Open to whoever has it until the next day but one (UTC), so that one asked for twice is the same."""
    now = reading.services.clock.now()
    ends_at = datetime(now.year, now.month, now.day, tzinfo=UTC) + 2 * _LIVES
    tenant = reading.principal.tenant
    owner = type(tenant)(job.organization_id, job.project_id, tenant.key_id)
    token = address_token("source", job.id, owner, ends_at, services=reading.services)
    path = f"/v1/openapi/files/{upload_id(job.id)}/{quote(file_name(job), safe='')}"
    return address_of(reading.request, f"{path}?token={token}")


async def _templates(
    jobs: Sequence[Job], services: Services
) -> dict[tuple[str | None, int | None], Template | None]:
    found: dict[tuple[str | None, int | None], Template | None] = {}
    for job in jobs:
        if _sent_with(job) not in found:
            found[_sent_with(job)] = await known_template(job, services)
    return found


def _sent_with(job: Job) -> tuple[str | None, int | None]:
    return job.options.template_id, job.options.template_version
