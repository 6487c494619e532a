"""The outbox, as the workers empty it: claimed row by row, so that no attempt is made twice."""

from datetime import timedelta

from octavo.adapters.postgres.connect import Connection, Pool, many, one, run, transaction
from octavo.adapters.postgres.secrets import Sealer
from octavo.adapters.postgres.webhooks.rows import Row, announcement_from_row
from octavo.domain.ids import WebhookId
from octavo.domain.webhook import FAILING_FOR, DeliveryStatus
from octavo.ports.clock import Clock
from octavo.ports.webhooks import DueDelivery, Outcome

AT_ONE_RECEIVER = 4
"""Attempts under way at one receiver, on all workers together: a slow one holds up nobody else."""

_CLAIM = """
    with recursive receivers as (
      (select target from deliveries where status = 'pending' and next_attempt_at <= %(now)s
         order by target limit 1)
      union all
      select (select d.target from deliveries d where d.status = 'pending' and d.next_attempt_at <= %(now)s
                and d.target > r.target order by d.target limit 1)
        from receivers r where r.target is not null),
    chosen as (
      select due.id from receivers r cross join lateral (
        select d.id, d.next_attempt_at, row_number() over () as place from (
          select id, next_attempt_at from deliveries
            where target = r.target and status = 'pending' and next_attempt_at <= %(now)s
            order by next_attempt_at limit greatest(0, %(each)s - (
              select count(*) from deliveries f
                where f.target = r.target and f.status = 'pending' and f.leased_until > %(now)s))) d) due
      where r.target is not null order by due.place, due.next_attempt_at limit %(limit)s),
    held as (
      select id from deliveries where id in (select id from chosen)
        and status = 'pending' and next_attempt_at <= %(now)s for update skip locked)
    update deliveries d set attempts = attempts + 1, leased_until = %(until)s, next_attempt_at = %(until)s
    from held where d.id = held.id returning d.*
"""
"""Receivers first, one index step each, then the oldest of each in turn. `held` looks again after the
row is locked: another worker may have claimed it between the two."""

_DETAILS = """
    select d.id as delivery_id, d.attempts, a.*, w.url as webhook_url, w.scheme as webhook_scheme,
           w.active, w.sealed_secret as webhook_secret, w.sealed_old_secret, w.old_secret_until,
           w.include_fields, d.webhook_id, c.url as callback_url, c.scheme as callback_scheme,
           c.sealed_secret as callback_secret, c.metadata as callback_metadata, lent.sealed_secret as lent_secret
    from deliveries d join announcements a on a.id = d.announcement_id
      left join webhooks w on w.id = d.webhook_id
      left join callbacks c on d.webhook_id is null and c.job_id = d.subject_id and c.position = d.callback
      left join lateral (
        select sealed_secret from webhooks l where d.webhook_id is null and c.sealed_secret is null
          and l.organization_id = d.organization_id and (l.project_id is null or l.project_id = d.project_id)
          and l.scheme = c.scheme order by l.project_id nulls last, l.id limit 1) lent on true
    where d.id = any(%(ids)s)
"""


