"""Webhooks, in memory: endpoints, deliveries and announcements in dictionaries."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from tests.http.fakes import FakeClock

from octavo.domain.errors import Conflict, InvalidRequest, NotFound
from octavo.domain.event import EventType
from octavo.domain.ids import OrganizationId, ProjectId, WebhookId, new_id
from octavo.domain.tenancy import Project, Tenant
from octavo.domain.webhook import Announcement, Delivery, DeliveryStatus, Endpoint


@dataclass
class WebhookRows:
    clock: FakeClock
    projects: dict[ProjectId, Project]
    endpoints: dict[WebhookId, Endpoint] = field(default_factory=dict)
    secrets: dict[WebhookId, list[str]] = field(default_factory=dict)
    """Newest first."""
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    announcements: list[Announcement] = field(default_factory=list)

    def id(self) -> str:
        return new_id(self.clock.now())


@dataclass
class FakeWebhooks:
    """Implements `ports.webhooks.TenantWebhooks`."""

    rows: WebhookRows
    who: Tenant

    async def add(self, endpoint: Endpoint, secret: str) -> Endpoint:
        project = self.rows.projects.get(endpoint.project_id) if endpoint.project_id else None
        if endpoint.project_id and (
            project is None or not self._mine(project.organization_id, endpoint.project_id)
        ):
            raise NotFound("There is no such project.")
        self.rows.endpoints[endpoint.id] = endpoint
        self.rows.secrets[endpoint.id] = [secret]
        return endpoint

    async def endpoint(self, webhook_id: WebhookId) -> Endpoint:
        found = self.rows.endpoints.get(webhook_id)
        if found is None or not self._mine(found.organization_id, found.project_id):
            raise NotFound("There is no such webhook.")
        return found

    async def endpoints(
        self, *, before: WebhookId | None, limit: int, scheme: str | None = None
    ) -> list[Endpoint]:
        mine = [
            one for one in self.rows.endpoints.values() if self._mine(one.organization_id, one.project_id)
        ]
        mine = [one for one in mine if (before is None or one.id < before) and scheme in {None, one.scheme}]
        return sorted(mine, key=lambda one: one.id, reverse=True)[:limit]

    async def change(self, endpoint: Endpoint) -> Endpoint:
        await self.endpoint(endpoint.id)
        self.rows.endpoints[endpoint.id] = replace(endpoint, updated_at=self.rows.clock.now())
        return self.rows.endpoints[endpoint.id]

    async def remove(self, webhook_id: WebhookId) -> None:
        await self.endpoint(webhook_id)
        del self.rows.endpoints[webhook_id]

    async def rotate(self, webhook_id: WebhookId, secret: str, *, old_until: datetime | None) -> Endpoint:
        endpoint = await self.endpoint(webhook_id)
        self.rows.secrets[webhook_id].insert(0, secret)
        return await self.change(replace(endpoint, old_secret_until=old_until))

    async def deliveries(
        self, webhook_id: WebhookId, *, status: DeliveryStatus | None, before: str | None, limit: int
    ) -> list[Delivery]:
        await self.endpoint(webhook_id)
        found = [one for one in self.rows.deliveries.values() if one.webhook_id == webhook_id]
        found = [one for one in found if status in {None, one.status} and (before is None or one.id < before)]
        return sorted(found, key=lambda one: one.id, reverse=True)[:limit]

    async def delivery(self, webhook_id: WebhookId, delivery_id: str) -> Delivery:
        await self.endpoint(webhook_id)
        found = self.rows.deliveries.get(delivery_id)
        if found is None or found.webhook_id != webhook_id:
            raise NotFound("There is no such delivery.")
        return found

    async def replay(self, webhook_id: WebhookId, delivery_id: str) -> Delivery:
        old = await self.delivery(webhook_id, delivery_id)
        return await self._owe(webhook_id, old.event_type, old.event_id, old.subject_id)

    async def test(self, webhook_id: WebhookId) -> Delivery:
        return await self._owe(webhook_id, EventType.WEBHOOK_TEST, self.rows.id(), webhook_id)

    async def events(
        self, *, after: str | None, types: Sequence[EventType], limit: int
    ) -> list[Announcement]:
        if after is not None and not after.isdecimal():
            raise InvalidRequest("This cursor belongs to another list.", option="cursor")
        found = [one for one in self.rows.announcements if self._mine(one.organization_id, one.project_id)]
        found = [one for one in found if not types or one.type in types]
        return [one for one in found if after is None or int(one.position) > int(after)][:limit]

    async def _owe(self, webhook_id: WebhookId, type_: EventType, event_id: str, subject_id: str) -> Delivery:
        endpoint = await self.endpoint(webhook_id)
        if not endpoint.active:
            raise Conflict("The webhook is not active; activate it first.")
        now = self.rows.clock.now()
        delivery = Delivery(
            id=self.rows.id(),
            webhook_id=webhook_id,
            event_id=event_id,
            event_type=type_,
            subject_id=subject_id,
            status=DeliveryStatus.PENDING,
            attempts=0,
            response_status=None,
            latency_ms=None,
            error=None,
            created_at=now,
            next_attempt_at=now,
            finished_at=None,
        )
        self.rows.deliveries[delivery.id] = delivery
        return delivery

    def _mine(self, organization_id: OrganizationId, project_id: ProjectId | None) -> bool:
        same = self.who.project_id is None or self.who.project_id == project_id
        return self.who.organization_id == organization_id and same
