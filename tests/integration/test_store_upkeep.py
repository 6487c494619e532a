"""What must not grow with the queue or the history, on a real PostgreSQL."""

from octavo.adapters.postgres.connect import one, reading
from octavo.adapters.postgres.upkeep import STALLED_TASKS
from tests.integration.conftest import World
from tests.integration.queue_probe import run_sql


async def test_looking_for_dead_workers_does_not_read_the_whole_queue(world: World) -> None:
    await run_sql(
        world.url,
        """insert into procrastinate_jobs (queue_name, task_name, priority, args)
           select 'octavo', 'plan', 0, '{}' from generate_series(1, 20000)""",
    )
    await run_sql(world.url, "analyze procrastinate_jobs")

    plan = await run_sql(world.url, f"explain {STALLED_TASKS % {'stalled': 5.0}}")

    assert "Seq Scan on procrastinate_jobs" not in str(plan)


async def test_a_statement_that_runs_away_is_stopped(world: World) -> None:
    async with reading(world.store._pool) as connection:
        row = await one(connection, "select current_setting('statement_timeout') as longest")

    assert row == {"longest": "30s"}


async def test_the_days_of_the_stats_are_those_of_our_clock(world: World) -> None:
    world.clock.pass_time(days=-3)
    await world.tenant.submit_job(world.new_job())
    await world.store.upkeep.roll_up_counters()

    stats = await world.tenant.stats(1)

    assert [day.day for day in stats.days] == [world.clock.now().date().isoformat()]
