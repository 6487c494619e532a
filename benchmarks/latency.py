"""How fast a running server answers: cold start, submission, submission to first page, status reads."""

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from PIL import Image, ImageDraw, ImageFont
from tests.acceptance.harness import FINAL, Server, until

from benchmarks.figures import median, spread
from benchmarks.machine import CpuMeter
from benchmarks.report import Cell, Report, Table, run_benchmark, say

FIRST_PAGE_TARGET_MS = 50.0
READS_TARGET = 2000
P99_TARGET_MS = 20.0
START_TARGET_S = 5.0
WARM_UP = 3
JOB_WITHIN_S = 120.0


@dataclass(frozen=True, slots=True)
class Submitted:
    """One job's way in, milliseconds."""

    request: float
    """The client's: from sending the first byte to having the 202."""
    to_start: float
    """`created_at` to `started_at` of the job: accepted, and taken by a worker."""
    to_first_page: float
    """`created_at` to the worker's log line that it reads page 1: planned, too."""
    sent_to_first_page: float
    """From sending the first byte to that line."""


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[Server, float]]:
    """A server and the seconds from its start to its readiness, as seen from outside."""
    server = Server(folder, options=options, environment={"OCTAVO_LOG_FORMAT": "json"})
    began = time.perf_counter()
    server.start()
    ready_s = time.perf_counter() - began
    try:
        yield server, ready_s
    finally:
        server.stop()


def time_starts(folder: Path, times: int) -> tuple[Table, Path]:
    """Each folder is started twice; the last one is left for the other measurements."""
    first: list[float] = []
    second: list[float] = []
    for index in range(times):
        home = folder / f"data{index}"
        for found in (first, second):
            with serving(home) as (_, ready_s):
                found.append(ready_s)
        say(f"  first {first[-1]:.2f} s, second {second[-1]:.2f} s")
    rows = (
        ("first start: new folder", min(first), median(first), f"at most {START_TARGET_S:g}"),
        ("second start", min(second), median(second), None),
    )
    columns = ("start", "least s", "median s", "target")
    return Table(f"`octavo serve` to `/readyz` 200, {times} times", columns, rows), home


class Submitting:
    """One client that sends one page, waits for its end, and sends the next: the server is idle before each."""

    def __init__(self, server: Server, key: str) -> None:
        self._server = server
        self._client = httpx.Client(
            base_url=server.url, headers={"Authorization": f"Bearer {key}"}, timeout=70
        )

    def submit(self, index: int) -> Submitted:
        picture = _picture(f"Page number {index}")
        sent_at, began = time.time(), time.perf_counter()
        answer = self._client.post(
            "/v1/jobs", files={"file": (f"page{index}.png", picture)}, data={"bypass_cache": "true"}
        )
        request = (time.perf_counter() - began) * 1000
        answer.raise_for_status()
        job = self.finished(answer.json()["id"])
        if job["status"] != "completed":
            raise RuntimeError(f"the job ended as {job['status']}: {job['error']}")
        created, started = _moment(job["created_at"]), _moment(job["started_at"])
        read_at = until(lambda: first_reading(self._server.log(), job["id"]), within_s=5, what="the log line")
        return Submitted(
            request,
            (started - created) * 1000,
            (read_at - created) * 1000,
            (read_at - sent_at) * 1000,
        )

    def finished(self, job_id: str) -> dict[str, Any]:
        deadline = time.monotonic() + JOB_WITHIN_S
        while time.monotonic() < deadline:
            answer = self._client.get(f"/v1/jobs/{job_id}", params={"wait": "30"})
            job: dict[str, Any] = answer.raise_for_status().json()
            if job["status"] in FINAL:
                return job
        raise RuntimeError(f"job {job_id} did not end within {JOB_WITHIN_S:g} s")

    def cancelled(self) -> str:
        """The id of a job that was cancelled: it is read from the database each time."""
        answer = self._client.post(
            "/v1/jobs", files={"file": ("long.tif", _long_scan())}, data={"bypass_cache": "true"}
        )
        job_id = str(answer.raise_for_status().json()["id"])
        self._client.delete(f"/v1/jobs/{job_id}").raise_for_status()
        if self.finished(job_id)["status"] != "cancelled":
            raise RuntimeError("the job to cancel had ended already")
        return job_id

    def completed(self) -> str:
        answer = self._client.post("/v1/jobs", files={"file": ("one.png", _picture("One page"))})
        job_id = str(answer.raise_for_status().json()["id"])
        self.finished(job_id)
        return job_id


def first_reading(log: str, job_id: str) -> float | None:
    """When a worker said that it reads pages of this job, seconds since 1970; None if it has not."""
    said = f"job {job_id.removeprefix('job_')}: reading pages"
    for line in log.splitlines():
        if said in line:
            return _moment(json.loads(line)["time"])
    return None


