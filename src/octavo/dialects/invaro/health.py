"""Routes that need no key."""

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from octavo.app.services import Services
from octavo.dialects.invaro.outbound import moment, success
from octavo.dialects.invaro.wire import Object
from octavo.domain.errors import TemporaryFailure
from octavo.http.auth import Open

router = APIRouter()
root = APIRouter()
"""At the root, beside the base."""


@root.get("/")
@router.get("/health")
@root.get("/health")
async def health(services: Open) -> Response:
    """503 where the database is away."""
    message = await _trouble(services)
    database: Object = {"status": message is None, "message": message}
    told: Object = {
        "status": "ok" if message is None else "error",
        "timestamp": moment(services.clock.now()),
        "services": {"database": database},
    }
    return JSONResponse(success(told) | {"success": message is None}, 200 if message is None else 503)


async def _trouble(services: Services) -> str | None:
    try:
        await services.store.check()
    except TemporaryFailure as error:
        return error.summary
    return None
