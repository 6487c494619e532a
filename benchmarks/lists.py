"""Every list and number that a tenant with a long history can ask for: how long, and by which plan."""

import argparse
import asyncio
import re
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from benchmarks.database import SECRET, SystemClock, fresh_database
from benchmarks.history_rows import TENANTS, fill
from benchmarks.lists_rows import fill_others
from benchmarks.report import Cell, Report, Table, run_benchmark, say
from octavo.adapters.postgres import open_store
from octavo.domain.audit import AuditAction
from octavo.domain.batch import BatchStatus
from octavo.domain.event import EventType
from octavo.domain.ids import FileId, KeyId, OrganizationId, ProjectId, TemplateId, WebhookId
from octavo.domain.job import JobStatus
from octavo.domain.tenancy import Tenant
from octavo.domain.webhook import DeliveryStatus
from octavo.ports.audit import AuditQuery
from octavo.ports.batches import BatchQuery
from octavo.ports.file_history import FileQuery
from octavo.ports.history import JobQuery, JobSort
from octavo.ports.store import TenantStore

REPEATS = 3
MANY = 10_000
"""As far as the vendors' lists count their totals."""
LARGE = ("jobs", "batches", "files", "announcements", "deliveries", "audit")
_SCAN = re.compile(rf"Seq Scan on ({'|'.join(LARGE)})\b")
_READ = re.compile(r"\(actual rows=(\d+)(?:\.\d+)? loops=(\d+)\)")
_REMOVED = re.compile(r"Rows Removed by [\w ]+: (\d+)")
_TIMES = re.compile(r"^(?:Planning|Execution) Time: ([\d.]+) ms", re.MULTILINE)

Ask = Callable[[TenantStore], Awaitable[object]]


@dataclass(slots=True)
class Spied:
    """Statements as they are sent, while the block lasts."""

    statements: list[tuple[str, Any]] = field(default_factory=list)


@contextmanager
def spying() -> Iterator[Spied]:
    spied, real = Spied(), psycopg.AsyncConnection.execute

    async def execute(self: Any, query: Any, params: Any = None, **options: Any) -> Any:
        spied.statements.append((query, params))
        return await real(self, query, params, **options)

    psycopg.AsyncConnection.execute = execute  # type: ignore[method-assign]
    try:
        yield spied
    finally:
        psycopg.AsyncConnection.execute = real  # type: ignore[method-assign]


def asked() -> dict[str, Ask]:
    """What the native lists, the dialects' lists by page number and the counters ask the store."""
    now = datetime.now(UTC)
    half_year = now - timedelta(days=180)
    template = TemplateId("1".rjust(24, "a"))
    jobs = {
        "all": JobQuery(),
        "status failed": JobQuery(statuses=(JobStatus.FAILED,)),
        "three statuses": JobQuery(statuses=(JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.QUEUED)),
        "document type": JobQuery(document_type="invoice"),
        "document type of none": JobQuery(document_type="contract_of_none"),
        "template": JobQuery(template_id=template),
        "template and status": JobQuery(template_id=template, statuses=(JobStatus.FAILED,)),
        "media type": JobQuery(media_type="image/heic"),
        "engine": JobQuery(engine="tesseract"),
        "metadata": JobQuery(metadata=(("customer", "c4711"),)),
        "text": JobQuery(text="supplier0815"),
        "text or templates": JobQuery(text="supplier0815", text_templates=(template,)),
        "a month, half a year ago": JobQuery(
            created_from=half_year, created_before=half_year + timedelta(days=30)
        ),
        "kept ones": JobQuery(kept=True),
        "kept ones that failed": JobQuery(kept=True, statuses=(JobStatus.FAILED,)),
        "page 10 by number": JobQuery(limit=20, offset=180),
        "page 500 by number": JobQuery(limit=20, offset=9980),
        **{f"kept ones by {sort.value}": JobQuery(sort=sort, limit=20, kept=True) for sort in JobSort},
    }
    found: dict[str, Ask] = {}
    for name, query in jobs.items():
        found[f"jobs: {name}"] = lambda store, query=query: store.jobs(query)  # type: ignore[misc]
    for name in ("all", "status failed", "document type", "template", "kept ones", "text", "metadata"):
        query = jobs[name]
        found[f"count: {name}"] = lambda store, query=query: store.count_jobs(query, at_most=MANY)  # type: ignore[misc]
    return found | _batches() | _others(now)


def _batches() -> dict[str, Ask]:
    queries = {
        "all": BatchQuery(),
        **{f"status {status.value}": BatchQuery(statuses=(status,)) for status in BatchStatus},
        "name": BatchQuery(name="batch 77"),
        "metadata": BatchQuery(metadata=(("customer", "c77"),)),
        "page 50 by number": BatchQuery(offset=980),
    }
    found: dict[str, Ask] = {}
    for name, query in queries.items():
        found[f"batches: {name}"] = lambda store, query=query: store.batches.batches(query)  # type: ignore[misc]
        found[f"batches counted: {name}"] = lambda store, query=query: store.batches.count(
            query, at_most=MANY
        )  # type: ignore[misc]
    return found


