"""Announcing: the event, and a delivery for everyone who wants it, in the caller's transaction.

Either all of it is committed with what it tells of, or nothing is.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from psycopg.types.json import Jsonb

from octavo.adapters.postgres.connect import Connection, one, run
from octavo.adapters.postgres.secrets import Sealer
from octavo.domain.event import EventType
from octavo.domain.ids import first_id_at, new_id
from octavo.domain.moments import to_text
from octavo.domain.webhook import Callback
from octavo.ports.webhooks import DELIVERIES

Row = dict[str, Any]

NEW_ID = "%(stamp)s || substr(md5(gen_random_uuid()::text), 1, 12)"
"""As `domain.ids.new_id`, where a statement makes as many as it needs; `stamp` is its first half."""

_ANNOUNCE = f"""
    with announced as (
      insert into announcements (id, organization_id, project_id, subject_id, type, facts, created_at, transaction)
      values (%(id)s, %(organization)s, %(project)s, %(subject)s, %(type)s, %(facts)s, %(now)s,
              pg_current_xact_id()::text::bigint)),
    wanted as (
      select id as webhook_id, 0::smallint as callback, id as target from webhooks
        where organization_id = %(organization)s and (project_id is null or project_id = %(project)s)
          and active and %(type)s = any(event_types)
      union all
      select null, position, target from callbacks where job_id = %(subject)s and %(type)s = any(event_types)),
    owed as (
      insert into deliveries (id, organization_id, project_id, announcement_id, webhook_id, callback, subject_id,
                              event_type, target, status, next_attempt_at, created_at)
      select {NEW_ID}, %(organization)s, %(project)s, %(id)s, webhook_id, callback, %(subject)s, %(type)s, target,
             'pending', %(now)s, %(now)s from wanted
      returning 1)
    select count(*) as owed from owed
"""
KEPT_FOR = timedelta(days=30)
FORGOTTEN_AT_ONCE = 2000
PROGRESS_STEPS = 10
"""News of progress a job makes at most."""
CHANNEL = "octavo_jobs"
"""Of the jobs' own news; the one connection that listens serves both."""
_SECRETS = ("filename", "metadata", "error", "document_type", "name", "description")
"""What an announcement knows of a document, and forgets with it."""


async def announce(
    connection: Connection,
    type_: EventType,
    *,
    organization_id: str,
    project_id: str | None,
    subject_id: str,
    facts: Mapping[str, Any],
    now: datetime,
) -> bool:
    """Whether anybody is to be told; the workers are woken when this commits.

    `facts`: JSON values, times as text; what receivers and the feed of events are shown.
    """
    row = await one(
        connection,
        _ANNOUNCE,
        _values(
            type_,
            organization_id=organization_id,
            project_id=project_id,
            subject_id=subject_id,
            facts=facts,
            now=now,
        ),
    )
    owed = bool(row and row["owed"])
    if owed:
        await wake_deliverers(connection)
    return owed


def _values(
    type_: EventType,
    *,
    organization_id: str,
    project_id: str | None,
    subject_id: str,
    facts: Mapping[str, Any],
    now: datetime,
) -> dict[str, Any]:
    id_ = new_id(now)
    return {
        "id": id_,
        "stamp": id_[:12],
        "organization": organization_id,
        "project": project_id,
        "subject": subject_id,
        "type": type_.value,
        "facts": Jsonb(dict(facts)),
        "now": now,
    }


async def announce_jobs(connection: Connection, jobs: Sequence[Row], type_: EventType, now: datetime) -> None:
    """As `announce_job`, of many at once; the workers are woken once."""
    async with connection.cursor() as cursor:
        await cursor.executemany(
            _ANNOUNCE,
            [
                _values(
                    type_,
                    organization_id=job["organization_id"],
                    project_id=job["project_id"],
                    subject_id=job["id"],
                    facts=job_facts(job),
                    now=now,
                )
                for job in jobs
            ],
        )
    await wake_deliverers(connection)


async def wake_deliverers(connection: Connection) -> None:
    await run(
        connection,
        "select pg_notify(%(channel)s, %(topic)s)",
        {"channel": CHANNEL, "topic": DELIVERIES},
    )


