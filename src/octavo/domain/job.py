"""A job: one document on its way from submission to a final state."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from octavo.domain.errors import InvalidRequest
from octavo.domain.field import FieldsSummary
from octavo.domain.ids import BatchId, FileId, JobId, KeyId, OrganizationId, ProjectId, TemplateId
from octavo.domain.template import InlineTemplate
from octavo.domain.template_json import inline_to_json


class JobStatus(StrEnum):
    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        return self in FINAL_STATUSES


FINAL_STATUSES = frozenset({JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED})

TRANSITIONS: dict[JobStatus, frozenset[JobStatus]] = {
    JobStatus.QUEUED: frozenset(
        {JobStatus.PROCESSING, JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED}
    ),
    JobStatus.PROCESSING: frozenset({JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED}),
    JobStatus.COMPLETED: frozenset(),
    JobStatus.FAILED: frozenset({JobStatus.QUEUED}),
    JobStatus.CANCELLED: frozenset({JobStatus.QUEUED}),
}
"""What may follow what. Back to `queued` is a retry; `queued` to `completed` is a cache hit."""


class Stage(StrEnum):
    """What is being done, for progress."""

    WAITING = "waiting"
    PLANNING = "planning"
    READING = "reading"
    ASSEMBLING = "assembling"
    DONE = "done"


class Priority(IntEnum):
    LOW = 0
    MEDIUM = 1
    HIGH = 2
    URGENT = 3


class Profile(StrEnum):
    """How thoroughly a document is read."""

    FAST = "fast"
    """Text only: no layout model, no figures."""
    STANDARD = "standard"
    ADVANCED = "advanced"
    """A second reading, diagrams, charts, and the text in pictures."""


@dataclass(frozen=True, slots=True)
class PageSelection:
    """Which pages to read: ordered, merged, inclusive ranges from 1; empty means all."""

    ranges: tuple[tuple[int, int], ...] = ()

    @classmethod
    def parse(cls, text: str | None) -> "PageSelection":
        """From `1-3,7,10-`; raises `InvalidRequest` that says which part is wrong."""
        if text is None or not text.strip():
            return cls()
        return cls.of([_parse_range(part.strip()) for part in text.split(",")])

    @classmethod
    def of(cls, ranges: list[tuple[int, int]]) -> "PageSelection":
        merged: list[tuple[int, int]] = []
        for first, last in sorted(ranges):
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(merged[-1][1], last))
            else:
                merged.append((first, last))
        return cls(tuple(merged))

    def resolve(self, page_count: int) -> "PageSelection":
        """Cut to a document of `page_count` pages; raises `InvalidRequest` when nothing is left."""
        ranges = self.ranges or ((1, page_count),)
        kept = [(first, min(last, page_count)) for first, last in ranges if first <= page_count]
        if not kept:
            raise InvalidRequest(
                f"The document has {page_count} pages; none of the pages asked for is among them.",
                option="pages",
                page_count=page_count,
            )
        return PageSelection(tuple(kept))

    def count(self) -> int:
        """How many pages; only of a resolved selection."""
        return sum(last - first + 1 for first, last in self.ranges)

    def numbers(self, start: int, stop: int) -> list[int]:
        """The page numbers at positions `start` (from 0) up to, without, `stop`."""
        found: list[int] = []
        offset = 0
        for first, last in self.ranges:
            length = last - first + 1
            low, high = max(start - offset, 0), min(stop - offset, length)
            found.extend(range(first + low, first + high))
            offset += length
            if offset >= stop:
                break
        return found

    def __str__(self) -> str:
        return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in self.ranges)


_LAST_PAGE = 2**31 - 1
_RANGE = re.compile(r"(\d{1,9})(?:\s*-\s*(\d{1,9})?)?")


def _parse_range(part: str) -> tuple[int, int]:
    match = _RANGE.fullmatch(part)
    if match is None:
        raise InvalidRequest(f"{part!r} is no page range; write pages like 1-3,7.", option="pages")
    first = int(match[1])
    last = int(match[2]) if match[2] else (_LAST_PAGE if "-" in part else first)
    if first < 1 or last < first:
        raise InvalidRequest(f"{part!r} is no page range: pages start at 1 and go up.", option="pages")
    return first, last


NO_FIELDS = "none"
"""The document type of those who want the text alone."""


@dataclass(frozen=True, slots=True)
class JobOptions:
    """What the caller asked for. Only `canonical()` decides whether two requests are the same work."""

    engine: str = "auto"
    profile: Profile = Profile.STANDARD
    languages: tuple[str, ...] = ()
    """BCP 47 primary tags (`de`, `zh`); empty lets the engine decide."""
    pages: PageSelection = PageSelection()
    password: str | None = None
    """Never in `canonical()`, never shown; erased when the job has completed, or with its source."""
    document_type: str | None = None
    """Whose fields are looked for; None: find out. `NO_FIELDS`: none are."""
    document_types: tuple[str, ...] = ()
    """Without one: which it may be found to be, the first where none of them shows; empty: any."""
    template_id: TemplateId | None = None
    template_version: int | None = None
    """Set whenever `template_id` is, once the job is submitted."""
    template: InlineTemplate | None = None
    """This schema instead of the stored one's; with `template_id`, its model is asked."""
    ink_only: bool = False
    """Read every page from its ink, as if no page had a text layer."""
    time_limit_s: float | None = None
    """Pages that are not begun this long after reading began are left out; the first always is begun."""
    use_model: bool | None = None
    """Whether the language model of the template or project is asked; None: where there is one."""
    model: str | None = None
    """Which one, once the job is submitted; None where none is asked. See `ModelChoice.identity`."""
    require_model: bool = False
    """The job fails where its model is not heard, instead of doing without."""
    model_only: bool = False
    """The fields are what the model says, with nothing found beside it. Such a job requires its model."""

    @property
    def wants_fields(self) -> bool:
        """Who wants it fast wants fields only where the request says which."""
        if self.document_type == NO_FIELDS:
            return False
        is_asked = bool(self.document_type or self.document_types or self.template_id or self.template)
        return is_asked or self.profile is not Profile.FAST

    def canonical(self) -> dict[str, Any]:
        """The options that change a result, in one form: part of the cache key."""
        return {
            "engine": self.engine,
            "profile": self.profile.value,
            "languages": sorted(self.languages),
            "pages": str(self.pages),
            "document_type": self.document_type,
            "template_id": self.template_id,
            "template_version": self.template_version,
            **({"document_types": list(self.document_types)} if self.document_types else {}),
            **({"ink_only": True} if self.ink_only else {}),
            **({"time_limit_s": self.time_limit_s} if self.time_limit_s is not None else {}),
            **({"use_model": self.use_model} if self.use_model is not None else {}),
            **({"model": self.model} if self.model is not None else {}),
            **({"template": inline_to_json(self.template)} if self.template is not None else {}),
            **({"require_model": True} if self.require_model else {}),
            **({"model_only": True} if self.model_only else {}),
        }


