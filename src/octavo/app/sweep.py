"""Keeping the house: what has expired goes, orphans go, counters are rolled up.

Run by one leader at a time; every step is safe to repeat and small, so that a
crash in the middle costs nothing but time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from octavo.app.services import Services
from octavo.domain.storage import file_prefix, hour_prefixes, job_prefix, source_prefix

AT_ONCE = 200
ORPHAN_AFTER = timedelta(hours=2)
"""A body may take long to arrive; an orphan is only what is older than this."""


@dataclass(frozen=True, slots=True)
class Swept:
    sources: int
    results: int
    files: int


async def sweep_expired(*, services: Services) -> Swept:
    """Remove the bytes of sources, results and files whose retention has ended."""
    upkeep = services.store.upkeep
    sources = await upkeep.expire_sources(AT_ONCE)
    for job_id in sources:
        await services.blobs.delete_prefix(source_prefix(job_id))
    results = await upkeep.expire_results(AT_ONCE)
    for job_id in results:
        await services.blobs.delete_prefix(job_prefix(job_id))
    files = await upkeep.expire_files(AT_ONCE)
    for file_id in files:
        await services.blobs.delete_prefix(file_prefix(file_id))
    return Swept(len(sources), len(results), len(files))


async def sweep_orphans(hour: datetime, *, services: Services) -> int:
    """Remove bytes received in that hour whose job or file was never committed; how many things went."""
    if services.clock.now() - hour < ORPHAN_AFTER + timedelta(hours=1):
        return 0
    gone = 0
    for prefix in hour_prefixes(hour.strftime("%Y%m%d%H")):
        names = await services.blobs.list_groups(prefix)
        existing = await services.store.upkeep.existing(names)
        for name in names:
            if name not in existing:
                await services.blobs.delete_prefix(f"{prefix}{name}/")
                gone += 1
    return gone


async def tidy(*, services: Services) -> None:
    """Fold counter deltas together and forget what nobody can ask for any more."""
    await services.store.upkeep.roll_up_counters()
    await services.store.upkeep.forget_old()
