"""Invaro's callbacks, as its older README has them; its current pages do not speak of webhooks.

`X-Signature: sha256=<hex>` over the raw body; retries first after 5 s, growing, at most one hour apart,
at most five. The secret's source is not documented: here it comes with the callback or from an endpoint
of this scheme. Inferred: `webhook.test` is a test's name; a cancelled job is told as failed; the steps
between 5 s and one hour; `progress`, a number of percent, on every event of a job.
"""

from octavo.app.schemes.scheme import Body, Scheme, Told
from octavo.app.schemes.signing import check_text_secret, hex_hmac, in_turn, text_secret, to_seconds
from octavo.domain.event import EventType

EVENTS = {
    EventType.JOB_QUEUED: "job.created",
    EventType.JOB_PROCESSING: "job.started",
    EventType.JOB_PROGRESS: "job.progress",
    EventType.JOB_COMPLETED: "job.completed",
    EventType.JOB_FAILED: "job.failed",
    EventType.JOB_CANCELLED: "job.failed",
    EventType.WEBHOOK_TEST: "webhook.test",
}
STATUSES = {
    EventType.JOB_QUEUED: "pending",
    EventType.JOB_PROCESSING: "processing",
    EventType.JOB_PROGRESS: "processing",
    EventType.JOB_COMPLETED: "completed",
    EventType.JOB_FAILED: "failed",
    EventType.JOB_CANCELLED: "failed",
}
_ENDS = frozenset({EventType.JOB_COMPLETED, EventType.JOB_FAILED, EventType.JOB_CANCELLED})
WAITS_S = (5, 30, 180, 1_080, 3_600)


def envelope(told: Told) -> Body:
    """What needs no knowledge of the vendor's ids and results; those are the dialect's."""
    type_ = told.event.type
    body: Body = {"event": EVENTS[type_]}
    if type_ in STATUSES:
        body["status"] = STATUSES[type_]
    if told.job is not None:
        body["created_at"] = to_seconds(told.job.created_at)
        body["updated_at"] = to_seconds(told.event.created_at)
        if type_ in _ENDS and told.job.finished_at is not None:
            body["completed_at"] = to_seconds(told.job.finished_at)
    return body


def sign(_: Told, body: bytes, secrets: tuple[str, ...]) -> dict[str, str]:
    return in_turn("X-Signature", secrets, lambda secret: "sha256=" + hex_hmac(secret, body))


SCHEME = Scheme(
    name="invaro",
    event_names=EVENTS,
    envelope=envelope,
    sign=sign,
    new_secret=text_secret,
    check_secret=check_text_secret,
    wants_fields=True,
    headers={"User-Agent": "Invaro-Webhooks/1.0"},
    waits_s=WAITS_S,
)
