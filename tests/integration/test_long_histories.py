"""The plans of statements over a long history."""

import psycopg
import pytest
from psycopg.rows import DictRow

from octavo.adapters.postgres.connect import transaction
from octavo.adapters.postgres.history import count_statement, list_statement
from octavo.adapters.postgres.scope import Scope
from octavo.domain.job import JobStatus
from octavo.domain.tenancy import Tenant
from octavo.ports.history import JobQuery, JobSort
from tests.integration.conftest import World
from tests.integration.queue_probe import run_sql

JOBS = 4000
KEPT = 200


async def _fill(world: World) -> None:
    """One tenant's long history, of which the newest are kept."""
    await run_sql(
        world.url,
        f"""insert into jobs (id, organization_id, project_id, status, stage, priority, options, filename, media_type,
              size_bytes, sha256, page_count, pages_total, engine, engine_digest, cache_key, source_retention_s,
              result_retention_s, created_at, updated_at, finished_at, source_expires_at, result_deleted_at)
            select lpad(to_hex(n), 24, '0'), '{world.organization.id}', '{world.project.id}', 'completed', 'done', 1,
              '{{}}', md5(n::text), 'application/pdf', 1, 'x', 1, 1, 'e', 'd', 'c', 1, 1, now(), now(),
              now() - n * interval '1 second', now(), case when n <= {JOBS - KEPT} then now() end
            from generate_series(1, {JOBS}) n;
            analyze jobs""",
    )


async def _plan(world: World, statement: str, params: dict[str, object]) -> str:
    async with transaction(world.store._pool) as connection:
        cursor: psycopg.AsyncCursor[DictRow] = await connection.execute(
            f"explain (analyze, timing off, costs off) {statement}", params, prepare=False
        )
        return "\n".join(row["QUERY PLAN"] for row in await cursor.fetchall())


@pytest.mark.parametrize("sort", [JobSort.FINISHED, JobSort.FILENAME, JobSort.CONFIDENCE])
async def test_kept_jobs_are_listed_in_other_orders_without_reading_all_that_were(
    world: World, sort: JobSort
) -> None:
    await _fill(world)
    scope = Scope(Tenant(world.organization.id, world.project.id))
    query = JobQuery(kept=True, statuses=(JobStatus.COMPLETED,), sort=sort, limit=20)

    plan = await _plan(world, *scope.sql(*list_statement(query)))

    assert f"using jobs_kept_{sort.value}" in plan
    assert "Sort" not in plan


async def test_kept_jobs_are_counted_without_reading_all_that_were(world: World) -> None:
    await _fill(world)
    scope = Scope(Tenant(world.organization.id, None))

    plan = await _plan(world, *scope.sql(*count_statement(JobQuery(kept=True), 10_000)))

    assert "jobs_kept" in plan
    assert "Seq Scan" not in plan
