"""Webhooks and the feed of events over HTTP."""

from typing import Any

import httpx
import pytest
from tests.http.world import PDF, World, problem_of

from octavo.domain.event import EventType
from octavo.domain.ids import JobId
from octavo.domain.webhook import Announcement

URL = "https://hooks.test/in"


async def make(client: httpx.AsyncClient, **members: Any) -> dict[str, Any]:
    answer = await client.post("/v1/webhooks", json={"url": URL, **members})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_a_secret_is_shown_when_it_is_made_and_never_again(client: httpx.AsyncClient) -> None:
    made = await make(client, description="accounting")

    read = await client.get(f"/v1/webhooks/{made['id']}")
    listed = await client.get("/v1/webhooks")

    assert made["secret"].startswith("whsec_")
    assert "secret" not in read.json()
    assert made["secret"] not in listed.text
    assert listed.json()["webhooks"] == [read.json()]
    assert read.json()["description"] == "accounting"


async def test_an_endpoint_is_told_of_everything_its_scheme_has_a_word_for(client: httpx.AsyncClient) -> None:
    ours = await make(client)
    queens = await make(client, scheme="ocrqueen")

    assert set(ours["event_types"]) >= {"job.completed", "job.corrected", "batch.completed"}
    assert "job.page" not in ours["event_types"]
    assert set(queens["event_types"]) == {"job.completed", "job.failed", "job.cancelled"}


@pytest.mark.parametrize(
    ("members", "status", "code"),
    [
        ({"url": "https://files.internal/x"}, 400, "invalid_request"),
        ({"url": "ftp://hooks.test/x"}, 400, "invalid_request"),
        ({"url": URL + "#part"}, 400, "invalid_request"),
        ({"scheme": "carrier pigeon"}, 400, "invalid_request"),
        ({"scheme": "ocrqueen", "event_types": ["job.processing"]}, 400, "invalid_request"),
        ({"event_types": ["job.page"]}, 400, "invalid_request"),
        ({"event_types": ["job.exploded"]}, 422, "validation_failed"),
        ({"secret": "whsec_dG9vIHNob3J0"}, 400, "invalid_request"),
        ({"project_id": "proj_" + "0" * 24}, 404, "not_found"),
        ({"colour": "red"}, 422, "validation_failed"),
    ],
)
async def test_a_webhook_that_cannot_be_is_refused(
    client: httpx.AsyncClient, members: dict[str, Any], status: int, code: str
) -> None:
    answer = await client.post("/v1/webhooks", json={"url": URL, **members})

    problem_of(answer, status, code)
    assert (await client.get("/v1/webhooks")).json()["webhooks"] == []


async def test_a_change_leaves_what_it_does_not_name(client: httpx.AsyncClient) -> None:
    made = await make(client, description="old", event_types=["job.failed"])

    changed = await client.patch(f"/v1/webhooks/{made['id']}", json={"active": False})
    refused = await client.patch(f"/v1/webhooks/{made['id']}", json={"url": "http://db.internal"})
    test = await client.post(f"/v1/webhooks/{made['id']}/test")

    assert changed.json()["active"] is False
    assert changed.json()["disabled_reason"] == "by_owner"
    assert changed.json()["event_types"] == ["job.failed"]
    problem_of(refused, 400, "invalid_request")
    problem_of(test, 409, "conflict")


async def test_a_rotated_secret_leaves_the_old_one_for_a_day(world: World, client: httpx.AsyncClient) -> None:
    made = await make(client)

    rotated = (await client.post(f"/v1/webhooks/{made['id']}/rotate", json={})).json()

    assert rotated["secret"] != made["secret"]
    assert rotated["old_secret_until"] == "2026-11-23T04:00:00Z"


