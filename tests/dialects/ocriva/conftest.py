"""The client of a project's key, and one of an organization's, over the same world."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.dialects.ocriva.acme import client_of
from tests.http.world import World


@pytest.fixture
async def ocriva(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(world, await world.key(world.acme, bound=True)) as client:
        yield client


@pytest.fixture
async def whole(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """With a key of the organization."""
    async with client_of(world, world.acme.key) as client:
        yield client
