"""Submitting a job: the source is durable first, then one transaction, then the answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from octavo.app.extract import FAILED, FIRST
from octavo.app.fingerprint import cache_key, callbacks_shown, digest
from octavo.app.services import Services
from octavo.app.templates.draft import TemplateDraft, check_draft
from octavo.domain.document import EngineIdentity
from octavo.domain.document_types.table import DOCUMENT_TYPES
from octavo.domain.errors import (
    Conflict,
    Gone,
    InvalidRequest,
    NotFound,
    QuotaExceeded,
    UnreadableDocument,
)
from octavo.domain.file import StoredFile
from octavo.domain.ids import BatchId, FileId, JobId, ProjectId, new_id
from octavo.domain.job import NO_FIELDS, FieldsStanding, Job, JobOptions, PageSelection, Priority
from octavo.domain.storage import document_key, fields_key, file_key, job_prefix, source_key
from octavo.domain.template import InlineTemplate, ModelChoice
from octavo.domain.tenancy import Principal, Scope
from octavo.domain.webhook import Callback
from octavo.exporters.fields_json import fields_from_json
from octavo.pipeline.fields.models.heed import MODEL_FAILED
from octavo.ports.blobs import StoredBlob
from octavo.ports.engines import NO_INK
from octavo.ports.readers import Inspection
from octavo.ports.store import NewJob, Submission

MAX_METADATA_BYTES = 16 * 1024
_UNSURE = {FAILED, MODEL_FAILED}
"""Notes of fields that another try may find."""


@dataclass(frozen=True, slots=True)
class SubmitRequest:
    """One document and what to do with it. The source is a received body or a stored file."""

    options: JobOptions
    source: tuple[JobId, StoredBlob] | None = None
    """From `receive_source`."""
    job_id: JobId | None = None
    """What the job is to be called, where it has no `source`; None: made now."""
    file_id: FileId | None = None
    filename: str | None = None
    priority: Priority = Priority.MEDIUM
    metadata: dict[str, Any] | None = None
    project_id: ProjectId | None = None
    source_retention_s: int | None = None
    result_retention_s: int | None = None
    bypass_cache: bool = False
    idempotency_key: str | None = None
    batch_id: BatchId | None = None
    replay_of: JobId | None = None
    """A job whose source is read again; instead of `source` and `file_id`."""
    callbacks: tuple[Callback, ...] = ()
    """From `make_callback`."""
    keep_unreadable: bool = False
    """A document that cannot be opened becomes a job that fails, instead of being refused."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the documents of one request have in common, or was asked for all of them at once."""

    files: Mapping[FileId, StoredFile] = field(default_factory=dict)
    copied: frozenset[JobId] = frozenset()
    """Jobs that have the bytes of their stored file already."""
    chosen: dict[str, tuple[int | None, str | None]] = field(default_factory=dict)
    """Template version and model for options, filled as they are asked for."""


@dataclass(frozen=True, slots=True)
class _Source:
    blob: StoredBlob
    filename: str | None
    inspection: Inspection | None = None
    """None where it is still to be opened."""


async def submit_job(request: SubmitRequest, *, principal: Principal, services: Services) -> Submission:
    """Accept a document.

    When this returns, no crash of any process loses the job: its bytes are durable and its row,
    queue entry and event are committed together.

    Raises:
        Forbidden, NotFound: the key may not submit here, or the file is not its own.
        UnsupportedMediaType, DocumentTooLarge, EmptyDocument, UnreadableDocument, DocumentEncrypted:
            the document cannot be read; nothing is kept.
        EngineUnavailable, LanguageUnavailable, InvalidRequest: an option cannot be met.
        IdempotencyConflict: the idempotency key stands for another request.
        Conflict: the batch takes no more jobs. PageQuotaExceeded: no pages are left this month.
        Gone: the source to be read again is no more.
    """
    principal.require(Scope.EXTRACT_WRITE)
    job_id = request.source[0] if request.source else request.job_id or JobId(new_id(services.clock.now()))
    try:
        new = await prepare_job(job_id, request, Known(), principal, services)
        if not request.bypass_cache:
            earlier = await services.store.tenant(principal.tenant).finished_like(new.cache_key)
            new = await take_from_cache(new, earlier, services)
    except BaseException:
        await services.blobs.delete_prefix(job_prefix(job_id))
        raise
    return await submit_prepared(new, principal=principal, services=services)


