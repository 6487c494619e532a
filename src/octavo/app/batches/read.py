"""Looking at batches."""

from dataclasses import dataclass, replace

from octavo.app.read import MOST_COUNTED, SHORTEST_TEXT
from octavo.app.services import Services
from octavo.domain.batch import Batch
from octavo.domain.errors import InvalidRequest
from octavo.domain.ids import BatchId
from octavo.domain.tenancy import Principal, Scope
from octavo.ports.batches import BatchQuery


async def read_batch(batch_id: BatchId, *, principal: Principal, services: Services) -> Batch:
    """With its jobs counted now. Raises `NotFound`."""
    principal.require(Scope.JOBS_READ)
    return await services.store.tenant(principal.tenant).batches.batch(batch_id)


async def list_batches(query: BatchQuery, *, principal: Principal, services: Services) -> list[Batch]:
    """At most `query.limit`, newest first. Raises `InvalidRequest` for too short a part of a name."""
    principal.require(Scope.JOBS_READ)
    if query.name is not None and len(query.name) < SHORTEST_TEXT:
        raise InvalidRequest(
            f"Give at least {SHORTEST_TEXT} characters of the name.", option="q", limit=SHORTEST_TEXT
        )
    return await services.store.tenant(principal.tenant).batches.batches(query)


@dataclass(frozen=True, slots=True)
class NumberedBatches:
    """One page of batches for callers who count in pages."""

    batches: list[Batch]
    total: int
    """Counted no further than `MOST_COUNTED`."""


async def list_batches_by_page(
    query: BatchQuery, number: int, *, principal: Principal, services: Services
) -> NumberedBatches:
    """Page `number` (from 1) of `query.limit` batches each. Raises as `list_batches`, and behind what is counted."""
    offset = (number - 1) * query.limit
    if offset > MOST_COUNTED:
        raise InvalidRequest(
            f"Pages reach {MOST_COUNTED} entries far. Narrow the filters.", option="page", limit=MOST_COUNTED
        )
    found = await list_batches(replace(query, offset=offset), principal=principal, services=services)
    total = await services.store.tenant(principal.tenant).batches.count(query, at_most=MOST_COUNTED)
    return NumberedBatches(found, total)
