"""The endpoint, started once for all tests that ask it."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.models import model_server
from tests.models.forms import FORMS


@pytest.fixture(scope="session")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("model")
    (folder / "forms.json").write_text(json.dumps(FORMS), encoding="utf-8")
    told = folder / "port"
    server = subprocess.Popen([sys.executable, model_server.__file__, told, folder / "forms.json"])
    try:
        deadline = time.monotonic() + 30
        while not told.exists() or not told.read_text(encoding="utf-8"):
            assert server.poll() is None, "the endpoint did not start"
            assert time.monotonic() < deadline, "the endpoint took too long"
        yield int(told.read_text(encoding="utf-8"))
    finally:
        server.kill()
        server.wait()
