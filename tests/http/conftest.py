from collections.abc import AsyncIterator

import httpx
import pytest
from tests.http.world import World


@pytest.fixture
async def world() -> World:
    return await World().settle()


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with world.client() as client:
        yield client
