"""Deliveries on a real database: what is owed, who makes which attempt, and when."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from octavo.adapters.egress import GuardedEgress, parse_allowed
from octavo.adapters.postgres import open_store
from octavo.app.deliver import keep_delivering
from octavo.app.schemes.standard import signature
from octavo.app.webhooks.register import create_webhook
from octavo.domain.errors import Conflict
from octavo.domain.event import EventType
from octavo.domain.job import JobStatus
from octavo.domain.storage import job_prefix
from octavo.domain.webhook import DeliveryStatus
from octavo.ports.egress import Answer, Unreachable
from octavo.ports.webhooks import Outcome
from tests.egress.outside import Asked, Names, answer, outside
from tests.integration.conftest import SECRET, World
from tests.integration.webhook_desk import Desk, open_desk


@pytest.fixture
async def desk(world: World, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(world, tmp_path) as opened:
        yield opened


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


async def test_two_workers_never_make_the_same_attempt(desk: Desk) -> None:
    await desk.webhook()
    for _ in range(6):
        await desk.world.tenant.submit_job(desk.world.new_job())
    async with open_store(desk.world.url, secret=SECRET, clock=desk.world.clock) as other:
        outboxes = [desk.world.store.outbox, other.outbox]
        at_once = await asyncio.gather(*(outboxes[n % 2].claim(limit=3, lease_s=60) for n in range(8)))
        afterwards = await other.outbox.claim(limit=3, lease_s=60)

    claims = [*at_once, afterwards]
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


async def test_what_waits_for_a_paused_endpoint_is_dropped_at_once_and_can_be_replayed(desk: Desk) -> None:
    endpoint, _ = await desk.webhook()
    for _ in range(6):
        await desk.world.tenant.submit_job(desk.world.new_job())
    webhooks = desk.world.tenant.webhooks
    await webhooks.change(replace(endpoint, active=False, disabled_reason="by_owner"))

    assert await desk.deliver() == []

    assert await desk.log(endpoint) == [DeliveryStatus.DROPPED] * 6
    dropped = await webhooks.deliveries(endpoint.id, status=DeliveryStatus.DROPPED, before=None, limit=9)
    assert {one.attempts for one in dropped} == {0}
    await webhooks.change(endpoint)
    await webhooks.replay(endpoint.id, dropped[0].id)
    assert [body["id"] for body in await desk.deliver()] == [f"evt_{dropped[0].event_id}"]
