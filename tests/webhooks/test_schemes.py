"""Bodies and signatures of every scheme, against vectors that were made without this code."""

import base64
import hashlib
import hmac
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from octavo.app.schemes.scheme import Told
from octavo.app.schemes.standard import signature
from octavo.app.schemes.table import SCHEMES, scheme_named
from octavo.domain.errors import InvalidRequest
from octavo.domain.event import EventType
from octavo.domain.ids import OrganizationId, ProjectId, WebhookId
from octavo.domain.webhook import ANNOUNCED, Announcement

NOW = datetime(2026, 11, 22, 9, 15, 20, 123_000, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
EVENT_ID = "019c2ad5ce4b0123456789ab"


def told(type_: EventType, **changes: Any) -> Told:
    event = Announcement(
        EVENT_ID,
        OrganizationId("a" * 24),
        ProjectId("b" * 24),
        "c" * 24,
        type_,
        NOW,
        {"status": "completed", "filename": "Größe.pdf"},
    )
    values: dict[str, Any] = {
        "event": event,
        "delivery_id": "d" * 24,
        "attempt": 2,
        "sent_at": NOW + timedelta(seconds=5),
    }
    return Told(**{**values, **changes})


def test_the_standard_signature_is_the_one_of_the_specification() -> None:
    """The vector of the reference implementations."""
    found = signature(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}')

    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_during_a_rotation_the_standard_form_is_right_for_both_secrets() -> None:
    old = "whsec_" + base64.b64encode(b"o" * 32).decode()

    message = SCHEMES["standard"].render(told(EventType.JOB_COMPLETED), (SECRET, old))

    signed = f"evt_{EVENT_ID}.{int(NOW.timestamp()) + 5}.".encode() + message.body
    wanted = [
        "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        for key in (base64.b64decode(SECRET[6:]), b"o" * 32)
    ]
    assert message.headers["webhook-signature"] == " ".join(wanted)
    assert message.headers["webhook-id"] == f"evt_{EVENT_ID}"
    assert message.headers["webhook-timestamp"] == str(int(NOW.timestamp()) + 5)


def test_the_standard_body_says_what_happened_and_where_to_ask() -> None:
    body = json.loads(
        SCHEMES["standard"]
        .render(told(EventType.JOB_COMPLETED, fields={"values": {"total": 3}}, metadata={"case": 7}), ())
        .body
    )

    assert body["type"] == "job.completed"
    assert body["timestamp"] == "2026-11-22T09:15:20.123Z"
    assert body["data"]["job_id"] == "job_" + "c" * 24
    assert body["data"]["filename"] == "Größe.pdf"
    assert body["data"]["links"]["result"] == f"/v1/jobs/job_{'c' * 24}/result"
    assert body["data"]["fields"] == {"values": {"total": 3}}
    assert body["data"]["callback_metadata"] == {"case": 7}


def test_docurift_signs_the_moment_with_the_body() -> None:
    message = SCHEMES["docurift"].render(told(EventType.JOB_PROCESSING), ("whsec_abc",))
    body = json.loads(message.body)

    moment = message.headers["X-DocuRift-Timestamp"]
    wanted = hmac.new(b"whsec_abc", f"{moment}.".encode() + message.body, hashlib.sha256).hexdigest()
    assert message.headers["X-DocuRift-Signature"] == wanted
    assert abs(int(moment) - NOW.timestamp()) < 300
    assert message.headers["X-DocuRift-Event-Id"] == body["id"]
    assert len(body["id"]) == len("evt_") + 18
    assert body["type"] == "document.processing.started"
    assert body["apiVersion"] == "2024-01-26"
    assert body["createdAt"] == "2026-11-22T09:15:20.123Z"


def test_invaro_signs_the_raw_body_with_a_prefix() -> None:
    message = SCHEMES["invaro"].render(told(EventType.JOB_COMPLETED), ("key",))

    wanted = hmac.new(b"key", message.body, hashlib.sha256).hexdigest()
    assert message.headers["X-Signature"] == f"sha256={wanted}"
    assert json.loads(message.body)["event"] == "job.completed"
    assert SCHEMES["invaro"].waits_s[0] == 5
    assert len(SCHEMES["invaro"].waits_s) == 5
    assert max(SCHEMES["invaro"].waits_s) == 3600


def test_ocriva_signs_the_raw_body_in_bare_hex() -> None:
    message = SCHEMES["ocriva"].render(told(EventType.BATCH_COMPLETED), ("key",))
    body = json.loads(message.body)

    assert (
        message.headers["X-Webhook-Signature"] == hmac.new(b"key", message.body, hashlib.sha256).hexdigest()
    )
    assert body["eventType"] == "batch.completed"
    assert body["eventId"] == f"evt_{int(EVENT_ID[:12], 16)}_6789ab"
    assert body["organizationId"] == "a" * 24
    assert body["timestamp"] == "2026-11-22T09:15:20.123Z"
    assert len(set(SCHEMES["ocriva"].event_names.values()) - {"webhook.test"}) == 8


def test_ocrqueen_signs_canonical_json() -> None:
    message = SCHEMES["ocrqueen"].render(
        told(EventType.JOB_COMPLETED, result={"z": 1, "a": "é"}), ("queen's secret",)
    )
    body = json.loads(message.body)

    assert message.body == json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    wanted = hmac.new(b"queen's secret", message.body, hashlib.sha256).hexdigest()
    assert message.headers["OCRQueen-Signature"] == f"sha256={wanted}"
    assert message.headers["OCRQueen-Event"] == "extraction.completed"
    assert message.headers["OCRQueen-Delivery-Id"] == "d_" + "d" * 24
    assert message.headers["OCRQueen-Attempt"] == "2"
    assert message.headers["User-Agent"] == "OCRQueen-Webhooks/1.0"
    assert set(body) == {"data", "event_id", "event_type", "job_id", "timestamp"}
    assert body["timestamp"] == "2026-11-22T09:15:20Z"
    assert body["data"]["document"] == {"z": 1, "a": "é"}


def test_an_ocrqueen_test_is_about_no_job() -> None:
    message = SCHEMES["ocrqueen"].render(
        told(EventType.WEBHOOK_TEST, endpoint_id=WebhookId("e" * 24)), ("secret",)
    )
    body = json.loads(message.body)

    assert "job_id" not in body
    assert set(body["data"]) == {"message", "endpoint_id"}


@pytest.mark.parametrize("name", SCHEMES)
def test_without_a_secret_nothing_claims_to_be_signed(name: str) -> None:
    headers = SCHEMES[name].render(told(EventType.JOB_COMPLETED), ()).headers

    assert not [header for header in headers if "signature" in header.lower()]


@pytest.mark.parametrize("name", SCHEMES)
def test_every_scheme_renders_every_event_it_names_and_takes_its_own_secrets(name: str) -> None:
    scheme = SCHEMES[name]

    for type_ in scheme.event_names:
        body = json.loads(scheme.render(told(type_), (scheme.new_secret(),)).body)
        assert isinstance(body, dict)
    assert set(scheme.event_names) <= {*ANNOUNCED, EventType.WEBHOOK_TEST}
    assert scheme.check_secret(scheme.new_secret()) is None
    assert scheme.new_secret() != scheme.new_secret()
    assert sum(SCHEMES["standard"].waits_s) < 86_400


def test_a_dialects_payload_comes_in_place_of_the_envelopes() -> None:
    scheme = SCHEMES["docurift"].with_payload(
        lambda told: {"data": {"documentId": "doc_" + told.event.subject_id}}, result_format="json"
    )

    body = json.loads(scheme.render(told(EventType.JOB_COMPLETED), ()).body)

    assert body["data"] == {"documentId": "doc_" + "c" * 24}
    assert body["apiVersion"] == "2024-01-26"
    assert scheme.result_format == "json"


def test_an_unknown_scheme_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidRequest, match="standard, docling, docurift, invaro, ocriva, ocrqueen"):
        scheme_named("smoke")


