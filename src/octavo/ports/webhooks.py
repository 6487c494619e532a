"""What is remembered of webhooks: one tenant's endpoints and deliveries, and the outbox workers empty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from octavo.domain.event import EventType
from octavo.domain.ids import JobId, WebhookId
from octavo.domain.webhook import Announcement, Delivery, DeliveryStatus, Endpoint

DELIVERIES = JobId("deliveries")
"""What `Notifier.subscribe` is given by who waits for the outbox instead of a job."""


class TenantWebhooks(Protocol):
    """Of one tenant; what is another's is `NotFound`.

    A key of one project sees that project's endpoints; a key of the organization, all.
    """

    async def add(self, endpoint: Endpoint, secret: str) -> Endpoint:
        """The secret is kept sealed."""
        ...

    async def endpoint(self, webhook_id: WebhookId) -> Endpoint: ...

    async def endpoints(
        self, *, before: WebhookId | None, limit: int, scheme: str | None = None
    ) -> list[Endpoint]:
        """Newest first."""
        ...

    async def change(self, endpoint: Endpoint) -> Endpoint:
        """Everything but its id, tenant, scheme and secrets; activating forgets its failures."""
        ...

    async def remove(self, webhook_id: WebhookId) -> None:
        """With its deliveries; what is being sent at the moment still arrives."""
        ...

    async def rotate(self, webhook_id: WebhookId, secret: str, *, old_until: datetime | None) -> Endpoint:
        """`old_until`: how long the secret until now is kept; None: it is forgotten at once."""
        ...

    async def deliveries(
        self, webhook_id: WebhookId, *, status: DeliveryStatus | None, before: str | None, limit: int
    ) -> list[Delivery]:
        """Newest first."""
        ...

    async def delivery(self, webhook_id: WebhookId, delivery_id: str) -> Delivery:
        """With the log of its attempts."""
        ...

    async def replay(self, webhook_id: WebhookId, delivery_id: str) -> Delivery:
        """A new delivery of the same event, due at once.

        Raises `Conflict` where the endpoint is not active, `Gone` where the job was purged.
        """
        ...

    async def test(self, webhook_id: WebhookId) -> Delivery:
        """A `webhook.test` for this endpoint alone, due at once. Raises `Conflict` as `replay`."""
        ...

    async def events(
        self, *, after: str | None, types: Sequence[EventType], limit: int
    ) -> list[Announcement]:
        """In the order in which they can be followed: none comes later in an earlier place.

        `after`: a `position`; None: from the oldest kept. Raises `InvalidRequest` for another text.
        """
        ...


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """One attempt, claimed for whoever holds this."""

    id: str
    attempt: int
    event: Announcement
    webhook_id: WebhookId | None
    url: str
    scheme: str
    secrets: tuple[str, ...]
    """Newest first; none: it goes unsigned."""
    include_fields: bool
    metadata: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Outcome:
    status: DeliveryStatus
    """Pending: tried again at `next_attempt_at`."""
    started_at: datetime
    duration_ms: int
    response_status: int | None = None
    error: str | None = None
    next_attempt_at: datetime | None = None
    receiver_gone: bool = False
    """It said so itself: its endpoint is disabled."""


class Outbox(Protocol):
    """The workers' side."""

    async def claim(self, *, limit: int, lease_s: float) -> list[DueDelivery]:
        """Deliveries that are due, each claimed by one caller; fair among receivers.

        What its holder does not settle within `lease_s` is due again, as its next attempt.
        """
        ...

    async def settle(self, due: DueDelivery, outcome: Outcome) -> None:
        """Note how the attempt went; nothing where it is no longer this attempt's turn."""
        ...