async def submit_prepared(new: NewJob, *, principal: Principal, services: Services) -> Submission:
    """Commit what `prepare_job` made. Raises as `submit_job`."""
    try:
        submission = await services.store.tenant(principal.tenant).submit_job(new)
    except (Conflict, NotFound, QuotaExceeded):
        # Only a refusal is sure. Whatever else ends the wait for the commit, it may have taken place,
        # and an idempotent caller will find the job: bytes that nobody owns are swept later.
        await services.blobs.delete_prefix(job_prefix(new.id))
        raise
    if not submission.created:
        await services.blobs.delete_prefix(job_prefix(new.id))
    return submission


async def prepare_job(
    job_id: JobId, request: SubmitRequest, known: Known, principal: Principal, services: Services
) -> NewJob:
    """All of a submission but its commit; what it stored below the job's prefix is the caller's to erase.

    Raises as `submit_job`.
    """
    check_metadata(request.metadata)
    request = await _with_project(request, principal, services)
    options = await _options_of(request, known, principal, services)
    engine = services.engines.choose(
        request.options.engine, request.options.profile, request.options.languages
    )
    if options.ink_only and engine.name == NO_INK:
        raise InvalidRequest(f"The engine {NO_INK!r} reads no ink; leave ink_only out.", option="ink_only")
    source = await _take_source(job_id, request, known, principal, services)
    inspection = source.inspection or await _inspect(source.blob, source.filename, request, services)
    return _new_job(job_id, request, options, principal, engine, source.blob, source.filename, inspection)


async def _options_of(
    request: SubmitRequest, known: Known, principal: Principal, services: Services
) -> JobOptions:
    """Raises as `_with_fields`, which is asked once for all documents with the same options."""
    asked = json.dumps([request.options.canonical(), request.project_id], sort_keys=True)
    if asked not in known.chosen:
        chosen = await _with_fields(request, principal, services)
        known.chosen[asked] = chosen.template_version, chosen.model
    version, model = known.chosen[asked]
    return replace(request.options, template_version=version, model=model)


async def _with_project(request: SubmitRequest, principal: Principal, services: Services) -> SubmitRequest:
    """Where nobody says otherwise, a job goes where its batch is. Raises `NotFound`."""
    if request.batch_id is None or request.project_id is not None:
        return request
    batch = await services.store.tenant(principal.tenant).batches.batch(request.batch_id)
    return replace(request, project_id=batch.project_id)


async def _with_fields(request: SubmitRequest, principal: Principal, services: Services) -> JobOptions:
    """The version of the template that the job keeps, whatever becomes of the template.

    Raises:
        NotFound: no such template, or not in that version.
        InvalidRequest: no such document type, one that does not go with the template, or a template
            that came with the job and cannot be.
    """
    options = request.options
    _require_types(options)
    if options.template is not None:
        _require_inline(options, options.template)
    if options.template_id is None:
        if options.template_version is not None:
            raise InvalidRequest("Name the template whose version this is.", option="template_version")
        return await _with_model(options, None, request, principal, services)
    if options.document_type is not None or options.document_types:
        raise InvalidRequest(
            "A template says of which type the document is; leave document_type out.", option="document_type"
        )
    templates = services.store.tenant(principal.tenant).templates
    template = await templates.template(options.template_id, options.template_version)
    options = replace(options, template_version=template.version)
    return await _with_model(options, template.model, request, principal, services)


