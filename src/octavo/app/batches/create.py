"""Making a batch, with or without its documents."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from octavo.app.batches.document import BatchDocument
from octavo.app.batches.fill import fill_batch
from octavo.app.services import Services
from octavo.app.submit import check_metadata
from octavo.domain.batch import MAX_DOCUMENTS, Batch, RefusedDocument
from octavo.domain.errors import InvalidRequest
from octavo.domain.ids import BatchId, ProjectId, new_id
from octavo.domain.job import Job
from octavo.domain.tenancy import Principal, Scope
from octavo.ports.batches import NewBatch

FILLING_S = 1800
"""Longer no request lives; a batch whose request was lost counts as filled after that."""


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
    outcomes = await fill_batch(
        batch, order.documents, is_new=created, principal=principal, services=services
    )
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
