"""A real server: real processes, real database, real engines, spoken to over HTTP only."""

import json
import os
import re
import signal
import ssl
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psutil

from octavo.domain.job import PageSelection

T = TypeVar("T")
READY_WITHIN_S = 90.0
WORD = re.compile(r"\w+")
TRUST = ssl.create_default_context()
"""Made once: httpx would read all authorities anew for every request."""
FINAL = {"completed", "failed", "cancelled"}


def until(look: Callable[[], T | None], *, within_s: float, what: str) -> T:
    """The first true answer of `look`; fails, saying `what` was waited for, after `within_s`."""
    deadline = time.monotonic() + within_s
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {within_s} s in vain for {what}")
        time.sleep(0.02)


def word_f1(truth: str, read: str) -> float:
    """F1 over the multisets of case-folded words."""
    wanted, got = Counter(WORD.findall(truth.casefold())), Counter(WORD.findall(read.casefold()))
    return 2 * (wanted & got).total() / max(1, wanted.total() + got.total())


@dataclass
class Server:
    """`octavo serve` on a folder of its own."""

    data_dir: Path
    options: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def log_path(self) -> Path:
        return self.data_dir.with_name(self.data_dir.name + ".log")

    @property
    def url(self) -> str:
        return str(self._presence()["url"])

    @property
    def certificate(self) -> str | None:
        """The PEM file that clients are to trust, where the server made its own."""
        return self._presence().get("certificate")

    def start(self) -> "Server":
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "octavo",
                    "serve",
                    "--data-dir",
                    str(self.data_dir),
                    "--port",
                    "0",
                    *self.options,
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=_environment() | self.environment,
            )
        until(
            self._ready,
            within_s=READY_WITHIN_S,
            what=f"the server to be ready; its log:\n{self.log()[-3000:]}",
        )
        return self

    def stop(self, timeout_s: float = 60.0) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout_s)

    def kill_everything(self) -> None:
        """As a power cut would: the supervisor and all below it, at once."""
        assert self.process is not None
        victims = [psutil.Process(self.process.pid), *self.tree()]
        database = self.database()
        if database is not None:
            victims += [database, *database.children(recursive=True)]
        for victim in victims:
            _kill(victim)
        self.process.wait(10)

    def tree(self) -> list[psutil.Process]:
        assert self.process is not None
        try:
            return psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []

    def workers(self) -> list[psutil.Process]:
        """The worker processes themselves, without their children."""
        return [process for process in self.tree() if "child worker" in _command(process)]

    def api(self) -> list[psutil.Process]:
        return [process for process in self.tree() if "child api" in _command(process)]

    def readers(self) -> list[psutil.Process]:
        """The child processes of workers that read pages."""
        return [child for worker in self.workers() for child in _children(worker)]

    def database(self) -> psutil.Process | None:
        try:
            pid = int((self.data_dir / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
            return psutil.Process(pid)
        except (OSError, psutil.Error, IndexError, ValueError):
            return None

    def key(self, *arguments: str) -> str:
        """A new key's text, made beside the running server."""
        done = self.run(
            "keys", "create", "--data-dir", str(self.data_dir), "--name", "test", "--json", *arguments
        )
        return str(json.loads(done.stdout)["key"])

    def run(self, *arguments: str, expecting: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "octavo", *arguments],
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
            env=_environment() | self.environment,
        )
        assert done.returncode == expecting, done.stderr
        return done

    def client(self, key: str) -> "Client":
        return Client(self, key)

    def log(self) -> str:
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def _presence(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads((self.data_dir / "serve.json").read_text())
        except (OSError, ValueError):
            return {}
        return found

    def _ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"the server ended: {self.log()[-3000:]}"
        presence = self._presence()
        if presence.get("pid") != self.process.pid:
            return False
        try:
            trusted = ssl.create_default_context(cafile=presence.get("certificate"))
            return httpx.get(presence["url"] + "/readyz", timeout=5, verify=trusted).status_code == 200
        except httpx.HTTPError:
            return False


@dataclass
class Worker:
    """`octavo worker`: another machine, as far as one machine can play it."""

    data_dir: Path
    options: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def log_path(self) -> Path:
        return self.data_dir.with_name(self.data_dir.name + "-worker.log")

    def start(self) -> "Worker":
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "octavo", "worker", "--data-dir", str(self.data_dir), *self.options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=_environment() | self.environment,
            )
        return self

    def stop(self, timeout_s: float = 60.0) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout_s)

    def tree(self) -> list[psutil.Process]:
        assert self.process is not None
        supervisor = psutil.Process(self.process.pid)
        return [supervisor, *supervisor.children(recursive=True)]

    def kill_everything(self) -> None:
        """As if the machine were gone."""
        assert self.process is not None
        for victim in self.tree():
            _kill(victim)
        self.process.wait(10)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def log(self) -> str:
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""


