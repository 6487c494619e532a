"""One UPSERT a submission: all API processes share the one moment that a key's limit is."""

from datetime import timedelta

from octavo.adapters.postgres.connect import Pool, one, only, transaction
from octavo.domain.ids import KeyId
from octavo.domain.limits import WINDOW_S, Allowance, allowance_of
from octavo.ports.clock import Clock

TAKE = """
    insert into rate_limits as known (key_id, arrival)
    values (%(key)s, %(now)s::timestamptz + %(interval)s)
    on conflict (key_id) do update set arrival = greatest(known.arrival, %(now)s) + %(interval)s
      where greatest(known.arrival, %(now)s) + %(interval)s <= %(now)s::timestamptz + %(window)s
    returning arrival
"""


class PostgresSubmitLimits:
    """Implements `ports.limits.SubmitLimits`, by the law in `domain/limits.py`."""

    def __init__(self, pool: Pool, clock: Clock) -> None:
        self._pool = pool
        self._clock = clock

    async def take(self, key_id: KeyId, limit: int) -> Allowance:
        now = self._clock.now()
        values = {
            "key": key_id,
            "now": now,
            "interval": timedelta(seconds=WINDOW_S / limit),
            "window": timedelta(seconds=WINDOW_S),
        }
        async with transaction(self._pool) as connection:
            row = await one(connection, TAKE, values)
            refused = row is None
            if row is None:
                row = await only(connection, "select arrival from rate_limits where key_id = %(key)s", values)
        ahead_s = (row["arrival"] - now).total_seconds()
        return allowance_of("submit", limit, ahead_s, refused=refused)
