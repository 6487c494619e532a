"""Webhooks: who is told what, and how the telling went.

An **announcement** is an event of an organization, written in the transaction that made it true. Each
endpoint and each job's callback that wants it gets a **delivery**, written with it; a delivery is
**attempted** until its receiver has it, or gives us up, or we give it up.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from octavo.domain.event import EventType
from octavo.domain.ids import JobId, OrganizationId, ProjectId, WebhookId

STANDARD = "standard"
ROTATION_OVERLAP = timedelta(hours=24)
"""How long the secret before the last rotation still signs, where both can and nobody says otherwise."""
LONGEST_OVERLAP_S = 7 * 86_400
FAILING_FOR = timedelta(days=5)
"""An endpoint that took nothing for this long is disabled when it wears out one more delivery."""
CALLBACK_GRACE = timedelta(hours=1)
"""How long an expired result waits for the job's own callback: delivered once, then forgotten."""

ANNOUNCED = tuple(kind for kind in EventType if kind not in {EventType.JOB_PAGE, EventType.WEBHOOK_TEST})
"""What endpoints can ask for."""
BY_DEFAULT = tuple(kind for kind in ANNOUNCED if kind is not EventType.JOB_PROGRESS)
"""What those are told that ask for nothing in particular."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A registered receiver. Its secret is shown once, when it is made or rotated."""

    id: WebhookId
    organization_id: OrganizationId
    project_id: ProjectId | None
    """None: told of every project of the organization."""
    url: str
    event_types: tuple[EventType, ...]
    description: str
    scheme: str
    """A name in the table of schemes: the form of its bodies and signatures."""
    include_fields: bool
    """Whether `job.completed` and `job.corrected` carry the fields; only the standard scheme asks."""
    active: bool
    disabled_reason: str | None
    """`by_owner`, `gone` (it answered 410) or `failing`; None while active."""
    failing_since: datetime | None
    """The first failure after the last success."""
    old_secret_until: datetime | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Callback:
    """A receiver for one job, given with its submission. Never shown again."""

    url: str
    secret: str | None
    """None: the first endpoint of the project with the same scheme lends its own."""
    event_types: tuple[EventType, ...]
    scheme: str = STANDARD
    metadata: dict[str, Any] | None = None
    """Told back in the body."""


@dataclass(frozen=True, slots=True)
class Announcement:
    id: str
    """24 hex digits; the same in every delivery and attempt."""
    organization_id: OrganizationId
    project_id: ProjectId | None
    subject_id: str
    """The job, batch, template or endpoint it is about, as its type's first word says."""
    type: EventType
    created_at: datetime
    facts: dict[str, Any]
    """JSON, as it stood then; what a purge left of it."""
    position: str = ""
    """In the feed of events: opaque, comes after what was committed before."""

    @property
    def job_id(self) -> JobId | None:
        return JobId(self.subject_id) if self.type.value.startswith("job.") else None


class DeliveryStatus(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    EXHAUSTED = "exhausted"
    """Every attempt failed."""
    DROPPED = "dropped"
    """Not to be sent any more: purged, disabled, or the receiver said it is gone."""


@dataclass(frozen=True, slots=True)
class Attempt:
    number: int
    """From 1."""
    started_at: datetime
    duration_ms: int
    response_status: int | None
    """None: no answer came."""
    error: str | None
    """Why no answer came, in one word."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is kept of a delivery: never its body."""

    id: str
    webhook_id: WebhookId | None
    """None: a job's callback."""
    event_id: str
    event_type: EventType
    subject_id: str
    status: DeliveryStatus
    attempts: int
    response_status: int | None
    latency_ms: int | None
    error: str | None
    created_at: datetime
    next_attempt_at: datetime | None
    """None: there will be none."""
    finished_at: datetime | None
    log: tuple[Attempt, ...] = ()
    """Oldest first; empty in lists."""
