"""Keeping the house: what has expired goes, orphans go, counters are rolled up.

Run by one leader at a time; every step is safe to repeat and small, so that a
crash in the middle costs nothing but time.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sized
from dataclasses import dataclass
from datetime import datetime, timedelta

from octavo.app.services import Services
from octavo.domain.storage import hour_prefixes

AT_ONCE = 200
ERASED_TOGETHER = 8
"""Deletions in a bucket wait for its answers; one after another they would fall behind submissions."""
ORPHAN_AFTER = timedelta(hours=2)
"""A body may take long to arrive; an orphan is only what is older than this."""


@dataclass(frozen=True, slots=True)
class Swept:
    sources: int
    results: int
    files: int
    uploads: int = 0
    batches: int = 0


async def sweep_expired(*, services: Services) -> Swept:
    """Expire sources, results and files whose retention has ended, and delete all bytes that are owed.

    Raises:
        TemporaryFailure: some bytes could not be deleted; they stay owed.
    """
    upkeep = services.store.upkeep
    swept = Swept(
        sources=await _until_none_is_left(upkeep.expire_sources),
        results=await _until_none_is_left(upkeep.expire_results),
        files=await _until_none_is_left(upkeep.expire_files),
        uploads=await _until_none_is_left(upkeep.expire_uploads),
        batches=await _until_none_is_left(upkeep.expire_batches),
    )
    while prefixes := await upkeep.erasures_due(AT_ONCE):
        await _erase(prefixes, services)
    return swept


async def _until_none_is_left(expire: Callable[[int], Awaitable[Sized]]) -> int:
    """How many expired, taken in small transactions."""
    total = 0
    while True:
        count = len(await expire(AT_ONCE))
        total += count
        if count < AT_ONCE:
            return total


async def _erase(prefixes: list[str], services: Services) -> None:
    """What is gone is settled, also where others failed."""
    for start in range(0, len(prefixes), ERASED_TOGETHER):
        batch = prefixes[start : start + ERASED_TOGETHER]
        ends = await asyncio.gather(
            *(services.blobs.delete_prefix(prefix) for prefix in batch), return_exceptions=True
        )
        gone = [prefix for prefix, end in zip(batch, ends, strict=True) if isinstance(end, int)]
        await services.store.upkeep.erased(gone)
        for end in ends:
            if isinstance(end, BaseException):
                raise end


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
