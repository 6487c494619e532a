"""The model's endpoint as a process, for as long as somebody asks it."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.models import model_server

_READY_S = 30


@contextmanager
def running_endpoint(folder: Path, forms: Mapping[str, Any]) -> Iterator[int]:
    """Its port. `forms` has by name what a model says, see `model_server`."""
    (folder / "forms.json").write_text(json.dumps(forms), encoding="utf-8")
    told = folder / "port"
    server = subprocess.Popen([sys.executable, model_server.__file__, told, folder / "forms.json"])
    try:
        deadline = time.monotonic() + _READY_S
        while not told.exists() or not told.read_text(encoding="utf-8"):
            assert server.poll() is None, "the endpoint did not start"
            assert time.monotonic() < deadline, "the endpoint took too long"
        yield int(told.read_text(encoding="utf-8"))
    finally:
        server.kill()
        server.wait()
