"""The one transaction behind a `202`: job row, queue entry, event, counters, idempotency."""

from datetime import datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from octavo.adapters.postgres.batches.joining import join_batch
from octavo.adapters.postgres.connect import Connection, one, only, run
from octavo.adapters.postgres.rows import Row, options_to_row
from octavo.adapters.postgres.secrets import Sealer
from octavo.adapters.postgres.transitions import PLAN, count, end, enqueue, tell
from octavo.adapters.postgres.usage.charge import charge_submission
from octavo.adapters.postgres.webhooks.announce import keep_callbacks
from octavo.domain.errors import IdempotencyConflict
from octavo.domain.event import EventType
from octavo.domain.job import NO_FIELDS, FieldsStanding, Job, JobStatus
from octavo.domain.usage import month_of
from octavo.ports.store import NewJob

INSERT_JOB = """
    insert into jobs (id, organization_id, project_id, key_id, file_id, status, stage, priority, options,
      sealed_password, filename, media_type, size_bytes, sha256, page_count, pages_total, engine,
      engine_digest, cache_key, cache_hit, metadata, source_retention_s, result_retention_s, created_at,
      updated_at, source_expires_at, document_type, template_id, batch_id, replay_of,
      charged_pages, charged_month, version)
    values (%(id)s, %(organization)s, %(project)s, %(key_id)s, %(file_id)s, 'queued', 'waiting',
      %(priority)s, %(options)s, %(sealed_password)s, %(filename)s, %(media_type)s, %(size)s, %(sha256)s,
      %(page_count)s, %(pages_total)s, %(engine)s, %(engine_digest)s, %(cache_key)s, %(cache_hit)s,
      %(metadata)s, %(source_retention)s, %(result_retention)s, %(now)s, %(now)s,
      %(now)s::timestamptz + make_interval(secs => %(source_retention)s), %(document_type)s, %(template_id)s,
      %(batch_id)s, %(replay_of)s, %(charged_pages)s, %(charged_month)s, 1)
    returning *
"""
CLAIMS = 3
"""A key that was there and is gone a moment later (it grew old, its job was purged) is claimed again."""


async def insert_submission(
    connection: Connection, new: NewJob, project: Row, *, sealer: Sealer, now: datetime
) -> tuple[Row, bool]:
    """The job's row and whether it is new.

    Raises `IdempotencyConflict`, `PageQuotaExceeded`; `NotFound`, `Conflict` for the batch.
    """
    if new.idempotency_key is not None:
        earlier = await _claim_idempotency(connection, new, now)
        if earlier is not None:
            return earlier, False
    row = await only(connection, INSERT_JOB, job_values(new, project, sealer, now))
    if new.batch_id is not None:
        until = now + timedelta(seconds=row["result_retention_s"])
        await join_batch(connection, new.batch_id, new.project_id, until)
    await keep_callbacks(connection, row, new.callbacks, sealer=sealer)
    await tell(connection, row, EventType.JOB_QUEUED, {"status": "queued"}, now)
    await count(
        connection,
        row,
        {
            "submitted": 1,
            "bytes": new.size_bytes,
            "status:queued": 1,
            "cache_hits": 1 if new.cached_from else 0,
        },
        now,
    )
    await charge_submission(connection, row, now, project["pages_per_month"])
    if new.cached_from is not None:
        return await _complete_from_cache(connection, row, new.cached_from, new.cached_fields, now), True
    await enqueue(connection, row, PLAN, [{}], [1])
    return row, True


async def _claim_idempotency(connection: Connection, new: NewJob, now: datetime) -> Row | None:
    """Claim the key for the new job, or return the job it stands for.

    The insert waits for a concurrent claim of the same key to commit, so two equal requests at
    once make one job.
    """
    for _ in range(CLAIMS):
        if await _insert_claim(connection, new, now):
            return None
        row = await one(
            connection,
            """select j.*, i.fingerprint from idempotency_keys i join jobs j on j.id = i.job_id
               where i.project_id = %(project)s and i.key = %(key)s""",
            {"project": new.project_id, "key": new.idempotency_key},
        )
        if row is not None and row["fingerprint"] == new.fingerprint:
            return row
        if row is not None:
            break
    raise IdempotencyConflict(
        "This Idempotency-Key was used for a different request. Use a new key for a new request."
    )


async def _insert_claim(connection: Connection, new: NewJob, now: datetime) -> bool:
    return (
        await run(
            connection,
            """insert into idempotency_keys (project_id, key, fingerprint, job_id, created_at)
           values (%(project)s, %(key)s, %(fingerprint)s, %(job)s, %(now)s) on conflict do nothing""",
            {
                "project": new.project_id,
                "key": new.idempotency_key,
                "fingerprint": new.fingerprint,
                "job": new.id,
                "now": now,
            },
        )
        == 1
    )


def job_values(new: NewJob, project: Row, sealer: Sealer, now: datetime) -> dict[str, Any]:
    """For `INSERT_JOB`."""
    source_retention, result_retention = new.source_retention_s, new.result_retention_s
    password = new.options.password
    return {
        "id": new.id,
        "organization": project["organization_id"],
        "project": new.project_id,
        "key_id": new.key_id,
        "file_id": new.file_id,
        "priority": int(new.priority),
        "options": Jsonb(options_to_row(new.options)),
        "sealed_password": sealer.seal(password) if password else None,
        "filename": new.filename,
        "media_type": new.media_type,
        "size": new.size_bytes,
        "sha256": new.sha256,
        "page_count": new.page_count,
        "pages_total": new.pages_total,
        "engine": new.engine,
        "engine_digest": new.engine_digest,
        "cache_key": new.cache_key,
        "cache_hit": new.cached_from is not None,
        "metadata": Jsonb(new.metadata),
        **_belongings(new, now),
        # 0 is a wish too: gone as soon as it may go.
        "source_retention": project["source_retention_s"] if source_retention is None else source_retention,
        "result_retention": project["result_retention_s"] if result_retention is None else result_retention,
        "now": now,
    }


def _belongings(new: NewJob, now: datetime) -> dict[str, Any]:
    """What the job is part of, and what it costs."""
    document_type = new.options.document_type
    return {
        "document_type": document_type if document_type != NO_FIELDS else None,
        "template_id": new.options.template_id,
        "batch_id": new.batch_id,
        "replay_of": new.replay_of,
        "charged_pages": 0 if new.cached_from else new.pages_total,
        "charged_month": month_of(now),
    }


async def _complete_from_cache(
    connection: Connection, row: Row, earlier: Job, fields: FieldsStanding | None, now: datetime
) -> Row:
    """All pages count as done at once: they were read before, and are told as this job's own.

    Their bytes are the other job's; a completed job's pages are read from its document.
    """
    params = {"job": row["id"], "earlier": earlier.id, "now": now}
    await run(
        connection,
        """insert into pages (job_id, number, sequence, attempt, blob_key, blob_offset, blob_length, failure,
                              characters, grounded_characters, confidence, duration_ms, finished_at)
           select %(job)s, number, 1 + row_number() over (order by number), 1, null, 0, 0, failure,
                  characters, grounded_characters, confidence, duration_ms, %(now)s
           from pages where job_id = %(earlier)s""",
        params,
    )
    told = await only(
        connection,
        """update jobs set pages_done = pages_total, started_at = %(now)s,
             version = version + (select count(*) from pages where job_id = %(job)s)
           where id = %(job)s returning *""",
        params,
    )
    return await end(
        connection,
        told,
        JobStatus.COMPLETED,
        now=now,
        mean_confidence=earlier.mean_confidence,
        pages_failed=0,
        fields=fields,
    )
