"""Many jobs at once, spread as a busy installation's are; made by SQL, so that millions take minutes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

PROJECTS = 200
ORGANIZATIONS = 20
"""Project n belongs to organization n modulo this."""
DAYS = 365

_TENANTS = f"""
insert into organizations (id, name)
  select lpad(to_hex(n), 24, '0'), 'organization ' || n from generate_series(0, {ORGANIZATIONS - 1}) n;
insert into projects (id, organization_id, name, source_retention_s, result_retention_s)
  select lpad(to_hex(n), 24, '0'), lpad(to_hex(n % {ORGANIZATIONS}), 24, '0'), 'project ' || n, 604800, 2592000
  from generate_series(0, {PROJECTS - 1}) n;
"""

# Job k of n is made at k/n of the year that ends now, so that ids and rows are in the same order, as they
# are in life. `where k is not null` in the lateral makes random() be asked anew for every row.
_JOBS = """
insert into jobs (id, organization_id, project_id, status, stage, priority, options, filename, media_type,
  size_bytes, sha256, page_count, pages_total, pages_done, attempt, engine, engine_digest, cache_key,
  mean_confidence, error, metadata, source_retention_s, result_retention_s, created_at, started_at, finished_at,
  updated_at, source_expires_at, result_expires_at, source_deleted_at, result_deleted_at, version)
select
  lpad(to_hex((extract(epoch from made) * 1000)::bigint), 12, '0') || substr(md5(k || 'id'), 1, 12),
  lpad(to_hex(project %% {organizations}), 24, '0'), lpad(to_hex(project), 24, '0'),
  status, case status when 'completed' then 'done' when 'queued' then 'waiting' else 'reading' end,
  1, '{{"engine": "ppocrv6", "pages": "", "profile": "standard", "languages": []}}',
  kind || '-' || to_char(made, 'YYYY-MM') || '-' || supplier || '-' || k
    || case media_type when 'application/pdf' then '.pdf' when 'image/jpeg' then '.jpg' else '.img' end,
  media_type, 20000 + (r1 * 2e6)::bigint, md5(k::text) || md5(k || 'b'), pages, pages,
  case when status in ('queued', 'processing') then 0 else pages end, 1,
  case when r5 < 0.97 then 'ppocrv6' else 'tesseract' end, 'sha256:' || md5('engine') || md5('digest'),
  md5(k || 'c') || md5(k || 'd'),
  case when status = 'completed' then 0.9 + r1 / 10 end,
  case when status = 'failed' then
    '{{"code": "unreadable_document", "summary": "The file is damaged.", "retryable": false, "step": "planning"}}'::jsonb end,
  jsonb_build_object('customer', 'c' || (r6 * 5000)::int,
    'channel', (array['email', 'upload', 'scanner', 'api'])[1 + (r7 * 4)::int %% 4], 'batch', 'b' || k / 500),
  604800, 2592000, made, made + interval '1 second',
  case when status in ('completed', 'failed', 'cancelled') then made + interval '1 minute' end,
  made + interval '1 minute', made + interval '7 days',
  case when status in ('completed', 'failed', 'cancelled') then made + interval '30 days' end,
  case when made < now() - interval '7 days' then made + interval '7 days' end,
  case when made < now() - interval '30 days' and status in ('completed', 'failed', 'cancelled')
       then made + interval '30 days' end,
  5 + pages
from generate_series(%(first)s::bigint, %(last)s::bigint) k
cross join lateral (
  select now() - interval '1 day' * {days} * (1 - k::float8 / %(total)s::float8) as made,
    random() r1, random() r2, random() r3, random() r4, random() r5, random() r6, random() r7, random() r8
  where k is not null) chance
cross join lateral (
  select least({projects} - 1, floor({projects} * r2 * r2 * r2))::int as project,
    1 + floor(12 * r3 * r3)::int as pages,
    case when k > %(total)s::float8 * 0.9995 and r4 < 0.5 then 'queued'
         when k > %(total)s::float8 * 0.999 and r4 < 0.3 then 'processing'
         when r4 < 0.955 then 'completed' when r4 < 0.995 then 'failed' else 'cancelled' end as status,
    case when r1 < 0.8 then 'application/pdf' when r1 < 0.92 then 'image/jpeg' when r1 < 0.97 then 'image/png'
         when r1 < 0.9995 then 'image/tiff' else 'image/heic' end as media_type,
    case when r8 < 0.35 then 'invoice' when r8 < 0.6 then 'receipt' when r8 < 0.8 then 'scan'
         when r8 < 0.95 then 'contract' else 'letter' end as kind,
    'supplier' || lpad((r6 * r6 * 3000)::int::text, 4, '0') as supplier) drawn
"""

COUNTERS = """
insert into counters (project_id, day, name, organization_id, amount)
select project_id, day, name, min(organization_id), sum(amount) from (
  select project_id, organization_id, created_at::date as day, unnest(array['submitted', 'pages', 'bytes']) as name,
    unnest(array[1, pages_done, size_bytes]) as amount from jobs
  union all select project_id, organization_id, created_at::date, status, 1 from jobs
    where status in ('completed', 'failed', 'cancelled')
  union all select project_id, organization_id, '0001-01-01', 'status:' || status, 1 from jobs
  union all select project_id, organization_id, '0001-01-01', unnest(array['submitted', 'pages', 'bytes']),
    unnest(array[1, pages_done, size_bytes]) from jobs
  union all select project_id, organization_id, '0001-01-01', status, 1 from jobs
    where status in ('completed', 'failed', 'cancelled')
) counted group by project_id, day, name;
insert into counter_deltas (organization_id, project_id, day, name, amount)
  select organization_id, project_id, created_at::date, 'submitted', 1 from
    (select * from jobs order by id desc limit 500) newest;
"""

_SECONDARY = """
select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index
where indrelid = 'jobs'::regclass and not indisprimary
"""
_BATCH = 250_000


@dataclass(frozen=True, slots=True)
class Tenants:
    """The project with most jobs, one of the middle, and the organization of the first."""

    organization: str
    largest: str
    middle: str


TENANTS = Tenants(organization=f"{0:024x}", largest=f"{0:024x}", middle=f"{PROJECTS // 2:024x}")


@contextmanager
def without_indexes(connection: psycopg.Connection[tuple[Any, ...]]) -> Iterator[None]:
    """Those of jobs, built anew afterwards: quicker than to keep them while all rows change."""
    indexes = connection.execute(_SECONDARY.encode()).fetchall()
    for name, _ in indexes:
        connection.execute(f"drop index {name}".encode())
    yield
    for _, definition in indexes:
        connection.execute(definition.encode())


def fill(admin_url: str, rows: int) -> None:
    """Insert `rows` jobs with their tenants and counters.

    The indexes are built afterwards, from the definitions that the migration left, and statistics
    are taken once, as autovacuum would have by then.
    """
    with psycopg.connect(admin_url, autocommit=True) as connection:
        for setting in ("synchronous_commit = off", "maintenance_work_mem = '512MB'"):
            connection.execute(f"set {setting}".encode())
        connection.execute("set session_replication_role = replica")  # spares checking a million foreign keys
        connection.execute(_TENANTS.encode())
        statement = _JOBS.format(organizations=ORGANIZATIONS, projects=PROJECTS, days=DAYS).encode()
        with without_indexes(connection):
            for first in range(1, rows + 1, _BATCH):
                last = min(rows, first + _BATCH - 1)
                connection.execute(statement, {"first": first, "last": last, "total": rows})
        connection.execute(COUNTERS.encode())
        connection.execute("vacuum analyze")