def time_submissions(submitting: Submitting, count: int) -> Table:
    for index in range(WARM_UP):
        submitting.submit(-1 - index)
    found = [submitting.submit(index) for index in range(count)]
    rows = (
        _submission_row("`POST /v1/jobs` until its 202", [one.request for one in found], None),
        _submission_row("accepted until a worker begins to plan", [one.to_start for one in found], None),
        _submission_row(
            "accepted until the first page is begun",
            [one.to_first_page for one in found],
            FIRST_PAGE_TARGET_MS,
        ),
        _submission_row(
            "sent until the first page is begun", [one.sent_to_first_page for one in found], None
        ),
    )
    columns = ("from - until, ms", "least", "p50", "p95", "p50 target")
    return Table(f"Submitting to an idle server, {count} jobs of one scanned page", columns, rows)


def _submission_row(name: str, values: list[float], target: float | None) -> tuple[Cell, ...]:
    found = spread(values)
    return (name, found.least, found.p50, found.p95, f"at most {target:g}" if target else None)


def time_reads(server: Server, submitting: Submitting, key: str, connections: int, seconds: float) -> Table:
    paths = {
        "a completed job (remembered for a second)": f"/v1/jobs/{submitting.completed()}",
        "a cancelled job (from the database each time)": f"/v1/jobs/{submitting.cancelled()}",
        "baseline: /healthz (nothing is looked up)": "/healthz",
    }
    rows = []
    for name, path in paths.items():
        rows.append(_reads_row(name, server, path, key, connections, seconds))
        say(f"  {rows[-1]}")
    columns = (
        "read",
        "requests/s",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "server CPU ms/request",
        "by CPU, requests/s on 2 cores",
    )
    return Table(f"Status reads over {connections} connections", columns, tuple(rows))


def _reads_row(
    name: str, server: Server, path: str, key: str, connections: int, seconds: float
) -> tuple[Cell, ...]:
    address = urlsplit(server.url)
    command = [
        sys.executable,
        "-m",
        "benchmarks.http_load",
        str(address.hostname),
        str(address.port),
        path,
        key,
    ]
    command += ["--connections", str(connections), "--seconds", str(seconds)]
    database = server.database()
    pids = [process.pid for process in server.api()] + ([database.pid] if database else [])
    meter = CpuMeter(*pids)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    cpu_s = meter.spent()
    found = json.loads(done.stdout)
    cpu_ms = 1000 * cpu_s / found["requests"]
    return (
        name,
        found["requests_per_s"],
        found["p50_ms"],
        found["p95_ms"],
        found["p99_ms"],
        cpu_ms,
        2000 / cpu_ms,
    )


def measure(options: argparse.Namespace) -> Report:
    starts, jobs, seconds = (1, 4, 1.0) if options.small else (options.starts, options.jobs, options.seconds)
    with tempfile.TemporaryDirectory(prefix="octavo-bench-") as home:
        start_table, folder = time_starts(Path(home), starts)
        with serving(folder, "--api-processes", str(options.api_processes)) as (server, _):
            key = server.key()
            submitting = Submitting(server, key)
            submit_table = time_submissions(submitting, jobs)
            reads_table = time_reads(server, submitting, key, options.connections, seconds)
    notes = (
        ("All clocks are this machine's. `created_at` is taken by the API within the transaction that accepts the job, "
        "`started_at` by the worker in the transaction that begins it; the first page is begun at the worker's log line "
        "(to the millisecond), just before its child is told."),
        (f"Status reads: target {READS_TARGET} requests/s and p99 at most {P99_TARGET_MS:g} ms on 2 cores, "
        f"{options.api_processes} API process(es); the load generator takes its processor from the same machine, so "
        "what the server's own CPU time would allow stands beside it."),
    )  # fmt: skip
    return Report("latency", (start_table, submit_table, reads_table), notes)


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def _page_image(text: str) -> Image.Image:
    image = Image.new("L", (620, 877), 255)
    ImageDraw.Draw(image).text((60, 80), text, fill=0, font=ImageFont.load_default(28))
    return image


def _picture(text: str) -> bytes:
    content = io.BytesIO()
    _page_image(text).save(content, "PNG", dpi=(75, 75))
    return content.getvalue()


def _long_scan() -> bytes:
    pages = [_page_image(f"Page {number}") for number in range(60)]
    content = io.BytesIO()
    pages[0].save(content, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_deflate")
    return content.getvalue()


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=5.0, help="of status reads, each kind")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--api-processes", type=int, default=1)


if __name__ == "__main__":
    sys.exit(run_benchmark("latency", measure, add_options))
