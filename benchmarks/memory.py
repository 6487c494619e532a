"""Memory while a long scan is read by a real server: flat, or growing with the pages."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pypdfium2
from tests.acceptance.harness import FINAL, Client, Server

from benchmarks.figures import slope
from benchmarks.machine import rss_mib
from benchmarks.reading import BOOKS
from benchmarks.report import Cell, Report, Table, run_benchmark, say

SETTLED_AFTER = 1 / 3
"""Of the pages: models, fonts and buffers have come by then; what rises later, rises for ever."""
PARTS = 20
FLAT_MIB = 5.0
"""Per 100 pages."""
CHILD_TARGET_MIB = 700.0
API_TARGET_MIB = 250.0
EVERY_S = 0.5


@dataclass
class Course:
    """The largest resident memory among the processes of one kind, as pages were done."""

    peak_mib: float = 0.0
    points: list[tuple[float, float]] = field(default_factory=list)

    def add(self, pages_done: int, processes: Sequence[psutil.Process]) -> None:
        found = [size for process in processes if (size := rss_mib(process)) is not None]
        if found:
            self.points.append((float(pages_done), max(found)))
            self.peak_mib = max(self.peak_mib, *found)

    def growth_per_100_pages(self, pages: int) -> float:
        """MiB, over the pages after `SETTLED_AFTER`, of what stays: the least of each part of the pages.

        What one page takes and gives back is in the peak.
        """
        least: dict[int, tuple[float, float]] = {}
        for done, size in self.points:
            part = int(PARTS * done / pages)
            if done >= pages * SETTLED_AFTER and (part not in least or size < least[part][1]):
                least[part] = (done, size)
        return 100 * slope(list(least.values()))

    def at(self, share: float, pages: int) -> float | None:
        """The size when that share of the pages was done."""
        return next((size for done, size in self.points if done >= share * pages), None)


def write_scan(source: Path, target: Path, pages: int) -> None:
    """Real scanned pages over and over until there are `pages`."""
    document = pypdfium2.PdfDocument.new()
    books = pypdfium2.PdfDocument(source)
    while len(document) < pages:
        document.import_pages(books, list(range(min(len(books), pages - len(document)))))
    document.save(target)


def watch(
    server: Server, client: Client, job_id: str, within_s: float
) -> tuple[dict[str, Any], dict[str, Course]]:
    kinds: dict[str, Callable[[], Sequence[psutil.Process]]] = {
        "child that reads": server.readers,
        "worker": server.workers,
        "API process": server.api,
    }
    courses = {name: Course() for name in kinds}
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        job = client.job(job_id)
        done = job["progress"]["pages_done"]
        for name, find in kinds.items():
            courses[name].add(done, find())
        if job["status"] in FINAL:
            return job, courses
        time.sleep(EVERY_S)
    raise RuntimeError(f"the job did not end within {within_s:g} s")


def measure(options: argparse.Namespace) -> Report:
    pages = 12 if options.small else options.pages
    with tempfile.TemporaryDirectory(prefix="octavo-bench-") as home:
        scan = Path(home) / "scan.pdf"
        write_scan(options.data / BOOKS, scan, pages)
        server = Server(Path(home) / "data").start()
        try:
            client = server.client(server.key())
            began = time.perf_counter()
            job_id = client.submit(scan)["id"]
            job, courses = watch(server, client, job_id, within_s=60 + pages * options.page_within_s)
            elapsed = time.perf_counter() - began
        finally:
            server.stop()
    if job["status"] != "completed":
        raise RuntimeError(f"the job ended as {job['status']}: {job['error']}")
    say(f"  {pages} pages in {elapsed:.0f} s")
    targets = {"child that reads": CHILD_TARGET_MIB, "API process": API_TARGET_MIB}
    rows = tuple(_row(name, course, pages, targets.get(name)) for name, course in courses.items())
    columns = (
        "process (the largest of its kind)",
        "at 10 % of the pages",
        "at the end",
        "peak",
        "growth per 100 pages",
        "flat",
        "peak target",
    )
    notes = (
        (
            f"A scan of {pages} pages (real book pages over and over) through `octavo serve`, {elapsed:.0f} s, "
            f"{pages / elapsed:.2f} pages/s. Resident memory, sampled every {EVERY_S:g} s."
        ),
        f"Growth is a least-squares line through the least of each twentieth of the pages, over the last two thirds; flat is less than {FLAT_MIB:g} MiB per 100 pages.",
    )
    details = {"courses": {name: course.points for name, course in courses.items()}}
    return Report("memory", (Table("Resident memory, MiB", columns, rows),), notes, details)


def _row(name: str, course: Course, pages: int, target: float | None) -> tuple[Cell, ...]:
    growth = course.growth_per_100_pages(pages)
    return (
        name,
        course.at(0.1, pages),
        course.points[-1][1] if course.points else None,
        course.peak_mib,
        growth,
        growth < FLAT_MIB,
        f"at most {target:g}" if target else None,
    )


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--page-within-s", type=float, default=20.0, help="patience for each page")


if __name__ == "__main__":
    sys.exit(run_benchmark("memory", measure, add_options))
