"""The dialect's row, apart from the package: workers load its webhooks and none of this."""

from collections.abc import Sequence

from fastapi import APIRouter

from octavo.dialects._kit import Dialect
from octavo.dialects.invaro import batches, files, health, jobs, schemas
from octavo.dialects.invaro.errors import refuse
from octavo.dialects.invaro.kinds import BASE
from octavo.dialects.invaro.limits import rate_headers


def routers() -> Sequence[APIRouter]:
    """Everything below the base, and again below the base twice: the vendor's own pages write it so."""
    every = APIRouter()
    for prefix, shown in ((BASE, True), (BASE + BASE, False)):
        for router in (files.router, schemas.router, *batches.routers(), *jobs.routers(), health.router):
            every.include_router(router, prefix=prefix, include_in_schema=shown)
    every.include_router(health.router, include_in_schema=True)
    return [every]


DIALECT = Dialect("invaro", "Invaro", routers, refuse, rate_headers)
