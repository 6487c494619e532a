"""What stands beside a long history: batches, stored files, announcements, deliveries, audit, usage; made by SQL."""

import psycopg

from benchmarks.history_rows import COUNTERS, without_indexes

_LARGEST = """
update jobs set project_id = lpad('', 24, '0'), organization_id = lpad('', 24, '0') where hashtext(id) % 10 <> 0
"""
"""Nine of ten jobs in one project: what is long is the history of one tenant."""
_BATCHES = """
create temp table numbered as
  select id, min(id) over (partition by project_id, n / 40) as first, n / 40 as batch
  from (select id, project_id, row_number() over (partition by project_id order by id) as n from jobs) counted;
create index on numbered (id);
insert into batches (id, organization_id, project_id, name, metadata, jobs_added, created_at, expires_at)
select first, organization_id, project_id, 'batch ' || batch, jsonb_build_object('customer', 'c' || batch % 500), 40,
  created_at, created_at + interval '30 days'
from numbered join jobs using (id) where id = first;
update jobs set batch_id = first from numbered where numbered.id = jobs.id;
"""
_TYPES = """
update jobs set document_type = (array['invoice', 'receipt', 'contract', null])[1 + (hashtext(id) & 3)],
  template_id = case when hashtext(id) % 10 = 0 then lpad(to_hex(1 + abs(hashtext(id)) % 20), 24, 'a') end,
  file_id = case when hashtext(id) % 3 = 0 then id end,
  fields = case when hashtext(id) % 2 = 0 then jsonb_build_object('blob_key', 'x', 'notes', '[]'::jsonb,
    'document_type', 'invoice', 'type_confidence', 0.9, 'found', 9, 'verified', 3, 'failed_checks', 0,
    'confidence', (hashtext(id) & 1023) / 1024.0) end
"""
_FILES = """
insert into files (id, organization_id, project_id, filename, media_type, size_bytes, sha256, created_at, expires_at,
  deleted_at, metadata)
select id, organization_id, project_id, filename, media_type, size_bytes, sha256, created_at,
  created_at + interval '400 days', case when hashtext(id) % 20 = 0 then created_at end,
  jsonb_build_object('document_type', document_type)
from jobs where file_id is not null
"""
_NEWS = """
insert into announcements (id, organization_id, project_id, subject_id, type, facts, created_at, transaction)
select substr(id, 1, 12) || substr(md5(id || type), 1, 12), organization_id, project_id, id, type,
  jsonb_build_object('filename', filename), created_at, row_number() over (order by id) / 200
from jobs cross join (values ('job.queued'), ('job.completed')) kinds (type)
where created_at > now() - interval '60 days';
insert into webhooks (id, organization_id, project_id, url, event_types, description, scheme, include_fields, active,
  sealed_secret, created_at, updated_at)
values (lpad('', 24, 'b'), lpad('', 24, '0'), lpad('', 24, '0'), 'https://hooks.test', '{job.completed}', '', 'standard', false, true,
  '', now(), now());
insert into deliveries (id, organization_id, project_id, announcement_id, webhook_id, subject_id, event_type, target,
  status, attempts, next_attempt_at, created_at)
select id, organization_id, project_id, id, lpad('', 24, 'b'), subject_id, type, lpad('', 24, 'b'),
  case when hashtext(id) % 100 = 0 then 'exhausted' else 'delivered' end, 1, created_at, created_at
from announcements where organization_id = lpad('', 24, '0') and type = 'job.completed';
"""
_AUDIT = """
insert into audit (id, organization_id, project_id, key_id, action, subject_id, created_at)
select id, organization_id, project_id, lpad(to_hex(abs(hashtext(id)) % 50), 24, 'c'),
  (array['job.cancelled', 'job.purged', 'file.deleted', 'key.created'])[1 + (hashtext(id) & 3)], id, created_at
from jobs where hashtext(id) % 2 = 0
"""
_USAGE = """
insert into usage (project_id, month, key_id, organization_id, jobs, pages)
select project_id, date_trunc('month', created_at)::date, used, min(organization_id), count(*), sum(pages_done)
from jobs cross join (values (''), (lpad('1', 24, 'c')), (lpad('2', 24, 'c'))) keys (used)
group by project_id, date_trunc('month', created_at)::date, used
"""
_RECOUNTED = "truncate counters, counter_deltas"


def fill_others(admin_url: str) -> None:
    """For the jobs that `history_rows.fill` made."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute("set synchronous_commit = off")
        connection.execute("set session_replication_role = replica")
        with without_indexes(connection):
            for statement in (_LARGEST, _BATCHES, _TYPES):
                connection.execute(statement.encode())
        for statement in (_FILES, _NEWS, _AUDIT, _USAGE, _RECOUNTED, COUNTERS):
            connection.execute(statement.encode())
        connection.execute("vacuum analyze")