async def announce_job(connection: Connection, job: Row, type_: EventType, now: datetime) -> bool:
    """The job's row as it stands after the change."""
    return await announce(
        connection,
        type_,
        organization_id=job["organization_id"],
        project_id=job["project_id"],
        subject_id=job["id"],
        facts=job_facts(job),
        now=now,
    )


async def announce_progress(connection: Connection, job: Row, *, pages_before: int, now: datetime) -> None:
    """Where somebody asked for it, and another tenth of the pages is done; else nothing is written."""
    total = job["pages_total"] or 0
    if not total or pages_before * PROGRESS_STEPS // total == job["pages_done"] * PROGRESS_STEPS // total:
        return
    asked = await one(
        connection,
        """select 1 from callbacks where job_id = %(job)s and %(type)s = any(event_types)
           union all
           select 1 from webhooks where organization_id = %(organization)s
             and (project_id is null or project_id = %(project)s) and active and %(type)s = any(event_types)
           limit 1""",
        {
            "job": job["id"],
            "organization": job["organization_id"],
            "project": job["project_id"],
            "type": EventType.JOB_PROGRESS.value,
        },
    )
    if asked is not None:
        await announce_job(connection, job, EventType.JOB_PROGRESS, now)


def job_facts(job: Row) -> dict[str, Any]:
    """A job in short: enough to act on without asking, and nothing that stands in the document."""
    return {
        "status": job["status"],
        "attempt": job["attempt"],
        "filename": job["filename"],
        "media_type": job["media_type"],
        "size_bytes": job["size_bytes"],
        "document_type": job.get("document_type"),
        "pages_total": job["pages_total"],
        "pages_done": job["pages_done"],
        "pages_failed": job["pages_failed"],
        "cache_hit": job["cache_hit"],
        "mean_confidence": job["mean_confidence"],
        "error": job["error"],
        "metadata": job["metadata"],
        "created_at": _told(job["created_at"]),
        "started_at": _told(job["started_at"]),
        "finished_at": _told(job["finished_at"]),
    }


def _told(moment: datetime | None) -> str | None:
    return to_text(moment) if moment else None


async def keep_callbacks(
    connection: Connection, job: Row, callbacks: Sequence[Callback], *, sealer: Sealer
) -> None:
    """Beside a new job, before it is first announced."""
    for position, callback in enumerate(callbacks):
        await _keep_callback(connection, job, position, callback, sealer)


async def _keep_callback(
    connection: Connection, job: Row, position: int, callback: Callback, sealer: Sealer
) -> None:
    await run(
        connection,
        """insert into callbacks (job_id, position, url, target, event_types, scheme, sealed_secret, metadata)
           values (%(job)s, %(position)s, %(url)s, %(target)s, %(types)s, %(scheme)s, %(secret)s, %(metadata)s)""",
        {
            "job": job["id"],
            "position": position,
            "url": callback.url,
            "target": f"{job['project_id']}:{urlsplit(callback.url).hostname}",
            "types": [kind.value for kind in callback.event_types],
            "scheme": callback.scheme,
            "secret": sealer.seal(callback.secret) if callback.secret else None,
            "metadata": None if callback.metadata is None else Jsonb(callback.metadata),
        },
    )


async def forget_old(connection: Connection, now: datetime) -> int:
    """Announcements of more than a month ago, with their deliveries; some at a time."""
    return await run(
        connection,
        """delete from announcements where id in (
             select id from announcements where id < %(before)s order by id limit %(limit)s)""",
        {"before": first_id_at(now - KEPT_FOR), "limit": FORGOTTEN_AT_ONCE},
    )


async def erase(connection: Connection, subject_id: str, now: datetime) -> None:
    """What webhooks know of a purged job: its callbacks, its name; what was not sent is not sent."""
    params = {"subject": subject_id, "now": now, "secrets": list(_SECRETS)}
    await run(connection, "delete from callbacks where job_id = %(subject)s", params)
    await run(
        connection,
        """update deliveries set status = 'dropped', error = 'purged', finished_at = %(now)s
           where subject_id = %(subject)s and status = 'pending'""",
        params,
    )
    await run(
        connection,
        "update announcements set facts = facts - %(secrets)s::text[] where subject_id = %(subject)s",
        params,
    )
