"""How the fake store filters and sorts its jobs."""

from collections.abc import Callable
from typing import Any

from octavo.domain.ids import first_id_at
from octavo.domain.job import Job
from octavo.ports.history import JobQuery, JobSort


def _confidence(job: Job) -> float | None:
    of_fields = job.fields.summary.confidence if job.fields else None
    return job.mean_confidence if of_fields is None else of_fields


_SORTED_BY: dict[JobSort, Callable[[Job], Any]] = {
    JobSort.UPDATED: lambda job: job.updated_at,
    JobSort.FINISHED: lambda job: job.finished_at,
    JobSort.FILENAME: lambda job: job.filename,
    JobSort.CONFIDENCE: _confidence,
}


def in_order(jobs: list[Job], query: JobQuery) -> list[Job]:
    """What has no value comes last, either way."""
    value = _SORTED_BY.get(query.sort)
    if value is None:
        return jobs
    known = [job for job in jobs if value(job) is not None]
    known.sort(key=value, reverse=not query.oldest_first)
    return known + [job for job in jobs if value(job) is None]


def matches(job: Job, query: JobQuery) -> bool:
    created_from, created_before = query.created_from, query.created_before
    past = query.before is None or (job.id > query.before if query.oldest_first else job.id < query.before)
    return past and all(
        (
            not query.ids or job.id in query.ids,
            not query.statuses or job.status in query.statuses,
            query.text is None
            or query.text.lower() in (job.filename or "").lower()
            or job.options.template_id in query.text_templates,
            created_from is None or job.id >= first_id_at(created_from),
            created_before is None or job.id < first_id_at(created_before),
            query.media_type is None or job.media_type == query.media_type,
            query.engine is None or job.engine == query.engine,
            query.batch_id is None or job.batch_id == query.batch_id,
            not query.kept or not (job.purged_at or job.result_deleted_at),
            query.document_type is None or job.document_type == query.document_type,
            query.template_id is None or job.options.template_id == query.template_id,
            all(job.metadata.get(name) == value for name, value in query.metadata),
        )
    )
