"""How a tenant's history is asked for, and its numbers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from octavo.domain.ids import BatchId, JobId, TemplateId
from octavo.domain.job import JobStatus


class JobSort(StrEnum):
    """What a list is ordered by. Only `created` has an index of its own, and cursors go with it alone."""

    CREATED = "created"
    UPDATED = "updated"
    FINISHED = "finished"
    FILENAME = "filename"
    CONFIDENCE = "confidence"
    """Of the fields; where there are none, of the reading."""


@dataclass(frozen=True, slots=True)
class JobQuery:
    """Filters are joined by AND; empty ones do not filter."""

    ids: tuple[JobId, ...] = ()
    statuses: tuple[JobStatus, ...] = ()
    text: str | None = None
    """Part of the file name, any case."""
    text_templates: tuple[TemplateId, ...] = ()
    """Jobs that were sent with one of these match `text`, too."""
    created_from: datetime | None = None
    created_before: datetime | None = None
    media_type: str | None = None
    engine: str | None = None
    document_type: str | None = None
    """As it was found, or asked for while it was not."""
    template_id: TemplateId | None = None
    metadata: tuple[tuple[str, str], ...] = ()
    batch_id: BatchId | None = None
    kept: bool = False
    """Without what was purged, or has expired."""
    before: JobId | None = None
    """The cursor: only jobs older than this one (newer, when `oldest_first`)."""
    limit: int = 50
    oldest_first: bool = False
    offset: int = 0
    """Jobs to pass over: for lists by page number. The further, the slower; a cursor is always fast."""
    sort: JobSort = JobSort.CREATED


@dataclass(frozen=True, slots=True)
class StatsDay:
    day: str
    """YYYY-MM-DD, UTC."""
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class JobStats:
    """Counters, never scans: `by_status` is what stands now, `totals` all that ever happened."""

    by_status: dict[str, int]
    totals: dict[str, int]
    """`submitted`, `completed`, `failed`, `cancelled`, `pages`, `pages_failed`, `cache_hits`, `bytes`."""
    days: tuple[StatsDay, ...]
