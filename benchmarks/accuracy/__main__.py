"""Run it: read every page with every engine, print a table, write the numbers."""

import argparse
import json
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from statistics import mean

from benchmarks.accuracy.contenders import CONTENDERS, NotInstalled, Read
from benchmarks.accuracy.metrics import order_free_cer, word_f1
from benchmarks.accuracy.normalise import words
from benchmarks.accuracy.sets import SETS
from octavo.adapters.engines.models import default_models_dir

OTHERS = {
    "structure": "benchmarks.accuracy.structure.__main__",
    "calibration": "benchmarks.accuracy.structure.sureness",
    "malformed": "benchmarks.accuracy.structure.malformed",
    "fields": "benchmarks.accuracy.fields.__main__",
    "conversions": "benchmarks.accuracy.conversions.__main__",
    "figures": "benchmarks.accuracy.figures.__main__",
}
"""What else there is to measure, by the first word of the command."""


@dataclass(frozen=True, slots=True)
class Score:
    engine: str
    set: str
    page: str
    f1: float
    cer: float
    cpu_s: float


def main() -> int:
    other = OTHERS.get(sys.argv[1]) if len(sys.argv) > 1 else None
    if other is not None:
        measure: Callable[[list[str]], int] = import_module(other).main
        return measure(sys.argv[2:])
    options = _options()
    readers, absent = _open(options.engines, options.models)
    for name, reason in absent.items():
        print(f"{name}: not installed ({reason})", file=sys.stderr)
    scores = [
        score
        for name in options.sets
        for score in _score_set(name, readers, options.data, options.limit, options.first)
    ]
    print(render_table(scores, list(readers)))
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        rows = {"absent": absent, "scores": [asdict(score) for score in scores]}
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--engines", nargs="+", choices=CONTENDERS, default=list(CONTENDERS))
    parser.add_argument("--limit", type=int, default=None, help="pages of each set")
    parser.add_argument("--first", type=int, default=0, help="pages of each set to pass over")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/dev"))
    parser.add_argument("--models", type=Path, default=default_models_dir())
    parser.add_argument("--json", type=Path, default=Path("out/accuracy.json"))
    return parser.parse_args()


def _open(names: list[str], models_dir: Path) -> tuple[dict[str, Read], dict[str, str]]:
    readers, absent = {}, {}
    for name in names:
        try:
            readers[name] = CONTENDERS[name](models_dir)
        except NotInstalled as error:
            absent[name] = str(error)
    return readers, absent


def _score_set(name: str, readers: dict[str, Read], data: Path, limit: int | None, first: int) -> list[Score]:
    """Page by page, every engine in turn, so that a busy machine is as unkind to all of them."""
    chosen, scores = SETS[name], []
    for page in islice(chosen.pages(data), first, None if limit is None else first + limit):
        truth = words(page.text, chosen.rules)
        for engine, read in readers.items():
            before = _cpu_s()
            text = read(page)
            spent = _cpu_s() - before
            found = words(text, chosen.rules)
            score = Score(engine, name, page.id, word_f1(truth, found), order_free_cer(truth, found), spent)
            print(
                f"{page.id:32} {engine:16} F1 {score.f1:.4f} CER {score.cer:.4f} {spent:6.2f} s",
                file=sys.stderr,
            )
            scores.append(score)
    return scores


def _cpu_s() -> float:
    """User and system time of this process and of the finished ones it started."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def render_table(scores: list[Score], engines: list[str]) -> str:
    """One row a set, `word F1 % / CER % / CPU-s a page` for each engine; the last row is the mean of sets."""
    sets = list(dict.fromkeys(score.set for score in scores))
    lines = [
        "| set (pages) | " + " | ".join(engines) + " |",
        "|---|" + "---|" * len(engines),
    ]
    columns: dict[str, list[tuple[float, float, float]]] = {engine: [] for engine in engines}
    for name in sets:
        count = len({score.page for score in scores if score.set == name})
        cells = []
        for engine in engines:
            columns[engine].append(_means([s for s in scores if s.set == name and s.engine == engine]))
            cells.append(_cell(columns[engine][-1]))
        lines.append(f"| {name} ({count}) | " + " | ".join(cells) + " |")
    if len(sets) > 1:
        means = (_cell((_mean(rows, 0), _mean(rows, 1), _mean(rows, 2))) for rows in columns.values())
        lines.append("| mean of sets | " + " | ".join(means) + " |")
    return "\n".join(["Word F1 % / order-free CER % / CPU-s a page", "", *lines])


def _means(scores: list[Score]) -> tuple[float, float, float]:
    return mean(s.f1 for s in scores), mean(s.cer for s in scores), mean(s.cpu_s for s in scores)


def _mean(rows: list[tuple[float, float, float]], column: int) -> float:
    return mean(row[column] for row in rows)


def _cell(values: tuple[float, float, float]) -> str:
    f1, cer, cpu_s = values
    return f"{100 * f1:.2f} / {100 * cer:.2f} / {cpu_s:.2f}"


if __name__ == "__main__":
    sys.exit(main())