def test_the_how_to_verifies_what_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parents[2] / "docs/how-to/receive-webhooks.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    shown: dict[str, Any] = {}
    exec(code, shown)  # noqa: S102 -- our own page
    sent = told(EventType.JOB_COMPLETED)
    monkeypatch.setattr(shown["time"], "time", sent.sent_at.timestamp)

    message = SCHEMES["standard"].render(sent, (SCHEMES["standard"].new_secret(), SECRET))

    assert shown["verify"](SECRET, message.headers, message.body)
    assert not shown["verify"](SECRET, message.headers, message.body + b" ")
    assert not shown["verify"](SCHEMES["standard"].new_secret(), message.headers, message.body)
    monkeypatch.setattr(shown["time"], "time", lambda: sent.sent_at.timestamp() + 301)
    assert not shown["verify"](SECRET, message.headers, message.body)


def test_the_how_to_tells_the_waits() -> None:
    page = (Path(__file__).parents[2] / "docs/how-to/receive-webhooks.md").read_text(encoding="utf-8")

    assert "5 s, 1 min, 5 min, 30 min, 2 h, 5 h, 8 h and 8 h" in page
    assert SCHEMES["standard"].waits_s == (5, 60, 300, 1_800, 7_200, 18_000, 28_800, 28_800)
