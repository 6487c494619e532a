"""Making something that all want and one should make: a single flight over all processes."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from octavo.app.services import Services
from octavo.domain.errors import TemporaryFailure

T = TypeVar("T")

LEASE_S = 15.0
"""How long others wait for one whose process died."""
RENEW_EVERY_S = 4.0
LOOK_AFTER_S = 0.05
LOOK_EVERY_S = 1.0


async def made_once(
    name: str,
    *,
    look: Callable[[], Awaitable[T | None]],
    make: Callable[[], Awaitable[T]],
    services: Services,
) -> T:
    """What `look` finds, else what `make` makes, while all others who ask under `name` wait for it.

    Where making fails, whoever waited tries for himself. Raises what `make` raises.
    """
    holder = secrets.token_hex(8)
    pause_s = LOOK_AFTER_S
    while True:
        if await services.store.leases.take(name, holder, LEASE_S):
            async with _held(name, holder, services):
                # Between our look and our lease the one before may have ended.
                found = await look()
                return found if found is not None else await make()
        await asyncio.sleep(pause_s)
        pause_s = min(LOOK_EVERY_S, pause_s * 1.5)
        found = await look()
        if found is not None:
            return found


@asynccontextmanager
async def _held(name: str, holder: str, services: Services) -> AsyncIterator[None]:
    renewing = asyncio.create_task(_renew(name, holder, services))
    try:
        yield
    finally:
        renewing.cancel()
        await asyncio.wait({renewing})
        # It ends by itself where the store is away now.
        with contextlib.suppress(TemporaryFailure):
            await services.store.leases.give_back(name, holder)


async def _renew(name: str, holder: str, services: Services) -> None:
    while True:
        await asyncio.sleep(RENEW_EVERY_S)
        with contextlib.suppress(TemporaryFailure):
            await services.store.leases.take(name, holder, LEASE_S)
