"""RefineLoop, which better translations: none of ours is offered there.

Its list of models is empty, for clients try their key at it and fill menus; an order is refused by name.
"""

from fastapi import APIRouter
from starlette.requests import Request

from octavo.dialects.ldxhub.catalog import NoModels
from octavo.dialects.ldxhub.wire import JobObject
from octavo.domain.errors import NotFound
from octavo.domain.tenancy import Scope
from octavo.http.auth import Caller, Submitter, key_text, principal_of

router = APIRouter(prefix="/refineloop")


@router.get("/models")
async def models(request: Request) -> dict[str, list[JobObject]]:
    """Public; a key that is sent must be one."""
    if key_text(request):
        await principal_of(request)
    return {"data": []}


@router.post("/jobs")
async def create(caller: Submitter) -> None:
    caller.require(Scope.EXTRACT_WRITE)
    raise NoModels(
        "refineloop has no models here: translations are not worked on. Its list of models is empty.",
        option="model",
    )


@router.get("/jobs")
async def history(caller: Caller) -> dict[str, list[JobObject]]:
    """Empty, since no order was ever taken."""
    caller.require(Scope.JOBS_READ)
    return {"data": []}


@router.get("/jobs/{job_id}")
async def status(job_id: str, caller: Caller) -> None:
    """Nothing has such an id."""
    caller.require(Scope.JOBS_READ)
    raise NotFound(f"There is no RefineLoop job {job_id[:40]!r}.")
