"""`octavo serve` as a real process, for black-box tests."""

import contextlib
import json
import os
import re
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import psutil

Seen = TypeVar("Seen")

READY_WITHIN_S = 120.0
KEY = re.compile(r"pk_live_[A-Za-z0-9_-]{43}")


def eventually(look: Callable[[], Seen | None], *, within_s: float, what: str) -> Seen:
    """The first thing that `look` sees; fails with `what` after `within_s`."""
    deadline = time.monotonic() + within_s
    while True:
        seen = look()
        if seen:
            return seen
        assert time.monotonic() < deadline, f"{what} did not come within {within_s:g} s"
        time.sleep(0.05)


def clean(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OCTAVO_", "AWS_"))}
    return kept | {"PYTHONUNBUFFERED": "1"} | more


@dataclass
class Serving:
    """One run of the server."""

    process: "subprocess.Popen[str]"
    data_dir: Path
    log: Path
    presence: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return str(self.presence["url"])

    @property
    def text(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def keys(self) -> list[str]:
        """Every key it printed, each once."""
        return sorted(set(KEY.findall(self.text)))

    def get(self, path: str, key: str | None = None) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        request = urllib.request.Request(self.url + path, headers=headers)  # noqa: S310 -- our own server
        trusted = self.presence.get("certificate")
        context = ssl.create_default_context(cafile=trusted) if trusted else None
        try:
            with urllib.request.urlopen(request, timeout=30, context=context) as answer:  # noqa: S310 -- as above
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)

    def children(self, kind: str) -> list[psutil.Process]:
        """The processes `octavo child <kind>` of this server."""
        with contextlib.suppress(psutil.NoSuchProcess):
            below = psutil.Process(self.process.pid).children()
            return [one for one in below if kind in one.cmdline()]
        return []

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@contextlib.contextmanager
def serving(data_dir: Path, *options: str, **environment: str) -> Iterator[Serving]:
    """A ready server; whatever is left of it is gone afterwards."""
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    log = data_dir.parent / f"{data_dir.name}-{time.monotonic_ns()}.log"
    command = [sys.executable, "-m", "octavo", "serve", "--port", "0", "--data-dir", str(data_dir), *options]
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, text=True, env=clean(**environment))
    server = Serving(process, data_dir, log)
    try:
        eventually(
            lambda: "is ready at" in server.text or process.poll() is not None,
            within_s=READY_WITHIN_S,
            what="readiness",
        )
        assert process.poll() is None, server.text
        server.presence = json.loads((data_dir / "serve.json").read_text(encoding="utf-8"))
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise


def octavo(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Another command beside the server, as a user types it."""
    return subprocess.run(
        [sys.executable, "-m", "octavo", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=clean(**environment),
    )
