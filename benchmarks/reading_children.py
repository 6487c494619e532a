"""Whether two children read twice as much as one: the pages of one job, through the real pool."""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import median
from benchmarks.machine import CpuMeter
from benchmarks.reading_ways import ENGINE
from benchmarks.report import Table, say
from octavo.adapters.isolation import ChildPool
from octavo.domain.job import Profile
from octavo.ports.isolation import ReadRequest
from octavo.ports.readers import Limits

TARGET = 1.9


@dataclass(frozen=True, slots=True)
class Round:
    pages_per_s: float
    cpu_s_per_page: float


async def compare(path: Path, numbers: list[int], models_dir: Path, rounds: int) -> Table:
    """One and two children in turn, so that a busy machine is as unkind to both."""
    found: dict[int, list[Round]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory(prefix="octavo-bench-") as scratch:
        pools = {slots: _pool(slots, models_dir, Path(scratch)) for slots in found}
        try:
            for pool in pools.values():
                await pool.warm(ENGINE, Profile.STANDARD)
            for _ in range(rounds):
                for slots, pool in pools.items():
                    found[slots].append(await _read_all(pool, path, numbers))
                    say(f"  {slots} children: {found[slots][-1]}")
        finally:
            for pool in pools.values():
                await pool.close()
    return _table(found)


async def _read_all(pool: ChildPool, path: Path, numbers: list[int]) -> Round:
    meter = CpuMeter(*pool.pids)
    began = time.perf_counter()
    await asyncio.gather(*(pool.read(_request(path, number)) for number in numbers))
    elapsed = time.perf_counter() - began
    return Round(len(numbers) / elapsed, meter.spent() / len(numbers))


def _table(found: dict[int, list[Round]]) -> Table:
    speed = {slots: median([one.pages_per_s for one in rounds]) for slots, rounds in found.items()}
    cpu = {slots: median([one.cpu_s_per_page for one in rounds]) for slots, rounds in found.items()}
    return Table(
        f"Two worker children against one (target {TARGET} on an idle machine)",
        ("children", "pages/s", "CPU-s/page", "times one child", "possible by CPU"),
        tuple(
            (slots, speed[slots], cpu[slots], speed[slots] / speed[1], slots * cpu[1] / cpu[slots])
            for slots in found
        ),
    )


def _pool(slots: int, models_dir: Path, scratch: Path) -> ChildPool:
    return ChildPool(
        slots=slots,
        models_dir=models_dir,
        limits=Limits(),
        page_timeout_s=300.0,
        memory_bytes=2 * 2**30,
        scratch_dir=scratch,
    )


def _request(path: Path, number: int) -> ReadRequest:
    return ReadRequest(
        path=path,
        media_type="application/pdf",
        password=None,
        numbers=(number,),
        engine=ENGINE,
        profile=Profile.STANDARD,
        languages=(),
        budget_s=1.5,
    )