@dataclass(frozen=True, slots=True)
class FieldsStanding:
    """What a job's row knows of its fields; the fields themselves are a blob."""

    version: int
    """From 1, as they were found; each correction adds one."""
    blob_key: str
    summary: FieldsSummary


@dataclass(frozen=True, slots=True)
class JobError:
    code: str
    summary: str
    retryable: bool
    step: Stage


@dataclass(frozen=True, slots=True)
class Progress:
    pages_done: int
    """Read or given up; never falls within an attempt."""
    pages_failed: int
    pages_total: int | None
    """None until the document was opened."""
    stage: Stage
    pages_per_s: float | None = None
    eta_s: float | None = None
    queue_position: int | None = None
    """How many tasks of others stand before this job; only while queued."""

    @property
    def percent(self) -> int:
        """0-100; 100 only when the job has ended well."""
        if self.stage is Stage.DONE:
            return 100
        if not self.pages_total:
            return 0
        return min(99, self.pages_done * 99 // self.pages_total)


@dataclass(frozen=True, slots=True)
class Job:
    """One job as its row stands."""

    id: JobId
    organization_id: OrganizationId
    project_id: ProjectId
    key_id: KeyId | None
    file_id: FileId | None
    status: JobStatus
    stage: Stage
    priority: Priority
    options: JobOptions
    filename: str | None
    media_type: str
    size_bytes: int
    sha256: str
    page_count: int | None
    """Pages of the document."""
    pages_total: int | None
    """Pages selected."""
    pages_done: int
    pages_failed: int
    attempt: int
    """From 1; each retry adds one."""
    engine: str
    """The engine chosen for this job, with its digest in `engine_digest`."""
    engine_digest: str
    cache_key: str
    cache_hit: bool
    mean_confidence: float | None
    error: JobError | None
    metadata: dict[str, Any]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    updated_at: datetime
    source_expires_at: datetime
    result_expires_at: datetime | None
    """None until the job has ended."""
    source_deleted_at: datetime | None = None
    result_deleted_at: datetime | None = None
    purged_at: datetime | None = None
    version: int = 0
    """Grows with every change of the row: the ETag of a status read and the event sequence."""
    queue_position: int | None = None
    pages_kept: int = 0
    """Of `pages_done`: read by earlier attempts."""
    fields: FieldsStanding | None = None
    """None until they were looked for, and where they are not."""
    batch_id: BatchId | None = None
    replay_of: JobId | None = None
    """The job whose source this one reads again."""

    @property
    def document_type(self) -> str | None:
        """As it was found; until then, and where it is not looked for, as the caller said."""
        if self.fields is not None:
            return self.fields.summary.document_type
        return self.options.document_type if self.options.document_type != NO_FIELDS else None

    def progress(self, now: datetime) -> Progress:
        """Progress as seen at `now`; speed and time left come from this attempt's own pages."""
        speed = eta = None
        if self.status is JobStatus.PROCESSING and self.started_at and self.pages_done > self.pages_kept:
            elapsed = max(0.001, (now - self.started_at).total_seconds())
            speed = round((self.pages_done - self.pages_kept) / elapsed, 3)
            if self.pages_total is not None:
                eta = round((self.pages_total - self.pages_done) / speed, 1) if speed else None
        stage = Stage.DONE if self.status is JobStatus.COMPLETED else self.stage
        return Progress(
            pages_done=self.pages_done,
            pages_failed=self.pages_failed,
            pages_total=self.pages_total,
            stage=stage,
            pages_per_s=speed,
            eta_s=eta,
            queue_position=self.queue_position if self.status is JobStatus.QUEUED else None,
        )
