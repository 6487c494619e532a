"""Standard Webhooks (https://www.standardwebhooks.com, specification of 2023): our own form.

`webhook-signature` holds one `v1,<base64>` a secret, so that during a rotation both receivers are right.
The signed text is `<webhook-id>.<webhook-timestamp>.<body>`; the id is the same in every attempt.
"""

import base64
import hashlib
import hmac
from typing import Any

from octavo.app.schemes.scheme import Body, Scheme, Told
from octavo.app.schemes.signing import check_key_secret, key_of, key_secret, to_milliseconds
from octavo.domain.event import EventType
from octavo.domain.webhook import ANNOUNCED, STANDARD

JOB, PROJECT, EVENT, WEBHOOK = "job_", "proj_", "evt_", "wh_"
_PREFIXES = {"job": JOB, "batch": "batch_", "template": "tpl_", "webhook": WEBHOOK}


def envelope(told: Told) -> Body:
    """`data` is the job in short, as it stood when it happened, and where to ask for more."""
    event = told.event
    kind = event.type.value.partition(".")[0]
    subject = _PREFIXES[kind] + event.subject_id
    about: dict[str, Any] = {f"{kind}_id": subject}
    if event.project_id:
        about["project_id"] = PROJECT + event.project_id
    about |= event.facts
    if event.job_id:
        about["links"] = _links(subject, event.type)
    if told.fields is not None:
        about["fields"] = told.fields
    if told.metadata is not None:
        about["callback_metadata"] = told.metadata
    return {
        "id": EVENT + event.id,
        "type": event.type.value,
        "timestamp": to_milliseconds(event.created_at),
        "data": about,
    }


def _links(subject: str, type_: EventType) -> dict[str, str | None]:
    path = f"/v1/jobs/{subject}"
    finished = type_ in {EventType.JOB_COMPLETED, EventType.JOB_CORRECTED}
    return {
        "self": path,
        "result": f"{path}/result" if finished else None,
        "fields": f"{path}/fields" if finished else None,
    }


def sign(told: Told, body: bytes, secrets: tuple[str, ...]) -> dict[str, str]:
    id_, timestamp = EVENT + told.event.id, str(int(told.sent_at.timestamp()))
    headers = {"webhook-id": id_, "webhook-timestamp": timestamp}
    if secrets:
        headers["webhook-signature"] = " ".join(signature(secret, id_, timestamp, body) for secret in secrets)
    return headers


def signature(secret: str, id_: str, timestamp: str, body: bytes) -> str:
    content = f"{id_}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key_of(secret), content, hashlib.sha256).digest()).decode()


SCHEME = Scheme(
    name=STANDARD,
    event_names={kind: kind.value for kind in (*ANNOUNCED, EventType.WEBHOOK_TEST)},
    envelope=envelope,
    sign=sign,
    new_secret=key_secret,
    check_secret=check_key_secret,
    headers={"User-Agent": "Octavo-Webhooks/1"},
    both_sign=True,
)
