"""One server for the tests that do not harm it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.harness import Client, Server

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data" / "dev"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("acceptance") / "data").start()
    yield running
    assert running.stop() == 0, f"a clean stop, but:\n{running.log()[-3000:]}"


@pytest.fixture(scope="session")
def client(server: Server) -> Client:
    return server.client(server.key())


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(scope="session")
def data() -> Path:
    if not DATA.is_dir():
        pytest.skip("the shared data with ground truth is not beside the project")
    return DATA


@pytest.fixture(scope="session")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty scanned pages, a few words on each, so that reading all of them takes many seconds, not minutes."""
    from tests.acceptance.scans import write_scan

    path = tmp_path_factory.mktemp("scan") / "sixty-pages.pdf"
    write_scan(path, pages=60)
    return path
