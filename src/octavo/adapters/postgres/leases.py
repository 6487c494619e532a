"""One row a lease. No connection is held while what it is for is done, and a dead holder's simply ends."""

from octavo.adapters.postgres.connect import Pool, one, run, transaction

TAKE = """
    insert into leases as known (name, holder, until)
    values (%(name)s, %(holder)s, now() + make_interval(secs => %(for_s)s))
    on conflict (name) do update set holder = excluded.holder, until = excluded.until
      where known.holder = excluded.holder or known.until <= now()
    returning name
"""


class PostgresLeases:
    """Implements `ports.leases.Leases`."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def take(self, name: str, holder: str, for_s: float) -> bool:
        async with transaction(self._pool) as connection:
            return await one(connection, TAKE, {"name": name, "holder": holder, "for_s": for_s}) is not None

    async def give_back(self, name: str, holder: str) -> None:
        async with transaction(self._pool) as connection:
            await run(
                connection,
                "delete from leases where name = %(name)s and holder = %(holder)s",
                {"name": name, "holder": holder},
            )
