"""Counting what is used, inside the transactions that use it.

The project's row of the month is locked from here to the commit, so that submissions at the same
moment cannot together exceed a quota. They wait for one another anyway, for the project's clock in
the queue (`queue.sql`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from octavo.adapters.postgres.connect import Connection, one, only, run
from octavo.adapters.postgres.rows import Row
from octavo.domain.field import ModelUse
from octavo.domain.moments import to_text
from octavo.domain.usage import PageQuotaExceeded, month_of, next_month

WHOLE_PROJECT = ""
"""The key of the row that stands for all keys."""

CHARGE = """
    with whole as (
      insert into usage as known (project_id, month, key_id, organization_id, jobs, pages, bytes, cache_hits)
      select %(project)s, %(month)s, '', %(organization)s, %(jobs)s, %(pages)s, %(bytes)s, %(cache_hits)s
        where %(pages)s = 0 or %(quota)s::bigint is null or %(pages)s <= %(quota)s
      on conflict (project_id, month, key_id) do update set
          jobs = known.jobs + excluded.jobs, pages = known.pages + excluded.pages,
          bytes = known.bytes + excluded.bytes, cache_hits = known.cache_hits + excluded.cache_hits
        where %(pages)s = 0 or %(quota)s::bigint is null or known.pages + excluded.pages <= %(quota)s
      returning pages),
    part as (
      insert into usage as known (project_id, month, key_id, organization_id, jobs, pages, bytes, cache_hits)
      select %(project)s, %(month)s, %(key)s::text, %(organization)s, %(jobs)s, %(pages)s, %(bytes)s, %(cache_hits)s
        from whole where %(key)s::text is not null
      on conflict (project_id, month, key_id) do update set
          jobs = known.jobs + excluded.jobs, pages = known.pages + excluded.pages,
          bytes = known.bytes + excluded.bytes, cache_hits = known.cache_hits + excluded.cache_hits)
    select pages from whole
"""


async def charge_submission(connection: Connection, job: Row, now: datetime, quota: int | None) -> None:
    """Count a job that was just inserted. Raises `PageQuotaExceeded`; the transaction is to end then."""
    await _charge(
        connection,
        job,
        now,
        quota,
        jobs=1,
        pages=job["charged_pages"],
        size=job["size_bytes"],
        cache_hits=int(job["cache_hit"]),
    )


async def charge_submissions(connection: Connection, jobs: Sequence[Row], now: datetime) -> None:
    """As `charge_submission`, of one project's jobs and one key's, which `room_for` let in before."""
    await _charge(
        connection,
        jobs[0],
        now,
        None,
        jobs=len(jobs),
        pages=sum(job["charged_pages"] for job in jobs),
        size=sum(job["size_bytes"] for job in jobs),
        cache_hits=0,
    )


async def room_for(
    connection: Connection, project: Row, pages: Sequence[int], now: datetime
) -> list[PageQuotaExceeded | None]:
    """For each of these documents, in their order, why its pages do not fit any more; None: they do.

    The project's month is locked from here to the commit.
    """
    quota, month = project["pages_per_month"], month_of(now)
    if quota is None:
        return [None] * len(pages)
    values = {"project": project["id"], "organization": project["organization_id"], "month": month}
    await run(
        connection,
        """insert into usage (project_id, month, key_id, organization_id)
           values (%(project)s, %(month)s, '', %(organization)s) on conflict do nothing""",
        values,
    )
    row = await only(
        connection,
        "select pages from usage where project_id = %(project)s and month = %(month)s and key_id = '' for update",
        values,
    )
    used, found = row["pages"], list[PageQuotaExceeded | None]()
    for count in pages:
        fits = not count or used + count <= quota
        found.append(None if fits else _exceeded(quota, count, now))
        used += count if fits else 0
    return found


async def charge_retry(connection: Connection, job: Row, now: datetime) -> None:
    """Count the pages again that were given back when the job ended. Raises `PageQuotaExceeded`."""
    missing = max(0, (job["pages_total"] or 0) - job["charged_pages"])
    if not missing:
        return
    project = await one(
        connection, "select pages_per_month from projects where id = %(id)s", {"id": job["project_id"]}
    )
    quota = project["pages_per_month"] if project else None
    await _charge(connection, job, now, quota, jobs=0, pages=missing, size=0, cache_hits=0)
    await run(
        connection,
        "update jobs set charged_pages = charged_pages + %(pages)s, charged_month = %(month)s where id = %(job)s",
        {"pages": missing, "month": month_of(now), "job": job["id"]},
    )


async def charge_model(connection: Connection, job: Row, use: ModelUse, now: datetime) -> None:
    """Count the tokens that a language model took for a job that has just ended; the whole project's row first."""
    await run(
        connection,
        """insert into usage as known
             (project_id, month, key_id, organization_id, model_input_tokens, model_output_tokens)
           select %(project)s, %(month)s, key_id, %(organization)s, %(input)s, %(output)s
             from unnest(%(keys)s::text[]) as key_id order by key_id
           on conflict (project_id, month, key_id) do update set
             model_input_tokens = known.model_input_tokens + excluded.model_input_tokens,
             model_output_tokens = known.model_output_tokens + excluded.model_output_tokens""",
        {
            "project": job["project_id"],
            "organization": job["organization_id"],
            "month": month_of(now),
            "keys": [WHOLE_PROJECT, *([job["key_id"]] if job["key_id"] else [])],
            "input": use.input_tokens,
            "output": use.output_tokens,
        },
    )


async def give_back(connection: Connection, job: Row) -> None:
    """A job ended without reading these pages; a page that was given up was read all the same."""
    unread = job["charged_pages"] - job["pages_done"]
    if unread <= 0:
        return
    values = {
        "project": job["project_id"],
        "month": job["charged_month"],
        "keys": [WHOLE_PROJECT, *([job["key_id"]] if job["key_id"] else [])],
        "pages": unread,
        "job": job["id"],
    }
    await run(
        connection,
        """with held as (select project_id, month, key_id from usage
                           where project_id = %(project)s and month = %(month)s and key_id = any(%(keys)s)
                           order by key_id for update)
           update usage set pages = greatest(0, usage.pages - %(pages)s) from held
           where usage.project_id = held.project_id and usage.month = held.month and usage.key_id = held.key_id""",
        values,
    )
    await run(
        connection,
        "update jobs set charged_pages = charged_pages - %(pages)s where id = %(job)s",
        values,
    )


async def _charge(
    connection: Connection,
    job: Row,
    now: datetime,
    quota: int | None,
    *,
    jobs: int,
    pages: int,
    size: int,
    cache_hits: int,
) -> None:
    month = month_of(now)
    values: dict[str, Any] = {
        "project": job["project_id"],
        "organization": job["organization_id"],
        "key": job["key_id"],
        "month": month,
        "jobs": jobs,
        "pages": pages,
        "bytes": size,
        "cache_hits": cache_hits,
        "quota": quota,
    }
    if await one(connection, CHARGE, values) is None:
        raise _exceeded(quota, pages, now)


def _exceeded(quota: int | None, pages: int, now: datetime) -> PageQuotaExceeded:
    resets_at = next_month(month_of(now))
    return PageQuotaExceeded(
        f"This project has a limit of {quota} pages a month; the pages of this document ({pages}) do not fit any more.",
        limit=quota,
        pages=pages,
        resets_at=to_text(resets_at),
        retry_after_s=max(1, int((resets_at - now).total_seconds())),
    )
