"""The dialect's row, apart from the package: workers load its webhooks and none of this."""

from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.routing import APIRoute

from octavo.dialects._kit import Dialect
from octavo.dialects.invaro import batches, files, health, jobs, schemas
from octavo.dialects.invaro.errors import refuse
from octavo.dialects.invaro.kinds import BASE
from octavo.dialects.invaro.limits import rate_headers


def routers() -> Sequence[APIRouter]:
    """Everything below the base, and again below the base twice: the vendor's own pages write it so."""
    every = (files.router, schemas.router, *batches.routers(), *jobs.routers(), health.router)
    once = [_below(BASE, router, shown=True) for router in every]
    return [*once, *(_below(BASE + BASE, router, shown=False) for router in every), health.root]


def _below(prefix: str, router: APIRouter, *, shown: bool) -> APIRouter:
    moved = APIRouter(prefix=prefix)
    for route in router.routes:
        if isinstance(route, APIRoute):
            methods = sorted(route.methods or ())
            moved.add_api_route(route.path, route.endpoint, methods=methods, include_in_schema=shown)
    return moved


DIALECT = Dialect("invaro", "Invaro", routers, refuse, rate_headers)
