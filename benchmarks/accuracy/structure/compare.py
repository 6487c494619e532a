"""Every contender reads every document of a task; what each got, how long it took, how much memory it had."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.accuracy.structure.contenders import Contender, Reply, Runner
from benchmarks.accuracy.structure.found import Found
from benchmarks.accuracy.structure.tally import Tally, total
from benchmarks.accuracy.structure.tasks import Case, Task
from benchmarks.report import Cell, Table, say

LEAST_S, PER_PAGE_S = 120.0, 20.0
"""What a document is given: no contender that works at all needs near as much."""


@dataclass(frozen=True, slots=True)
class Result:
    task: str
    contender: str
    case: str
    pages: int
    shares: dict[str, tuple[float, float]]
    error: str | None
    wall_s: float
    cpu_s: float


@dataclass(slots=True)
class Results:
    rows: list[Result] = field(default_factory=list)
    peaks_mib: dict[str, dict[str, float]] = field(default_factory=dict)
    """By task and contender."""

    def of(self, task: str, contender: str) -> list[Result]:
        return [row for row in self.rows if row.task == task and row.contender == contender]

    def to_json(self) -> dict[str, Any]:
        return {"results": [asdict(row) for row in self.rows], "peaks_mib": self.peaks_mib}


def run_task(
    name: str, task: Task, chosen: list[Contender], data: Path, scratch: Path, limit: int | None
) -> Results:
    """One contender after the other: two at a time would be in each other's way."""
    cases = list(islice(task.cases(data, scratch), limit))
    results = Results()
    for contender in chosen:
        fitting = [case for case in cases if case.path.suffix in contender.suffixes]
        if contender.absent or not fitting:
            continue
        with Runner(contender) as runner:
            runner.ask(fitting[0].path, _budget_s(fitting[0]))  # what is loaded once is not counted
            for case in fitting:
                results.rows.append(_row(name, contender.name, case, runner.ask(case.path, _budget_s(case))))
            results.peaks_mib.setdefault(name, {})[contender.name] = runner.peak_mib
        _tell(name, contender.name, results)
    return results


def _budget_s(case: Case) -> float:
    return LEAST_S + PER_PAGE_S * case.pages


def _row(task: str, contender: str, case: Case, reply: Reply) -> Result:
    """Who fails on a document found nothing in it."""
    tally = case.score(reply.found or Found())
    if reply.error:
        say(f"  {contender} on {case.id}: {reply.error}")
    return Result(task, contender, case.id, case.pages, tally.shares, reply.error, reply.wall_s, reply.cpu_s)


def _tell(task: str, contender: str, results: Results) -> None:
    tally = total(Tally(row.shares) for row in results.of(task, contender))
    shown = ", ".join(f"{name} {tally.ratio(name) or 0.0:.3f}" for name in list(tally.shares)[:4])
    say(f"{task:18} {contender:16} {shown}")


def table_of(name: str, task: Task, results: Results, chosen: list[Contender]) -> Table:
    """One row a contender: the shares, what failed, and the speed; `-` where there is nothing to tell."""
    columns = ("who", *task.names, "failed", "pages/s", "CPU-s/page", "peak MiB")
    rows: list[tuple[Cell, ...]] = []
    for contender in chosen:
        found = results.of(name, contender.name)
        if contender.absent:
            rows.append((f"{contender.name}: not installed", *(None for _ in columns[1:])))
        elif not found:
            rows.append((f"{contender.name}: does not read these", *(None for _ in columns[1:])))
        else:
            rows.append((contender.name, *_cells(task, found, results.peaks_mib[name][contender.name])))
    return Table(task.title, columns, tuple(rows))


def _cells(task: Task, found: list[Result], peak_mib: float) -> Iterator[Cell]:
    tally = total(Tally(row.shares) for row in found)
    yield from (tally.ratio(name) for name in task.names)
    yield f"{sum(row.error is not None for row in found)}/{len(found)}"
    pages, wall_s = sum(row.pages for row in found), sum(row.wall_s for row in found)
    yield pages / wall_s if wall_s else None
    yield sum(row.cpu_s for row in found) / pages
    yield peak_mib
