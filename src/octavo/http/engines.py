"""`GET /v1/engines`: what can read here, exactly: versions, model digests, languages."""

from fastapi import APIRouter

from octavo.http.auth import Caller, Open
from octavo.http.contract import answers
from octavo.http.engine_wire import EngineListAnswer, render_engine

router = APIRouter(tags=["engines"])


@router.get("/v1/engines", operation_id="list_engines", summary="List engines", responses=answers(401, 503))
async def engines(caller: Caller, services: Open) -> EngineListAnswer:  # noqa: ARG001 -- any key may ask, but a key there must be
    """Every engine known here, also those that are not installed, with the reason. Any key may ask."""
    return EngineListAnswer(engines=[render_engine(engine) for engine in services.engines.describe()])
