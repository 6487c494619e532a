"""Making a batch, with or without its documents."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from octavo.app.fetch import fetch_source
from octavo.app.receive import receive_source
from octavo.app.services import Services
from octavo.app.submit import SubmitRequest, check_metadata, submit_job
from octavo.domain.batch import MAX_DOCUMENTS, Batch, RefusedDocument
from octavo.domain.errors import InvalidRequest, OctavoError, UnreadableDocument
from octavo.domain.ids import BatchId, JobId, ProjectId, new_id
from octavo.domain.job import Job
from octavo.domain.tenancy import Principal, Scope
from octavo.ports.batches import NewBatch
from octavo.ports.blobs import StoredBlob
from octavo.ports.isolation import ChildDied

AT_ONCE = 4
"""Documents of one request that are looked at together; more would take the children from other callers."""
FILLING_S = 1800
"""Longer no request lives; a batch whose request was lost counts as filled after that."""


@dataclass(frozen=True, slots=True)
class BatchDocument:
    request: SubmitRequest
    """Without `source`, `batch_id`, `project_id` and `idempotency_key`: the batch sets them."""
    content: bytes | None = None
    """The document itself, where it came inside the request."""
    url: str | None = None
    """Where it is fetched from; instead of `content` and the request's `file_id`."""
    source: tuple[JobId, StoredBlob] | None = None
    """From `receive_source`; instead of all of these. Ids of later documents are greater."""


@dataclass(frozen=True, slots=True)
class CreateBatch:
    name: str | None = None
    metadata: dict[str, Any] | None = None
    project_id: ProjectId | None = None
    documents: Sequence[BatchDocument] = ()
    idempotency_key: str | None = None
    fingerprint: str = ""
    """Of the request as the edge saw it, where there is an idempotency key."""


@dataclass(frozen=True, slots=True)
class BatchCreation:
    batch: Batch
    created: bool
    """False: the idempotency key named this batch already; documents it lacked were added now."""
    outcomes: tuple[Job | RefusedDocument, ...]
    """What became of each document, in the order of the request."""


async def create_batch(order: CreateBatch, *, principal: Principal, services: Services) -> BatchCreation:
    """Make a batch and submit its documents, each a job of its own.

    A document that is refused does not stop the others: it stands among `outcomes` and in the
    batch. A request that broke off is finished by sending it again with its idempotency key: no
    document becomes two jobs.

    Raises:
        Forbidden, NotFound: the project is not the key's.
        InvalidRequest: too many documents, or metadata too large.
        IdempotencyConflict: the idempotency key stands for another request.
    """
    principal.require(Scope.EXTRACT_WRITE)
    check_metadata(order.metadata)
    if len(order.documents) > MAX_DOCUMENTS:
        raise InvalidRequest(
            f"A batch takes at most {MAX_DOCUMENTS} documents.", option="documents", limit=MAX_DOCUMENTS
        )
    batches = services.store.tenant(principal.tenant).batches
    batch, created = await batches.add(_new_batch(order, principal, services))
    if not order.documents:
        return BatchCreation(batch, created, ())
    outcomes = await _submit_all(batch, order.documents, principal, services)
    refused = [outcome for outcome in outcomes if isinstance(outcome, RefusedDocument)]
    return BatchCreation(await batches.settle(batch.id, refused), created, outcomes)


def _new_batch(order: CreateBatch, principal: Principal, services: Services) -> NewBatch:
    return NewBatch(
        id=BatchId(new_id(services.clock.now())),
        project_id=order.project_id or principal.default_project_id,
        key_id=principal.key_id,
        name=order.name,
        metadata=order.metadata or {},
        idempotency_key=order.idempotency_key,
        fingerprint=hashlib.sha256(json.dumps(order.fingerprint).encode()).hexdigest(),
        filling_s=FILLING_S if order.documents else 0,
    )


async def _submit_all(
    batch: Batch, documents: Sequence[BatchDocument], principal: Principal, services: Services
) -> tuple[Job | RefusedDocument, ...]:
    seats = asyncio.Semaphore(AT_ONCE)
    now = services.clock.now()
    # Ids decide the order of every list: the jobs stand there as their documents stood in the request.
    ids = sorted(JobId(new_id(now)) for _ in documents)

    async def submit(index: int, document: BatchDocument) -> Job | RefusedDocument:
        job_id = document.source[0] if document.source else ids[index]
        async with seats:
            return await _submit_one(batch, index, job_id, document, principal, services)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(submit(*entry)) for entry in enumerate(documents)]
    return tuple(task.result() for task in tasks)


async def _submit_one(
    batch: Batch,
    index: int,
    job_id: JobId,
    document: BatchDocument,
    principal: Principal,
    services: Services,
) -> Job | RefusedDocument:
    try:
        source, filename = await _source_of(document, job_id, services)
        request = replace(
            document.request,
            source=source,
            job_id=job_id,
            filename=document.request.filename or filename,
            batch_id=batch.id,
            project_id=batch.project_id,
            idempotency_key=f"batch:{batch.id}:{index}",
        )
        return (await submit_job(request, principal=principal, services=services)).job
    except ChildDied:
        return _refused(index, document, UnreadableDocument("Opening this document crashed its reader."))
    except OctavoError as error:
        return _refused(index, document, error)


async def _source_of(
    document: BatchDocument, job_id: JobId, services: Services
) -> tuple[tuple[JobId, StoredBlob] | None, str | None]:
    """What was received or fetched, and its name there; nothing where a stored file is meant."""
    if document.source is not None:
        return document.source, None
    if document.url is not None:
        made, blob, filename = await fetch_source(document.url, services=services, job_id=job_id)
        return (made, blob), filename
    if document.content is not None:
        content = _once(document.content)
        return await receive_source(content, services=services, job_id=job_id), None
    return None, None


def _refused(index: int, document: BatchDocument, error: OctavoError) -> RefusedDocument:
    return RefusedDocument(index, document.request.filename, error.code, error.summary, error.retryable)


async def _once(content: bytes) -> AsyncIterator[bytes]:
    if content:
        yield content
