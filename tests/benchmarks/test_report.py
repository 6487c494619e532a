"""What a benchmark leaves behind, and how its measurements are told apart."""

import json
from argparse import Namespace
from pathlib import Path

import psutil
import pytest
from benchmarks.http_load import answer_length
from benchmarks.latency import first_reading
from benchmarks.machine import CpuMeter, cpu_seconds
from benchmarks.memory import Course
from benchmarks.reading import BARE, OURS, Reading, evenly, table_of
from benchmarks.report import Report, Table, render_cell, run_benchmark

REPORT = Report(
    "example",
    (Table("Times", ("who", "ms", "good"), (("us", 1.23456, True), ("a|b", None, False))),),
    ("One note.",),
    {"raw": [1, 2]},
)


def test_a_benchmark_prints_markdown_and_writes_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def measure(options: Namespace) -> Report:
        assert options.small
        return REPORT

    assert run_benchmark("example", measure, arguments=["--small", "--out", str(tmp_path / "new")]) == 0

    printed = capsys.readouterr().out
    assert "| who | ms | good |\n|---|---|---|\n| us | 1.23 | yes |\n| a\\|b | - | no |" in printed
    written = json.loads((tmp_path / "new" / "example.json").read_text())
    assert written["tables"]["Times"][0] == {"who": "us", "ms": 1.23456, "good": True}
    assert written["raw"] == [1, 2]
    assert "load" in written["machine"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [(1234567, "1,234,567"), (1234.5, "1,234"), (0.012345, "0.0123"), (12.0, "12"), (None, "-")],
)
def test_a_cell_shows_three_figures(cell: float | None, text: str) -> None:
    assert render_cell(cell) == text


def test_pages_are_picked_from_all_parts_of_a_document() -> None:
    assert evenly(100, 4) == [13, 38, 63, 88]
    assert evenly(3, 10) == [1, 2, 3]


def test_the_ratio_is_of_all_pages_together_and_the_median_of_each_page() -> None:
    readings = [
        Reading(way, page, cpu_s, 1.0)
        for page, ours, bare in (("a", 2.0, 1.0), ("b", 11.0, 10.0), ("c", 12.0, 10.0))
        for way, cpu_s in ((OURS, ours), (BARE, bare))
    ]

    rows = table_of("Pages", readings, BARE, 1.1).rows

    assert rows[0][:2] == (OURS, 3)
    assert rows[0][5] == pytest.approx(25 / 21)
    assert rows[0][6] == pytest.approx(1.2)
    assert rows[1][5:7] == (1.0, 1.0)


def test_growth_is_measured_after_the_first_third() -> None:
    course = Course()
    course.points = [(float(page), 100.0 + page if page < 30 else 130.0 + 0.1 * page) for page in range(90)]

    assert course.growth_per_100_pages(90) == pytest.approx(10.0)
    assert course.at(0.5, 90) == pytest.approx(134.5)


def test_what_a_page_takes_and_gives_back_is_no_growth() -> None:
    course = Course()
    course.points = [(page / 2, 200.0 if page % 2 else 300.0 + page) for page in range(200)]

    assert course.growth_per_100_pages(100) == pytest.approx(0.0)


def test_memory_is_that_of_the_largest_process_that_still_lives() -> None:
    course = Course()

    course.add(1, [psutil.Process()])
    course.add(2, [])

    assert len(course.points) == 1
    assert course.peak_mib > 10


def test_the_meter_counts_what_a_process_has_used() -> None:
    own = psutil.Process()
    before = cpu_seconds([own])
    meter = CpuMeter(own.pid)
    while cpu_seconds([own]) - before < 0.05:
        sum(range(10_000))

    assert meter.spent() >= 0.03


def test_an_answer_is_measured_by_its_head() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\nhello"

    assert answer_length(answer[:20]) is None
    assert answer_length(answer) == len(answer)
    with pytest.raises(ValueError, match="length"):
        answer_length(b"HTTP/1.1 200 OK\r\n\r\n")


def test_the_first_page_is_begun_at_its_jobs_first_log_line() -> None:
    lines = [
        {"time": "2026-01-01T00:00:01.500+00:00", "message": "job aa: reading pages 1"},
        {"time": "2026-01-01T00:00:02.250+00:00", "message": "job bb: reading pages 1"},
        {"time": "2026-01-01T00:00:03.000+00:00", "message": "job bb: reading pages 2"},
    ]
    log = "\n".join(json.dumps(line) for line in lines)

    assert first_reading(log, "job_bb") == pytest.approx(1767225602.25)
    assert first_reading(log, "job_cc") is None
