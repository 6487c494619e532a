"""A world with receivers outside, and short ways to act on both."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from octavo.adapters.blobs.local import LocalBlobs
from octavo.adapters.postgres import open_notifier
from octavo.app.deliver import deliver_due
from octavo.app.services import Policy, Services
from octavo.app.webhooks.register import create_webhook
from octavo.domain.ids import JobId, KeyId
from octavo.domain.job import JobError, Stage
from octavo.domain.tenancy import ALL_SCOPES, Principal, Tenant
from octavo.domain.webhook import DeliveryStatus, Endpoint
from octavo.ports.readers import Limits
from tests.http.fake_egress import FakeEgress
from tests.integration.conftest import World
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


@asynccontextmanager
async def open_desk(world: World, folder: Path) -> AsyncIterator[Desk]:
    egress = FakeEgress()
    async with open_notifier(world.url) as notifier:
        services = Services(
            store=world.store,
            blobs=LocalBlobs(folder),
            isolation=None,  # type: ignore[arg-type]  # nothing is read or rendered here
            engines=None,  # type: ignore[arg-type]
            notifier=notifier,
            clock=world.clock,
            policy=Policy(Limits()),
            egress=egress,
        )
        yield Desk(world, services, egress)
