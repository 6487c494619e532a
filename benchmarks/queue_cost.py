"""What the job engine costs for one slice: real queue, store and blobs, pages that take no time to read."""

import argparse
import asyncio
import secrets
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import uvloop

from benchmarks.database import SECRET, Database, SystemClock, fresh_database, query_one
from benchmarks.figures import median, ratio
from benchmarks.idle_reading import IdleEngines, IdleIsolation, NoNews
from benchmarks.machine import CpuMeter
from benchmarks.report import Cell, Report, Table, run_benchmark, say
from octavo.adapters.blobs import make_blobs
from octavo.adapters.egress import GuardedEgress, Rules
from octavo.adapters.postgres import open_store
from octavo.adapters.queue import Tasks, consume
from octavo.app.process import assemble_job, give_up_job, plan_job, read_slice
from octavo.app.services import Policy, Services
from octavo.domain.ids import JobId, KeyId, new_id
from octavo.domain.job import NO_FIELDS, JobOptions, PageSelection, Priority
from octavo.domain.storage import source_key
from octavo.domain.tenancy import Project, Tenant
from octavo.ports.readers import Limits
from octavo.ports.store import NewJob

TARGET_CPU_MS = 15.0
DRAIN_S = 10.0


@dataclass(frozen=True, slots=True)
class Load:
    jobs: int
    pages: int
    """Of each job, one slice each: what scanned pages are."""
    slots: int

    @property
    def slices(self) -> int:
        return self.jobs * self.pages


@dataclass(frozen=True, slots=True)
class Cost:
    """All per slice, with its share of planning and assembling."""

    worker_cpu_ms: float
    database_cpu_ms: float
    commits: float
    wal_bytes: float
    slices_per_s: float

    @property
    def cpu_ms(self) -> float:
        return self.worker_cpu_ms + self.database_cpu_ms


@asynccontextmanager
async def opened(database: Database, load: Load) -> AsyncIterator[tuple[Services, Project]]:
    clock = SystemClock()
    async with open_store(
        database.url, secret=SECRET, clock=clock, slices_in_flight=32, pool_size=load.slots + 4
    ) as store:
        organization = await store.add_organization("benchmark")
        project = await store.add_project(organization.id, "benchmark")
        blobs = make_blobs(str(database.folder / "blobs"), cache_dir=database.folder / "cache")
        yield (
            Services(
                store=store,
                blobs=blobs,
                isolation=IdleIsolation(load.pages),
                engines=IdleEngines(),
                notifier=NoNews(),
                clock=clock,
                policy=Policy(Limits()),
                egress=GuardedEgress(Rules()),
            ),
            project,
        )


async def submit(services: Services, project: Project, load: Load) -> list[JobId]:
    tenant = services.store.tenant(Tenant(project.organization_id, project.id))
    ids = []
    for _ in range(load.jobs):
        new = _new_job(services, project, load.pages)
        await services.blobs.put_bytes(source_key(new.id), b"a document")
        await tenant.submit_job(new)
        ids.append(new.id)
    return ids


async def through_the_queue(database: Database, services: Services, load: Load, ids: list[JobId]) -> None:
    """As `octavo.worker` does, until the last job is assembled."""
    stop = asyncio.Event()
    left = set(ids)

    async def assemble(job_id: JobId, attempt: int) -> None:
        await assemble_job(job_id, attempt, services=services)
        left.discard(job_id)
        if not left:
            stop.set()

    tasks = Tasks(
        plan=partial(plan_job, services=services),
        read=partial(read_slice, services=services),
        assemble=assemble,
        give_up=partial(give_up_job, services=services),
    )
    await consume(database.url, tasks, slots=load.slots, stop=stop, drain_s=DRAIN_S)


async def directly(_: Database, services: Services, load: Load, ids: list[JobId]) -> None:
    """The baseline: the same use cases one after another; entries are queued, but nobody takes them."""
    waiting = iter(ids)

    async def work() -> None:
        for job_id in waiting:
            await plan_job(job_id, 1, services=services)
            for start in range(load.pages):
                await read_slice(job_id, 1, start, services=services)
            await assemble_job(job_id, 1, services=services)

    await asyncio.gather(*(work() for _ in range(load.slots)))


Way = Callable[[Database, Services, Load, list[JobId]], Awaitable[None]]


