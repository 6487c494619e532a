"""A person says what the document says."""

import secrets
from collections.abc import Sequence
from typing import Any

import orjson

from octavo.app.extract import template_of
from octavo.app.fields.read import require_fields, stored_fields
from octavo.app.services import Services
from octavo.domain.correction import FieldChange
from octavo.domain.document_types.schema import rules_of, specs_of
from octavo.domain.errors import Conflict, Gone
from octavo.domain.field import Fields
from octavo.domain.ids import JobId
from octavo.domain.job import FieldsStanding, Job
from octavo.domain.storage import fields_key, job_prefix
from octavo.domain.tenancy import Principal, Scope
from octavo.exporters.fields_json import fields_from_json, fields_to_json
from octavo.pipeline.fields.correct import Wish, correct, wishes_of
from octavo.ports.fields import NewCorrection


async def correct_fields(
    job_id: JobId,
    wishes: Sequence[Wish] | dict[str, Any],
    *,
    expected_version: int | None,
    principal: Principal,
    services: Services,
) -> tuple[Job, bytes]:
    """Set and clear values; the job, and its fields as they are now.

    The new version is stored first, then one transaction makes it the one that counts, with the
    audit and the event. What changes nothing makes no version.

    Args:
        job_id: Of a completed job.
        wishes: Value by value, or a tree of values that is merged: null clears, a list replaces.
        expected_version: The version the caller has seen; None: whatever there is.
        principal: Who says so.
        services: What to work with.

    Raises:
        NotFound. Gone. Conflict: not completed, or the fields were changed since that version.
        InvalidRequest: no such field, or a value of another type.
    """
    principal.require(Scope.JOBS_WRITE)
    store = services.store.tenant(principal.tenant)
    job = await store.job(job_id)
    standing = require_fields(job)
    _require_version(standing, expected_version)
    content = await stored_fields(standing, services)
    fields = fields_from_json(orjson.loads(content))
    template = await template_of(job, services)
    specs = specs_of(fields.document_type, template)
    wanted = wishes_of(wishes, specs) if isinstance(wishes, dict) else wishes
    corrected, changes = correct(fields, specs, wanted, rules=rules_of(fields.document_type, template))
    if not changes:
        return job, content
    content = orjson.dumps(fields_to_json(corrected, specs))
    return await _keep(job, standing, corrected, changes, content, principal, services), content


async def _keep(
    job: Job,
    standing: FieldsStanding,
    corrected: Fields,
    changes: tuple[FieldChange, ...],
    content: bytes,
    principal: Principal,
    services: Services,
) -> Job:
    version = standing.version + 1
    key = fields_key(job.id, version, secrets.token_hex(4))
    await services.blobs.put_bytes(key, content)
    correction = NewCorrection(
        job.id, principal.key_id, FieldsStanding(version, key, corrected.summary), changes
    )
    try:
        return await services.store.tenant(principal.tenant).fields.correct(correction)
    except Gone:
        # Purged, or its retention ended, while we wrote.
        await services.blobs.delete_prefix(job_prefix(job.id))
        raise


def _require_version(standing: FieldsStanding, expected: int | None) -> None:
    if expected is not None and expected != standing.version:
        raise Conflict(
            f"The fields are at version {standing.version} by now. Read them again, then correct them.",
            fields_version=standing.version,
        )