def _others(now: datetime) -> dict[str, Ask]:
    webhook = WebhookId("b" * 24)
    first = now.date() - timedelta(days=330)
    files = {
        "all": FileQuery(),
        "completed": FileQuery(statuses=(JobStatus.COMPLETED,)),
        "failed": FileQuery(statuses=(JobStatus.FAILED,)),
        "without job": FileQuery(statuses=(None,)),
        "of a type": FileQuery(document_types=("invoice",)),
        "deleted": FileQuery(deleted=True),
    }
    found: dict[str, Ask] = {}
    for name, query in files.items():
        found[f"files: {name}"] = lambda store, query=query: store.file_history.standings(query)  # type: ignore[misc]
        found[f"files counted: {name}"] = lambda store, query=query: store.file_history.count(
            query, at_most=MANY
        )  # type: ignore[misc]
    return found | {
        "stored files": lambda store: store.files(before=None, limit=50),
        "one stored file's jobs": lambda store: store.files_named([FileId("0" * 24)]),
        "stats of 30 days": lambda store: store.stats(30),
        "usage of a year": lambda store: store.usage.months(first, now.date(), by_key=False),
        "usage of a year by key": lambda store: store.usage.months(first, now.date(), by_key=True),
        "cached": lambda store: store.finished_like("0" * 64),
        "events from the oldest": lambda store: store.webhooks.events(after=None, types=(), limit=100),
        "events of a rare type": lambda store: store.webhooks.events(
            after=None, types=(EventType.BATCH_COMPLETED,), limit=100
        ),
        "deliveries": lambda store: store.webhooks.deliveries(webhook, status=None, before=None, limit=50),
        "deliveries that failed": lambda store: store.webhooks.deliveries(
            webhook, status=DeliveryStatus.EXHAUSTED, before=None, limit=50
        ),
        "deliveries that wait": lambda store: store.webhooks.deliveries(
            webhook, status=DeliveryStatus.PENDING, before=None, limit=50
        ),
        "audit": lambda store: store.audit.entries(AuditQuery()),
        "audit of a rare action": lambda store: store.audit.entries(
            AuditQuery(action=AuditAction.PROJECT_CHANGED)
        ),
        "audit of a key": lambda store: store.audit.entries(AuditQuery(key_id=KeyId("1".rjust(24, "c")))),
    }


@dataclass(frozen=True, slots=True)
class Found:
    milliseconds: float
    """What the database itself needed."""
    rows: int
    """Read in the plan's largest step."""
    scanned: str
    """Large tables that were read from end to end."""
    plan: str


async def explain(url: str, statements: list[tuple[str, Any]]) -> Found:
    best: Found | None = None
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        for _ in range(REPEATS):
            texts = []
            for statement, params in statements:
                cursor = await connection.execute(
                    f"explain (analyze, timing off, costs off) {statement}".encode(), params, prepare=False
                )
                texts.append("\n".join(str(row[0]) for row in await cursor.fetchall()))
            text = "\n\n".join(texts)
            found = Found(
                sum(float(ms) for ms in _TIMES.findall(text)),
                max(
                    [int(rows) * int(loops) for rows, loops in _READ.findall(text)]
                    + [int(rows) for rows in _REMOVED.findall(text)],
                    default=0,
                ),
                ", ".join(sorted(set(_SCAN.findall(text)))),
                text,
            )
            best = found if best is None or found.milliseconds < best.milliseconds else best
    if best is None:
        raise RuntimeError("nothing was asked")
    return best


async def measure_one(url: str, store: TenantStore, ask: Ask) -> tuple[float, Found]:
    took: list[float] = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        await ask(store)
        took.append(1000 * (time.perf_counter() - began))
    with spying() as spied:
        await ask(store)
    selects = [
        one for one in spied.statements if "select" in str(one[0]).lower() and "set " not in str(one[0])[:4]
    ]
    return min(took), await explain(url, selects)


async def measure_all(url: str) -> tuple[list[Table], dict[str, str]]:
    organization = OrganizationId(TENANTS.organization)
    views = {
        "Largest project": Tenant(organization, ProjectId(TENANTS.largest)),
        "Its organization": Tenant(organization, None),
    }
    tables, plans = [], {}
    async with open_store(url, secret=SECRET, clock=SystemClock(), pool_size=1) as store:
        for title, tenant in views.items():
            rows: list[tuple[Cell, ...]] = []
            for name, ask in asked().items():
                least, found = await measure_one(url, store.tenant(tenant), ask)
                rows.append((name, found.milliseconds, least, found.rows, found.scanned or None))
                say(f"  {title}: {rows[-1]}")
                plans[f"{title}: {name}"] = found.plan
            columns = ("asked", "database ms", "client ms", "rows in the largest step", "scanned whole")
            tables.append(Table(title, columns, tuple(rows)))
    return tables, plans


def measure(options: argparse.Namespace) -> Report:
    count = 30_000 if options.small else options.rows
    with fresh_database() as database:
        fill(database.admin_url, count)
        fill_others(database.admin_url)
        say(f"  {count} jobs and what goes with them are there")
        tables, plans = asyncio.run(measure_all(database.url))
    notes = (f"{count:,} jobs of 200 projects, nine of ten in the largest; the quickest of {REPEATS}.",)
    return Report("lists", tuple(tables), notes, {"plans": plans})


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=150_000)


if __name__ == "__main__":
    sys.exit(run_benchmark("lists", measure, add_options))