@dataclass
class Client:
    """HTTP calls that outlive a restart of the server: the address is looked up each time."""

    server: Server
    key: str

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.key}", **options.pop("headers", {})}
        trust = options.pop("verify", TRUST)
        return httpx.request(
            method, self.server.url + path, headers=headers, timeout=70, verify=trust, **options
        )

    def submit(
        self, path: Path, *, name: str | None = None, headers: dict[str, str] | None = None, **fields: str
    ) -> dict[str, Any]:
        with path.open("rb") as body:
            answer = self.request(
                "POST",
                "/v1/jobs",
                files={"file": (name or path.name, body)},
                data=fields,
                headers=headers or {},
            )
        assert answer.status_code in {200, 202}, answer.text
        return dict(answer.json())

    def job(self, job_id: str, *, wait: float = 0) -> dict[str, Any]:
        answer = self.request("GET", f"/v1/jobs/{job_id}", params={"wait": wait} if wait else None)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def finished(self, job_id: str, *, within_s: float = 240) -> dict[str, Any]:
        """The job once it has ended; a server that is away for a while is asked again."""

        def look() -> dict[str, Any] | None:
            try:
                job = self.job(job_id, wait=5)
            except (httpx.HTTPError, AssertionError, KeyError):
                time.sleep(0.2)
                return None
            return job if job["status"] in FINAL else None

        return until(look, within_s=within_s, what=f"job {job_id} to end")

    def text(self, job_id: str) -> str:
        answer = self.request("GET", f"/v1/jobs/{job_id}/result", params={"format": "text"})
        assert answer.status_code == 200, answer.text
        return answer.text

    def document(self, job_id: str) -> dict[str, Any]:
        answer = self.request("GET", f"/v1/jobs/{job_id}/result", params={"format": "json"})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


READING = re.compile(r"job (\w+): (reading|kept|discarded) pages ([\d,-]*)")


def readings(log: str, job_id: str) -> list[tuple[str, list[int]]]:
    """What the workers did to this job's pages, in the order of the log: (`reading` | `kept`, pages)."""
    bare = job_id.removeprefix("job_")
    found = []
    for logged_id, verb, pages in READING.findall(log):
        if logged_id == bare:
            selection = PageSelection.parse(pages) if pages else None
            numbers = selection.numbers(0, selection.count()) if selection else []
            found.append((verb, numbers))
    return found


def read_again_after_kept(log: str, job_id: str) -> list[int]:
    """Pages that were begun after their result had been kept: there must be none."""
    kept: set[int] = set()
    again = []
    for verb, numbers in readings(log, job_id):
        if verb == "kept":
            kept.update(numbers)
        elif verb == "reading":
            again += [number for number in numbers if number in kept]
    return again


def _environment() -> dict[str, str]:
    """Without coverage, proxies or an Octavo of the developer's own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [child for child in process.children() if child.status() != psutil.STATUS_ZOMBIE]
    except psutil.Error:
        return []


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.Error:
        return