class PostgresOutbox:
    """Implements `ports.webhooks.Outbox`."""

    def __init__(self, pool: Pool, *, sealer: Sealer, clock: Clock) -> None:
        self._pool = pool
        self._sealer = sealer
        self._clock = clock

    async def claim(self, *, limit: int, lease_s: float) -> list[DueDelivery]:
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            claimed = await many(
                connection,
                _CLAIM,
                {
                    "now": now,
                    "until": now + timedelta(seconds=lease_s),
                    "each": AT_ONE_RECEIVER,
                    "limit": limit,
                },
            )
            if not claimed:
                return []
            rows = await many(connection, _DETAILS, {"ids": [row["id"] for row in claimed]})
            await _drop(connection, [row for row in rows if not _has_receiver(row)], now)
        return [self._due(row, now) for row in rows if _has_receiver(row)]

    async def settle(self, due: DueDelivery, outcome: Outcome) -> None:
        now = self._clock.now()
        async with transaction(self._pool) as connection:
            row = await one(
                connection,
                """update deliveries set status = %(status)s, leased_until = null,
                     next_attempt_at = coalesce(%(next)s, next_attempt_at), response_status = %(response)s,
                     latency_ms = %(duration)s, error = %(error)s,
                     finished_at = case when %(status)s = 'pending' then null else %(now)s::timestamptz end
                   where id = %(id)s and attempts = %(attempt)s and status = 'pending' returning webhook_id""",
                _outcome_params(due, outcome) | {"now": now},
            )
            if row is None:
                return
            await run(
                connection,
                """insert into delivery_attempts (delivery_id, number, started_at, duration_ms, response_status, error)
                   values (%(id)s, %(attempt)s, %(started)s, %(duration)s, %(response)s, %(error)s)""",
                _outcome_params(due, outcome),
            )
            if row["webhook_id"] is not None:
                await self._note_health(connection, row["webhook_id"], outcome)

    async def _note_health(self, connection: Connection, webhook_id: str, outcome: Outcome) -> None:
        now = self._clock.now()
        if outcome.status is DeliveryStatus.DELIVERED:
            # Most endpoints are well: a row that need not change is not written.
            await run(
                connection,
                "update webhooks set failing_since = null where id = %(id)s and failing_since is not null",
                {"id": webhook_id},
            )
            return
        await run(
            connection,
            """update webhooks set failing_since = coalesce(failing_since, %(now)s),
                 active = active and not (%(gone)s or (%(spent)s and failing_since <= %(since)s)),
                 disabled_reason = case when not active then disabled_reason when %(gone)s then 'gone'
                   when %(spent)s and failing_since <= %(since)s then 'failing' end
               where id = %(id)s and (failing_since is null or %(gone)s or %(spent)s)""",
            {
                "id": webhook_id,
                "now": now,
                "gone": outcome.receiver_gone,
                "spent": outcome.status is DeliveryStatus.EXHAUSTED,
                "since": now - FAILING_FOR,
            },
        )

    def _due(self, row: Row, now: object) -> DueDelivery:
        is_callback = row["webhook_id"] is None
        sealed = [row["callback_secret"] or row["lent_secret"]] if is_callback else [row["webhook_secret"]]
        if not is_callback and row["old_secret_until"] is not None and row["old_secret_until"] > now:
            sealed.append(row["sealed_old_secret"])
        return DueDelivery(
            id=row["delivery_id"],
            attempt=row["attempts"],
            event=announcement_from_row(row),
            webhook_id=None if is_callback else WebhookId(row["webhook_id"]),
            url=row["callback_url"] if is_callback else row["webhook_url"],
            scheme=row["callback_scheme"] if is_callback else row["webhook_scheme"],
            secrets=tuple(self._sealer.unseal(secret) for secret in sealed if secret),
            include_fields=False if is_callback else row["include_fields"],
            metadata=row["callback_metadata"],
        )


def _has_receiver(row: Row) -> bool:
    return row["callback_url"] is not None if row["webhook_id"] is None else bool(row["active"])


async def _drop(connection: Connection, rows: list[Row], now: object) -> None:
    """With all else that waits for the same endpoints. Nobody was asked: a claim is no attempt here."""
    if rows:
        await run(
            connection,
            """update deliveries set status = 'dropped', error = 'disabled', leased_until = null,
                 attempts = attempts - (id = any(%(ids)s))::integer, finished_at = %(now)s
               where id = any(%(ids)s) or (webhook_id = any(%(webhooks)s) and status = 'pending')""",
            {
                "ids": [row["delivery_id"] for row in rows],
                "webhooks": [row["webhook_id"] for row in rows if row["webhook_id"]],
                "now": now,
            },
        )


def _outcome_params(due: DueDelivery, outcome: Outcome) -> Row:
    return {
        "id": due.id,
        "attempt": due.attempt,
        "status": outcome.status.value,
        "next": outcome.next_attempt_at,
        "response": outcome.response_status,
        "duration": outcome.duration_ms,
        "error": outcome.error,
        "started": outcome.started_at,
    }
