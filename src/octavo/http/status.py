"""`GET /v1/jobs/{id}`: the one address everybody polls, so as little as possible is done here.

A plain Starlette route: no dependency, no validation layer, one read of the row, one rendering. A
completed job is remembered for `REMEMBERED`: only a purge or its retention can change it, and in
this process a purge forgets it at once. Failed and cancelled jobs may be retried, so they are read
each time.
"""

from collections import OrderedDict
from datetime import datetime, timedelta

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Send
from starlette.types import Scope as ASGIScope

from octavo.app.read import read_job, wait_for_job
from octavo.domain.ids import JobId
from octavo.domain.job import Job, JobStatus
from octavo.domain.tenancy import Principal, Scope
from octavo.http.auth import principal_of, services_of
from octavo.http.identifiers import job_id_from
from octavo.http.problems import ValidationFailed
from octavo.http.ranges import etag_matches
from octavo.http.wire import render_job

REMEMBERED = timedelta(seconds=1)
MAX_REMEMBERED = 2048
"""Some 4 MB of answers."""


class _NotStats(Convertor[str]):
    """Any id, but not the one word that is an address of its own."""

    regex = "(?!stats$)[^/]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("job", _NotStats())
JOB_PATH = "/v1/jobs/{job_id:job}"


class FinishedJobs:
    """Rendered answers of completed jobs, each for a moment; one per process."""

    def __init__(self) -> None:
        self._known: OrderedDict[JobId, tuple[Job, bytes, datetime]] = OrderedDict()

    def find(self, job_id: JobId, principal: Principal, now: datetime) -> tuple[Job, bytes] | None:
        """Only for whom the job belongs to."""
        known = self._known.get(job_id)
        if known is None:
            return None
        job, body, until = known
        if now >= until:
            del self._known[job_id]
            return None
        return (job, body) if _may_see(principal, job) else None

    def keep(self, job: Job, body: bytes, now: datetime) -> None:
        if job.status is not JobStatus.COMPLETED:
            return
        self._known[job.id] = (job, body, now + REMEMBERED)
        if len(self._known) > MAX_REMEMBERED:
            self._known.popitem(last=False)

    def forget(self, job_id: JobId) -> None:
        self._known.pop(job_id, None)


def finished_jobs_of(request: Request) -> FinishedJobs:
    finished: FinishedJobs = request.app.state.finished_jobs
    return finished


class StatusRoute(Route):
    """Names itself in the scope, as FastAPI's own routes do: the numbers are kept by route."""

    async def handle(self, scope: ASGIScope, receive: Receive, send: Send) -> None:
        scope["route"] = self
        await super().handle(scope, receive, send)


async def read_status(request: Request) -> Response:
    """The job with its `ETag`; `304` when `If-None-Match` names it."""
    services = services_of(request)
    principal = await principal_of(request)
    principal.require(Scope.JOBS_READ)
    job_id = job_id_from(request.path_params["job_id"])
    now = services.clock.now()
    known = finished_jobs_of(request).find(job_id, principal, now)
    if known is not None:
        return _answer(request, *known)
    wait_s = wanted_wait(request)
    if wait_s:
        job = await wait_for_job(job_id, timeout_s=wait_s, principal=principal, services=services)
    else:
        job = await read_job(job_id, principal=principal, services=services)
    now = services.clock.now()
    body = render_job(job, now).model_dump_json().encode()
    finished_jobs_of(request).keep(job, body, now)
    return _answer(request, job, body)


def wanted_wait(request: Request) -> float:
    """Seconds from `?wait=`. Raises `ValidationFailed`."""
    text = request.query_params.get("wait")
    if text is None:
        return 0.0
    if not text.isascii() or not text.isdecimal() or len(text) > 6:
        raise ValidationFailed(
            "query.wait: give whole seconds.",
            errors=[{"location": "query.wait", "message": "give whole seconds", "rule": "int_parsing"}],
        )
    return float(text)


def job_etag(job: Job) -> str:
    """Weak: speed and time left are as of the moment, and no reason to send the job again."""
    return f'W/"{job.version}"'


def _answer(request: Request, job: Job, body: bytes) -> Response:
    headers = {"ETag": job_etag(job)}
    if not job.status.is_final:
        headers["Retry-After"] = "1"
    if etag_matches(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


def _may_see(principal: Principal, job: Job) -> bool:
    tenant = principal.tenant
    return tenant.organization_id == job.organization_id and tenant.project_id in {None, job.project_id}
