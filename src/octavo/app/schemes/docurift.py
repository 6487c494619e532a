"""Docurift's webhooks (https://docs.docurift.com, Webhooks).

Headers and the text that is signed, `<unix seconds>.<body>`, are documented; receivers refuse a
timestamp older than 300 s, so each attempt is signed anew. Inferred: the signature is bare lower-case
hex; the event id's 18 characters are hex digits; `batch.completed` and `webhook.test` are the names of
those events; a cancelled job is told as a failed one, since no event says cancelled.
"""

from octavo.app.schemes.scheme import Body, Scheme, Told
from octavo.app.schemes.signing import check_text_secret, hex_hmac, in_turn, text_secret, to_milliseconds
from octavo.domain.event import EventType

API_VERSION = "2024-01-26"
EVENTS = {
    EventType.JOB_PROCESSING: "document.processing.started",
    EventType.JOB_COMPLETED: "document.processing.completed",
    EventType.JOB_FAILED: "document.processing.failed",
    EventType.JOB_CANCELLED: "document.processing.failed",
    EventType.BATCH_COMPLETED: "batch.completed",
    EventType.WEBHOOK_TEST: "webhook.test",
}


def event_id(told: Told) -> str:
    """18 characters: what is left of ours without the part that says the year."""
    return "evt_" + told.event.id[-18:]


def envelope(told: Told) -> Body:
    return {
        "id": event_id(told),
        "type": EVENTS[told.event.type],
        "apiVersion": API_VERSION,
        "createdAt": to_milliseconds(told.event.created_at),
        "data": {},
    }


def sign(told: Told, body: bytes, secrets: tuple[str, ...]) -> dict[str, str]:
    timestamp = str(int(told.sent_at.timestamp()))
    headers = {"X-DocuRift-Timestamp": timestamp, "X-DocuRift-Event-Id": event_id(told)}
    signed = f"{timestamp}.".encode() + body
    return headers | in_turn("X-DocuRift-Signature", secrets, lambda secret: hex_hmac(secret, signed))


SCHEME = Scheme(
    name="docurift",
    event_names=EVENTS,
    envelope=envelope,
    sign=sign,
    new_secret=text_secret,
    check_secret=check_text_secret,
    wants_fields=True,
    headers={"User-Agent": "DocuRift-Webhooks/1.0"},
)
