"""Tables, headings, order, office files, charts and formulas: Octavo and others on the same files in one run.

python -m benchmarks.accuracy structure [--peers <folder>] [--layout <folder>] [--sets …] [--contenders …] [--limit N]
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.accuracy.structure.compare import Results, run_task, table_of
from benchmarks.accuracy.structure.contenders import NAMES, Contender, contenders
from benchmarks.accuracy.structure.layout_task import layout_task
from benchmarks.accuracy.structure.publish import publish
from benchmarks.accuracy.structure.tasks import TASKS
from benchmarks.machine import describe_machine
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
    tables, results = _measure(options, chosen)
    details = {"runs": [one.to_json() for one in results]}
    publish(Report("structure", tuple(tables), NOTES, details), before, options.out)
    return 0


def _measure(options: argparse.Namespace, chosen: list[Contender]) -> tuple[list[Table], list[Results]]:
    tables, results = [], []
    tasks = TASKS | {LAYOUT: layout_task(options.layout)}
    with tempfile.TemporaryDirectory(prefix="octavo-structure-") as scratch:
        for name in options.sets:
            found = run_task(name, tasks[name], chosen, options.data, Path(scratch), options.limit)
            if found.rows:
                tables.append(table_of(name, tasks[name], found, chosen))
                results.append(found)
            else:
                say(f"{name}: not there, or nobody reads it")
    return tables, results


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy structure", description=__doc__)
    parser.add_argument("--sets", nargs="+", choices=[*TASKS, LAYOUT], default=[*TASKS, LAYOUT])
    parser.add_argument("--contenders", nargs="+", choices=NAMES, default=list(NAMES))
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
