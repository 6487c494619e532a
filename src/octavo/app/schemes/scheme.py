"""What a scheme is: names of events, the body, and the headers that prove where it comes from.

Pure: what was told goes in, bytes and headers come out. The modules beside this one know each vendor's
envelope and signature. What stands *inside* the envelope in a vendor's words (a job, a document) is
the dialect's to say: it hands a `Payload` to `octavo.bootstrap`, which puts it in with `with_payload`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from octavo.domain.event import EventType
from octavo.domain.job import Job
from octavo.domain.template import Template
from octavo.domain.webhook import Announcement

JSON_TYPE = "application/json"
PATIENT_S = (5, 60, 300, 1_800, 7_200, 18_000, 28_800, 28_800)
"""Waits between attempts: nine attempts in just under a day."""


@dataclass(frozen=True, slots=True)
class Told:
    """All that a body may be made of."""

    event: Announcement
    delivery_id: str
    attempt: int
    """From 1."""
    sent_at: datetime
    """Of this attempt."""
    job: Job | None = None
    """As it stands now; None where the event is not about one."""
    result: Any = None
    """The export that `Scheme.result_format` names, parsed, when the job completed and still has it."""
    fields: dict[str, Any] | None = None
    """The job's fields as `/v1/jobs/{id}/fields` gives them, under the same conditions."""
    metadata: dict[str, Any] | None = None
    """Of the job's callback."""
    template: Template | None = None
    """That the job was sent with, or that the event is about, where it is still known; only for schemes
    that want fields."""
    endpoint_id: str | None = None
    """None: it is a job's callback."""


Body = dict[str, Any]
Payload = Callable[[Told], Body]
Sign = Callable[[Told, bytes, tuple[str, ...]], dict[str, str]]
"""The told, the raw body and the secrets, newest first (none: unsigned), to headers. Two: one is being
rotated, and the older still holds."""


@dataclass(frozen=True, slots=True)
class Message:
    headers: dict[str, str]
    body: bytes


def nothing_more(_: Told) -> Body:
    return {}


def no_options(_: Job) -> Mapping[str, str]:
    return {}


def compact_json(body: Body) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Scheme:
    name: str
    event_names: Mapping[EventType, str]
    """The vendor's word for each event there is one for; others are not sent."""
    envelope: Payload
    sign: Sign
    new_secret: Callable[[], str]
    check_secret: Callable[[str], str | None]
    """What is wrong with a secret a caller brings, as a sentence; None: nothing."""
    payload: Payload = nothing_more
    """The dialect's: its members come in place of, or beside, the envelope's."""
    encode: Callable[[Body], bytes] = compact_json
    result_format: str | None = None
    """A name in EXPORTERS whose rendering is JSON: read for `job.completed` into `Told.result`."""
    result_options: Callable[[Job], Mapping[str, str]] = no_options
    """Of that export, for this job."""
    wants_fields: bool = False
    """Whether `Told.fields` and `Told.template` are read."""
    headers: Mapping[str, str] = field(default_factory=dict)
    both_sign: bool = False
    """A verifier takes any of several signatures, so that a rotation may overlap by itself."""
    waits_s: tuple[int, ...] = PATIENT_S
    """Between one attempt and the next; after the last wait comes the last attempt."""

    def render(self, told: Told, secrets: tuple[str, ...]) -> Message:
        body = self.encode({**self.envelope(told), **self.payload(told)})
        return Message({"Content-Type": JSON_TYPE, **self.headers, **self.sign(told, body, secrets)}, body)

    def name_of(self, told: Told) -> str:
        return self.event_names[told.event.type]

    def with_payload(self, payload: Payload, **changes: Any) -> Self:
        """The dialect's own, with any other part it knows better (`result_format`, `wants_fields`)."""
        return replace(self, payload=payload, **changes)
