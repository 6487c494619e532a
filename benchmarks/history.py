"""The history of a million jobs: pages, filters, counters, one job; keyset against OFFSET."""

import argparse
import asyncio
import re
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.database import SECRET, Database, SystemClock, fresh_database, kept_database, query_one
from benchmarks.figures import Spread, ratio, spread
from benchmarks.history_rows import TENANTS, Tenants, fill
from benchmarks.report import Cell, Report, Table, run_benchmark, say
from octavo.adapters.postgres import open_store
from octavo.adapters.postgres.connect import Pool, make_pool, many, one, reading
from octavo.adapters.postgres.history import list_statement
from octavo.adapters.postgres.rows import Row, job_from_row
from octavo.adapters.postgres.scope import Scope
from octavo.domain.ids import JobId, OrganizationId, ProjectId
from octavo.domain.job import JobStatus
from octavo.domain.tenancy import Tenant
from octavo.ports.history import JobQuery
from octavo.ports.store import TenantStore

TARGET_MS = 10.0
PAGE = 50
DEEP = 999 * PAGE
"""How many jobs stand before page 1000."""


EXPLAINED = 4
PATIENCE_MS = 4000.0
"""For one case: a second-long statement needs no 25 repetitions to be called slow."""
TIMES = re.compile(r"^(?:Planning|Execution) Time: ([\d.]+) ms", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Plan:
    server_ms: float
    """Planning and execution, with the cost of measuring."""
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    query: JobQuery


def cases(now: datetime) -> list[Case]:
    """Filters as people set them: what is common, what is rare, and what is not there."""
    half_year = now - timedelta(days=180)
    failed = JobQuery(statuses=(JobStatus.FAILED,))
    return [
        Case("no filter", JobQuery()),
        Case("oldest first", JobQuery(oldest_first=True)),
        Case("status completed (95 %)", JobQuery(statuses=(JobStatus.COMPLETED,))),
        Case("status failed (4 %)", failed),
        Case("status cancelled (0.5 %)", JobQuery(statuses=(JobStatus.CANCELLED,))),
        Case("status failed or cancelled", JobQuery(statuses=(JobStatus.FAILED, JobStatus.CANCELLED))),
        Case("status queued or processing", JobQuery(statuses=(JobStatus.QUEUED, JobStatus.PROCESSING))),
        Case("text in 35 % of names", JobQuery(text="invoice")),
        Case("text in 0.1 % of names", JobQuery(text="supplier0815")),
        Case("text in ten names", JobQuery(text="-12345")),
        Case("text in no name", JobQuery(text="no such name")),
        Case("one day, half a year ago", JobQuery(created_from=half_year, created_before=half_year + timedelta(days=1))),
        Case("up to half a year ago", JobQuery(created_before=half_year)),
        Case("media type in 80 %", JobQuery(media_type="application/pdf")),
        Case("media type in 0.05 %", JobQuery(media_type="image/heic")),
        Case("media type in none", JobQuery(media_type="image/bmp")),
        Case("engine in 3 %", JobQuery(engine="tesseract")),
        Case("engine in none", JobQuery(engine="other")),
        Case("metadata in 25 %", JobQuery(metadata=(("channel", "email"),))),
        Case("metadata in 0.02 %", JobQuery(metadata=(("customer", "c4711"),))),
        Case("metadata in none", JobQuery(metadata=(("customer", "nobody"),))),
        Case("failed, and text in 35 %", replace(failed, text="invoice")),
        Case("failed, text and metadata, up to half a year ago",
             replace(failed, text="invoice", created_before=half_year, metadata=(("channel", "email"),))),
    ]  # fmt: skip


class Bench:
    """One tenant's view of the history, and the baseline on the same rows."""

    def __init__(self, store: TenantStore, pool: Pool, tenant: Tenant, repeats: int) -> None:
        self.store = store
        self._pool = pool
        self._scope = Scope(tenant)
        self._repeats = repeats

    async def time(self, act: Callable[[], Awaitable[object]]) -> Spread:
        """Once before, unless that took all the time there is; then `repeats` times, or as often as fits."""
        took = [await self._once(act)]
        if took[0] < PATIENCE_MS:
            took.clear()
        while len(took) < self._repeats and sum(took) < PATIENCE_MS:
            took.append(await self._once(act))
        return spread(took)

    async def offset_page(self, query: JobQuery, offset: int) -> object:
        """The baseline: what `jobs` does, with OFFSET in place of the cursor."""
        statement, params = self._at(query, offset)
        async with reading(self._pool) as connection:
            return [job_from_row(row) for row in await many(connection, statement, params)]

    async def scanned_stats(self) -> object:
        """The baseline of the counters: counting the rows."""
        statement, params = self._scope.sql("select status, count(*) from jobs where {mine} group by status")
        async with reading(self._pool) as connection:
            return await many(connection, statement, params)

    async def matching(self, query: JobQuery) -> int:
        statement, params = self._statement(query)
        unlimited = params | {"limit": 2**31}
        async with reading(self._pool) as connection:
            row = await one(connection, f"select count(*) as n from ({statement}) matching", unlimited)
        return int(row["n"]) if row else 0

    async def id_at(self, query: JobQuery, position: int) -> JobId:
        statement, params = self._at(query, position)
        async with reading(self._pool) as connection:
            row: Row | None = await one(connection, statement, params)
        if row is None:
            raise RuntimeError("there are fewer jobs than were counted")
        return JobId(row["id"])

    async def explain(self, query: JobQuery) -> Plan:
        """The quickest of a few runs: what the server needs when nothing else wants the processor."""
        statement, params = self._statement(query)
        found: list[Plan] = []
        while len(found) < EXPLAINED and sum(plan.server_ms for plan in found) < PATIENCE_MS:
            async with reading(self._pool) as connection:
                rows = await many(connection, f"explain (analyze, buffers, costs off) {statement}", params)
            text = "\n".join(row["QUERY PLAN"] for row in rows)
            found.append(Plan(sum(float(ms) for ms in TIMES.findall(text)), text))
        return min(found, key=lambda plan: plan.server_ms)

    def _at(self, query: JobQuery, position: int) -> tuple[str, dict[str, Any]]:
        """A page by OFFSET, around the list so that several statuses are counted through together."""
        statement, params = self._statement(query)
        page = f"select * from ({statement}) listed offset {position} limit {PAGE}"
        return page, params | {"limit": position + PAGE}

    def _statement(self, query: JobQuery) -> tuple[str, dict[str, Any]]:
        return self._scope.sql(*list_statement(query))

    async def _once(self, act: Callable[[], Awaitable[object]]) -> float:
        began = time.perf_counter()
        await act()
        return (time.perf_counter() - began) * 1000


@dataclass(frozen=True, slots=True)
class Timed:
    case: Case
    count: int
    first: Spread
    plan: Plan
    deep_page: int | None = None
    """None where the jobs fill too few pages to go deep."""
    deep: Spread | None = None
    offset: Spread | None = None

    def row(self) -> tuple[Cell, ...]:
        first, deep, offset = self.first, self.deep, self.offset
        head = (self.case.name, self.count, self.plan.server_ms, first.least, first.p50, first.p95)
        if deep is None or offset is None:
            return (*head, None, None, None, None, None)
        return (*head, self.deep_page, deep.least, deep.p50, deep.p95, ratio(offset.least, deep.least))


COLUMNS = (
    "filter",
    "jobs",
    "server",
    "first page least",
    "p50",
    "p95",
    "deep page",
    "deep least",
    "deep p50",
    "deep p95",
    "OFFSET / cursor (least)",
)


async def time_case(bench: Bench, case: Case) -> Timed:
    query = replace(case.query, limit=PAGE)
    count = await bench.matching(query)
    first = await bench.time(lambda: bench.store.jobs(query))
    plan = await bench.explain(query)
    position = min(DEEP, max(0, count - 2 * PAGE))
    if position < PAGE:
        return Timed(case, count, first, plan)
    deep_query = replace(query, before=await bench.id_at(query, position - 1))
    deep = await bench.time(lambda: bench.store.jobs(deep_query))
    offset = await bench.time(lambda: bench.offset_page(query, position))
    return Timed(case, count, first, plan, position // PAGE + 1, deep, offset)


async def time_lists(bench: Bench, title: str) -> tuple[Table, dict[str, str]]:
    rows, plans = [], {}
    for case in cases(datetime.now(UTC)):
        timed = await time_case(bench, case)
        rows.append(timed.row())
        say(f"  {timed.row()}")
        if timed.plan.server_ms > TARGET_MS:
            plans[f"{title}: {case.name}"] = timed.plan.text
    return Table(f"{title}: a page of {PAGE} jobs, ms", COLUMNS, tuple(rows)), plans


async def time_others(bench: Bench) -> Table:
    job_id = await bench.id_at(JobQuery(), 1000)
    one_job = await bench.time(lambda: bench.store.job(job_id))
    stats = await bench.time(lambda: bench.store.stats(30))
    scanned = await bench.time(bench.scanned_stats)
    return Table(
        "Largest project: other reads, ms",
        ("read", "least", "p50", "p95"),
        (
            ("one job by id", one_job.least, one_job.p50, one_job.p95),
            ("stats with 30 days, from counters", stats.least, stats.p50, stats.p95),
            ("baseline: counting jobs by status", scanned.least, scanned.p50, scanned.p95),
        ),
    )


@asynccontextmanager
async def opened(url: str, tenant: Tenant, repeats: int) -> AsyncIterator[Bench]:
    async with (
        open_store(url, secret=SECRET, clock=SystemClock(), pool_size=1) as store,
        make_pool(url, size=1) as pool,
    ):
        yield Bench(store.tenant(tenant), pool, tenant, repeats)


async def measure_all(url: str, tenants: Tenants, repeats: int) -> tuple[list[Table], dict[str, str]]:
    organization = OrganizationId(tenants.organization)
    middle_organization = OrganizationId(f"{int(tenants.middle, 16) % 20:024x}")
    views = {
        "Largest project": Tenant(organization, ProjectId(tenants.largest)),
        "Its organization": Tenant(organization, None),
        "A middle project": Tenant(middle_organization, ProjectId(tenants.middle)),
    }
    tables: list[Table] = []
    plans: dict[str, str] = {}
    for title, tenant in views.items():
        say(title)
        async with opened(url, tenant, repeats) as bench:
            table, slow = await time_lists(bench, title)
            tables.append(table)
            plans |= slow
            if title == "Largest project":
                tables.append(await time_others(bench))
    return tables, plans


def fill_once(database: Database, rows: int) -> Tenants:
    """Fill an empty database; a kept one is taken as it is, if it holds what was asked for."""
    found = int(str(query_one(database.admin_url, "select count(*) from jobs")[0]))
    if not found:
        began = time.perf_counter()
        fill(database.admin_url, rows)
        say(f"{rows:,} jobs in {time.perf_counter() - began:.0f} s")
    elif found != rows:
        raise SystemExit(
            f"the kept database holds {found:,} jobs, not {rows:,}; ask for as many, or empty the folder"
        )
    return TENANTS


def measure(options: argparse.Namespace) -> Report:
    rows = options.rows or (20_000 if options.small else 1_000_000)
    with kept_database(options.keep) if options.keep else fresh_database() as database:
        tenants = fill_once(database, rows)
        tables, plans = asyncio.run(
            measure_all(database.url, tenants, 5 if options.small else options.repeats)
        )
    notes = [
        (
            f"{rows:,} jobs of 200 projects over a year. Timed: `PostgresTenant.jobs`, `.job`, `.stats`, on one connection. "
            f"`server` is what the database itself needed (planning and execution, the quickest of {EXPLAINED}): on a busy "
            "machine the only number that says something about the query. "
            f"Baseline: the same statement with OFFSET. Target: p50 at most {TARGET_MS:g} ms, any filter."
        )
    ]
    notes += [f"Over {TARGET_MS:g} ms: {name}\n\n```\n{plan}\n```" for name, plan in plans.items()]
    return Report("history", tuple(tables), tuple(notes), {"rows": rows, "plans": plans})


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=None, help="jobs in the table; 1,000,000 unless told")
    parser.add_argument("--repeats", type=int, default=25)
    parser.add_argument(
        "--keep",
        type=Path,
        default=None,
        help="folder to keep the database in and use it again; 2 GB a million",
    )


if __name__ == "__main__":
    sys.exit(run_benchmark("history", measure, add_options))