def _require_inline(options: JobOptions, template: InlineTemplate) -> None:
    """Raises `InvalidRequest`."""
    if options.document_type is not None or options.document_types:
        raise InvalidRequest(
            "A template says of which type the document is; leave document_type out.", option="document_type"
        )
    check_draft(TemplateDraft("", template.document_type, template.fields, rules=template.rules))


def _require_types(options: JobOptions) -> None:
    """Raises `InvalidRequest`."""
    if options.document_types and options.document_type is not None:
        raise InvalidRequest("Name one document_type, or document_types.", option="document_types")
    for name in (options.document_type, *options.document_types):
        if name not in (None, NO_FIELDS, *DOCUMENT_TYPES):
            raise InvalidRequest(
                f"There is no document type {name!r}. Types: {', '.join(sorted(DOCUMENT_TYPES))}, "
                f"or {NO_FIELDS!r} for the text alone.",
                option="document_type",
            )
    if NO_FIELDS in options.document_types:
        raise InvalidRequest(f"{NO_FIELDS!r} is for document_type alone.", option="document_types")


async def _with_model(
    options: JobOptions,
    choice: ModelChoice | None,
    request: SubmitRequest,
    principal: Principal,
    services: Services,
) -> JobOptions:
    """Which language model will be asked: the template's (`choice`), else the project's.

    Raises:
        NotFound: no such project.
        InvalidRequest: the caller insists on one, and there is none.
    """
    options = replace(options, model=None)
    if options.use_model is False or not options.wants_fields:
        if options.require_model:
            raise InvalidRequest(
                "A job that does without a model cannot require one.", option="require_model"
            )
        return options
    if choice is None:
        access = services.store.tenant(principal.tenant).access
        choice = (await access.project(request.project_id or principal.default_project_id)).model
    if choice is None and (options.use_model or options.require_model):
        option = "use_model" if options.use_model else "require_model"
        raise InvalidRequest(
            f"Neither the template nor the project has a language model. Set one, or leave {option} out.",
            option=option,
        )
    return replace(options, model=choice.identity if choice else None)


async def _take_source(
    job_id: JobId, request: SubmitRequest, known: Known, principal: Principal, services: Services
) -> _Source:
    """The job owns its bytes: a stored file is copied (a link, or inside the bucket), so that
    deleting the file, or purging the job, never touches the other.
    """
    if request.source is not None:
        return _Source(request.source[1], request.filename)
    if request.replay_of is not None:
        return await _source_of(request.replay_of, job_id, request, principal, services)
    if request.file_id is None:
        raise InvalidRequest("Send a file, or the file_id of one sent before.", option="file")
    file = known.files.get(request.file_id)
    if file is None:
        file = await services.store.tenant(principal.tenant).file(request.file_id)
    if job_id not in known.copied:
        await services.blobs.copy(file_key(file.id), source_key(job_id))
    blob = StoredBlob(source_key(job_id), file.size_bytes, file.sha256)
    # A name may be a reason to refuse what has it, so only under the one it was opened with.
    if not file.page_count or request.filename not in (None, file.filename):
        return _Source(blob, request.filename or file.filename)
    return _Source(blob, file.filename, Inspection(file.media_type, file.page_count, 0.0))


async def _source_of(
    earlier_id: JobId, job_id: JobId, request: SubmitRequest, principal: Principal, services: Services
) -> _Source:
    earlier = await services.store.tenant(principal.tenant).job(earlier_id)
    if earlier.purged_at is not None or earlier.source_deleted_at is not None:
        raise Gone("The job's source is no longer stored. Submit the document again.")
    await services.blobs.copy(source_key(earlier_id), source_key(job_id))
    blob = StoredBlob(source_key(job_id), earlier.size_bytes, earlier.sha256)
    return _Source(blob, request.filename or earlier.filename)


