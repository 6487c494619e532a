"""Who takes part, and how one of them is asked: each in a process of its own, so that its memory is its own."""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

from benchmarks.accuracy.structure.answer import found_from_json
from benchmarks.accuracy.structure.found import Found
from benchmarks.machine import CpuMeter, family, rss_mib
from benchmarks.peers import BESIDE, PEERS, runner_of

ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"), "1"
)
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
"""Nobody is waited for who asks a hub; nothing of this is on the machine."""
STARTS_WITHIN_S = 180.0
LOOKS_EVERY_S = 0.2
PICTURES = frozenset({".png", ".jpg", ".tif"})
OFFICE = frozenset({".docx", ".pptx", ".xlsx"})


@dataclass(frozen=True, slots=True)
class Contender:
    name: str
    suffixes: frozenset[str]
    """Of the files that it reads."""
    command: tuple[str, ...]
    absent: str | None = None
    """Why it cannot take part."""


@dataclass(frozen=True, slots=True)
class Reply:
    found: Found | None
    error: str | None
    wall_s: float
    cpu_s: float


def contenders(names: Sequence[str], models_dir: Path, peers: Path | None) -> list[Contender]:
    return [_contender(name, models_dir, peers) for name in names]


OURS = ("octavo-fast", "octavo-standard", "octavo-advanced")
NAMES = (*OURS, *PEERS)
"""Who takes part where nobody is named."""


def _contender(name: str, models_dir: Path, peers: Path | None) -> Contender:
    if name in OURS:
        profile = name.removeprefix("octavo-")
        command = (
            sys.executable,
            "-m",
            "benchmarks.accuracy.structure.ours",
            profile,
            str(models_dir.absolute()),
        )
        return Contender(name, frozenset({".pdf"}) | PICTURES | OFFICE, command)
    suffixes = (PEERS | BESIDE)[name].suffixes
    python = (peers or Path()).absolute() / name / "bin" / "python"
    if peers is None or not python.exists():
        return Contender(name, suffixes, (), f"python -m benchmarks.peers <folder> {name}")
    return Contender(name, suffixes, (str(python), str(runner_of(name))))


class Runner:
    """The process of one contender. One that crashes or takes too long is started again for the next file."""

    def __init__(self, contender: Contender) -> None:
        self._contender = contender
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._threads: list[threading.Thread] = []
        self.peak_mib = 0.0
        """The most that it and all its children together had at one time."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def ask(self, path: Path, within_s: float) -> Reply:
        try:
            process = self._started()
        except (OSError, TimeoutError) as error:
            self.stop()
            return Reply(None, f"does not start: {error}", 0.0, 0.0)
        meter, began = CpuMeter(process.pid), time.monotonic()
        try:
            assert process.stdin is not None
            process.stdin.write(f"{path.absolute()}\n")
            process.stdin.flush()
            answer = self._line(within_s)
        except (OSError, TimeoutError) as error:
            answer = {"error": str(error)}
        spent = time.monotonic() - began, meter.spent()
        found = found_from_json(answer["found"]) if "found" in answer else None
        return Reply(found, answer.get("error"), *spent)

    def stop(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            for thread in self._threads:
                thread.join()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
            self._process = None

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._lines = queue.Queue()
            with _log_of(self._contender.name) as log:
                self._process = subprocess.Popen(
                    self._contender.command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                    env={**os.environ, **ONE_THREAD, **OFFLINE},
                    start_new_session=True,
                )
            given = (self._process, self._lines)
            self._threads = [
                threading.Thread(target=work, args=given, daemon=True) for work in (_listen, self._watch)
            ]
            for thread in self._threads:
                thread.start()
            self._line(STARTS_WITHIN_S)
        return self._process

    def _line(self, within_s: float) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=within_s)
        except queue.Empty:
            self.stop()
            raise TimeoutError(f"no answer within {within_s:g} s") from None
        if line is None:
            self.stop()
            raise TimeoutError("its process ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _watch(self, process: subprocess.Popen[str], _: object) -> None:
        while process.poll() is None:
            sizes = [size for one in family(process.pid) if (size := rss_mib(one)) is not None]
            self.peak_mib = max(self.peak_mib, sum(sizes))
            time.sleep(LOOKS_EVERY_S)


def _listen(process: subprocess.Popen[str], lines: "queue.Queue[str | None]") -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line)
    lines.put(None)


def _log_of(name: str) -> IO[str]:
    folder = Path(tempfile.gettempdir()) / "octavo-contenders"
    folder.mkdir(exist_ok=True)
    return (folder / f"{name}.log").open("w", encoding="utf-8")
