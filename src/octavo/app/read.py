"""Looking at jobs: one, many, their numbers, their events, their pages; waiting for one."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from octavo.app.services import Services
from octavo.domain.errors import Gone, InvalidRequest
from octavo.domain.event import Event
from octavo.domain.ids import JobId
from octavo.domain.job import Job
from octavo.domain.moments import to_text
from octavo.domain.tenancy import Principal, Scope
from octavo.ports.history import JobQuery, JobStats
from octavo.ports.store import TenantStore

SHORTEST_TEXT = 3
"""The index of file names is over three characters; less would read every row."""
MOST_LOOKED_THROUGH = 20_000
"""Jobs whose names are read for a shorter text, where a caller cannot be told to give more."""
MOST_COUNTED = 100_000
"""A total beyond this is told as this: nobody turns that many pages, and counting ten million rows takes seconds."""
MOST_TEMPLATES = 20
"""Found by name: each is a walk of its own along an index."""
RECHECK_S = 2.0
"""News can be lost with a connection, so the state is read again this often while somebody waits."""


@dataclass(frozen=True, slots=True)
class JobPage:
    jobs: list[Job]
    next_before: JobId | None
    """The cursor of the next page; None on the last one."""


async def read_job(job_id: JobId, *, principal: Principal, services: Services) -> Job:
    """Raises `NotFound`."""
    principal.require(Scope.JOBS_READ)
    return await services.store.tenant(principal.tenant).job(job_id)


async def wait_for_job(job_id: JobId, *, timeout_s: float, principal: Principal, services: Services) -> Job:
    """The job as soon as it has ended, or as it stands after `timeout_s` (capped by policy)."""
    principal.require(Scope.JOBS_READ)
    store = services.store.tenant(principal.tenant)
    deadline = asyncio.get_running_loop().time() + min(timeout_s, services.policy.max_wait_s)
    async with services.notifier.subscribe(job_id) as subscription:
        while True:
            job = await store.job(job_id)
            left = deadline - asyncio.get_running_loop().time()
            if job.status.is_final or left <= 0:
                return job
            await subscription.changed(min(left, RECHECK_S))


async def list_jobs(query: JobQuery, *, principal: Principal, services: Services) -> JobPage:
    """One page of the history and where the next begins.

    Raises:
        InvalidRequest: part of a file name is too short to be looked up in an index.
    """
    principal.require(Scope.JOBS_READ)
    if query.text is not None:
        _require_length(query.text)
    wanted = query.limit
    jobs = await services.store.tenant(principal.tenant).jobs(query)
    return JobPage(jobs, jobs[-1].id if len(jobs) == wanted else None)


@dataclass(frozen=True, slots=True)
class NumberedPage:
    """One page of the history for callers who count in pages."""

    jobs: list[Job]
    number: int
    """From 1."""
    limit: int
    total: int
    """Counted no further than `MOST_COUNTED`."""

    @property
    def pages(self) -> int:
        return -(-self.total // self.limit)


async def list_jobs_by_page(
    query: JobQuery, number: int, *, principal: Principal, services: Services
) -> NumberedPage:
    """Page `number` (from 1) of `query.limit` jobs each, and how many there are in all.

    Raises:
        InvalidRequest: the page lies behind what is counted; narrow the filters, or use a cursor.
    """
    principal.require(Scope.JOBS_READ)
    offset = (number - 1) * query.limit
    if offset > MOST_COUNTED:
        raise InvalidRequest(
            f"Pages reach {MOST_COUNTED} entries far. Narrow the filters.", option="page", limit=MOST_COUNTED
        )
    store = services.store.tenant(principal.tenant)
    if query.text and len(query.text) < SHORTEST_TEXT:
        query = await _among_the_newest(query, store)
    total = await store.count_jobs(query, at_most=MOST_COUNTED)
    jobs = await store.jobs(replace(query, offset=offset)) if offset < total else []
    return NumberedPage(jobs, number, query.limit, total)


async def _among_the_newest(query: JobQuery, store: TenantStore) -> JobQuery:
    """What no index can find is looked for in the newest `MOST_LOOKED_THROUGH` jobs, one by one."""
    beyond = await store.jobs(JobQuery(offset=MOST_LOOKED_THROUGH, limit=1))
    if not beyond:
        return query
    return replace(query, created_from=max(beyond[0].created_at, query.created_from or beyond[0].created_at))


async def by_template_name(query: JobQuery, *, principal: Principal, services: Services) -> JobQuery:
    """The same query, whose text is also looked for in the names of templates."""
    principal.require(Scope.JOBS_READ)
    if not query.text:
        return query
    templates = services.store.tenant(principal.tenant).templates
    named = await templates.newest(before=None, limit=MOST_TEMPLATES, name=query.text)
    return replace(query, text_templates=tuple(template.id for template in named))


async def read_stats(days: int, *, principal: Principal, services: Services) -> JobStats:
    principal.require(Scope.JOBS_READ)
    return await services.store.tenant(principal.tenant).stats(days)


async def follow_job(
    job_id: JobId, *, after: int, principal: Principal, services: Services
) -> AsyncIterator[Event | None]:
    """Every event after that sequence, as it happens, until the job has ended.

    Yields None when nothing happened for a while: a sign of life for the caller to pass on.
    Raises `NotFound`.
    """
    principal.require(Scope.JOBS_READ)
    store = services.store.tenant(principal.tenant)
    async with services.notifier.subscribe(job_id) as subscription:
        while True:
            # The state first: what has ended by now has all its events told below.
            ended = (await store.job(job_id)).status.is_final
            events = await store.events(job_id, after=after)
            for event in events:
                yield event
                after = event.sequence
            if events:
                continue
            if ended:
                return
            if not await subscription.changed(RECHECK_S):
                yield None


def _require_length(text: str) -> None:
    if len(text) < SHORTEST_TEXT:
        raise InvalidRequest(
            f"Give at least {SHORTEST_TEXT} characters of the file name.", option="q", limit=SHORTEST_TEXT
        )


def require_result(job: Job) -> None:
    """Raises `Gone` for a job whose result was purged or has expired."""
    if job.purged_at is not None:
        raise Gone("This job was purged; only its tombstone is left.", purged_at=to_text(job.purged_at))
    if job.result_deleted_at is not None:
        raise Gone(
            "The result's retention has ended. Submit the document again.",
            expired_at=to_text(job.result_deleted_at),
        )
