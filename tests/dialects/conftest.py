"""Two worlds for dialects: an app over fakes, and a real server for the vendors' own flows."""

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

from octavo.server.front import create_front
from tests.acceptance.harness import Client, Server
from tests.dialects.envelopes import VENDORS
from tests.dialects.orders import ORDERS
from tests.http.world import World

Clients = dict[str, httpx.AsyncClient]
"""By the names of the dialects."""
ROOT = Path(__file__).parents[2]


@pytest.fixture
async def world() -> World:
    return await World().settle()


@pytest.fixture
async def clients(world: World) -> AsyncIterator[Clients]:
    """One of every vendor whose jobs can be looked at, all of the same project."""
    key = await world.key(world.acme, bound=True)
    transport = httpx.ASGITransport(create_front(world.services), raise_app_exceptions=False)
    async with AsyncExitStack() as opened:
        yield {
            name: await opened.enter_async_context(
                httpx.AsyncClient(
                    transport=transport,
                    base_url=f"http://octavo.test/compat/{name}",
                    headers=VENDORS[name].key(key),
                )
            )
            for name in ORDERS
        }


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Over TLS, as some SDKs insist; `localhost` speaks OCRQueen at its root, every host all of them below /compat/."""
    folder = tmp_path_factory.mktemp("dialects") / "data"
    environment = {"OCTAVO_DIALECT_HOSTS": "localhost=ocrqueen", "OCTAVO_EGRESS_ALLOW": "127.0.0.1"}
    running = Server(folder, options=("--ssl-self-signed",), environment=environment).start()
    yield running
    assert running.stop() == 0, f"a clean stop, but:\n{running.log()[-3000:]}"


@pytest.fixture(scope="session")
def trusted(server: Server) -> ssl.SSLContext:
    """What a client needs to trust the trial certificate."""
    return ssl.create_default_context(cafile=server.certificate)


@pytest.fixture(scope="session")
def native(server: Server) -> Client:
    return server.client(server.key())


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"
