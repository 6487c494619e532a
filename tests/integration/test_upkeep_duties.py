"""Which failing duty ends a leader, and which does not."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from octavo import worker
from octavo.app.services import Services
from octavo.domain.errors import TemporaryFailure


class Upkeep:
    """Implements what `keep_house` asks of `ports.store.Upkeep`; `fails` names what raises."""

    def __init__(self, *, fails: str) -> None:
        self.fails = fails
        self.led = 0
        self.called: dict[str, int] = {}

    @asynccontextmanager
    async def leadership(self) -> AsyncIterator[bool]:
        self.led += 1
        yield True

    def __getattr__(self, name: str) -> Callable[..., Any]:
        async def duty(*_: object) -> list[str]:
            self.called[name] = self.called.get(name, 0) + 1
            if name == self.fails:
                raise TemporaryFailure("away")
            return []

        return duty


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RECOVER_EVERY_S", "SWEEP_EVERY_S", "TIDY_EVERY_S", "LEADER_RETRY_S"):
        monkeypatch.setattr(worker, name, 0.001)
    monkeypatch.setattr(worker, "ORPHAN_HOURS", range(0))


async def keep_house_until(upkeep: Upkeep, holds: Callable[[], bool]) -> None:
    clock = SimpleNamespace(now=worker_now)
    services = cast("Services", SimpleNamespace(store=SimpleNamespace(upkeep=upkeep), clock=clock))
    stopping = asyncio.Event()
    keeping = asyncio.create_task(worker.keep_house(services, stopping=stopping))
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 -- the condition is over plain counters
            await asyncio.sleep(0.001)
    stopping.set()
    keeping.cancel()
    await asyncio.wait({keeping}, timeout=10)
    assert keeping.done(), "it ends when told"


def worker_now() -> datetime:
    return datetime.now(UTC)


async def test_a_leader_whose_database_is_away_hands_leadership_back() -> None:
    upkeep = Upkeep(fails="recover_stalled")

    await keep_house_until(upkeep, lambda: upkeep.led >= 2)

    assert upkeep.called["recover_stalled"] >= 1


async def test_a_duty_that_fails_for_itself_leaves_leadership_and_the_other_duties_alone() -> None:
    upkeep = Upkeep(fails="roll_up_counters")

    await keep_house_until(
        upkeep, lambda: min(upkeep.called.get(n, 0) for n in ("roll_up_counters", "recover_stalled")) >= 3
    )

    assert upkeep.led == 1