async def _inspect(
    blob: StoredBlob, filename: str | None, request: SubmitRequest, services: Services
) -> Inspection:
    """No pages for what is kept though it cannot be opened: the worker that plans it will say why."""
    async with services.blobs.local_path(blob.key) as path:
        try:
            return await services.isolation.inspect(
                path, filename=filename, password=request.options.password, sampled=False
            )
        except UnreadableDocument:
            if not request.keep_unreadable:
                raise
        return Inspection(await services.isolation.media_type(path, filename=filename), 0, 0.0)


async def take_from_cache(new: NewJob, earlier: Job | None, services: Services) -> NewJob:
    """The same bytes, options and engine were read before: take that document, as a copy of our own."""
    if earlier is None or (earlier.fields is not None and _UNSURE & set(earlier.fields.summary.notes)):
        return new
    try:
        await services.blobs.copy(document_key(earlier.id), document_key(new.id))
        fields = await _copy_fields(earlier, new.id, services)
    except NotFound:
        # Purged or expired since it was found.
        return new
    return replace(new, cached_from=earlier, cached_fields=fields)


async def _copy_fields(earlier: Job, job_id: JobId, services: Services) -> FieldsStanding | None:
    """As they were found: what a person corrected there belongs to that job, with its history."""
    if earlier.fields is None:
        return None
    key = fields_key(job_id, FIRST)
    await services.blobs.copy(fields_key(earlier.id, FIRST), key)
    if earlier.fields.version == FIRST:
        return replace(earlier.fields, blob_key=key)
    content = b"".join([chunk async for chunk in services.blobs.read(key)])
    return FieldsStanding(FIRST, key, fields_from_json(json.loads(content)).summary)


def _new_job(
    job_id: JobId,
    request: SubmitRequest,
    options: JobOptions,
    principal: Principal,
    engine: EngineIdentity,
    blob: StoredBlob,
    filename: str | None,
    inspection: Inspection,
) -> NewJob:
    pages = options.pages.resolve(inspection.page_count) if inspection.page_count else PageSelection()
    options = replace(options, pages=pages, engine=engine.name)
    return NewJob(
        id=job_id,
        project_id=request.project_id or principal.default_project_id,
        key_id=principal.key_id,
        file_id=request.file_id,
        options=options,
        priority=request.priority,
        filename=filename,
        media_type=inspection.media_type,
        size_bytes=blob.size_bytes,
        sha256=blob.sha256,
        page_count=inspection.page_count,
        pages_total=pages.count(),
        engine=engine.name,
        engine_digest=engine.digest,
        cache_key=cache_key(blob.sha256, options, engine),
        metadata=request.metadata or {},
        source_retention_s=request.source_retention_s,
        result_retention_s=request.result_retention_s,
        idempotency_key=request.idempotency_key,
        fingerprint=_fingerprint(request, blob),
        cached_from=None,
        callbacks=request.callbacks,
        batch_id=request.batch_id,
        replay_of=request.replay_of,
    )


def _fingerprint(request: SubmitRequest, blob: StoredBlob) -> str:
    """Without the password: it could be guessed from a hash, and the same bytes have one that opens them."""
    return digest(
        {
            "source": blob.sha256,
            "options": request.options.canonical(),
            "filename": request.filename,
            "metadata": request.metadata or {},
            "priority": int(request.priority),
            "project": request.project_id,
            "retention": [request.source_retention_s, request.result_retention_s],
            "bypass_cache": request.bypass_cache,
            "callback": callbacks_shown(request.callbacks),
            **({"batch": request.batch_id} if request.batch_id else {}),
            **({"replay_of": request.replay_of} if request.replay_of else {}),
        }
    )


def check_metadata(metadata: dict[str, Any] | None) -> None:
    if metadata and len(json.dumps(metadata).encode()) > MAX_METADATA_BYTES:
        raise InvalidRequest(
            f"metadata may take at most {MAX_METADATA_BYTES} bytes.",
            option="metadata",
            limit=MAX_METADATA_BYTES,
        )
