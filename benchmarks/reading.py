"""Pages a second: our whole path against the bare engine, other programs and bare pypdfium2."""

import argparse
import asyncio
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2

from benchmarks import reading_children
from benchmarks.figures import median
from benchmarks.reading_ways import (
    BarePdfium,
    NotInstalled,
    SamplePage,
    Way,
    bare_engine,
    cpu_now,
    open_pages,
    page_count,
    stock_rapidocr,
    tesseract,
    whole_path,
)
from benchmarks.report import Cell, Report, Table, run_benchmark, say
from octavo.adapters.engines.models import default_models_dir
from octavo.domain.job import Profile

BOOKS = "large/scanned_books_91p.pdf"
DIGITAL = "large/debian_reference.pdf"
RECEIPTS = "sroie"

OURS = "octavo, whole path"
BARE = "bare engine"
PDFIUM = "pypdfium2, text and boxes"
MOST_OVER_BARE = 1.10
MOST_OVER_PDFIUM = 3.0


@dataclass(frozen=True, slots=True)
class Reading:
    way: str
    page: str
    cpu_s: float
    wall_s: float


def scanned_ways(models_dir: Path) -> tuple[dict[str, Way], list[str]]:
    """Who is there, and a sentence for each who is not."""
    makers: dict[str, Callable[[Path], Way]] = {
        OURS: lambda folder: whole_path(folder, Profile.STANDARD),
        BARE: lambda folder: bare_engine(folder, Profile.STANDARD),
        "stock RapidOCR": stock_rapidocr,
        "Tesseract": tesseract,
    }
    ways, absent = {}, []
    for name, make in makers.items():
        try:
            ways[name] = make(models_dir)
        except NotInstalled as error:
            absent.append(f"{name}: not installed ({error}).")
    return ways, absent


def digital_ways(models_dir: Path) -> dict[str, Way]:
    pdfium = BarePdfium()
    return {
        OURS: whole_path(models_dir, Profile.STANDARD),
        PDFIUM: pdfium.text_and_boxes,
        "pypdfium2, text and boxes by the C function": pdfium.text_and_raw_boxes,
        "pypdfium2, text only": pdfium.text,
    }


def read_all(ways: dict[str, Way], pages: list[SamplePage], rounds: int) -> list[Reading]:
    """Page by page, every way in turn; the first page is read once before, so that all are warm."""
    for read in ways.values():
        read(pages[0])
    readings = []
    for _ in range(rounds):
        for page in pages:
            for name, read in ways.items():
                cpu, wall = cpu_now(), time.perf_counter()
                read(page)
                readings.append(Reading(name, page.name, cpu_now() - cpu, time.perf_counter() - wall))
            say(f"  {page.name}: " + ", ".join(f"{one.cpu_s:.3f}" for one in readings[-len(ways) :]))
    return readings


def table_of(title: str, readings: list[Reading], baseline: str, most: float) -> Table:
    """`ratio` is CPU time over the baseline's, all pages together; the median page's stands beside it."""
    names = list(dict.fromkeys(one.way for one in readings))
    pages = len({one.page for one in readings})
    base = [one.cpu_s for one in readings if one.way == baseline]
    rows: list[tuple[Cell, ...]] = []
    for name in names:
        own = [one for one in readings if one.way == name]
        cpu = [one.cpu_s for one in own]
        ratios = [mine / other for mine, other in zip(cpu, base, strict=True) if other]
        mean_cpu = sum(cpu) / len(cpu)
        rows.append(
            (
                name,
                pages,
                mean_cpu,
                1 / mean_cpu,
                sum(one.wall_s for one in own) / len(own),
                sum(cpu) / sum(base),
                median(ratios),
                f"at most {most:g}" if name == OURS else None,
            )
        )
    columns = (
        "way",
        "pages",
        "CPU-s/page",
        "pages/s per core",
        "wall s/page",
        "CPU ratio",
        "median ratio",
        "target",
    )
    return Table(f"{title}; ratio to {baseline}", columns, tuple(rows))


def scanned_pages(data: Path, books: int, receipts: int) -> list[SamplePage]:
    pages = open_pages(data / BOOKS, evenly(page_count(data / BOOKS), books), scanned=True)
    for path in sorted((data / RECEIPTS).glob("*.jpg"))[:receipts]:
        pages += open_pages(path, [1], scanned=True)
    return pages


def evenly(count: int, wanted: int) -> list[int]:
    """`wanted` numbers of 1 to `count`, from all parts of it."""
    wanted = min(count, wanted)
    return [1 + (2 * index + 1) * count // (2 * wanted) for index in range(wanted)]


def measure(options: argparse.Namespace) -> Report:
    cv2.setNumThreads(1)
    books, receipts, digital, rounds = (2, 1, 6, 1) if options.small else (options.books, options.receipts, options.digital, options.rounds)  # fmt: skip
    path = options.data / DIGITAL
    say("digital pages")
    digital_readings = read_all(
        digital_ways(options.models),
        open_pages(path, evenly(page_count(path), digital), scanned=False),
        3 * rounds,
    )
    say("scanned pages")
    ways, absent = scanned_ways(options.models)
    scanned_readings = read_all(ways, scanned_pages(options.data, books, receipts), rounds)
    say("children")
    path = options.data / BOOKS
    numbers = evenly(page_count(path), 4 if options.small else options.shared)
    children = asyncio.run(reading_children.compare(path, numbers, options.models, 1 if options.small else 3))
    notes = (
        "Everybody reads the same pages in turn, on one thread; CPU seconds are of the process and the programs it starts.",
        "`octavo, whole path` is all that a child does: load, render, orient, deskew, recognise, check ink, structure, encode.",
        *absent,
    )
    tables = (
        table_of("Digital pages", digital_readings, PDFIUM, MOST_OVER_PDFIUM),
        table_of("Scanned pages", scanned_readings, BARE, MOST_OVER_BARE),
        children,
    )
    return Report("reading", tables, notes)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--books", type=int, default=8, help="pages of the scanned books")
    parser.add_argument("--receipts", type=int, default=4)
    parser.add_argument("--digital", type=int, default=48, help="pages of the digital document")
    parser.add_argument(
        "--shared", type=int, default=20, help="pages that children share: few, and the last one decides"
    )
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--models", type=Path, default=default_models_dir())


if __name__ == "__main__":
    sys.exit(run_benchmark("reading", measure, add_options))
