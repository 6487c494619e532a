"""What webhooks are told on a real database, by whom it is seen, and what a purge leaves."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from ocrqueen import verify_webhook

from octavo.adapters.postgres import PostgresStore
from octavo.app.schemes.signing import hex_hmac
from octavo.app.schemes.standard import signature
from octavo.app.webhooks.register import create_webhook, make_callback, rotate_secret
from octavo.domain.errors import Gone, NotFound
from octavo.domain.event import EventType
from octavo.domain.field import FieldsSummary
from octavo.domain.ids import TemplateId, new_id
from octavo.domain.job import FieldsStanding
from octavo.domain.storage import export_key, job_prefix
from octavo.domain.template import FieldSpec, FieldType, Template
from octavo.domain.tenancy import Tenant
from octavo.domain.webhook import DeliveryStatus
from octavo.exporters.table import EXPORTERS
from octavo.ports.store import Completion
from tests.integration.conftest import World, project_tenant
from tests.integration.queue_probe import run_sql
from tests.integration.test_store_work import page, planned, slice_at
from tests.integration.webhook_desk import URL, Desk, open_desk


@pytest.fixture
async def desk(world: World, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(world, tmp_path) as opened:
        yield opened


async def test_another_tenants_events_are_not_told(desk: Desk) -> None:
    stranger = await desk.world.store.add_organization("Stranger")
    project = await desk.world.store.add_project(stranger.id, "theirs")
    second = await desk.world.another_project()
    mine, _ = await desk.webhook()
    other = desk.world.store.tenant(project_tenant(project))

    await other.submit_job(desk.world.new_job(project_id=project.id))
    await desk.world.store.tenant(project_tenant(second)).submit_job(desk.world.new_job(project_id=second.id))

    assert await desk.deliver() == []
    assert await other.webhooks.endpoints(before=None, limit=10) == []
    assert await other.webhooks.events(after=None, types=(), limit=10) != []
    for refused in (
        other.webhooks.endpoint(mine.id),
        other.webhooks.test(mine.id),
        other.webhooks.remove(mine.id),
        other.webhooks.rotate(mine.id, "x", old_until=mine.created_at),
        other.webhooks.deliveries(mine.id, status=None, before=None, limit=1),
    ):
        with pytest.raises(NotFound):
            await refused


async def test_an_endpoint_of_the_organization_is_told_of_every_project(desk: Desk) -> None:
    whole = replace(desk.principal, tenant=Tenant(desk.world.organization.id, None))
    await create_webhook(url=URL, principal=whole, services=desk.services)
    second = await desk.world.another_project()

    await desk.world.store.tenant(project_tenant(second)).submit_job(desk.world.new_job(project_id=second.id))

    assert [body["type"] for body in await desk.deliver()] == ["job.queued"]
    assert await desk.world.tenant.webhooks.endpoints(before=None, limit=10) == []


async def test_both_secrets_sign_for_a_day_after_a_rotation(desk: Desk) -> None:
    endpoint, _ = await desk.webhook()
    _, new = await rotate_secret(endpoint.id, principal=desk.principal, services=desk.services)

    await desk.world.tenant.webhooks.test(endpoint.id)
    await desk.deliver()
    desk.world.clock.pass_time(hours=25)
    await desk.world.tenant.webhooks.test(endpoint.id)
    await desk.deliver()

    during, after = (one.headers["webhook-signature"].split() for one in desk.egress.posted)
    assert len(during) == 2
    assert len(after) == 1
    last = desk.egress.posted[-1]
    wanted = signature(new, last.headers["webhook-id"], last.headers["webhook-timestamp"], last.body)
    assert after == [wanted]


async def test_a_vendors_receiver_is_signed_to_by_the_old_secret_until_the_overlap_ends(desk: Desk) -> None:
    endpoint, first = await desk.webhook(scheme="ocrqueen", event_types=(EventType.JOB_COMPLETED,))
    known = [first]

    async def rotate(overlap_s: int | None = None) -> str:
        _, secret = await rotate_secret(
            endpoint.id, overlap_s=overlap_s, principal=desk.principal, services=desk.services
        )
        known.append(secret)
        return secret

    async def signers() -> list[str | None]:
        await desk.world.tenant.webhooks.test(endpoint.id)
        await desk.deliver()
        sent = desk.egress.posted[-1]
        return [
            next((key for key in known if verify_webhook(sent.body, told, secret=key)), None)
            for told in (sent.headers.get(f"OCRQueen-Signature{end}", "") for end in ("", "-New"))
        ]

    before = await signers()
    second = await rotate(3600)
    meanwhile = await signers()
    desk.world.clock.pass_time(seconds=3601)
    later = await signers()
    third = await rotate()
    at_once = await signers()

    assert before == [first, None]
    assert meanwhile == [first, second]
    assert later == [second, None]
    assert at_once == [third, None]
    kept = await run_sql(desk.world.url, "select sealed_old_secret from webhooks")
    assert kept == [(None,)], "nobody needs the old one any more"


async def test_secrets_are_sealed_at_rest(desk: Desk) -> None:
    _, secret = await desk.webhook()
    callback = make_callback(
        url="https://hooks.test/cb", scheme="ocriva", secret="sesame open", services=desk.services
    )
    await desk.world.tenant.submit_job(desk.world.new_job(callbacks=(callback,)))

    rows = await run_sql(
        desk.world.url, "select w::text from webhooks w union all select c::text from callbacks c"
    )

    kept = " ".join(str(row[0]) for row in rows)
    for text in (secret, "sesame open"):
        assert text not in kept
        assert text.encode().hex() not in kept


async def test_a_callback_is_told_once_in_its_own_scheme(desk: Desk) -> None:
    callback = make_callback(
        url="https://hooks.test/cb",
        scheme="docurift",
        secret="sesame open",
        metadata={"case": 7},
        services=desk.services,
    )
    new = desk.world.new_job(callbacks=(callback,))
    await desk.world.tenant.submit_job(new)
    await desk.world.tenant.cancel_job(new.id)

    sent = await desk.deliver()

    assert [body["type"] for body in sent] == ["document.processing.failed"]
    assert "X-DocuRift-Signature" in desk.egress.posted[0].headers


async def test_each_of_several_callbacks_of_a_job_gets_what_is_its_own(desk: Desk) -> None:
    callbacks = tuple(
        make_callback(url=f"https://hooks.test/{name}", metadata={"name": name}, services=desk.services)
        for name in ("one", "two")
    )
    new = desk.world.new_job(callbacks=callbacks)
    await desk.world.tenant.submit_job(new)
    await desk.world.tenant.cancel_job(new.id)

    bodies = await desk.deliver()

    assert sorted(body["data"]["callback_metadata"]["name"] for body in bodies) == ["one", "two"]


async def test_a_callback_without_a_secret_borrows_that_of_an_endpoint_with_its_scheme(desk: Desk) -> None:
    _, secret = await desk.webhook(scheme="invaro", active=False)
    callback = make_callback(url="https://hooks.test/cb", scheme="invaro", services=desk.services)
    new = desk.world.new_job(callbacks=(callback,))
    await desk.world.tenant.submit_job(new)
    await desk.world.tenant.cancel_job(new.id)

    await desk.deliver()

    [posted] = desk.egress.posted
    assert posted.headers["X-Signature"] == "sha256=" + hex_hmac(secret, posted.body)


async def test_a_purge_takes_what_was_not_sent_and_what_could_be_sent_again(desk: Desk) -> None:
    endpoint, _ = await desk.webhook(event_types=[EventType.JOB_CANCELLED])
    callback = make_callback(url="https://hooks.test/cb", services=desk.services)
    new = desk.world.new_job(
        callbacks=(callback,), filename="secret plans.pdf", metadata={"who": "secret agent"}
    )
    await desk.world.tenant.submit_job(new)
    await desk.world.tenant.cancel_job(new.id)
    [waiting] = await desk.world.tenant.webhooks.deliveries(endpoint.id, status=None, before=None, limit=9)

    await desk.world.tenant.mark_purged(new.id)

    assert await desk.deliver() == []
    assert await desk.log(endpoint) == [DeliveryStatus.DROPPED]
    with pytest.raises(Gone):
        await desk.world.tenant.webhooks.replay(endpoint.id, waiting.id)
    events = await desk.world.tenant.webhooks.events(after=None, types=(), limit=9)
    assert [event.type for event in events] == [EventType.JOB_QUEUED, EventType.JOB_CANCELLED]
    assert "secret" not in str(events)
    assert await run_sql(desk.world.url, "select 1 from callbacks") == []


async def test_an_expired_result_waits_a_little_for_its_callback(desk: Desk) -> None:
    callback = make_callback(url="https://hooks.test/cb", services=desk.services)
    new = desk.world.new_job(callbacks=(callback,), source_retention_s=0, result_retention_s=0)
    await desk.world.tenant.submit_job(new)
    await desk.world.tenant.cancel_job(new.id)
    upkeep = desk.world.store.upkeep

    waiting = await upkeep.expire_results(10)
    await desk.deliver()
    told = await upkeep.expire_results(10)

    assert waiting == []
    assert told == [new.id]
    assert await run_sql(desk.world.url, "select 1 from callbacks") == []


async def test_the_feed_passes_over_nothing_that_commits_late(desk: Desk, store: PostgresStore) -> None:
    feed = desk.world.tenant.webhooks
    first = desk.world.new_job()
    await desk.world.tenant.submit_job(first)
    seen = await feed.events(after=None, types=(), limit=9)
    async with await psycopg.AsyncConnection.connect(desk.world.url) as slow:
        await slow.execute("select pg_current_xact_id()")
        await desk.world.tenant.submit_job(desk.world.new_job())
        during = await feed.events(after=seen[-1].position, types=(), limit=9)
        await slow.commit()
    after = await feed.events(after=seen[-1].position, types=(), limit=9)

    assert [event.subject_id for event in seen] == [first.id]
    assert during == []
    assert len(after) == 1


async def test_old_announcements_are_forgotten_with_their_deliveries(desk: Desk) -> None:
    await desk.webhook()
    await desk.world.tenant.submit_job(desk.world.new_job())
    await desk.deliver()
    desk.world.clock.pass_time(days=31)

    await desk.world.store.upkeep.forget_old()

    for table in ("announcements", "deliveries", "delivery_attempts"):
        assert await run_sql(desk.world.url, f"select 1 from {table}") == [], table


async def test_what_becomes_of_templates_is_announced(desk: Desk) -> None:
    now = desk.world.clock.now()
    tenant = Tenant(desk.world.organization.id, desk.world.project.id)
    template = Template(
        TemplateId(new_id(now)),
        tenant.organization_id,
        desk.world.project.id,
        1,
        "till rolls",
        None,
        (FieldSpec("total", FieldType.MONEY),),
        now,
        now,
    )
    await desk.webhook(scheme="ocriva")
    templates = desk.world.tenant.templates

    added = await templates.add(template)
    await templates.change(replace(added, name="receipts"))
    await templates.delete(template.id)
    await templates.delete(template.id)

    sent = await desk.deliver()
    assert sorted(body["eventType"] for body in sent) == [
        "template.created",
        "template.deleted",
        "template.updated",
    ]
    assert {body["payload"]["id"] for body in sent} == {template.id}


async def test_fields_come_with_the_event_where_they_are_asked_for(desk: Desk) -> None:
    await desk.webhook("https://with.test/in", event_types=[EventType.JOB_COMPLETED], include_fields=True)
    await desk.webhook("https://without.test/in", event_types=[EventType.JOB_COMPLETED])
    job_id = await planned(desk.world, pages=1, slice_pages=1)
    await desk.services.blobs.put_bytes(job_prefix(job_id) + "fields", b'{"values": {"total": 11.9}}')
    piece = await slice_at(desk.world, job_id, 0)
    await desk.world.store.work.checkpoint(piece, done=1, pages=[page(1)], next_slice_pages=1)
    summary = FieldsSummary(
        document_type="receipt", type_confidence=0.9, found=1, verified=1, failed_checks=0, confidence=0.9
    )
    standing = FieldsStanding(1, job_prefix(job_id) + "fields", summary)

    await desk.world.store.work.complete(job_id, 1, Completion(0.9, 0, standing))

    await desk.deliver()
    bodies = {posted.url: json.loads(posted.body)["data"] for posted in desk.egress.posted}
    assert bodies["https://with.test/in"]["fields"] == {"values": {"total": 11.9}}
    assert "fields" not in bodies["https://without.test/in"]
    assert bodies["https://without.test/in"]["document_type"] == "receipt"


async def test_a_corrected_job_is_told_with_the_rest(desk: Desk) -> None:
    endpoint, _ = await desk.webhook()

    assert EventType.JOB_CORRECTED in endpoint.event_types


async def test_a_scheme_may_carry_the_result(desk: Desk) -> None:
    """The export a dialect names is read for it, parsed, and left out once it is gone."""
    await desk.webhook(scheme="ocrqueen", event_types=[EventType.JOB_COMPLETED])
    job_id = await planned(desk.world, pages=1, slice_pages=1)
    piece = await slice_at(desk.world, job_id, 0)
    await desk.world.store.work.checkpoint(piece, done=1, pages=[page(1)], next_slice_pages=1)
    await desk.world.store.work.complete(job_id, 1, Completion(0.9, 0))
    key = export_key(job_id, "json", EXPORTERS["json"].chosen({}))
    await desk.services.blobs.put_bytes(key, b'{"schema_version": "1", "pages": []}')

    [body] = await desk.deliver()

    assert body["data"]["document"] == {"schema_version": "1", "pages": []}
    assert body["job_id"] == f"job_{job_id}"
