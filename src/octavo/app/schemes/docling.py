"""docling-serve's callbacks (`docling/datamodel/service/callbacks.py`, and the invoker of its job kit).

A task says first how many documents it has, and in the end how they went. Nothing is signed: a callback brings
headers of its own, which are sent with every attempt. They are kept where the other schemes keep their secret,
as JSON, because that is what they are. Between the two it tells of each document; here a task that is called
back has one, and its end says the same. More attempts are made than there, over a day.
"""

import json
import re
import secrets

from octavo.app.schemes.scheme import Body, Scheme, Told
from octavo.domain.event import EventType

EVENTS = {
    EventType.JOB_QUEUED: "set_num_docs",
    EventType.JOB_COMPLETED: "update_processed",
    EventType.JOB_FAILED: "update_processed",
    EventType.JOB_CANCELLED: "update_processed",
    EventType.WEBHOOK_TEST: "set_num_docs",
}
MOST_CHARACTERS = 8_000
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_OURS = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "expect",
        "host",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""What the message itself decides."""


def envelope(told: Told) -> Body:
    """What needs no knowledge of the vendor's ids; those are the dialect's."""
    kind = EVENTS[told.event.type]
    return {
        "task_id": told.event.subject_id,
        "progress": {"kind": kind, "num_docs": int(told.job is not None)},
    }


def sign(_: Told, __: bytes, headers: tuple[str, ...]) -> dict[str, str]:
    """Those that the receiver knows already, while it may still change to the new ones."""
    found: dict[str, str] = json.loads(headers[-1]) if headers else {}
    return found


def new_headers() -> str:
    """For an endpoint: a header by which it knows who calls."""
    return json.dumps({"X-Callback-Secret": secrets.token_urlsafe(27)})


def check_headers(text: str) -> str | None:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict) or len(text) > MOST_CHARACTERS:
        return f"The secret of this scheme is a JSON object of headers, at most {MOST_CHARACTERS} characters."
    wrong = next((name for name, value in found.items() if not _is_header(name, value)), None)
    return None if wrong is None else f"The header {wrong[:40]!r} cannot be sent."


def _is_header(name: str, value: object) -> bool:
    if not _NAME.fullmatch(name) or name.lower() in _OURS:
        return False
    return isinstance(value, str) and value.isascii() and (value.isprintable() or not value)


SCHEME = Scheme(
    name="docling",
    event_names=EVENTS,
    envelope=envelope,
    sign=sign,
    new_secret=new_headers,
    check_secret=check_headers,
)
