"""A job as an answer: its document is passed on from where it is stored, a piece at a time."""

from collections.abc import AsyncIterator, Mapping
from types import MappingProxyType

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from octavo.app.export import Export, export_result
from octavo.app.services import Services
from octavo.dialects._kit import address_of
from octavo.dialects.ocrqueen.outbound import (
    FORMAT,
    export_options,
    has_document,
    job_path,
    render_job,
    retry_after_s,
)
from octavo.dialects.ocrqueen.wire import JobObject
from octavo.domain.errors import Conflict, Gone, NotFound
from octavo.domain.job import Job
from octavo.domain.tenancy import Principal, Scope

_JSON = "application/json"


def render(request: Request, job: Job, services: Services) -> JobObject:
    """Without its document."""
    url = address_of(request, job_path(job))
    return render_job(job, status_url=url, now=services.clock.now())


async def job_answer(
    request: Request,
    job: Job,
    *,
    status: int = 200,
    headers: Mapping[str, str] = MappingProxyType({}),
    caller: Principal,
    services: Services,
) -> Response:
    """The whole job, with `Retry-After` while it has not ended."""
    now = services.clock.now()
    told = render(request, job, services)
    sent = dict(headers)
    if not job.status.is_final:
        sent["Retry-After"] = str(retry_after_s(job, now))
    if has_document(job, now) and may_read(caller):
        try:
            export = await _export(job, caller, services)
            inside = await _begun(services.blobs.read(export.key, start=1, stop=export.size_bytes - 1))
        except (Gone, NotFound, Conflict):
            # Its time ended, or it was purged, since the job was read.
            return Response(orjson.dumps(told), status, sent, _JSON)
        before, after = _around_document(told)
        sent["Content-Length"] = str(len(before) + export.size_bytes - 2 + len(after))
        return StreamingResponse(_joined(before, inside, after), status, sent, _JSON)
    return Response(orjson.dumps(told), status, sent, _JSON)


def may_read(caller: Principal) -> bool:
    return bool({Scope.JOBS_READ, Scope.ADMIN} & caller.scopes)


async def _export(job: Job, caller: Principal, services: Services) -> Export:
    """`{"document": …, "markdown": …}`, rendered by a child process the first time."""
    return await export_result(job.id, FORMAT, export_options(job), principal=caller, services=services)


def _around_document(told: JobObject) -> tuple[bytes, bytes]:
    """What stands before and after `document` and `markdown`."""
    names = list(told)
    at = names.index("document")
    before = {name: told[name] for name in names[:at]}
    after = {name: told[name] for name in names[at + 2 :]}
    return orjson.dumps(before)[:-1] + b",", b"," + orjson.dumps(after)[1:]


async def _begun(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same chunks, the first fetched already: what is missing is known before the headers are sent."""
    first = await anext(aiter(chunks), b"")

    async def all_of_them() -> AsyncIterator[bytes]:
        yield first
        async for chunk in chunks:
            yield chunk

    return all_of_them()


async def _joined(before: bytes, inside: AsyncIterator[bytes], after: bytes) -> AsyncIterator[bytes]:
    yield before
    async for chunk in inside:
        yield chunk
    yield after
