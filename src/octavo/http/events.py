"""`GET /v1/jobs/{id}/events`: what happens to a job, as server-sent events, resumable.

`id:` is the event's sequence, `event:` its type, `data:` JSON. A client that lost the stream
names the last id it saw (`Last-Event-ID`, or `?after=`) and misses nothing.
"""

import time
from collections.abc import AsyncIterator
from typing import Annotated

import orjson
from fastapi import APIRouter, Query
from sse_starlette.event import ServerSentEvent
from sse_starlette.sse import EventSourceResponse
from starlette.requests import Request
from starlette.responses import Response

from octavo.app.read import follow_job, read_job
from octavo.app.services import Services
from octavo.domain.event import Event
from octavo.domain.ids import JobId
from octavo.domain.tenancy import Principal
from octavo.http.auth import Caller, Open
from octavo.http.contract import EVENT_STREAM, answers
from octavo.http.identifiers import JOB, job_id_from

router = APIRouter(tags=["jobs"])

HEARTBEAT_S = 10.0
"""Proxies drop a connection that is silent for 30-60 s."""
RETRY_MS = 2000
MAX_SEQUENCE = 2**53


@router.get(
    "/v1/jobs/{job_id}/events",
    operation_id="follow_job",
    summary="Follow a job",
    responses={**answers(401, 403, 404, 422, 503), **EVENT_STREAM},
    response_class=Response,
)
async def events(
    request: Request,
    job_id: str,
    caller: Caller,
    services: Open,
    after: Annotated[int, Query(ge=0, le=MAX_SEQUENCE, description="The last sequence seen.")] = 0,
) -> Response:
    """A stream that ends after the job's final event.

    `204` when the job has ended and there is nothing after what was seen: it tells an `EventSource`
    to stop reconnecting.
    """
    id_ = job_id_from(job_id)
    seen = _last_event_id(request) or after
    job = await read_job(id_, principal=caller, services=services)
    if seen and job.status.is_final:
        store = services.store.tenant(caller.tenant)
        if not await store.events(id_, after=seen, limit=1):
            return Response(status_code=204)
    return EventSourceResponse(_stream(id_, seen, caller, services), ping=0, sep="\n")


async def _stream(
    job_id: JobId, after: int, caller: Principal, services: Services
) -> AsyncIterator[ServerSentEvent]:
    yield ServerSentEvent(retry=RETRY_MS, comment="following", sep="\n")
    spoken = time.monotonic()
    async for event in follow_job(job_id, after=after, principal=caller, services=services):
        if event is not None:
            yield render_event(event)
        elif time.monotonic() - spoken >= HEARTBEAT_S:
            yield ServerSentEvent(comment="still here", sep="\n")
        else:
            continue
        spoken = time.monotonic()


def render_event(event: Event) -> ServerSentEvent:
    """`data` is one line: who, what, when, and the event's own facts."""
    content = {
        **event.payload,
        "job_id": JOB + event.job_id,
        "sequence": event.sequence,
        "type": event.type.value,
        "created_at": event.created_at,
    }
    data = orjson.dumps(content, option=orjson.OPT_UTC_Z).decode()
    return ServerSentEvent(data, event=event.type.value, id=str(event.sequence), sep="\n")


def _last_event_id(request: Request) -> int | None:
    """Whatever is not one of our sequences is passed over, as the standard wants of unknown ids."""
    text = request.headers.get("last-event-id", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
