"""The body of a webhook: canonical, signed, with the vendor's document or error inside."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from ocrqueen import verify_webhook

from octavo.app.schemes.scheme import Told
from octavo.dialects.webhooks import webhook_schemes
from octavo.domain.event import EventType
from octavo.domain.ids import OrganizationId, ProjectId
from octavo.domain.job import Job
from octavo.domain.webhook import Announcement
from octavo.exporters.table import EXPORTERS
from tests.dialects.ocrqueen.stage import fail, finish, sent, vendor_client
from tests.http.world import World

SECRET = "whsec_of_the_account"
SCHEME = webhook_schemes()["ocrqueen"]


def told(type_: EventType, job: Job | None, **changes: Any) -> Told:
    when = datetime(2026, 5, 14, 12, 0, 8, 999_000, tzinfo=UTC)
    subject = job.id if job else "c" * 24
    event = Announcement(
        "019c2ad5ce4b0123456789ab", OrganizationId("a" * 24), ProjectId("b" * 24), subject, type_, when, {}
    )
    return Told(event, "d" * 24, 2, when, job=job, **changes)


async def job_of(world: World, options: dict[str, Any] | None = None) -> Job:
    async with vendor_client(world) as client:
        return await finish(world, await sent(client, options))


async def test_the_body_is_canonical_and_the_sdk_verifies_it(world: World) -> None:
    result = {"document": {"pages": [], "markdown": "Größe"}, "markdown": "Größe"}
    job = await job_of(world)

    message = SCHEME.render(told(EventType.JOB_COMPLETED, job, result=result), (SECRET,))

    body = json.loads(message.body)
    assert message.body == json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    assert body == {
        "data": {"document": result["document"]},
        "event_id": "evt_019c2ad5ce4b0123456789ab",
        "event_type": "extraction.completed",
        "job_id": f"job_{job.id}",
        "timestamp": "2026-05-14T12:00:08Z",
    }
    assert verify_webhook(message.body, message.headers["OCRQueen-Signature"], secret=SECRET)
    assert not verify_webhook(message.body + b" ", message.headers["OCRQueen-Signature"], secret=SECRET)
    assert message.headers["OCRQueen-Event"] == "extraction.completed"
    assert message.headers["OCRQueen-Attempt"] == "2"
    assert message.headers["User-Agent"] == "OCRQueen-Webhooks/1.0"


@pytest.mark.parametrize(
    ("code", "shown"), [("document_encrypted", "PDF_PASSWORD_PROTECTED"), ("child_died", "CHILD_DIED")]
)
async def test_a_failure_has_the_same_code_as_the_job(world: World, code: str, shown: str) -> None:
    async with vendor_client(world) as client:
        id_ = await sent(client)
        job = fail(world, id_, code)
        shown_there = (await client.get(f"/v1/jobs/{id_}")).json()["error"]

    body = json.loads(SCHEME.render(told(EventType.JOB_FAILED, job), (SECRET,)).body)

    assert body["event_type"] == "extraction.failed"
    assert body["data"] == {"error": shown_there}
    assert shown_there["code"] == shown


async def test_a_document_that_is_gone_is_null(world: World) -> None:
    body = json.loads(SCHEME.render(told(EventType.JOB_COMPLETED, await job_of(world)), ()).body)

    assert body["data"] == {"document": None}


def test_a_test_event_is_about_no_job() -> None:
    body = json.loads(SCHEME.render(told(EventType.WEBHOOK_TEST, None, endpoint_id="e" * 24), (SECRET,)).body)

    assert body["event_type"] == "webhook.test"
    assert "job_id" not in body
    assert set(body["data"]) == {"message", "endpoint_id"}


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ({}, {"images": "url", "layout": "no"}),
        ({"retain_hours": 0, "include_layout": True}, {"images": "inline", "layout": "yes"}),
        ({"preserve_images": False}, {"images": "none", "layout": "no"}),
    ],
)
async def test_the_document_is_rendered_as_the_job_asked(
    world: World, options: dict[str, Any], wanted: dict[str, str]
) -> None:
    job = await job_of(world, options)

    assert SCHEME.result_options(job) == wanted
    assert EXPORTERS[str(SCHEME.result_format)].chosen(wanted) == wanted
