"""Callbacks: whom they go to, and what they say."""

import json
from typing import Any

import httpx
import pytest

from octavo.app.schemes.docling import check_headers
from octavo.app.schemes.scheme import Told
from octavo.dialects.docling.ids import from_wire
from octavo.dialects.webhooks import webhook_schemes
from octavo.domain.event import EventType
from octavo.domain.ids import JobId
from octavo.domain.job import Job
from octavo.domain.webhook import Announcement
from tests.dialects.docling.conftest import inline, internal, sent
from tests.http.world import PDF, World

URL = "https://hooks.example.com/done"


def told(world: World, job: Job, type_: EventType, secret: str) -> tuple[dict[str, str], dict[str, Any]]:
    now = world.clock.now()
    event = Announcement("e" * 24, job.organization_id, job.project_id, job.id, type_, now, {})
    message = webhook_schemes()["docling"].render(Told(event, "d" * 24, 1, now, job=job), (secret,))
    return message.headers, json.loads(message.body)


async def test_a_task_tells_its_address_with_its_headers_that_it_begins_and_how_it_ended(
    peer: httpx.AsyncClient, world: World
) -> None:
    body = {"sources": [inline()], "callbacks": [{"url": URL, "headers": {"X-Token": "abc"}}]}
    task = (await peer.post("/v1/convert/source/async", json=body)).json()
    id_ = JobId(from_wire(task["task_id"])[1])
    [callback] = world.store.callbacks[id_]

    headers, first = told(world, world.store.rows[id_], EventType.JOB_QUEUED, callback.secret or "")
    await world.complete(internal(task))
    _, last = told(world, world.store.rows[id_], EventType.JOB_COMPLETED, callback.secret or "")

    assert (callback.url, callback.scheme) == (URL, "docling")
    assert headers["X-Token"] == "abc"
    assert first == {"task_id": task["task_id"], "progress": {"kind": "set_num_docs", "num_docs": 1}}
    assert last == {
        "task_id": task["task_id"],
        "progress": {
            "kind": "update_processed",
            "num_processed": 1,
            "num_succeeded": 1,
            "num_partially_succeeded": 0,
            "num_failed": 0,
            "docs": [{"source": "scan.pdf", "status": "success", "error": None}],
        },
    }


async def test_a_document_that_failed_is_told_with_the_reason(peer: httpx.AsyncClient, world: World) -> None:
    task = await sent(peer, callbacks=URL)
    job = world.fail(internal(task))

    _, body = told(world, job, EventType.JOB_FAILED, "{}")

    assert body["progress"]["num_failed"] == 1
    assert body["progress"]["docs"][0] == {
        "source": "scan.pdf",
        "status": "failure",
        "error": "It cannot be read.",
    }


async def test_in_a_form_a_callback_is_an_address_or_json(peer: httpx.AsyncClient, world: World) -> None:
    for text in (URL, json.dumps({"url": URL, "headers": {"X-Token": "abc"}})):
        task = await sent(peer, callbacks=text)
        [callback] = world.store.callbacks[JobId(from_wire(task["task_id"])[1])]
        assert callback.url == URL


async def test_several_addresses_are_told_each_with_its_own_headers(
    peer: httpx.AsyncClient, world: World
) -> None:
    wanted = [{"url": URL, "headers": {"X-Token": "a"}}, {"url": URL + "/2", "headers": {"X-Token": "b"}}]
    task = (
        await peer.post("/v1/convert/source/async", json={"sources": [inline()], "callbacks": wanted})
    ).json()

    kept = world.store.callbacks[JobId(from_wire(task["task_id"])[1])]

    assert [(one.url, json.loads(one.secret or "")["X-Token"]) for one in kept] == [
        (URL, "a"),
        (URL + "/2", "b"),
    ]


@pytest.mark.parametrize(
    ("callbacks", "named"),
    [
        ([{"url": URL}] * 6, "at most 5"),
        ([{"url": URL, "ca_cert": "-----BEGIN"}], "operator"),
        ([{"url": URL, "headers": {"Host": "other"}}], "'Host' cannot be sent"),
        ([{"url": URL, "headers": {"X-A": "a\r\nb"}}], "'X-A' cannot be sent"),
        ([{"url": 7}], "callbacks"),
    ],
)
async def test_a_callback_that_cannot_be_kept_is_refused(
    peer: httpx.AsyncClient, world: World, callbacks: list[Any], named: str
) -> None:
    answer = await peer.post("/v1/convert/source/async", json={"sources": [inline()], "callbacks": callbacks})

    assert answer.status_code == 422
    assert named in answer.text
    assert world.store.rows == {}


async def test_several_documents_call_nobody_back(peer: httpx.AsyncClient) -> None:
    files = [("files", ("a.pdf", PDF)), ("files", ("b.pdf", PDF))]
    answer = await peer.post("/v1/convert/file/async", files=files, data={"callbacks": URL})

    assert answer.status_code == 422
    assert "one by one" in answer.json()["detail"]


def test_headers_are_kept_as_a_secret_only_where_they_can_be_sent() -> None:
    assert check_headers('{"Authorization": "Bearer abc"}') is None
    for wrong in ("[]", "x", '{"Content-Length": "5"}', '{"a b": "c"}', '{"A": 1}', '{"A": "é"}'):
        assert check_headers(wrong)
