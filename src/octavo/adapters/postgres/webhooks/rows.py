"""Rows of webhooks to values, by hand."""

from typing import Any

from octavo.domain.event import EventType
from octavo.domain.ids import OrganizationId, ProjectId, WebhookId
from octavo.domain.webhook import Announcement, Attempt, Delivery, DeliveryStatus, Endpoint

Row = dict[str, Any]


def endpoint_from_row(row: Row) -> Endpoint:
    return Endpoint(
        id=WebhookId(row["id"]),
        organization_id=OrganizationId(row["organization_id"]),
        project_id=ProjectId(row["project_id"]) if row["project_id"] else None,
        url=row["url"],
        event_types=tuple(EventType(kind) for kind in row["event_types"]),
        description=row["description"],
        scheme=row["scheme"],
        include_fields=row["include_fields"],
        active=row["active"],
        disabled_reason=row["disabled_reason"],
        failing_since=row["failing_since"],
        old_secret_until=row["old_secret_until"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )


def announcement_from_row(row: Row) -> Announcement:
    return Announcement(
        id=row["id"],
        organization_id=OrganizationId(row["organization_id"]),
        project_id=ProjectId(row["project_id"]) if row["project_id"] else None,
        subject_id=row["subject_id"],
        type=EventType(row["type"]),
        created_at=row["created_at"],
        facts=row["facts"],
        position=f"{row['transaction']}.{row['id']}",
    )


def delivery_from_row(row: Row, log: tuple[Attempt, ...] = ()) -> Delivery:
    status = DeliveryStatus(row["status"])
    return Delivery(
        id=row["id"],
        webhook_id=WebhookId(row["webhook_id"]) if row["webhook_id"] else None,
        event_id=row["announcement_id"],
        event_type=EventType(row["event_type"]),
        subject_id=row["subject_id"],
        status=status,
        attempts=row["attempts"],
        response_status=row["response_status"],
        latency_ms=row["latency_ms"],
        error=row["error"],
        created_at=row["created_at"],
        next_attempt_at=row["next_attempt_at"] if status is DeliveryStatus.PENDING else None,
        finished_at=row["finished_at"],
        log=log,
    )


def attempt_from_row(row: Row) -> Attempt:
    return Attempt(row["number"], row["started_at"], row["duration_ms"], row["response_status"], row["error"])
