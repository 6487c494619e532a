"""Webhooks: who is told, and what stands in the envelope for every event."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from octavo.app.schemes.scheme import Told
from octavo.dialects.docurift.ids import job_id_of
from octavo.dialects.webhooks import webhook_schemes
from octavo.domain.event import EventType
from octavo.domain.job import Job
from octavo.domain.webhook import Announcement
from octavo.exporters.fields_json import fields_to_json
from tests.dialects.docurift.client import verified
from tests.dialects.docurift.stage import INVOICE, completed, data_of, refusal_of, sent
from tests.http.world import World

HOOK = "https://example.test/hook"
EVENT_ID = "019c2ad5ce4b0123456789ab"
SHOWN = {"id", "url", "events", "active", "createdAt"}


async def registered(rift: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    order = {"url": HOOK, "events": ["document.processing.completed"], "active": True, **changes}
    made: dict[str, Any] = data_of(await rift.post("/webhooks", json=order))
    return made


@pytest.mark.shows("POST /v1/webhooks", "GET /v1/webhooks", "GET /v1/webhooks/{webhook_id}")
async def test_a_webhook_shows_its_secret_once(rift: httpx.AsyncClient) -> None:
    answer = await rift.post("/webhooks", json={"url": HOOK, "events": ["document.processing.started"]})
    made = data_of(answer)
    again = data_of(await rift.get(f"/webhooks/{made['id']}"))
    listed = data_of(await rift.get("/webhooks"))["webhooks"]

    assert answer.status_code == 201
    assert set(made) == SHOWN | {"secret"}
    assert made["id"].startswith("wh_")
    assert (made["events"], made["active"]) == (["document.processing.started"], True)
    assert made["secret"].startswith("whsec_")
    assert len(made["secret"]) == len("whsec_") + 36
    assert again == {name: value for name, value in made.items() if name != "secret"}
    assert listed == [again]


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
@pytest.mark.shows("PATCH /v1/webhooks/{webhook_id}", "PUT /v1/webhooks/{webhook_id}")
async def test_a_webhook_is_changed_in_what_is_named(rift: httpx.AsyncClient, method: str) -> None:
    made = await registered(rift)
    order = {"active": False, "events": ["document.processing.failed"]}

    changed = data_of(await rift.request(method, f"/webhooks/{made['id']}", json=order))

    assert (changed["url"], changed["active"], changed["events"]) == (HOOK, False, order["events"])


@pytest.mark.shows("DELETE /v1/webhooks/{webhook_id}")
async def test_a_deleted_webhook_is_unknown(rift: httpx.AsyncClient) -> None:
    made = await registered(rift)

    assert data_of(await rift.delete(f"/webhooks/{made['id']}")) == {"id": made["id"], "deleted": True}

    error = refusal_of(await rift.get(f"/webhooks/{made['id']}"), 404, "WEBHOOK_NOT_FOUND")
    assert error["message"] == f"Webhook with ID '{made['id']}' not found"


@pytest.mark.shows("POST /v1/webhooks/{webhook_id}/test")
async def test_a_test_is_owed_at_once(rift: httpx.AsyncClient, world: World) -> None:
    made = await registered(rift)

    told = data_of(await rift.post(f"/webhooks/{made['id']}/test"))

    assert told == {"id": made["id"], "event": "webhook.test", "status": "pending"}
    assert len(world.store.webhook_rows.deliveries) == 1


async def test_a_webhook_of_another_form_is_not_seen_here(rift: httpx.AsyncClient, world: World) -> None:
    async with world.client() as native:
        made = (await native.post("/v1/webhooks", json={"url": HOOK})).json()

    refusal_of(await rift.get(f"/webhooks/{made['id']}"), 404, "WEBHOOK_NOT_FOUND")
    assert data_of(await rift.get("/webhooks"))["webhooks"] == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"events": ["credits.low"]}, "events"),
        ({"events": ["webhook.test"]}, "events"),
        ({"events": "all"}, "events"),
        ({"url": "https://metadata.internal/"}, "url"),
        ({"url": "not a url"}, "url"),
        ({"url": "http://example.test/hook"}, "url"),
        ({"secret": "mine"}, "secret"),
    ],
)
async def test_a_wrong_order_is_400_and_names_its_member(
    rift: httpx.AsyncClient, change: dict[str, Any], named: str
) -> None:
    answer = await rift.post("/webhooks", json={"url": HOOK, "events": [], **change})

    assert named in str(refusal_of(answer, 400, "INVALID_REQUEST")["details"])


async def test_a_body_that_is_no_json_is_400(rift: httpx.AsyncClient) -> None:
    refusal_of(await rift.post("/webhooks", content=b"url=x"), 400, "INVALID_REQUEST")
    broken = {"content": b"{", "headers": {"Content-Type": "application/json"}}
    refusal_of(await rift.post("/webhooks", **broken), 400, "INVALID_REQUEST")  # type: ignore[arg-type]


def rendered(world: World, type_: EventType, job: Job | None, **changes: Any) -> dict[str, Any]:
    """The body, once the signature was found right and fresh."""
    now = world.clock.now()
    subject = job.id if job else "e" * 24
    event = Announcement(
        EVENT_ID,
        world.acme.organization.id,
        world.acme.project.id,
        subject,
        type_,
        now,
        {"status": "completed"},
    )
    told = Told(event, "d" * 24, 1, now + timedelta(seconds=5), job=job, **changes)
    message = webhook_schemes()["docurift"].render(told, ("whsec_abc",))
    return verified(httpx.Headers(message.headers), message.body, "whsec_abc", now.timestamp())


STARTED = {
    *("documentId", "jobId", "organizationId", "fileName", "fileSize", "mimeType", "documentType"),
    *("pageCount", "metadata"),
}


async def test_the_start_is_told_with_the_documented_members(rift: httpx.AsyncClient, world: World) -> None:
    accepted = await sent(rift, "a.pdf", documentType="invoice")
    job = world.begin(accepted["jobId"])

    event = rendered(world, EventType.JOB_PROCESSING, job)

    assert set(event) == {"id", "type", "apiVersion", "createdAt", "data"}
    assert event["type"] == "document.processing.started"
    assert set(event["data"]) == STARTED
    assert event["data"]["documentId"] == accepted["documentId"]
    assert event["data"]["organizationId"].startswith("org_")
    assert (event["data"]["fileName"], event["data"]["pageCount"]) == ("a.pdf", 3)
    assert event["data"]["metadata"] == {"uploadedBy": f"user_{job.key_id}", "source": "api"}


async def test_the_end_is_told_with_the_fields_and_the_callers_own_words(
    rift: httpx.AsyncClient, world: World
) -> None:
    accepted = await completed(rift, world)
    job = world.store.rows[job_id_of(accepted["jobId"])]
    fields = fields_to_json(INVOICE, ())

    event = rendered(world, EventType.JOB_COMPLETED, job, fields=fields, metadata={"order": 7})

    assert event["type"] == "document.processing.completed"
    assert event["data"]["status"] == "completed"
    assert event["data"]["result"]["invoiceNumber"] == "INV-7"
    assert event["data"]["confidence"] == 0.9
    assert event["data"]["callbackMetadata"] == {"order": 7}
    assert set(event["data"]) > STARTED


@pytest.mark.parametrize("type_", [EventType.JOB_FAILED, EventType.JOB_CANCELLED])
async def test_a_failure_is_told_with_its_error(
    rift: httpx.AsyncClient, world: World, type_: EventType
) -> None:
    job = world.fail((await sent(rift))["jobId"])
    job = job if type_ is EventType.JOB_FAILED else replace(job, error=None)

    data = rendered(world, type_, job)["data"]

    assert data["status"] == "failed"
    assert set(data["error"]) == {"code", "message", "details"}
    assert "result" not in data


async def test_a_webhook_cannot_be_moved_to_plain_http(rift: httpx.AsyncClient) -> None:
    made = await registered(rift)

    answer = await rift.patch(f"/webhooks/{made['id']}", json={"url": "http://example.test/hook"})

    assert "url" in str(refusal_of(answer, 400, "INVALID_REQUEST")["details"])


async def test_registered_webhooks_tell_the_callers_own_words_too(
    rift: httpx.AsyncClient, world: World
) -> None:
    accepted = await sent(rift, "a.pdf", callbackMetadata='{"order": 7}')

    told = rendered(world, EventType.JOB_PROCESSING, world.begin(accepted["jobId"]))

    assert told["data"]["callbackMetadata"] == {"order": 7}


async def test_a_batch_and_a_test_have_data_of_their_own(world: World) -> None:
    batch = rendered(world, EventType.BATCH_COMPLETED, None)
    test = rendered(world, EventType.WEBHOOK_TEST, None, endpoint_id="f" * 24)

    assert (batch["type"], batch["data"]["batchId"]) == ("batch.completed", "batch_" + "e" * 24)
    assert (test["type"], test["data"]["webhookId"]) == ("webhook.test", "wh_" + "f" * 24)
    assert json.dumps(test)
