"""What a callback carries, and how it is signed."""

import hashlib
import hmac
import json
from typing import Any

import pytest

from octavo.app.schemes.invaro import SCHEME as INVARO
from octavo.app.schemes.scheme import Told
from octavo.dialects.invaro.ids import job_id_from
from octavo.dialects.webhooks import webhook_schemes
from octavo.domain.event import EventType
from octavo.domain.job import Job
from octavo.domain.webhook import Announcement
from octavo.exporters.fields_json import fields_to_json
from tests.dialects.invaro.conftest import Desk, fields_of
from tests.http.world import PDF, World

SECRET = "whsec_secret_of_a_test"
URL = "https://hooks.example.com/invaro"


def rendered(
    world: World, job: Job, type_: EventType, facts: dict[str, Any] | None = None, **more: Any
) -> tuple[dict[str, str], dict[str, Any]]:
    now = world.clock.now()
    event = Announcement("e" * 24, job.organization_id, job.project_id, job.id, type_, now, facts or {})
    told = Told(event, "d" * 24, 1, world.clock.now(), job=job, **more)
    message = webhook_schemes()["invaro"].render(told, (SECRET,))
    signature = hmac.new(SECRET.encode(), message.body, hashlib.sha256).hexdigest()
    assert message.headers["X-Signature"] == f"sha256={signature}"
    return message.headers, json.loads(message.body)


@pytest.mark.parametrize(
    ("kind", "job_type"), [("statements", "statement_parsing"), ("invoices", "invoice_parsing")]
)
async def test_a_completed_job_is_told_with_its_results_under_both_names(
    desk: Desk, kind: str, job_type: str
) -> None:
    id_ = await desk.started(kind)
    desk.world.begin(desk.internal(id_))
    fields = fields_of("bank_statement", bank_name="Trust")
    await desk.finish(id_, fields)
    job = desk.world.store.rows[job_id_from(id_)]

    _, body = rendered(desk.world, job, EventType.JOB_COMPLETED, fields=fields_to_json(fields, ()))

    assert body["event"] == "job.completed"
    assert (body["job_id"], body["job_type"], body["status"]) == (id_, job_type, "completed")
    assert body["file_id"] == "rent nov.pdf"
    assert body["results"] == body["result"]
    assert body["results"]["account_info"]["bank_name"] == "Trust"
    assert body["created_at"] == "2026-11-22T04:00:00Z"
    assert body["completed_at"] == "2026-11-22T04:00:01Z"


async def test_a_failed_job_is_told_with_the_reason(desk: Desk) -> None:
    id_ = await desk.started()
    desk.world.fail(desk.internal(id_))
    job = desk.world.store.rows[job_id_from(id_)]

    _, body = rendered(desk.world, job, EventType.JOB_FAILED)

    assert (body["event"], body["status"], body["error"]) == ("job.failed", "failed", "It cannot be read.")
    assert "results" not in body


async def test_a_callback_comes_with_the_order_or_with_the_upload(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    submit = type(desk.world.store.tenant(None)).submit_job  # type: ignore[arg-type]

    async def watched(self: Any, new: Any) -> Any:
        seen.extend(new.callbacks)
        return await submit(self, new)

    monkeypatch.setattr(type(desk.world.store.tenant(None)), "submit_job", watched)  # type: ignore[arg-type]
    await desk.started(callback_url=URL)
    document = await desk.document(callback_url=URL + "/upload")
    await desk.data("POST", "/parse/invoices", json={"document_id": document})

    assert [(callback.url, callback.scheme) for callback in seen] == [
        (URL, "invaro"),
        (URL + "/upload", "invaro"),
    ]
    names = [INVARO.event_names[kind] for kind in seen[0].event_types]
    assert names == [
        "job.created",
        "job.started",
        "job.progress",
        "job.completed",
        "job.failed",
        "job.failed",
    ]


@pytest.mark.parametrize(
    ("type_", "event", "status", "progress"),
    [
        (EventType.JOB_QUEUED, "job.created", "pending", 0),
        (EventType.JOB_PROCESSING, "job.started", "processing", 0),
        (EventType.JOB_PROGRESS, "job.progress", "processing", 40),
    ],
)
async def test_what_comes_before_the_end_is_told_as_it_stood_then(
    desk: Desk, type_: EventType, event: str, status: str, progress: int
) -> None:
    id_ = await desk.started("statements")
    desk.world.begin(desk.internal(id_))
    await desk.finish(id_, fields_of("bank_statement", bank_name="Trust"))
    job = desk.world.store.rows[job_id_from(id_)]
    facts = {"pages_total": 5, "pages_done": 2 if type_ is EventType.JOB_PROGRESS else 0}

    _, body = rendered(desk.world, job, type_, facts)

    assert (body["event"], body["status"], body["progress"]) == (event, status, progress)
    assert body["job_id"] == id_
    assert body["job_type"] == "statement_parsing"
    assert not {"completed_at", "results", "result", "error"} & set(body)


async def test_a_callback_that_cannot_be_asked_is_refused(desk: Desk) -> None:
    body = {"document_id": await desk.document(), "callback_url": "http://hooks.internal/x"}
    await desk.refused(400, "INVALID_REQUEST", "POST", "/parse/invoices", json=body)
    form = {"files": {"files": ("a.pdf", PDF)}, "data": {"callback_url": "http://hooks.internal/x"}}
    await desk.refused(400, "UPLOAD_ERROR", "POST", "/parse/upload", **form)
    assert not desk.world.store.rows
    assert len(desk.world.store.file_rows) == 1
