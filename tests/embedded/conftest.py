"""Clusters that are always stopped, whatever a test does to them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from octavo.adapters.embedded import EmbeddedPostgres


@pytest.fixture
def open_dir() -> Iterator[Path]:
    """A folder that every account can reach; pytest's own `tmp_path` is closed to all but us."""
    with tempfile.TemporaryDirectory(prefix="octavo-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(tmp_path)
    try:
        yield server
    finally:
        server.stop(timeout_s=10)
