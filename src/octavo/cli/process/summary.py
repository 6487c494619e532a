"""The table at the end."""

from rich.console import Console
from rich.table import Table

from octavo.cli.process.read import Outcome, seconds_of


def show_summary(console: Console, outcomes: list[Outcome]) -> None:
    """One row a document; on anything but a terminal the same columns, with tabs between."""
    rows = [_row(outcome) for outcome in outcomes]
    names = ["file", "pages", "seconds", "engine", "confidence", "status", "output"]
    if not console.is_terminal:
        for row in [names, *rows]:
            console.print("\t".join(row), markup=False)
        return
    table = Table(*names, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(cell.replace("[", r"\[") for cell in row))
    console.print(table)


def _row(outcome: Outcome) -> list[str]:
    status = f"{outcome.status}: {outcome.problem}" if outcome.problem else outcome.status
    output = ", ".join(str(path) for path in outcome.written) or "-"
    job = outcome.job
    if job is None:
        return [outcome.document.label, "-", "-", "-", "-", status, output]
    facts, seconds, confidence = job["progress"], seconds_of(job), job.get("mean_confidence")
    if job.get("cache_hit"):
        status += " (read before)"
    return [
        outcome.document.label,
        f"{facts['pages_done'] - facts['pages_failed']}/{facts['pages_total'] or '?'}",
        "-" if seconds is None else f"{seconds:.1f}",
        job["engine"]["name"],
        "-" if confidence is None else f"{confidence:.3f}",
        status,
        output,
    ]
