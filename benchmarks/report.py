"""How every benchmark is started and what it leaves: a Markdown table on the screen, JSON in a folder."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.machine import describe_machine

DEFAULT_OUT = Path("out/benchmarks")
DEFAULT_DATA = Path("../shared/data/dev")

Cell = str | float | int | bool | None


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """`notes` say what was measured and how, one sentence or block each; `details` is only in the JSON."""

    name: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)


def render_markdown(report: Report, machine: dict[str, Any]) -> str:
    parts = [f"## {report.name}", _facts(machine)]
    for table in report.tables:
        parts.append(f"### {table.title}")
        parts.append(_grid(table))
    parts.extend(report.notes)
    return "\n\n".join(parts) + "\n"


def render_json(report: Report, machine: dict[str, Any]) -> dict[str, Any]:
    return {
        "benchmark": report.name,
        "machine": machine,
        "tables": {
            table.title: [dict(zip(table.columns, row, strict=True)) for row in table.rows]
            for table in report.tables
        },
        "notes": list(report.notes),
        **report.details,
    }


def run_benchmark(
    name: str,
    measure: Callable[[argparse.Namespace], Report],
    add_options: Callable[[argparse.ArgumentParser], None] | None = None,
    arguments: Sequence[str] | None = None,
) -> int:
    """Read the options, measure, print, write `<out>/<name>.json`."""
    parser = argparse.ArgumentParser(
        prog=f"python -m benchmarks.{name}", description=sys.modules["__main__"].__doc__
    )
    add_common_options(parser)
    if add_options is not None:
        add_options(parser)
    options = parser.parse_args(arguments)
    before = describe_machine()
    report = measure(options)
    machine = before | {"load_after": describe_machine()["load"]}
    print(render_markdown(report, machine))
    options.out.mkdir(parents=True, exist_ok=True)
    target = options.out / f"{name}.json"
    target.write_text(json.dumps(render_json(report, machine), indent=1) + "\n", encoding="utf-8")
    return 0


def add_common_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--small", action="store_true", help="a quick look: small sizes, no claims")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="folder for the JSON")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="real documents with ground truth")


def say(text: str) -> None:
    """Progress, where it does not mix with the tables."""
    print(text, file=sys.stderr, flush=True)


def _grid(table: Table) -> str:
    lines = ["| " + " | ".join(table.columns) + " |", "|" + "---|" * len(table.columns)]
    lines += ["| " + " | ".join(render_cell(cell) for cell in row) + " |" for row in table.rows]
    return "\n".join(lines)


def render_cell(cell: Cell) -> str:
    """Three figures are as many as a shared machine repeats."""
    if cell is None:
        return "-"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int):
        return f"{cell:,}"
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.3g}"
    return cell.replace("|", "\\|")


def _facts(machine: dict[str, Any]) -> str:
    return ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in machine.items())
