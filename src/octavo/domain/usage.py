"""What was used, by calendar month (UTC), and how much may be."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from octavo.domain.errors import QuotaExceeded
from octavo.domain.ids import KeyId, ProjectId


@dataclass(frozen=True, slots=True)
class Usage:
    """One project's month, or one key's part of it.

    Pages count when they are accepted; those of a job that failed or was cancelled before it read
    them are given back. What was answered from the cache costs no pages.
    """

    month: date
    """Its first day."""
    project_id: ProjectId
    key_id: KeyId | None
    """None: all of the project's keys together."""
    jobs: int
    pages: int
    bytes: int
    cache_hits: int
    model_input_tokens: int = 0
    """That language models took, as their endpoints count; counted when the job has ended."""
    model_output_tokens: int = 0


@dataclass(frozen=True, slots=True)
class PageQuota:
    """Of one project, now."""

    pages_per_month: int | None
    """None: no limit."""
    used: int
    resets_at: datetime

    @property
    def remaining(self) -> int | None:
        return None if self.pages_per_month is None else max(0, self.pages_per_month - self.used)


class PageQuotaExceeded(QuotaExceeded):
    """The document's pages do not fit into what the project may still read this month."""

    code = "page_quota_exceeded"


def month_of(moment: datetime) -> date:
    return moment.astimezone(UTC).date().replace(day=1)


def next_month(month: date) -> datetime:
    """When the month after this one begins."""
    year, index = divmod(month.year * 12 + month.month, 12)
    return datetime(year, index + 1, 1, tzinfo=UTC)
