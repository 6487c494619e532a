"""Ocriva's events as a real database announces them, signed, with all that stands in their payloads."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from octavo.app.deliver import deliver_due
from octavo.app.schemes.signing import hex_hmac
from octavo.app.webhooks.register import create_webhook
from octavo.dialects.webhooks import webhook_schemes
from octavo.domain.ids import BatchId, new_id
from octavo.domain.job import JobOptions
from octavo.ports.batches import NewBatch
from tests.integration.conftest import World
from tests.integration.test_store_fields import template_of
from tests.integration.test_store_tenants import finished
from tests.integration.webhook_desk import URL, Desk, open_desk


@pytest.fixture
async def desk(world: World, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(world, tmp_path) as opened:
        opened.services = replace(opened.services, schemes=webhook_schemes())
        yield opened


async def told(desk: Desk) -> dict[str, dict[str, Any]]:
    """The bodies of all that is due, by their names."""
    while await deliver_due(services=desk.services):
        continue
    bodies = [json.loads(posted.body) for posted in desk.egress.posted]
    return {body["eventType"]: body for body in bodies}


async def test_all_eight_events_are_told_and_signed(desk: Desk) -> None:
    world = desk.world
    _, secret = await create_webhook(
        url=URL, scheme="ocriva", principal=desk.principal, services=desk.services
    )
    schema = json.dumps({"totalAmount": "number"})
    template = await world.tenant.templates.add(
        template_of(world, metadata={"dialect": "ocriva", "templateSchema": schema})
    )
    await world.tenant.templates.change(replace(template, name="Changed"))
    batch = NewBatch(
        id=BatchId(new_id(world.clock.now())),
        project_id=world.project.id,
        key_id=None,
        name="March",
        metadata={"totalFiles": 1},
        idempotency_key=None,
        fingerprint="x",
    )
    await world.tenant.batches.add(batch)
    options = JobOptions(template_id=template.id, template_version=1)
    done = world.new_job(batch_id=batch.id, options=options)
    await world.tenant.submit_job(done)
    await world.tenant.cancel_job(done.id)
    await world.tenant.templates.delete(template.id)
    await finished(world)

    bodies = await told(desk)

    assert set(bodies) == {
        "document.uploaded",
        "document.processed",
        "document.failed",
        "batch.uploaded",
        "batch.completed",
        "template.created",
        "template.updated",
        "template.deleted",
    }
    assert bodies["template.created"]["payload"]["templateSchema"] == {"totalAmount": "number"}
    assert bodies["template.updated"]["payload"]["name"] == "Changed"
    assert bodies["template.deleted"]["payload"]["templateId"] == template.id
    assert "sk-secret" not in json.dumps(bodies)
    assert bodies["batch.uploaded"]["payload"]["totalFiles"] == 1
    assert bodies["batch.completed"]["payload"]["failedFiles"] == 1
    assert bodies["document.failed"]["payload"]["templateName"] == "Bakery", "as it was when it was sent"
    assert isinstance(bodies["document.uploaded"]["payload"]["fileSize"], int)
    assert bodies["document.processed"]["payload"]["processingResult"] == {}
    last = desk.egress.posted[-1]
    assert last.headers["X-Webhook-Signature"] == hex_hmac(secret, last.body)
