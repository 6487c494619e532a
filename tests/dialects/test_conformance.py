"""Every dialect, every kind of refusal: always the vendor's envelope, never a leak."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from octavo.dialects.table import DIALECTS
from octavo.domain.errors import TemporaryFailure
from octavo.domain.ids import new_id
from octavo.domain.job import Job, JobStatus
from octavo.server.front import create_front
from tests.dialects.envelopes import VENDORS, Vendor
from tests.dialects.orders import ORDERS
from tests.http.world import MAX_BYTES, PDF, World, submit

SECRET = "/srv/secret select * from jobs"
WITH_JOBS = sorted(ORDERS)
"""Where a job can be looked at; the others answer with results alone."""
WORDS = ("Traceback", "psycopg", "select *", "/srv/", "octavo.")


@pytest.fixture(params=sorted(DIALECTS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def vendor(name: str) -> Vendor:
    return VENDORS[name]


@pytest.fixture
async def client(world: World, name: str, vendor: Vendor) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_front(world.services), raise_app_exceptions=False)
    key = await world.key(world.acme, bound=True) if vendor.is_bound else world.acme.key
    async with httpx.AsyncClient(
        transport=transport,
        base_url=f"http://octavo.test/compat/{name}",
        headers=vendor.key(key),
    ) as client:
        yield client


def refused(answer: httpx.Response, vendor: Vendor, case: str) -> None:
    assert answer.status_code == vendor.status(case), answer.text
    assert "json" in answer.headers["content-type"]
    vendor.is_refusal(answer)
    assert not [word for word in WORDS if word in answer.text]
    assert answer.headers["x-request-id"]


async def look(
    client: httpx.AsyncClient, vendor: Vendor, id_: str, headers: dict[str, str] | None = None
) -> httpx.Response:
    """At a job; where there are none to look at, a document is sent."""
    if vendor.job_path is None:
        return await vendor.send(client, PDF, headers)
    return await client.get(vendor.job_path(id_), headers=headers)


def without_key(vendor: Vendor) -> dict[str, str]:
    return dict.fromkeys(vendor.key(""), "")


async def test_an_unknown_path(client: httpx.AsyncClient, vendor: Vendor) -> None:
    refused(await client.get("/there/is/nothing/here"), vendor, "unknown_path")


async def test_a_wrong_method_names_the_right_ones(client: httpx.AsyncClient, vendor: Vendor) -> None:
    answer = await client.delete(vendor.post_only.rstrip("/"))
    refused(answer, vendor, "wrong_method")
    assert ("POST" if vendor.upload[1] else "PUT") in answer.headers["allow"]


async def test_no_key_and_an_unknown_key(client: httpx.AsyncClient, vendor: Vendor) -> None:
    refused(await look(client, vendor, new_id_of(1), without_key(vendor)), vendor, "no_key")
    refused(await look(client, vendor, new_id_of(1), vendor.key("pk_live_" + "x" * 43)), vendor, "bad_key")


@pytest.mark.parametrize("name", WITH_JOBS)
async def test_an_unknown_job(client: httpx.AsyncClient, vendor: Vendor, world: World) -> None:
    refused(await look(client, vendor, new_id(world.clock.now())), vendor, "unknown_job")


@pytest.mark.parametrize("name", WITH_JOBS)
async def test_another_tenants_job_is_refused_in_the_vendors_way(
    client: httpx.AsyncClient, vendor: Vendor, world: World
) -> None:
    async with world.client(world.other.key) as other:
        foreign = await submit(other)
    refused(await look(client, vendor, foreign["id"].removeprefix("job_")), vendor, "foreign_job")


async def test_nobody_gets_what_another_tenant_had_read(
    client: httpx.AsyncClient, vendor: Vendor, name: str, world: World
) -> None:
    """The same bytes were read for another organization: the cache is of one organization, as everything is."""
    async with world.client(world.other.key) as other:
        foreign = await submit(other)
    await world.complete(foreign["id"])
    order = ORDERS.get(name)

    sending = asyncio.create_task(order.send(client, ("a.pdf", PDF)) if order else vendor.send(client, PDF))
    mine: list[Job] = []
    for _ in range(10_000):
        mine = mine or [job for job in world.store.rows.values() if f"job_{job.id}" != foreign["id"]]
        await asyncio.sleep(0)
    sending.cancel()

    assert not mine[0].cache_hit
    assert mine[0].status is not JobStatus.COMPLETED


async def test_a_request_of_the_wrong_shape(client: httpx.AsyncClient, vendor: Vendor) -> None:
    method, path, body = vendor.invalid
    refused(await client.request(method, path, **body), vendor, "invalid")


async def test_a_body_that_is_too_large(client: httpx.AsyncClient, vendor: Vendor) -> None:
    content = PDF + b" " * (MAX_BYTES + 2**21)
    refused(await vendor.send(client, content), vendor, "oversized")


async def test_a_bug_of_ours_shows_nothing_of_itself(
    client: httpx.AsyncClient, vendor: Vendor, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ValueError(SECRET)

    await client.request(vendor.invalid[0], vendor.invalid[1], **vendor.invalid[2])
    monkeypatch.setattr(world.store, "tenant", broken)
    refused(await look(client, vendor, new_id(world.clock.now())), vendor, "bug")


async def test_a_database_that_is_away(
    client: httpx.AsyncClient, vendor: Vendor, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise TemporaryFailure("The database cannot be reached.")

    await client.request(vendor.invalid[0], vendor.invalid[1], **vendor.invalid[2])
    monkeypatch.setattr(world.store, "tenant", away)
    refused(await look(client, vendor, new_id(world.clock.now())), vendor, "down")


def new_id_of(number: int) -> str:
    return f"{number:024x}"