async def cost_of(way: Way, database: Database, load: Load) -> Cost:
    async with opened(database, load) as (services, project):
        ids = await submit(services, project, load)
        await asyncio.to_thread(_settled, database)
        before = _Counters.now(database)
        server = CpuMeter(database.pid)
        own_cpu, began = time.process_time(), time.perf_counter()
        await way(database, services, load, ids)
        elapsed, own_spent = time.perf_counter() - began, time.process_time() - own_cpu
        server_spent = server.spent()
        await _check_all_completed(services, project, load)
    await asyncio.to_thread(_settled, database)
    after = _Counters.now(database)
    return Cost(
        worker_cpu_ms=1000 * own_spent / load.slices,
        database_cpu_ms=1000 * server_spent / load.slices,
        commits=(after.commits - before.commits) / load.slices,
        wal_bytes=(after.wal_bytes - before.wal_bytes) / load.slices,
        slices_per_s=load.slices / elapsed,
    )


@dataclass(frozen=True, slots=True)
class _Counters:
    commits: int
    wal_bytes: int

    @classmethod
    def now(cls, database: Database) -> "_Counters":
        """The server tells commits when a session ends or a second later; see `_settled`."""
        row = query_one(
            database.admin_url,
            """select xact_commit, pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint
               from pg_stat_database where datname = current_database()""",
        )
        commits, wal_bytes = row
        return cls(int(str(commits)), int(str(wal_bytes)))


def _settled(database: Database) -> None:
    """Wait until the count of commits stands still: only this look itself is added."""
    seen = -1
    while (now := _Counters.now(database).commits) - seen > 2:
        seen = now
        time.sleep(1.5)


async def _check_all_completed(services: Services, project: Project, load: Load) -> None:
    tenant = services.store.tenant(Tenant(project.organization_id, project.id))
    completed = (await tenant.stats(0)).by_status["completed"]
    if completed != load.jobs:
        raise RuntimeError(f"{completed} of {load.jobs} jobs were completed; the numbers mean nothing")


def _new_job(services: Services, project: Project, pages: int) -> NewJob:
    now = services.clock.now()
    return NewJob(
        id=JobId(new_id(now)),
        project_id=project.id,
        key_id=KeyId(new_id(now)),
        file_id=None,
        options=JobOptions(pages=PageSelection(((1, pages),)), document_type=NO_FIELDS),
        priority=Priority.MEDIUM,
        filename="benchmark.pdf",
        media_type="application/pdf",
        size_bytes=10,
        sha256="ab" * 32,
        page_count=pages,
        pages_total=pages,
        engine="idle",
        engine_digest="sha256:00",
        cache_key=secrets.token_hex(32),
        metadata={},
        source_retention_s=None,
        result_retention_s=None,
        idempotency_key=None,
        fingerprint="f",
        cached_from=None,
    )


def measure(options: argparse.Namespace) -> Report:
    load = Load(2, 10, 2) if options.small else Load(options.jobs, options.pages, options.slots)
    rounds = 1 if options.small else options.rounds
    costs: dict[str, list[Cost]] = {"through the queue": [], "baseline: called directly": []}
    with fresh_database() as database:
        for _ in range(rounds):
            for (name, found), way in zip(costs.items(), (through_the_queue, directly), strict=True):
                found.append(uvloop.run(cost_of(way, database, load)))
                say(f"  {name}: {found[-1]}")
                query_one(database.admin_url, "with gone as (delete from procrastinate_jobs) select 1")
    rows = [_row(name, found) for name, found in costs.items()]
    queued, direct = (median([cost.cpu_ms for cost in found]) for found in costs.values())
    setting = (
        f"{load.jobs} jobs of {load.pages} pages, a slice a page, {load.slots} slots in one worker process, "
        f"{rounds} rounds in turn, medians. Pages are ready at once; everything else is real: queue, store, blobs "
        "with fsync. Planning and assembling are shared out over the slices."
    )
    verdict = f"CPU: {queued:.1f} ms a slice, {ratio(queued, direct):.2f} times the direct call; target {TARGET_CPU_MS:g} ms."
    return Report("queue_cost", (Table("Cost of one slice", COLUMNS, tuple(rows)),), (setting, verdict))


COLUMNS = (
    "way",
    "CPU ms",
    "worker CPU ms",
    "database CPU ms",
    "commits",
    "WAL bytes",
    "slices/s",
    "within target",
)


def _row(name: str, costs: list[Cost]) -> tuple[Cell, ...]:
    def of(value: Callable[[Cost], float]) -> float:
        return median([value(cost) for cost in costs])

    cpu_ms = of(lambda cost: cost.cpu_ms)
    return (
        name,
        cpu_ms,
        of(lambda cost: cost.worker_cpu_ms),
        of(lambda cost: cost.database_cpu_ms),
        of(lambda cost: cost.commits),
        of(lambda cost: cost.wal_bytes),
        of(lambda cost: cost.slices_per_s),
        cpu_ms <= TARGET_CPU_MS,
    )


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jobs", type=int, default=10)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--slots", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)


if __name__ == "__main__":
    sys.exit(run_benchmark("queue_cost", measure, add_options))
