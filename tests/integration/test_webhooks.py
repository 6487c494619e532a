"""Webhooks on a real database: what is owed, who makes which attempt, and what a purge leaves."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from octavo.adapters.blobs.local import LocalBlobs
from octavo.adapters.egress import GuardedEgress, parse_allowed
from octavo.adapters.postgres import PostgresStore, open_notifier, open_store
from octavo.app.deliver import deliver_due, keep_delivering
from octavo.app.schemes.signing import hex_hmac
from octavo.app.schemes.standard import signature
from octavo.app.services import Policy, Services
from octavo.app.webhooks.register import create_webhook, make_callback, rotate_secret
from octavo.domain.errors import Conflict, Gone, NotFound
from octavo.domain.event import EventType
from octavo.domain.ids import JobId, KeyId
from octavo.domain.job import JobError, JobStatus, Stage
from octavo.domain.storage import job_prefix
from octavo.domain.tenancy import ALL_SCOPES, Principal, Tenant
from octavo.domain.webhook import DeliveryStatus, Endpoint
from octavo.ports.egress import Answer, Unreachable
from octavo.ports.readers import Limits
from octavo.ports.webhooks import Outcome
from tests.egress.outside import Asked, Names, answer, outside
from tests.http.fake_egress import FakeEgress
from tests.integration.conftest import SECRET, World, project_tenant
from tests.integration.queue_probe import run_sql
from tests.integration.test_store_work import planned

URL = "https://hooks.test/in"
ENDED = JobError("unreadable_document", "It cannot be read.", retryable=False, step=Stage.READING)


class Desk:
    """A world with a receiver outside, and short ways to act on both."""

    def __init__(self, world: World, services: Services, egress: FakeEgress) -> None:
        self.world, self.services, self.egress = world, services, egress

    @property
    def principal(self) -> Principal:
        tenant = Tenant(self.world.organization.id, self.world.project.id)
        return Principal(KeyId("0" * 24), tenant, ALL_SCOPES, self.world.project.id)

    async def webhook(self, url: str = URL, **members: Any) -> tuple[Endpoint, str]:
        return await create_webhook(url=url, principal=self.principal, services=self.services, **members)

    async def fail_a_job(self) -> JobId:
        job_id = await planned(self.world)
        await self.world.store.work.fail(job_id, 1, ENDED)
        return job_id

    async def deliver(self) -> list[dict[str, Any]]:
        """Every attempt that is due, made; the bodies that were sent."""
        before = len(self.egress.posted)
        while await deliver_due(services=self.services):
            continue
        return [json.loads(posted.body) for posted in self.egress.posted[before:]]

    async def log(self, endpoint: Endpoint) -> list[DeliveryStatus]:
        found = await self.world.tenant.webhooks.deliveries(endpoint.id, status=None, before=None, limit=50)
        return [delivery.status for delivery in found]


@pytest.fixture
async def desk(world: World, tmp_path: Path) -> AsyncIterator[Desk]:
    egress = FakeEgress()
    async with open_notifier(world.url) as notifier:
        services = Services(
            store=world.store,
            blobs=LocalBlobs(tmp_path),
            isolation=None,  # type: ignore[arg-type]  # nothing is read or rendered here
            engines=None,  # type: ignore[arg-type]
            notifier=notifier,
            clock=world.clock,
            policy=Policy(Limits()),
            egress=egress,
        )
        yield Desk(world, services, egress)


async def test_an_event_is_owed_to_those_who_want_it_and_told_once(desk: Desk) -> None:
    everything, _ = await desk.webhook()
    failures, _ = await desk.webhook(event_types=[EventType.JOB_FAILED])
    await desk.webhook(active=False)
    job_id = await desk.fail_a_job()

    sent = await desk.deliver()
    again = await desk.deliver()

    assert [body["type"] for body in sent if body["data"]["job_id"] == f"job_{job_id}"].count(
        "job.failed"
    ) == 2
    assert len(sent) == len(await desk.log(everything)) + len(await desk.log(failures)) == 4
    assert again == []
    failed = next(body for body in sent if body["type"] == "job.failed")
    assert failed["data"]["error"]["code"] == "unreadable_document"
    assert failed["data"]["filename"] == "letter.pdf"


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


async def test_what_failed_is_tried_again_later_with_the_same_id(desk: Desk) -> None:
    endpoint, secret = await desk.webhook(event_types=[EventType.JOB_FAILED])
    await desk.fail_a_job()
    desk.egress.answers = [Unreachable("away", reason="timeout"), Answer(500, None)]

    await desk.deliver()
    early = await desk.deliver()
    desk.world.clock.pass_time(seconds=7)
    await desk.deliver()
    desk.world.clock.pass_time(seconds=80)
    await desk.deliver()

    assert early == []
    posted = desk.egress.posted
    assert len(posted) == 3
    assert len({one.headers["webhook-id"] for one in posted}) == 1
    assert len({one.body for one in posted}) == 1
    for one in posted:
        wanted = signature(secret, one.headers["webhook-id"], one.headers["webhook-timestamp"], one.body)
        assert one.headers["webhook-signature"] == wanted
    [delivery] = await desk.world.tenant.webhooks.deliveries(endpoint.id, status=None, before=None, limit=9)
    told = await desk.world.tenant.webhooks.delivery(endpoint.id, delivery.id)
    assert [(one.number, one.response_status, one.error) for one in told.log] == [
        (1, None, "timeout"),
        (2, 500, None),
        (3, 204, None),
    ]
    assert (told.status, told.attempts, told.response_status) == (DeliveryStatus.DELIVERED, 3, 204)
    assert (await desk.world.tenant.webhooks.endpoint(endpoint.id)).failing_since is None


async def test_a_receiver_may_ask_for_more_time(desk: Desk) -> None:
    await desk.webhook(event_types=[EventType.JOB_FAILED])
    await desk.fail_a_job()
    desk.egress.answers = [Answer(503, 600)]

    await desk.deliver()
    desk.world.clock.pass_time(seconds=500)
    early = await desk.deliver()
    desk.world.clock.pass_time(seconds=300)

    assert early == []
    assert len(await desk.deliver()) == 1


async def test_a_delivery_wears_out_after_a_day_and_its_endpoint_after_days(desk: Desk) -> None:
    endpoint, _ = await desk.webhook(event_types=[EventType.JOB_FAILED])
    desk.egress.answers = [Answer(500, None)] * 100

    async def wear_out() -> None:
        await desk.fail_a_job()
        for _ in range(12):
            await desk.deliver()
            desk.world.clock.pass_time(hours=10)

    await wear_out()
    first = await desk.world.tenant.webhooks.endpoint(endpoint.id)
    desk.world.clock.pass_time(days=3)
    await wear_out()
    last = await desk.world.tenant.webhooks.endpoint(endpoint.id)

    assert len(desk.egress.posted) == 2 * 9
    assert await desk.log(endpoint) == [DeliveryStatus.EXHAUSTED] * 2
    assert first.active
    assert first.failing_since is not None
    assert (last.active, last.disabled_reason) == (False, "failing")
    revived = await desk.world.tenant.webhooks.change(replace(last, active=True, disabled_reason=None))
    assert (revived.active, revived.failing_since) == (True, None)


async def test_a_receiver_that_is_gone_is_asked_no_more(desk: Desk) -> None:
    endpoint, _ = await desk.webhook()
    desk.egress.answers = [Answer(410, None)]
    await desk.world.tenant.submit_job(desk.world.new_job())
    await desk.deliver()

    await desk.world.tenant.submit_job(desk.world.new_job())
    after = await desk.deliver()

    found = await desk.world.tenant.webhooks.endpoint(endpoint.id)
    assert (found.active, found.disabled_reason) == (False, "gone")
    assert after == []
    assert await desk.log(endpoint) == [DeliveryStatus.DROPPED]
    with pytest.raises(Conflict):
        await desk.world.tenant.webhooks.test(endpoint.id)


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


async def test_secrets_are_sealed_at_rest(desk: Desk) -> None:
    _, secret = await desk.webhook()
    callback = make_callback(
        url="https://hooks.test/cb", scheme="ocriva", secret="sesame open", services=desk.services
    )
    await desk.world.tenant.submit_job(desk.world.new_job(callback=callback))

    rows = await run_sql(
        desk.world.url, "select w::text from webhooks w union all select c::text from callbacks c"
    )

    kept = " ".join(str(row[0]) for row in rows)
    for text in (secret, "sesame open"):
        assert text not in kept
        assert text.encode().hex() not in kept


async def test_two_workers_never_make_the_same_attempt(desk: Desk) -> None:
    await desk.webhook()
    for _ in range(6):
        await desk.world.tenant.submit_job(desk.world.new_job())
    async with open_store(desk.world.url, secret=SECRET, clock=desk.world.clock) as other:
        outboxes = [desk.world.store.outbox, other.outbox]
        claims = await asyncio.gather(*(outboxes[n % 2].claim(limit=3, lease_s=60) for n in range(8)))

    claimed = [(due.id, due.attempt) for claim in claims for due in claim]
    assert len(claimed) == len(set(claimed))
    assert 4 <= len(claimed) <= 6


async def test_what_a_dead_worker_held_is_due_again_as_the_next_attempt(desk: Desk) -> None:
    endpoint, _ = await desk.webhook()
    await desk.world.tenant.submit_job(desk.world.new_job())
    [lost] = await desk.world.store.outbox.claim(limit=9, lease_s=60)

    held = await desk.deliver()
    desk.world.clock.pass_time(seconds=61)
    sent = await desk.deliver()
    outcome = Outcome(DeliveryStatus.EXHAUSTED, desk.world.clock.now(), 1, error="late")
    await desk.world.store.outbox.settle(lost, outcome)

    assert held == []
    assert len(sent) == 1
    [delivery] = await desk.world.tenant.webhooks.deliveries(endpoint.id, status=None, before=None, limit=9)
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.DELIVERED, 2)


async def test_one_receiver_that_owes_answers_holds_up_nobody_else(desk: Desk) -> None:
    slow, _ = await desk.webhook("https://slow.test/in")
    for _ in range(10):
        await desk.world.tenant.submit_job(desk.world.new_job())
    quick, _ = await desk.webhook("https://quick.test/in")
    await desk.world.tenant.submit_job(desk.world.new_job())

    first = await desk.world.store.outbox.claim(limit=5, lease_s=60)
    second = await desk.world.store.outbox.claim(limit=50, lease_s=60)

    assert [due.webhook_id for due in first].count(slow.id) == 4
    assert [due.webhook_id for due in first].count(quick.id) == 1
    assert second == []


async def test_a_callback_is_told_once_in_its_own_scheme(desk: Desk) -> None:
    callback = make_callback(
        url="https://hooks.test/cb",
        scheme="docurift",
        secret="sesame open",
        metadata={"case": 7},
        services=desk.services,
    )
    new = desk.world.new_job(callback=callback)
    await desk.world.tenant.submit_job(new)
    await desk.world.tenant.cancel_job(new.id)

    sent = await desk.deliver()

    assert [body["type"] for body in sent] == ["document.processing.failed"]
    assert "X-DocuRift-Signature" in desk.egress.posted[0].headers


async def test_a_callback_without_a_secret_borrows_that_of_an_endpoint_with_its_scheme(desk: Desk) -> None:
    _, secret = await desk.webhook(scheme="invaro", active=False)
    callback = make_callback(url="https://hooks.test/cb", scheme="invaro", services=desk.services)
    new = desk.world.new_job(callback=callback)
    await desk.world.tenant.submit_job(new)
    await desk.world.tenant.cancel_job(new.id)

    await desk.deliver()

    [posted] = desk.egress.posted
    assert posted.headers["X-Signature"] == "sha256=" + hex_hmac(secret, posted.body)


async def test_a_purge_takes_what_was_not_sent_and_what_could_be_sent_again(desk: Desk) -> None:
    endpoint, _ = await desk.webhook(event_types=[EventType.JOB_CANCELLED])
    callback = make_callback(url="https://hooks.test/cb", services=desk.services)
    new = desk.world.new_job(callback=callback, filename="secret plans.pdf", metadata={"who": "secret agent"})
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
    new = desk.world.new_job(callback=callback, source_retention_s=0, result_retention_s=0)
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


async def test_a_real_receiver_that_is_away_at_first_is_told_in_the_end(desk: Desk) -> None:
    """A crash between commit and delivery, a receiver that fails, and nothing lost."""
    refused = 0

    def respond(asked: Asked) -> bytes:
        nonlocal refused
        refused += 1
        return answer(503) if refused <= 2 else answer(204)

    names = Names({"receiver.test": [["127.0.0.1"]]})
    rules = parse_allowed(("receiver.test",))
    async with outside(respond) as receiver, GuardedEgress(rules, resolve=names) as egress:
        services = replace(desk.services, egress=egress)
        endpoint, secret = await create_webhook(
            url=f"http://receiver.test:{receiver.port}/in",
            event_types=[EventType.JOB_CANCELLED],
            principal=desk.principal,
            services=services,
        )
        new = desk.world.new_job()
        await desk.world.tenant.submit_job(new)
        await desk.world.tenant.cancel_job(new.id)
        # The worker that claims it dies before it asks anybody.
        assert len(await services.store.outbox.claim(limit=1, lease_s=60)) == 1
        stopping = asyncio.Event()
        working = [
            asyncio.create_task(keep_delivering(services=services, stopping=stopping)) for _ in range(2)
        ]
        async with asyncio.timeout(60):
            while await desk.log(endpoint) != [DeliveryStatus.DELIVERED]:
                desk.world.clock.pass_time(seconds=70)
                await asyncio.sleep(0.05)
        stopping.set()
        await asyncio.gather(*working)

    assert len(receiver.asked) == 3
    for asked in receiver.asked:
        id_, moment = asked.headers["webhook-id"], asked.headers["webhook-timestamp"]
        assert asked.headers["webhook-signature"] == signature(secret, id_, moment, asked.body)
    told = json.loads(receiver.asked[-1].body)
    assert told["data"]["job_id"] == f"job_{new.id}"
    assert told["data"]["status"] == JobStatus.CANCELLED.value
    assert job_prefix(new.id) not in receiver.asked[-1].body.decode()


async def test_a_delivery_starts_as_soon_as_it_is_committed(desk: Desk) -> None:
    """By notification: no poll is waited for."""
    endpoint, _ = await desk.webhook()
    stopping = asyncio.Event()
    working = asyncio.create_task(keep_delivering(services=desk.services, stopping=stopping))

    await desk.world.tenant.webhooks.test(endpoint.id)
    async with asyncio.timeout(10):
        await desk.egress.arrived.wait()
    stopping.set()
    await working

    assert json.loads(desk.egress.posted[0].body)["type"] == "webhook.test"
