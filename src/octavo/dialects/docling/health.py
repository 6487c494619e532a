"""Routes that need no key, and those that operators of the peer can switch off."""

import platform
import sys

from fastapi import APIRouter
from starlette.requests import Request

from octavo import __version__
from octavo.dialects.docling.errors import NotServed
from octavo.domain.errors import TemporaryFailure
from octavo.http.auth import Caller
from octavo.http.health import Readiness

router = APIRouter()

SERVES = "1.31.0"
"""The version of docling-serve whose API this is."""
_OFF = "Forbidden. The server is configured for not showing internal managament details."
"""Word for word."""


@router.get("/health")
@router.get("/livez")
@router.get("/api")
async def alive() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/ready")
@router.get("/readyz")
async def ready(request: Request) -> dict[str, str]:
    """Looks at database and blob store, no more often than the native API does."""
    state = request.app.state
    if not hasattr(state, "readiness"):
        state.readiness = Readiness()
    readiness: Readiness = state.readiness
    checks = await readiness.checks(state.services)
    if any(found != "ok" for found in checks.values()):
        raise TemporaryFailure("Readiness check failed")
    return {"status": "ok"}


@router.get("/version")
async def version() -> dict[str, str]:
    return {
        "docling-serve": SERVES,
        "octavo": __version__,
        "python": f"{sys.implementation.cache_tag} ({platform.python_version()})",
    }


@router.get("/v1/memory/stats")
@router.get("/v1/memory/counts")
async def memory() -> None:
    raise NotServed(_OFF)


@router.get("/v1/clear/converters")
async def clear_converters(caller: Caller) -> dict[str, str]:
    """No models are held between documents in this process, so there is nothing to clear."""
    del caller
    return {"status": "ok"}


@router.get("/v1/clear/results")
async def clear_results(caller: Caller) -> None:
    del caller
    raise NotServed("Results end with their retention here; purge a job by the native API to end one early.")
