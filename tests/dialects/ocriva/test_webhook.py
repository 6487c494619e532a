"""The eight events: their names, their envelope, what stands in each payload."""

import json
from dataclasses import replace
from typing import Any

import pytest

from octavo.app.schemes.scheme import Told
from octavo.dialects.ocriva.outbound import SCHEMA
from octavo.dialects.webhooks import webhook_schemes
from octavo.domain.event import EventType
from octavo.domain.field_specs import parse_specs
from octavo.domain.ids import JobId, OrganizationId, ProjectId, TemplateId
from octavo.domain.job import Job, JobOptions, JobStatus
from octavo.domain.template import Template
from octavo.domain.webhook import Announcement
from octavo.exporters.fields_json import fields_to_json
from tests.dialects.ocriva.test_history import found
from tests.http.world import World, submit

EVENT_ID = "019c2ad5ce4b0123456789ab"


@pytest.fixture
async def job(world: World) -> Job:
    async with world.client() as native:
        made = await submit(native, metadata='{"dialect": "ocriva", "fileType": "pdf", "metadata": {"n": 1}}')
    id_ = JobId(made["id"].removeprefix("job_"))
    options = JobOptions(template_id=TemplateId("a" * 24), template_version=1)
    return replace(world.store.rows[id_], options=options)


@pytest.fixture
def template(world: World) -> Template:
    schema = {"totalAmount": {"type": "number"}, "vendor": "string"}
    now = world.clock.now()
    return Template(
        id=TemplateId("a" * 24),
        organization_id=world.acme.organization.id,
        project_id=world.acme.project.id,
        version=1,
        name="Receipt",
        document_type=None,
        fields=parse_specs({"total_amount": "number", "vendor": "string"}),
        created_at=now,
        updated_at=now,
        metadata={"dialect": "ocriva", SCHEMA: json.dumps(schema)},
    )


def sent(
    world: World, type_: EventType, subject: str, facts: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    event = Announcement(
        EVENT_ID,
        OrganizationId(world.acme.organization.id),
        ProjectId(world.acme.project.id),
        subject,
        type_,
        world.clock.now(),
        facts or {},
    )
    told = Told(event, "d" * 24, 1, world.clock.now(), **more)
    body: dict[str, Any] = json.loads(webhook_schemes()["ocriva"].render(told, ("secret",)).body)
    assert set(body) == {"eventType", "eventId", "timestamp", "organizationId", "projectId", "payload"}
    return body


def test_an_uploaded_document(world: World, job: Job, template: Template) -> None:
    body = sent(world, EventType.JOB_QUEUED, job.id, job=replace(job, status=JobStatus.COMPLETED))

    assert body["eventType"] == "document.uploaded"
    assert body["eventId"] == "evt_1770245181003_6789ab"
    payload = body["payload"]
    assert payload["id"] == job.id
    assert payload["fileSize"] == job.size_bytes, "a number here"
    assert (payload["fileName"], payload["mimeType"]) == ("report.pdf", "application/pdf")
    assert (payload["status"], payload["fileType"], payload["metadata"]) == ("uploaded", "pdf", {"n": 1})
    assert "processingResult" not in payload
    assert None not in payload.values()


def test_a_processed_document_carries_its_result(world: World, job: Job, template: Template) -> None:
    done = replace(job, status=JobStatus.COMPLETED, finished_at=world.clock.now())
    fields = fields_to_json(found(total_amount=3.5), template.fields)

    body = sent(world, EventType.JOB_COMPLETED, job.id, job=done, template=template, fields=fields)

    assert body["eventType"] == "document.processed"
    assert body["payload"]["status"] == "completed"
    assert body["payload"]["processingResult"] == {"totalAmount": 3.5, "vendor": None}
    assert (body["payload"]["templateName"], body["payload"]["resultFormat"]) == ("Receipt", "json")
    assert body["payload"]["completedAt"] == "2026-11-22T04:00:00.000Z"


@pytest.mark.parametrize("kind", [EventType.JOB_FAILED, EventType.JOB_CANCELLED])
def test_a_failed_document_says_why(world: World, job: Job, kind: EventType) -> None:
    world.fail(job.id)
    ended = replace(world.store.rows[job.id])

    body = sent(world, kind, job.id, job=ended)

    assert body["eventType"] == "document.failed"
    assert (body["payload"]["status"], body["payload"]["errorMessage"]) == ("failed", "It cannot be read.")


@pytest.mark.parametrize(
    ("kind", "name", "status", "counts"),
    [
        (EventType.BATCH_CREATED, "batch.uploaded", "processing", {}),
        (
            EventType.BATCH_COMPLETED,
            "batch.completed",
            "completed",
            {"completed": 3, "failed": 1, "cancelled": 1, "total": 5, "refused": 2},
        ),
    ],
)
def test_a_batch(world: World, kind: EventType, name: str, status: str, counts: dict[str, int]) -> None:
    facts = {
        "name": "March",
        "metadata": {"dialect": "ocriva", "totalFiles": 7, "templateId": "a" * 24, "metadata": {"m": 3}},
        "counts": counts,
        "created_at": "2026-11-22T04:00:00.123456Z",
    }

    body = sent(world, kind, "b" * 24, facts)

    assert body["eventType"] == name
    assert body["payload"] == {
        "id": "b" * 24,
        "name": "March",
        "projectId": world.acme.project.id,
        "organizationId": world.acme.organization.id,
        "templateId": "a" * 24,
        "totalFiles": 7,
        "completedFiles": counts.get("completed", 0),
        "failedFiles": 4 if counts else 0,
        "status": status,
        "metadata": {"m": 3},
        "createdAt": "2026-11-22T04:00:00.123Z",
    }


@pytest.mark.parametrize("word", ["created", "updated", "deleted"])
def test_a_template(world: World, template: Template, word: str) -> None:
    kind = EventType(f"template.{word}")

    whole = sent(world, kind, template.id, {"name": "Receipt", "version": 1}, template=template)
    forgotten = sent(world, kind, template.id, {"name": "Receipt", "version": 1})

    assert whole["eventType"] == f"template.{word}"
    assert whole["payload"]["templateId"] == whole["payload"]["id"] == template.id
    assert whole["payload"]["templateSchema"] == {"totalAmount": {"type": "number"}, "vendor": "string"}
    assert forgotten["payload"] == {"id": template.id, "templateId": template.id, "name": "Receipt"}
