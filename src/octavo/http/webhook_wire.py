"""Webhooks as the API takes and tells them."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from octavo.domain.event import EventType
from octavo.domain.webhook import (
    ANNOUNCED,
    LONGEST_OVERLAP_S,
    Announcement,
    Attempt,
    Delivery,
    DeliveryStatus,
    Endpoint,
)
from octavo.http.identifiers import BATCH, DELIVERY, EVENT, JOB, ORGANIZATION, PROJECT, TEMPLATE, WEBHOOK
from octavo.http.options import Text

EventTypes = Annotated[list[EventType], Field(max_length=len(ANNOUNCED))]
Url = Annotated[Text, Field(min_length=1, max_length=2048)]
Description = Annotated[Text, Field(max_length=1000)]
Secret = Annotated[Text, Field(min_length=8, max_length=512)]

_SUBJECTS = {"job": JOB, "batch": BATCH, "template": TEMPLATE, "webhook": WEBHOOK}


class NewWebhook(BaseModel):
    model_config = ConfigDict(extra="forbid")

    url: Url
    event_types: EventTypes = []
    """Empty: every event that the scheme has a word for."""
    description: Description = ""
    scheme: Annotated[str, Field(max_length=40)] = "standard"
    include_fields: bool = False
    """Whether `job.completed` and `job.corrected` carry the fields (scheme `standard`)."""
    active: bool = True
    project_id: str | None = None
    """Null: the key's project, or every project of its organization."""
    secret: Secret | None = None
    """Null: one is made."""


class ChangedWebhook(BaseModel):
    """What is left out stays."""

    model_config = ConfigDict(extra="forbid")

    url: Url | None = None
    event_types: EventTypes | None = None
    description: Description | None = None
    include_fields: bool | None = None
    active: bool | None = None

    def changes(self) -> dict[str, Any]:
        return self.model_dump(exclude_none=True)


class RotatedSecret(BaseModel):
    model_config = ConfigDict(extra="forbid")

    secret: Secret | None = None
    """Null: one is made."""
    overlap_s: Annotated[int, Field(ge=0, le=LONGEST_OVERLAP_S)] | None = None
    """How long the old secret still holds. The standard scheme signs with both for so long (null: a day). The
    vendors' have one signature: by the old secret for so long, with the new one's in a second header,
    `<header>-New` (null: 0, the new secret signs at once)."""


class WebhookAnswer(BaseModel):
    id: str
    organization_id: str
    project_id: str | None
    url: str
    event_types: list[EventType]
    description: str
    scheme: str
    include_fields: bool
    active: bool
    disabled_reason: str | None
    """`by_owner`, `gone` (it answered 410) or `failing`; null while active."""
    failing_since: datetime | None
    old_secret_until: datetime | None
    """Until then the secret before the last rotation still holds."""
    created_at: datetime
    updated_at: datetime


class NewWebhookAnswer(WebhookAnswer):
    secret: str
    """Here and never again."""


class WebhookListAnswer(BaseModel):
    webhooks: list[WebhookAnswer]
    next_cursor: str | None


class AttemptAnswer(BaseModel):
    number: int
    started_at: datetime
    duration_ms: int
    response_status: int | None
    error: str | None


class DeliveryAnswer(BaseModel):
    """A delivery without its body: bodies are made for each attempt and never kept."""

    id: str
    webhook_id: str | None
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
    finished_at: datetime | None


class DeliveryDetailAnswer(DeliveryAnswer):
    log: list[AttemptAnswer]


class DeliveryListAnswer(BaseModel):
    deliveries: list[DeliveryAnswer]
    next_cursor: str | None


class AnnouncementAnswer(BaseModel):
    id: str
    type: EventType
    project_id: str | None
    subject_id: str
    created_at: datetime
    data: dict[str, Any]


class AnnouncementListAnswer(BaseModel):
    events: list[AnnouncementAnswer]
    next_cursor: str | None
    """Where the next call goes on; the same place again where nothing new has happened."""


def render_webhook(endpoint: Endpoint) -> WebhookAnswer:
    return WebhookAnswer(**_members(endpoint))


def render_new_webhook(endpoint: Endpoint, secret: str) -> NewWebhookAnswer:
    return NewWebhookAnswer(**_members(endpoint), secret=secret)


def _members(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "id": WEBHOOK + endpoint.id,
        "organization_id": ORGANIZATION + endpoint.organization_id,
        "project_id": PROJECT + endpoint.project_id if endpoint.project_id else None,
        "url": endpoint.url,
        "event_types": list(endpoint.event_types),
        "description": endpoint.description,
        "scheme": endpoint.scheme,
        "include_fields": endpoint.include_fields,
        "active": endpoint.active,
        "disabled_reason": endpoint.disabled_reason,
        "failing_since": endpoint.failing_since,
        "old_secret_until": endpoint.old_secret_until,
        "created_at": endpoint.created_at,
        "updated_at": endpoint.updated_at,
    }


def render_delivery(delivery: Delivery) -> DeliveryAnswer:
    return DeliveryAnswer(**_delivery_members(delivery))


def render_delivery_detail(delivery: Delivery) -> DeliveryDetailAnswer:
    return DeliveryDetailAnswer(**_delivery_members(delivery), log=[_attempt(one) for one in delivery.log])


def _attempt(attempt: Attempt) -> AttemptAnswer:
    return AttemptAnswer(
        number=attempt.number,
        started_at=attempt.started_at,
        duration_ms=attempt.duration_ms,
        response_status=attempt.response_status,
        error=attempt.error,
    )


def _delivery_members(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": DELIVERY + delivery.id,
        "webhook_id": WEBHOOK + delivery.webhook_id if delivery.webhook_id else None,
        "event_id": EVENT + delivery.event_id,
        "event_type": delivery.event_type,
        "subject_id": _subject(delivery.event_type, delivery.subject_id),
        "status": delivery.status,
        "attempts": delivery.attempts,
        "response_status": delivery.response_status,
        "latency_ms": delivery.latency_ms,
        "error": delivery.error,
        "created_at": delivery.created_at,
        "next_attempt_at": delivery.next_attempt_at,
        "finished_at": delivery.finished_at,
    }


def render_announcement(event: Announcement) -> AnnouncementAnswer:
    return AnnouncementAnswer(
        id=EVENT + event.id,
        type=event.type,
        project_id=PROJECT + event.project_id if event.project_id else None,
        subject_id=_subject(event.type, event.subject_id),
        created_at=event.created_at,
        data=event.facts,
    )


def _subject(type_: EventType, id_: str) -> str:
    return _SUBJECTS[type_.value.partition(".")[0]] + id_
