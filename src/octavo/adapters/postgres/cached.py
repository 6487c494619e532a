"""What was read before: finished jobs by their cache key."""

from collections.abc import Sequence
from datetime import datetime

from octavo.adapters.postgres.connect import Pool, many, reading
from octavo.adapters.postgres.rows import JOB_COLUMNS, job_from_row
from octavo.adapters.postgres.scope import Scope
from octavo.domain.job import Job
from octavo.domain.tenancy import Tenant


async def finished_like_any(
    pool: Pool, tenant: Tenant, cache_keys: Sequence[str], now: datetime
) -> dict[str, Job]:
    """Within the organization, whatever the key's project: a cache is shared by who pays for it."""
    scope = Scope(Tenant(tenant.organization_id, None))
    async with reading(pool) as connection:
        rows = await many(
            connection,
            *scope.sql(
                f"""select found.* from unnest(%(keys)s::text[]) as wanted (key) cross join lateral (
                      select {JOB_COLUMNS} from jobs where {{mine}} and cache_key = wanted.key
                        and status = 'completed' and result_deleted_at is null and pages_failed = 0
                        and result_expires_at > %(now)s
                        order by id desc limit 1) found""",
                {"keys": sorted(set(cache_keys)), "now": now},
            ),
        )
    return {row["cache_key"]: job_from_row(row) for row in rows}
