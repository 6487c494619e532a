"""Looking at batches."""

from octavo.app.read import SHORTEST_TEXT
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