async def test_how_long_the_old_secret_holds_is_the_callers_to_say(client: httpx.AsyncClient) -> None:
    own, vendors = await make(client), await make(client, scheme="ocrqueen", event_types=["job.completed"])

    async def until(webhook: dict[str, Any], **body: object) -> object:
        answer = await client.post(f"/v1/webhooks/{webhook['id']}/rotate", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()["old_secret_until"]

    assert await until(own, overlap_s=3600) == "2026-11-22T05:00:00Z"
    assert await until(own, overlap_s=0) is None
    assert await until(vendors) is None, (
        "its verifiers read one signature, so that the new secret signs at once"
    )
    assert await until(vendors, overlap_s=3600) == "2026-11-22T05:00:00Z"
    too_long = await client.post(f"/v1/webhooks/{own['id']}/rotate", json={"overlap_s": 8 * 86_400})
    problem_of(too_long, 422, "validation_failed")


async def test_deliveries_are_listed_by_cursor_and_replayed(client: httpx.AsyncClient) -> None:
    made = await make(client)
    path = f"/v1/webhooks/{made['id']}"
    sent = [(await client.post(f"{path}/test")).json() for _ in range(3)]

    first = (await client.get(f"{path}/deliveries", params={"limit": 2})).json()
    rest = (await client.get(f"{path}/deliveries", params={"cursor": first["next_cursor"]})).json()
    again = await client.post(f"{path}/deliveries/{sent[0]['id']}/replay")

    listed = [one["id"] for one in first["deliveries"] + rest["deliveries"]]
    assert sorted(listed) == sorted(one["id"] for one in sent)
    assert again.status_code == 202
    assert again.json()["event_id"] == sent[0]["event_id"]
    assert again.json()["id"] != sent[0]["id"]


async def test_the_feed_of_events_goes_on_where_one_stopped(world: World, client: httpx.AsyncClient) -> None:
    acme = world.acme
    for number, type_ in enumerate((EventType.JOB_QUEUED, EventType.JOB_FAILED, EventType.JOB_QUEUED)):
        world.store.webhook_rows.announcements.append(
            Announcement(
                f"{number:024x}",
                acme.organization.id,
                acme.project.id,
                JobId(f"{number:024x}"),
                type_,
                world.clock.now(),
                {"status": "queued"},
                str(number),
            )
        )

    first = (await client.get("/v1/events", params={"limit": 2})).json()
    rest = (await client.get("/v1/events", params={"cursor": first["next_cursor"]})).json()
    none = (await client.get("/v1/events", params={"cursor": rest["next_cursor"]})).json()
    failed = (await client.get("/v1/events", params={"type": "job.failed"})).json()
    async with world.client(world.other.key) as foreign:
        others = (await foreign.get("/v1/events")).json()

    assert [len(page["events"]) for page in (first, rest, none, failed, others)] == [2, 1, 0, 1, 0]
    assert none["next_cursor"] == rest["next_cursor"]
    assert first["events"][0]["subject_id"].startswith("job_")
    problem_of(await client.get("/v1/events", params={"cursor": "x"}), 400, "invalid_request")


async def test_a_document_is_fetched_before_it_is_acknowledged(
    world: World, client: httpx.AsyncClient
) -> None:
    world.egress.documents["https://files.test/a/letter.pdf"] = PDF

    by_json = await client.post("/v1/jobs", json={"url": "https://files.test/a/letter.pdf"})
    by_form = await client.post(
        "/v1/jobs",
        data={"url": "https://files.test/a/letter.pdf", "filename": "named.pdf"},
        files={"priority": (None, "low")},
    )

    assert by_json.status_code == 202, by_json.text
    assert by_json.json()["filename"] == "letter.pdf"
    assert by_json.json()["size_bytes"] == len(PDF)
    assert by_form.status_code == 202, by_form.text
    assert by_form.json()["filename"] == "named.pdf"
    assert sum(key.endswith("source/content") for key in world.blobs.content) == 2


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"url": "https://files.test/missing.pdf"}, 422, "source_unreachable"),
        ({"url": "http://metadata.internal/"}, 400, "source_refused"),
        ({"url": "https://files.test/big.pdf"}, 413, "document_too_large"),
        ({"url": "https://files.test/empty.pdf"}, 400, "empty_document"),
        ({"url": "https://files.test/page.html"}, 415, "unsupported_media_type"),
        ({"url": "https://files.test/ok.pdf", "file_id": "file_" + "0" * 24}, 400, "invalid_request"),
        ({"url": "https://files.test/ok.pdf", "content_base64": "JVBERg=="}, 400, "invalid_request"),
        (
            {"url": "https://files.test/ok.pdf", "callback": {"url": "http://a.internal"}},
            400,
            "invalid_request",
        ),
    ],
)
async def test_what_cannot_be_fetched_leaves_nothing(
    world: World, client: httpx.AsyncClient, body: dict[str, Any], status: int, code: str
) -> None:
    world.egress.documents |= {
        "https://files.test/ok.pdf": PDF,
        "https://files.test/big.pdf": b"%PDF" + b"0" * 1_000_000,
        "https://files.test/empty.pdf": b"",
        "https://files.test/page.html": b"<html>secret of the inner network</html>",
    }

    answer = await client.post("/v1/jobs", json=body)

    problem_of(answer, status, code)
    assert "inner network" not in answer.text
    assert not world.blobs.content


async def test_a_callback_is_taken_and_not_told_again(client: httpx.AsyncClient) -> None:
    callback = '{"url": "https://hooks.test/one", "scheme": "invaro", "secret": "sesame open"}'
    taken = await client.post("/v1/jobs", files={"file": ("a.pdf", PDF)}, data={"callback": callback})
    same = await client.post(
        "/v1/jobs", json={"content_base64": "JVBERi0xLjc=", "callback": {"url": "https://hooks.test/one"}}
    )

    assert taken.status_code == 202, taken.text
    assert "hooks.test" not in taken.text
    assert "sesame" not in (await client.get(f"/v1/jobs/{taken.json()['id']}")).text
    assert same.status_code == 202, same.text


async def test_an_idempotency_key_stands_for_its_callback_too(client: httpx.AsyncClient) -> None:
    async def submit(url: str) -> httpx.Response:
        return await client.post(
            "/v1/jobs",
            json={"content_base64": "JVBERi0xLjc=", "callback": {"url": url}},
            headers={"Idempotency-Key": "k"},
        )

    first, same, other = (
        await submit("https://hooks.test/1"),
        await submit("https://hooks.test/1"),
        await submit("https://hooks.test/2"),
    )

    assert first.json()["id"] == same.json()["id"]
    problem_of(other, 409, "idempotency_conflict")
