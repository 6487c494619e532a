"""Batches as they are remembered: rows of their own, states from their jobs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from octavo.domain.batch import Batch, BatchStatus, RefusedDocument
from octavo.domain.ids import BatchId, JobId, KeyId, ProjectId
from octavo.domain.job import Job


@dataclass(frozen=True, slots=True)
class NewBatch:
    id: BatchId
    project_id: ProjectId
    key_id: KeyId | None
    name: str | None
    metadata: dict[str, Any]
    idempotency_key: str | None
    fingerprint: str
    """Hash over the whole request: what `idempotency_key` must stand for."""
    filling_s: int = 0
    """How long its request may take to add documents; 0: it adds none."""


@dataclass(frozen=True, slots=True)
class BatchQuery:
    """Filters are joined by AND; empty ones do not filter."""

    statuses: tuple[BatchStatus, ...] = ()
    name: str | None = None
    """Part of the name, any case."""
    created_from: datetime | None = None
    created_before: datetime | None = None
    metadata: tuple[tuple[str, str], ...] = ()
    """Keys with the texts they must have."""
    before: BatchId | None = None
    """The cursor: only batches older than this one."""
    limit: int = 20
    offset: int = 0
    """Batches to pass over: for lists by page number."""


class Batches(Protocol):
    """One tenant's; what is another's is `NotFound`. Each comes with its jobs counted."""

    async def add(self, new: NewBatch) -> tuple[Batch, bool]:
        """The batch, and whether it is new.

        Raises:
            NotFound: the project is not this tenant's.
            IdempotencyConflict: the key stands for a different request.
        """
        ...

    async def batch(self, batch_id: BatchId) -> Batch: ...

    async def batches(self, query: BatchQuery) -> list[Batch]:
        """Newest first."""
        ...

    async def count(self, query: BatchQuery, *, at_most: int) -> int:
        """How many batches the filters let through, counted no further than `at_most`."""
        ...

    async def members(self, batch_id: BatchId, keys: Sequence[str]) -> dict[str, Job]:
        """Its jobs that were submitted with one of these idempotency keys, by key."""
        ...

    async def settle(self, batch_id: BatchId, refused: Sequence[RefusedDocument]) -> Batch:
        """Its request has added what it could; `refused` takes the place of what an earlier try left."""
        ...

    async def close(self, batch_id: BatchId) -> list[JobId]:
        """No job can be added any more; those that have not ended, to be cancelled. Safe to repeat."""
        ...
