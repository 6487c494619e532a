"""`GET /v1/jobs/stats`: numbers from counters, never from a scan."""

from typing import Annotated

from fastapi import APIRouter, Query

from octavo.app.read import read_stats
from octavo.http.auth import Caller, Open
from octavo.http.contract import answers
from octavo.http.wire import StatsAnswer, render_stats

router = APIRouter(tags=["jobs"])


@router.get(
    "/v1/jobs/stats", operation_id="read_stats", summary="Count jobs", responses=answers(401, 403, 422, 503)
)
async def stats(
    caller: Caller, services: Open, days: Annotated[int, Query(ge=1, le=366)] = 30
) -> StatsAnswer:
    """What stands now, what ever happened, and the last days one by one (UTC)."""
    return render_stats(await read_stats(days, principal=caller, services=services))
