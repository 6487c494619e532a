"""StructFlow, AnalyzeDoc and RefineLoop: the hub's services that a language model does. None of ours is offered there.

Their lists of models are empty, for clients try their key at them and fill menus; an order is refused by name.
"""

from fastapi import APIRouter

from octavo.dialects.ldxhub.wire import JobObject
from octavo.domain.errors import InvalidRequest
from octavo.domain.tenancy import Scope
from octavo.http.auth import Caller, Submitter

NAMES = ("structflow", "analyzedoc", "refineloop")


class NoModels(InvalidRequest):
    code = "model_not_found"


def routers() -> list[APIRouter]:
    return [_router(name) for name in NAMES]


def _router(name: str) -> APIRouter:
    router = APIRouter(prefix=f"/{name}")

    @router.get("/models")
    async def models() -> dict[str, list[JobObject]]:
        """Public, like engines."""
        return {"data": []}

    @router.post("/jobs")
    async def create(caller: Submitter) -> None:
        caller.require(Scope.EXTRACT_WRITE)
        raise NoModels(
            f"{name} has no models here: its list is empty. For fields by a language model, use a template "
            "with a model in the native API: POST /v1/templates, then POST /v1/jobs with template_id.",
            option="model",
        )

    @router.get("/jobs")
    async def history(caller: Caller) -> dict[str, list[JobObject]]:
        """Empty, since no order was ever taken."""
        caller.require(Scope.JOBS_READ)
        return {"data": []}

    return router
