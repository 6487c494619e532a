"""A batch of stored files in one request, beside the same files submitted one by one, on a real server."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

from benchmarks.figures import ratio
from benchmarks.latency import serving
from benchmarks.machine import CpuMeter
from benchmarks.report import Cell, Report, Table, run_benchmark, say

TARGET_S = 5.0
"""For a thousand stored files: a person's patience with a form."""
CONNECTIONS = 8
SAMPLE = Path("samples/water-report.pdf")


def upload(client: httpx.Client, count: int) -> list[str]:
    """Files that differ in a comment at their end, so that none is another's copy."""
    content = SAMPLE.read_bytes()

    def send(index: int) -> str:
        answer = client.post("/v1/files", files={"file": (f"{index}.pdf", content + b"\n%% %d\n" % index)})
        return str(answer.raise_for_status().json()["id"])

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return list(pool.map(send, range(count)))


def submit_all(client: httpx.Client, ids: Sequence[str], connections: int) -> None:
    def send(file_id: str) -> None:
        client.post("/v1/jobs", json={"file_id": file_id, "bypass_cache": True}).raise_for_status()

    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(send, ids))


def submit_batch(client: httpx.Client, ids: Sequence[str], key: str) -> dict[str, Any]:
    body = {"options": {"bypass_cache": True}, "documents": [{"file_id": file_id} for file_id in ids]}
    answer = client.post("/v1/batches", json=body, headers={"Idempotency-Key": key})
    made: dict[str, Any] = answer.raise_for_status().json()
    if made["counts"]["total"] != len(ids):
        raise RuntimeError(f"{made['counts']['total']} jobs of {len(ids)} documents")
    return made


def timed(meter: CpuMeter, act: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and CPU seconds of the API process and the database."""
    meter.spent()
    began, before = time.perf_counter(), meter.spent()
    act()
    return time.perf_counter() - began, meter.spent() - before


def measure(options: argparse.Namespace) -> Report:
    count = 50 if options.small else options.documents
    with (
        tempfile.TemporaryDirectory(prefix="octavo-bench-") as home,
        serving(Path(home) / "data", "--no-workers") as (server, _),
        httpx.Client(
            base_url=server.url, headers={"Authorization": f"Bearer {server.key()}"}, timeout=900
        ) as client,
    ):
        ids = upload(client, count)
        say(f"  {count} files are stored")
        database = server.database()
        pids = [process.pid for process in server.api()] + ([database.pid] if database else [])
        meter = CpuMeter(*pids)
        submit_all(client, ids[:10], 1)
        rows: list[tuple[Cell, ...]] = []
        found: list[float] = []
        for name, act in (
            ("one by one", lambda: submit_all(client, ids, 1)),
            (f"one by one, {CONNECTIONS} connections", lambda: submit_all(client, ids, CONNECTIONS)),
            ("one batch", lambda: submit_batch(client, ids, "first")),
            ("the same batch again, by its idempotency key", lambda: submit_batch(client, ids, "first")),
            ("one batch more", lambda: submit_batch(client, ids, "second")),
        ):
            took, cpu = timed(meter, act)
            found.append(took)
            rows.append((name, took, 1000 * took / count, cpu, ratio(took, found[0])))
            say(f"  {rows[-1]}")
    columns = ("way", "s", "ms a document", "CPU s of API and database", "times one by one")
    notes = (
        f"{count} PDFs of one page, stored before; no worker runs. Target for a batch of 1,000: {TARGET_S:g} s.",
    )
    return Report("batch", (Table(f"Submitting {count} stored files", columns, tuple(rows)),), notes)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--documents", type=int, default=1000)


if __name__ == "__main__":
    sys.exit(run_benchmark("batch", measure, add_options))
