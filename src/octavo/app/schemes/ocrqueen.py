"""OCRQueen's webhooks (its page on webhooks, and `verify_webhook` of its SDK 0.5.0).

The body is canonical JSON, keys sorted and no white space, and `OCRQueen-Signature` is
`sha256=<hex>` over it. Inferred: characters beyond ASCII are escaped, as `json.dumps` does by itself;
a cancelled job is told as a failed one. The delivery's id stays over its attempts.
"""

import json

from octavo.app.schemes.scheme import Body, Scheme, Told
from octavo.app.schemes.signing import check_text_secret, hex_hmac, in_turn, text_secret, to_seconds
from octavo.domain.event import EventType

EVENTS = {
    EventType.JOB_COMPLETED: "extraction.completed",
    EventType.JOB_FAILED: "extraction.failed",
    EventType.JOB_CANCELLED: "extraction.failed",
    EventType.WEBHOOK_TEST: "webhook.test",
}
TEST_MESSAGE = "This is a test of your webhook endpoint."


def canonical_json(body: Body) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def envelope(told: Told) -> Body:
    """Without the dialect, `data.document` is our own document object, which theirs is a part of."""
    body: Body = {
        "event_id": "evt_" + told.event.id,
        "event_type": EVENTS[told.event.type],
        "timestamp": to_seconds(told.event.created_at),
        "data": {},
    }
    if told.event.type is EventType.WEBHOOK_TEST:
        body["data"] = {"message": TEST_MESSAGE, "endpoint_id": f"wh_{told.endpoint_id}"}
        return body
    body["job_id"] = "job_" + told.event.subject_id
    if told.event.type is EventType.JOB_COMPLETED:
        body["data"] = {"document": told.result}
    else:
        body["data"] = {"error": _error(told)}
    return body


def _error(told: Told) -> Body:
    error = told.job.error if told.job else None
    if error is None:
        return {"code": "CANCELLED", "message": "The job was cancelled."}
    return {"code": error.code.upper(), "message": error.summary}


def sign(told: Told, body: bytes, secrets: tuple[str, ...]) -> dict[str, str]:
    headers = {
        "OCRQueen-Event": EVENTS[told.event.type],
        "OCRQueen-Delivery-Id": "d_" + told.delivery_id,
        "OCRQueen-Attempt": str(told.attempt),
    }
    return headers | in_turn("OCRQueen-Signature", secrets, lambda secret: "sha256=" + hex_hmac(secret, body))


SCHEME = Scheme(
    name="ocrqueen",
    event_names=EVENTS,
    envelope=envelope,
    sign=sign,
    new_secret=text_secret,
    check_secret=check_text_secret,
    encode=canonical_json,
    result_format="json",
    headers={"User-Agent": "OCRQueen-Webhooks/1.0"},
)
