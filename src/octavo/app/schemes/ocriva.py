"""Ocriva's webhooks (its pages on webhook set-up and events): eight events in one envelope.

`X-Webhook-Signature` is HMAC-SHA256 of the raw body with the secret as key. Inferred: bare lower-case
hex without a prefix; `webhook.test` as a test's name; a cancelled job is told as failed.
"""

from octavo.app.schemes.scheme import Body, Scheme, Told
from octavo.app.schemes.signing import check_text_secret, hex_hmac, in_turn, text_secret, to_milliseconds
from octavo.domain.event import EventType

EVENTS = {
    EventType.JOB_QUEUED: "document.uploaded",
    EventType.JOB_COMPLETED: "document.processed",
    EventType.JOB_FAILED: "document.failed",
    EventType.JOB_CANCELLED: "document.failed",
    EventType.BATCH_CREATED: "batch.uploaded",
    EventType.BATCH_COMPLETED: "batch.completed",
    EventType.TEMPLATE_CREATED: "template.created",
    EventType.TEMPLATE_UPDATED: "template.updated",
    EventType.TEMPLATE_DELETED: "template.deleted",
    EventType.WEBHOOK_TEST: "webhook.test",
}


def event_id(told: Told) -> str:
    """`evt_<milliseconds since 1970>_<six characters>`, the moment being the event's."""
    return f"evt_{int(told.event.id[:12], 16)}_{told.event.id[-6:]}"


def envelope(told: Told) -> Body:
    body: Body = {
        "eventType": EVENTS[told.event.type],
        "eventId": event_id(told),
        "timestamp": to_milliseconds(told.event.created_at),
        "organizationId": told.event.organization_id,
    }
    if told.event.project_id is not None:
        body["projectId"] = told.event.project_id
    return {**body, "payload": {"id": told.event.subject_id}}


def sign(_: Told, body: bytes, secrets: tuple[str, ...]) -> dict[str, str]:
    return in_turn("X-Webhook-Signature", secrets, lambda secret: hex_hmac(secret, body))


SCHEME = Scheme(
    name="ocriva",
    event_names=EVENTS,
    envelope=envelope,
    sign=sign,
    new_secret=text_secret,
    check_secret=check_text_secret,
    wants_fields=True,
    headers={"User-Agent": "Ocriva-Webhooks/1.0"},
)
