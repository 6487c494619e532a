"""Two worlds for dialects: an app over fakes, and a real server for the vendors' own flows."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.harness import Client, Server
from tests.http.world import World

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def world() -> World:
    return await World().settle()


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
