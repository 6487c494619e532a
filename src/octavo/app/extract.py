"""The fields of one document, looked for as it is put together."""

import logging
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from octavo.app.consult import extract_with_model
from octavo.app.services import Services
from octavo.domain.document_types.schema import specs_of
from octavo.domain.errors import OctavoError, TemporaryFailure
from octavo.domain.field import Fields, FieldsSummary
from octavo.domain.ids import TemplateId
from octavo.domain.job import FieldsStanding, Job
from octavo.domain.storage import fields_key, source_key
from octavo.domain.template import FieldOrder, InlineTemplate, ModelChoice, Template
from octavo.domain.tenancy import Tenant
from octavo.exporters.fields_json import fields_to_json
from octavo.pipeline.fields.models.heed import MODEL_FAILED
from octavo.ports.isolation import ExtractRequest, SourceFile
from octavo.ports.models import ModelFailed

log = logging.getLogger(__name__)

FIRST = 1
FAILED = "extraction_failed"
_UNHEARD = "The language model was away, refused, or gave no answer that could be used. Retry the job."
_CARRIES_DATA = frozenset({"application/pdf", "application/xml"})
"""The kind of file that e-invoices put their XML into."""


async def extract_fields_of(job: Job, document: Path, *, services: Services) -> FieldsStanding | None:
    """Look for what the job asks for, and store it; None where it asks for nothing.

    A document whose fields are beyond us keeps its text: its fields are empty, with the note `FAILED`. Where
    the job cannot do without its model, it fails instead.

    Args:
        job: In its last stage.
        document: The document file, not stored yet.
        services: What to work with.

    Raises:
        TemporaryFailure: Try again later.
        ModelFailed: The job cannot do without.
    """
    if not job.options.wants_fields:
        return None
    key = fields_key(job.id, FIRST)
    with TemporaryDirectory(prefix="octavo-fields-", dir=services.policy.scratch_dir) as scratch:
        target = Path(scratch) / "fields"
        try:
            order = await order_of(job, services)
            summary = await _extract(job, order, document, target, services)
        except (TemporaryFailure, ModelFailed):
            raise
        except OctavoError as error:
            log.warning("job %s: its fields could not be extracted (%s)", job.id, error.code)
            summary = _failed(job, target)
        if job.options.require_model:
            _require_heard(summary)
        await services.blobs.put_path(key, target)
    return FieldsStanding(FIRST, key, summary)


async def order_of(job: Job, services: Services) -> FieldOrder:
    """Without the key of a language model: no document's process has any business with it."""
    template = await template_of(job, services)
    if template is not None and template.model is not None:
        template = replace(template, model=replace(template.model, api_key=None))
    return FieldOrder(
        document_type=job.options.document_type,
        document_types=job.options.document_types,
        template=template,
        languages=job.options.languages,
        model_only=job.options.model_only,
    )


async def template_of(job: Job, services: Services) -> Template | None:
    """In the version the job was sent with, also when it was deleted since; with the schema that came with the job."""
    template_id, version, stored = job.options.template_id, job.options.template_version, None
    if template_id is not None and version is not None:
        store = services.store.tenant(Tenant(job.organization_id, None))
        stored = await store.templates.for_work(template_id, version)
    said = job.options.template
    return stored if said is None else _of_job(job, said, stored)


def _of_job(job: Job, said: InlineTemplate, stored: Template | None) -> Template:
    """What a stored one lends is its model. Without one there is no id, see `Template.is_stored`."""
    return Template(
        id=stored.id if stored else TemplateId(""),
        organization_id=job.organization_id,
        project_id=job.project_id,
        version=stored.version if stored else 0,
        name=stored.name if stored else "",
        model=stored.model if stored else None,
        document_type=said.document_type,
        fields=said.fields,
        created_at=job.created_at,
        updated_at=job.created_at,
        instructions=said.instructions,
        rules=said.rules,
    )


async def _extract(
    job: Job, order: FieldOrder, document: Path, target: Path, services: Services
) -> FieldsSummary:
    async with AsyncExitStack() as opened:
        source = None
        if job.media_type in _CARRIES_DATA:
            path = await opened.enter_async_context(services.blobs.local_path(source_key(job.id)))
            source = SourceFile(path, job.media_type, job.options.password)
        choice = await model_of(job, services)
        if choice is None and job.options.require_model:
            raise ModelFailed("The language model that this job was sent with is no longer configured.")
        request = ExtractRequest(document, order, target, source)
        if choice is None:
            return await services.isolation.extract(request)
        asking = replace(request, questions=target.with_name("questions"))
        return await extract_with_model(asking, choice, services=services)


async def model_of(job: Job, services: Services) -> ModelChoice | None:
    """With its key: the template's, else the project's. None where the job was sent without, or has lost its own."""
    if job.options.model is None:
        return None
    template = await template_of(job, services)
    choice = template.model if template is not None else None
    if choice is None:
        access = services.store.tenant(Tenant(job.organization_id, None)).access
        choice = await access.model_for_work(job.project_id)
    return choice if choice is not None and choice.identity == job.options.model else None


def _require_heard(summary: FieldsSummary) -> None:
    """Raises `ModelFailed`."""
    if {MODEL_FAILED, FAILED} & set(summary.notes):
        error = ModelFailed(_UNHEARD)
        error.use = summary.model
        raise error


def _failed(job: Job, target: Path) -> FieldsSummary:
    fields = Fields(
        document_type=job.options.document_type or "generic",
        type_confidence=None,
        found=(),
        template_id=job.options.template_id,
        template_version=job.options.template_version,
        notes=(FAILED,),
    )
    target.write_bytes(orjson.dumps(fields_to_json(fields, specs_of(fields.document_type, None))))
    return fields.summary
