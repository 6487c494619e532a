"""The hub over fakes."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from octavo.http.identifiers import PROJECT
from octavo.server.front import create_front
from tests.dialects.ldxhub.desk import MODEL, ReadsTexts
from tests.http.world import World


@pytest.fixture
async def hub(world: World) -> AsyncIterator[httpx.AsyncClient]:
    world.services = replace(world.services, isolation=ReadsTexts())
    transport = httpx.ASGITransport(create_front(world.services), raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport,
        base_url="http://octavo.test/compat/ldxhub",
        headers={"Authorization": f"Bearer {world.acme.key}"},
    ) as client:
        yield client


@pytest.fixture
async def modelled(world: World, hub: httpx.AsyncClient) -> httpx.AsyncClient:
    """The hub, with a model in the project."""
    async with world.client() as native:
        path = f"/v1/projects/{PROJECT}{world.acme.project.id}"
        assert (await native.patch(path, json={"model": MODEL})).status_code == 200
    return hub
