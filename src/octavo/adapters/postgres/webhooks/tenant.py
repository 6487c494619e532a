"""One tenant's endpoints, their deliveries, and the feed of events."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from octavo.adapters.postgres.audit.record import note
from octavo.adapters.postgres.connect import Connection, Pool, many, one, only, reading, transaction
from octavo.adapters.postgres.scope import Scope
from octavo.adapters.postgres.secrets import Sealer
from octavo.adapters.postgres.webhooks.announce import wake_deliverers
from octavo.adapters.postgres.webhooks.rows import (
    Row,
    announcement_from_row,
    attempt_from_row,
    delivery_from_row,
    endpoint_from_row,
)
from octavo.domain.audit import AuditAction
from octavo.domain.errors import Conflict, Gone, InvalidRequest, NotFound
from octavo.domain.event import EventType
from octavo.domain.ids import WebhookId, is_id, new_id
from octavo.domain.tenancy import Tenant
from octavo.domain.webhook import Announcement, Delivery, DeliveryStatus, Endpoint
from octavo.ports.clock import Clock

_MAX_TRANSACTION = 2**63 - 1


class PostgresWebhooks:
    """Implements `ports.webhooks.TenantWebhooks`."""

    def __init__(self, pool: Pool, tenant: Tenant, *, sealer: Sealer, clock: Clock) -> None:
        self._pool = pool
        self._tenant = tenant
        self._scope = Scope(tenant)
        self._sealer = sealer
        self._clock = clock

    async def add(self, endpoint: Endpoint, secret: str) -> Endpoint:
        async with transaction(self._pool) as connection:
            await self._require_project(connection, endpoint)
            row = await only(
                connection,
                """insert into webhooks (id, organization_id, project_id, url, event_types, description, scheme,
                     include_fields, active, disabled_reason, sealed_secret, created_at, updated_at)
                   values (%(id)s, %(organization)s, %(project)s, %(url)s, %(types)s, %(description)s, %(scheme)s,
                     %(fields)s, %(active)s, %(reason)s, %(secret)s, %(now)s, %(now)s) returning *""",
                {
                    **_members(endpoint),
                    "organization": endpoint.organization_id,
                    "project": endpoint.project_id,
                    "scheme": endpoint.scheme,
                    "secret": self._sealer.seal(secret),
                    "now": self._clock.now(),
                },
            )
            await self._note(connection, AuditAction.WEBHOOK_CREATED, row)
        return endpoint_from_row(row)

    async def endpoint(self, webhook_id: WebhookId) -> Endpoint:
        async with reading(self._pool) as connection:
            return endpoint_from_row(await self._row(connection, webhook_id))

    async def endpoints(
        self, *, before: WebhookId | None, limit: int, scheme: str | None = None
    ) -> list[Endpoint]:
        async with reading(self._pool) as connection:
            rows = await many(
                connection,
                *self._scope.sql(
                    """select * from webhooks where {mine} and (%(before)s::text is null or id < %(before)s)
                         and (%(scheme)s::text is null or scheme = %(scheme)s)
                       order by id desc limit %(limit)s""",
                    {"before": before, "limit": limit, "scheme": scheme},
                ),
            )
        return [endpoint_from_row(row) for row in rows]

    async def change(self, endpoint: Endpoint) -> Endpoint:
        async with transaction(self._pool) as connection:
            row = await one(
                connection,
                *self._scope.sql(
                    """update webhooks set url = %(url)s, event_types = %(types)s, description = %(description)s,
                         include_fields = %(fields)s, active = %(active)s, disabled_reason = %(reason)s,
                         failing_since = case when %(active)s and not active then null else failing_since end,
                         updated_at = %(now)s
                       where id = %(id)s and {mine} returning *""",
                    {**_members(endpoint), "now": self._clock.now()},
                ),
            )
            await self._note(connection, AuditAction.WEBHOOK_CHANGED, _found(row))
        return endpoint_from_row(_found(row))

    async def remove(self, webhook_id: WebhookId) -> None:
        async with transaction(self._pool) as connection:
            row = await one(
                connection,
                *self._scope.sql(
                    "delete from webhooks where id = %(id)s and {mine} returning *", {"id": webhook_id}
                ),
            )
            await self._note(connection, AuditAction.WEBHOOK_DELETED, _found(row))

    async def rotate(self, webhook_id: WebhookId, secret: str, *, old_until: datetime | None) -> Endpoint:
        async with transaction(self._pool) as connection:
            row = await one(
                connection,
                *self._scope.sql(
                    """update webhooks set sealed_secret = %(secret)s,
                         sealed_old_secret = case when %(until)s::timestamptz is null then null else sealed_secret end,
                         old_secret_until = %(until)s, updated_at = %(now)s
                       where id = %(id)s and {mine} returning *""",
                    {
                        "id": webhook_id,
                        "secret": self._sealer.seal(secret),
                        "until": old_until,
                        "now": self._clock.now(),
                    },
                ),
            )
            await self._note(connection, AuditAction.WEBHOOK_SECRET_ROTATED, _found(row))
        return endpoint_from_row(_found(row))

    async def deliveries(
        self, webhook_id: WebhookId, *, status: DeliveryStatus | None, before: str | None, limit: int
    ) -> list[Delivery]:
        async with reading(self._pool) as connection:
            await self._row(connection, webhook_id)
            rows = await many(
                connection,
                """select * from deliveries where webhook_id = %(webhook)s
                     and (%(status)s::text is null or status = %(status)s)
                     and (%(before)s::text is null or id < %(before)s)
                   order by id desc limit %(limit)s""",
                {"webhook": webhook_id, "status": status, "before": before, "limit": limit},
            )
        return [delivery_from_row(row) for row in rows]

    async def delivery(self, webhook_id: WebhookId, delivery_id: str) -> Delivery:
        async with reading(self._pool) as connection:
            await self._row(connection, webhook_id)
            row = await _delivery_row(connection, webhook_id, delivery_id)
            rows = await many(
                connection,
                "select * from delivery_attempts where delivery_id = %(id)s order by number",
                {"id": delivery_id},
            )
        return delivery_from_row(row, tuple(attempt_from_row(attempt) for attempt in rows))

    async def replay(self, webhook_id: WebhookId, delivery_id: str) -> Delivery:
        async with transaction(self._pool) as connection:
            endpoint = await self._row(connection, webhook_id)
            old = await _delivery_row(connection, webhook_id, delivery_id)
            _require_active(endpoint)
            if old["error"] == "purged" or await _is_purged(connection, old["subject_id"]):
                raise Gone("The job was purged; what was told of it cannot be told again.")
            return await self._owe(connection, endpoint, old)

    async def test(self, webhook_id: WebhookId) -> Delivery:
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            endpoint = await self._row(connection, webhook_id)
            _require_active(endpoint)
            announcement = await only(
                connection,
                """insert into announcements (id, organization_id, project_id, subject_id, type, facts, created_at,
                     transaction)
                   values (%(id)s, %(organization)s, %(project)s, %(webhook)s, 'webhook.test', '{}', %(now)s,
                     pg_current_xact_id()::text::bigint)
                   returning id as announcement_id, subject_id, type as event_type""",
                {
                    "id": new_id(now),
                    "organization": endpoint["organization_id"],
                    "project": endpoint["project_id"],
                    "webhook": webhook_id,
                    "now": now,
                },
            )
            return await self._owe(
                connection, endpoint, {**announcement, "project_id": endpoint["project_id"]}
            )

    async def events(
        self, *, after: str | None, types: Sequence[EventType], limit: int
    ) -> list[Announcement]:
        """What an open transaction may still precede is left for later, so that nobody misses it."""
        number, id_ = _place(after)
        async with reading(self._pool) as connection:
            rows = await many(
                connection,
                *self._scope.sql(
                    """select * from announcements where {mine} and type <> 'webhook.test'
                         and transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                         and (transaction, id) > (%(transaction)s, %(id)s)
                         and (%(types)s::text[] = '{}' or type = any(%(types)s))
                       order by transaction, id limit %(limit)s""",
                    {
                        "transaction": number,
                        "id": id_,
                        "types": [kind.value for kind in types],
                        "limit": limit,
                    },
                ),
            )
        return [announcement_from_row(row) for row in rows]

    async def _owe(self, connection: Connection, endpoint: Row, told: Row) -> Delivery:
        now = self._clock.now()
        row = await only(
            connection,
            """insert into deliveries (id, organization_id, project_id, announcement_id, webhook_id, subject_id,
                 event_type, target, status, next_attempt_at, created_at)
               values (%(id)s, %(organization)s, %(project)s, %(announcement)s, %(webhook)s, %(subject)s,
                 %(type)s, %(target)s, 'pending', %(now)s, %(now)s) returning *""",
            {
                "id": new_id(now),
                "organization": endpoint["organization_id"],
                "project": told["project_id"],
                "announcement": told["announcement_id"],
                "webhook": endpoint["id"],
                "target": endpoint["id"],
                "subject": told["subject_id"],
                "type": told["event_type"],
                "now": now,
            },
        )
        await wake_deliverers(connection)
        return delivery_from_row(row)

    async def _note(self, connection: Connection, action: AuditAction, row: Row) -> None:
        """Where it leads is told, not the whole address: that may hold a secret."""
        details = {"host": urlsplit(row["url"]).hostname, "active": row["active"]}
        now, project = self._clock.now(), row["project_id"]
        await note(connection, self._tenant, action, row["id"], now, project_id=project, details=details)

    async def _row(self, connection: Connection, webhook_id: WebhookId) -> Row:
        return _found(
            await one(
                connection,
                *self._scope.sql("select * from webhooks where id = %(id)s and {mine}", {"id": webhook_id}),
            )
        )

    async def _require_project(self, connection: Connection, endpoint: Endpoint) -> None:
        if endpoint.project_id is None:
            return
        project = await one(
            connection,
            *self._scope.sql(
                """select 1 as found from (select id as project_id, organization_id from projects) p
                   where project_id = %(id)s and {mine}""",
                {"id": endpoint.project_id},
            ),
        )
        if project is None:
            raise NotFound("There is no such project.")


def _members(endpoint: Endpoint) -> Row:
    return {
        "id": endpoint.id,
        "url": endpoint.url,
        "types": [kind.value for kind in endpoint.event_types],
        "description": endpoint.description,
        "fields": endpoint.include_fields,
        "active": endpoint.active,
        "reason": endpoint.disabled_reason,
    }


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFound("There is no such webhook.")
    return row


def _require_active(endpoint: Row) -> None:
    if not endpoint["active"]:
        raise Conflict("The webhook is not active; activate it first.", reason=endpoint["disabled_reason"])


async def _delivery_row(connection: Connection, webhook_id: str, delivery_id: str) -> Row:
    row = await one(
        connection,
        "select * from deliveries where id = %(id)s and webhook_id = %(webhook)s",
        {"id": delivery_id, "webhook": webhook_id},
    )
    if row is None:
        raise NotFound("There is no such delivery.")
    return row


async def _is_purged(connection: Connection, subject_id: str) -> bool:
    row = await one(
        connection,
        "select 1 as found from jobs where id = %(id)s and purged_at is not null",
        {"id": subject_id},
    )
    return row is not None


def _place(position: str | None) -> tuple[int, str]:
    """Raises `InvalidRequest`."""
    if position is None:
        return -1, ""
    number, _, id_ = position.partition(".")
    if (
        not number.isascii()
        or not number.isdecimal()
        or int(number[:20]) > _MAX_TRANSACTION
        or not is_id(id_)
    ):
        raise InvalidRequest("This cursor belongs to another list. Start again without one.", option="cursor")
    return int(number), id_
