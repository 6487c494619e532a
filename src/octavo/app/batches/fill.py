"""Making a batch's documents its jobs: what each needs side by side, their commit together.

What an earlier try of the same request left is taken as it is. Every other document's source is stored
and opened, unless that was done when it came as a file; then one transaction makes all of them jobs.
Documents that were read before have one each: they cost no pages, and more statements.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from octavo.app.batches.document import BatchDocument, refused
from octavo.app.fetch import fetch_source
from octavo.app.receive import receive_source
from octavo.app.services import Services
from octavo.app.submit import Known, prepare_job, submit_prepared, take_from_cache
from octavo.app.usage import require_pages
from octavo.domain.batch import Batch, RefusedDocument
from octavo.domain.errors import Conflict, NotFound, OctavoError, SourceUnreachable, UnreadableDocument
from octavo.domain.ids import JobId, new_id
from octavo.domain.job import Job
from octavo.domain.storage import file_key, job_prefix, source_key
from octavo.domain.tenancy import Principal
from octavo.ports.blobs import StoredBlob
from octavo.ports.isolation import ChildDied
from octavo.ports.store import NewJob

AT_ONCE = 4
"""Documents of one request that are looked at together; more would take the children from other callers."""
FETCHED_AT_ONCE = 32
FETCHING_S = 120.0
"""For all URLs of one request; what did not come by then is refused, and asked for again when it is sent again."""

Outcome = Job | RefusedDocument


async def fill_batch(
    batch: Batch,
    documents: Sequence[BatchDocument],
    *,
    is_new: bool,
    principal: Principal,
    services: Services,
) -> tuple[Outcome, ...]:
    """What became of each document, in their order. Safe to repeat: no document becomes two jobs."""
    keys = [f"batch:{batch.id}:{index}" for index in range(len(documents))]
    batches = services.store.tenant(principal.tenant).batches
    earlier = {} if is_new else await batches.members(batch.id, keys)
    filling = _Filling(batch, principal, services)
    # Ids decide the order of every list: the jobs stand there as their documents stood in the request.
    ids = sorted(JobId(new_id(services.clock.now())) for _ in documents)
    for index, document in enumerate(documents):
        if keys[index] in earlier:
            filling.outcomes[index] = earlier[keys[index]]
            if document.source:
                filling.unowned.add(document.source[0])
        else:
            filling.members.append(_Member(index, _job_id(document, ids[index]), keys[index], document))
    try:
        await filling.run()
    finally:
        # Bytes of a commit whose answer was lost stay: an equal request will find the jobs.
        await _erase(filling.unowned, services)
    return tuple(filling.outcomes[index] for index in range(len(documents)))


def _job_id(document: BatchDocument, otherwise: JobId) -> JobId:
    return document.source[0] if document.source else otherwise


@dataclass(slots=True)
class _Member:
    index: int
    job_id: JobId
    key: str
    document: BatchDocument


@dataclass(slots=True)
class _Filling:
    batch: Batch
    principal: Principal
    services: Services
    members: list[_Member] = field(default_factory=list)
    """Of which nothing has become yet."""
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    prepared: dict[int, NewJob] = field(default_factory=dict)
    unowned: set[JobId] = field(default_factory=set)
    """Whose bytes belong to no job."""

    async def run(self) -> None:
        self.unowned |= {member.job_id for member in self.members}
        known = await self._stored_files()
        looking, fetching = asyncio.Semaphore(AT_ONCE), asyncio.Semaphore(FETCHED_AT_ONCE)
        until = asyncio.get_running_loop().time() + FETCHING_S
        async with asyncio.TaskGroup() as group:
            for member in self.members:
                source = self._source(member, looking, fetching, until)
                group.create_task(self._prepare(member, source, known, looking))
        await self._commit()

    async def _stored_files(self) -> Known:
        """Asked for and copied together."""
        tenant = self.services.store.tenant(self.principal.tenant)
        wanted = {
            member.job_id: member.document.request.file_id
            for member in self.members
            if member.document.request.file_id is not None
        }
        if not wanted:
            return Known()
        files = await tenant.files_named(sorted(set(wanted.values())))
        pairs = {
            source_key(job_id): (file_key(file_id), job_id)
            for job_id, file_id in wanted.items()
            if file_id in files
        }
        there = await self.services.blobs.copy_all(
            [(source, target) for target, (source, _) in pairs.items()]
        )
        return Known(files, frozenset(pairs[target][1] for target in there))

    async def _prepare(
        self,
        member: _Member,
        source: Awaitable[tuple[tuple[JobId, StoredBlob] | None, str | None]],
        known: Known,
        looking: asyncio.Semaphore,
    ) -> None:
        request = member.document.request
        try:
            stored, name = await source
            request = replace(
                request,
                source=stored,
                filename=request.filename or name,
                batch_id=self.batch.id,
                project_id=self.batch.project_id,
                idempotency_key=member.key,
            )
            async with looking:
                new = await prepare_job(member.job_id, request, known, self.principal, self.services)
        except ChildDied:
            self._refuse(member, UnreadableDocument("Opening this document crashed its reader."))
        except OctavoError as error:
            self._refuse(member, error)
        else:
            self.prepared[member.index] = new

    async def _source(
        self, member: _Member, looking: asyncio.Semaphore, fetching: asyncio.Semaphore, until: float
    ) -> tuple[tuple[JobId, StoredBlob] | None, str | None]:
        """What was received or is fetched, and its name there; nothing where a stored file is meant."""
        document, services = member.document, self.services
        if document.source is not None:
            return document.source, None
        if document.url is not None:
            async with fetching:
                left = until - asyncio.get_running_loop().time()
                if left <= 0:
                    raise SourceUnreachable(_TOO_LATE, option="url", reason="timeout")
                await require_pages(self.batch.project_id, principal=self.principal, services=services)
                made, blob, name = await fetch_source(
                    document.url, services=services, job_id=member.job_id, within_s=left
                )
                return (made, blob), name
        if document.content is not None:
            async with looking:
                content = _once(document.content)
                return await receive_source(content, services=services, job_id=member.job_id), None
        return None, None

    async def _commit(self) -> None:
        """In the order of the request; what is from the cache costs no pages, so that it can wait."""
        by_index = {member.index: member for member in self.members}
        indexes = sorted(self.prepared)
        tenant = self.services.store.tenant(self.principal.tenant)
        cached = await tenant.finished_like_any(
            [self.prepared[i].cache_key for i in indexes if not by_index[i].document.request.bypass_cache]
        )
        for index in indexes:
            new = self.prepared[index]
            if not by_index[index].document.request.bypass_cache:
                self.prepared[index] = await take_from_cache(new, cached.get(new.cache_key), self.services)
        fresh = [index for index in indexes if self.prepared[index].cached_from is None]
        await self._commit_together([by_index[index] for index in fresh])
        seats = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for index in indexes:
                if self.prepared[index].cached_from is not None:
                    group.create_task(self._commit_one(by_index[index], seats))

    async def _commit_together(self, members: Sequence[_Member]) -> None:
        ids = {member.job_id for member in members}
        self.unowned -= ids
        news = [self.prepared[member.index] for member in members]
        try:
            found = await self.services.store.tenant(self.principal.tenant).submit_jobs(self.batch.id, news)
        except (Conflict, NotFound) as error:
            found = [error for _ in members]
        for member, outcome in zip(members, found, strict=True):
            if isinstance(outcome, OctavoError):
                self._refuse(member, outcome)
                continue
            self.outcomes[member.index] = outcome.job
            if not outcome.created:
                self.unowned.add(member.job_id)

    async def _commit_one(self, member: _Member, seats: asyncio.Semaphore) -> None:
        self.unowned.discard(member.job_id)
        async with seats:
            try:
                new = self.prepared[member.index]
                submission = await submit_prepared(new, principal=self.principal, services=self.services)
            except OctavoError as error:
                self.outcomes[member.index] = refused(member.index, member.document, error)
            else:
                self.outcomes[member.index] = submission.job

    def _refuse(self, member: _Member, error: OctavoError) -> None:
        self.unowned.add(member.job_id)
        self.outcomes[member.index] = refused(member.index, member.document, error)


_TOO_LATE = (
    "The documents before this one took too long to arrive. Send the batch again, or its URLs in several."
)


async def _erase(job_ids: Iterable[JobId], services: Services) -> None:
    for job_id in sorted(job_ids):
        await services.blobs.delete_prefix(job_prefix(job_id))


async def _once(content: bytes) -> AsyncIterator[bytes]:
    if content:
        yield content
