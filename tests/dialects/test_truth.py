"""One job, whoever sent it and whoever looks: every vendor tells the same truth in its own words."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from octavo.domain.event import EventType
from octavo.domain.ids import JobId
from octavo.domain.job import JobStatus
from tests.dialects.conftest import Clients
from tests.dialects.envelopes import VENDORS
from tests.dialects.orders import FILE, ORDERS
from tests.http.world import World


async def sent(clients: Clients, maker: str, world: World) -> JobId:
    answer = await ORDERS[maker].send(clients[maker], FILE)
    assert answer.is_success, answer.text
    (id_,) = world.store.rows
    return id_


async def stay_queued(world: World, public_id: str) -> None:
    """As it was sent."""


async def begin(world: World, public_id: str) -> None:
    world.begin(public_id)


async def complete(world: World, public_id: str) -> None:
    world.begin(public_id)
    await world.complete(public_id)


async def fail(world: World, public_id: str) -> None:
    world.begin(public_id)
    world.fail(public_id)


async def cancel(world: World, public_id: str) -> None:
    world.begin(public_id)
    now = world.clock.now()
    id_ = JobId(public_id.removeprefix("job_"))
    world.store.change(id_, EventType.JOB_CANCELLED, status=JobStatus.CANCELLED, finished_at=now)


STATES: dict[JobStatus, Callable[[World, str], Any]] = {
    JobStatus.QUEUED: stay_queued,
    JobStatus.PROCESSING: begin,
    JobStatus.COMPLETED: complete,
    JobStatus.FAILED: fail,
    JobStatus.CANCELLED: cancel,
}


def test_every_state_is_looked_at() -> None:
    assert set(STATES) == set(JobStatus)


@pytest.mark.parametrize("status", STATES, ids=lambda status: status.value)
@pytest.mark.parametrize("maker", ORDERS)
async def test_every_vendor_tells_every_others_job_in_its_own_words(
    clients: Clients, world: World, maker: str, status: JobStatus
) -> None:
    id_ = await sent(clients, maker, world)
    await STATES[status](world, f"job_{id_}")
    job = world.store.rows[id_]

    for reader, order in ORDERS.items():
        path = VENDORS[reader].job_path
        assert path is not None
        answer = await clients[reader].get(path(id_))
        assert answer.status_code == 200, (reader, answer.text)
        body = answer.json()
        assert order.state(body) == order.word(status), reader
        created, name = order.created(body), order.name(body)
        if created is not None:
            assert datetime.fromisoformat(created) == job.created_at.replace(
                microsecond=datetime.fromisoformat(created).microsecond
            ), reader
        assert name in {None, FILE[0]}, reader
