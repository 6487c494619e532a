"""Tables, headings, order, office files, charts and formulas: Octavo and others on the same files in one run.

python -m benchmarks.accuracy structure [--peers <folder>] [--layout <folder>] [--sets …] [--contenders …] [--limit N]
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.accuracy.structure.compare import run_task, table_of
from benchmarks.accuracy.structure.contenders import NAMES, Contender, contenders
from benchmarks.accuracy.structure.layout_task import layout_task
from benchmarks.accuracy.structure.publish import keep
from benchmarks.accuracy.structure.tasks import TASKS
from benchmarks.machine import describe_machine
from benchmarks.peers import BESIDE
from benchmarks.report import DEFAULT_DATA, DEFAULT_OUT, Report, Table, say
from octavo.adapters.engines.models import default_models_dir

LAYOUT = "layout"
NOTES = (
    "A share of 1 is all of what the truth has; a document that somebody fails on counts as not found at all.",
    "Speed and memory are those of the process and its children, one thread for models, the first file read before.",
    "On a machine that others use, only CPU seconds can be compared.",
)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    chosen = contenders(options.contenders, options.models, options.peers)
    for contender in chosen:
        if contender.absent:
            say(f"{contender.name}: not installed ({contender.absent})")
    before = describe_machine()
    text = ""
    for report in _measure(options, chosen):
        text = keep(report, before, options.out)  # after each set: a run may take an hour, and be stopped
    print(text)
    return 0


def _measure(options: argparse.Namespace, chosen: list[Contender]) -> Iterator[Report]:
    """The report so far, after each set."""
    tables: list[Table] = []
    runs: list[dict[str, Any]] = []
    tasks = TASKS | {LAYOUT: layout_task(options.layout)}
    with tempfile.TemporaryDirectory(prefix="octavo-structure-") as scratch:
        for name in options.sets:
            found = run_task(name, tasks[name], chosen, options.data, Path(scratch), options.limit)
            if not found.rows:
                say(f"{name}: not there, or nobody reads it")
                continue
            tables.append(table_of(name, tasks[name], found, chosen))
            runs.append(found.to_json())
            yield Report("structure", tuple(tables), NOTES, {"runs": runs})


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy structure", description=__doc__)
    parser.add_argument("--sets", nargs="+", choices=[*TASKS, LAYOUT], default=[*TASKS, LAYOUT])
    parser.add_argument("--contenders", nargs="+", choices=[*NAMES, *BESIDE], default=list(NAMES))
    parser.add_argument(
        "--peers", type=Path, default=None, help="folder with their environments, see benchmarks.peers"
    )
    parser.add_argument(
        "--layout", type=Path, default=None, help="folder with pages, see structure.layout_task"
    )
    parser.add_argument("--limit", type=int, default=None, help="documents of each set")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="real documents with ground truth")
    parser.add_argument("--models", type=Path, default=default_models_dir())
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="folder for the report")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
