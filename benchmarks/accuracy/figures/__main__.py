"""Charts, diagrams and pages that are neither, drawn from seeds and read as PDF and as picture.

python -m benchmarks.accuracy figures [--charts 30] [--diagrams 20] [--others 10] [--first 0]

Diagrams need Graphviz (`dot`); without it they are left out.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.accuracy.figures.charts import make_chart
from benchmarks.accuracy.figures.diagrams import find_program, make_diagram
from benchmarks.accuracy.figures.made import MadeFigure, write
from benchmarks.accuracy.figures.others import make_other
from benchmarks.accuracy.figures.score import GraphScore, in_order_of, score_graph
from benchmarks.accuracy.structure.charts import READ_OFF, ChartScore, score_charts
from benchmarks.accuracy.structure.found import FoundChart, Series
from benchmarks.accuracy.structure.publish import publish
from benchmarks.accuracy.whole_documents import put_together, read_all
from benchmarks.machine import describe_machine
from benchmarks.report import DEFAULT_OUT, Cell, Report, Table, say
from octavo.adapters.engines.models import default_models_dir
from octavo.domain.document import Block, BlockType
from octavo.domain.job import Profile
from octavo.exporters.document_file import open_document

FORMS = ("PDF", "picture")
_NOTES = (
    "Values count as right within 5 % of the true one; columns in three dimensions have no true value here, so that any is wrong.",
    "Titles, categories and names must be the same text but for spaces and case. An arrow must have its direction.",
)


class Tallies:
    """What was found so far, of one form."""

    def __init__(self) -> None:
        self.charts, self.graphs = ChartScore(), GraphScore()
        self.invented, self.others = 0, 0
        self.wrong: list[str] = []

    def add(self, figure: MadeFigure, blocks: list[Block]) -> None:
        charts = [_to_chart(block) for block in blocks if block.type is BlockType.CHART]
        graphs = [block.body for block in blocks if block.type is BlockType.DIAGRAM]
        if figure.chart is not None:
            charts = [in_order_of(figure.chart, chart) for chart in charts]
            score = score_charts([figure.chart], charts, tolerance=READ_OFF)
            self.charts += score
            if score.wrong_values:
                self.wrong.append(f"{figure.name}: {score.wrong_values} wrong values")
        elif figure.graph is not None:
            self.graphs += score_graph(figure.graph, graphs)
        else:
            self.others += 1
            self.invented += bool(charts or graphs)
            if charts or graphs:
                self.wrong.append(f"{figure.name}: taken for a figure")


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    before = describe_machine()
    tallies = {form: Tallies() for form in FORMS}
    with tempfile.TemporaryDirectory(prefix="octavo-figures-") as folder:
        for figure in _figures(options):
            for form, path in zip(FORMS, write(figure, Path(folder)), strict=True):
                tallies[form].add(figure, list(_blocks(path, options.models)))
    publish(_report(tallies), before, options.out)
    return 0


def _figures(options: argparse.Namespace) -> Iterator[MadeFigure]:
    yield from (make_chart(options.first + at) for at in range(options.charts))
    program = find_program()
    if program is None:
        say("dot: not installed, no diagrams are drawn")
    else:
        yield from (make_diagram(options.first + at, program) for at in range(options.diagrams))
    yield from (make_other(options.first + at) for at in range(options.others))


def _blocks(path: Path, models: Path) -> Iterator[Block]:
    outcomes, media_type = read_all(path, Profile.ADVANCED, models)
    with tempfile.TemporaryDirectory() as folder:
        target = put_together(outcomes, media_type, path, Profile.ADVANCED, Path(folder))
        for page in open_document(target).pages:
            yield from page.blocks


def _to_chart(block: Block) -> FoundChart:
    body = block.body
    series = tuple(_to_series(one) for one in body.get("series") or ())
    return FoundChart(
        body.get("chart_type"), body.get("title"), tuple(body.get("categories") or ()), series, block.page
    )


def _to_series(one: dict[str, Any]) -> Series:
    return Series(one.get("name"), tuple(one.get("values") or ()), tuple(one.get("x") or ()))


def _report(tallies: dict[str, Tallies]) -> Report:
    charts = Table(
        "Charts",
        ("as", "charts", "found", "types", "titles", "categories", "series names", "values", "wrong values"),
        tuple((form, *_chart_row(tally.charts)) for form, tally in tallies.items()),
    )
    others = Table(
        "Diagrams, and pages that are none",
        ("as", "shapes, F1", "arrows, F1", "other pages", "taken for a figure"),
        tuple(
            (
                form,
                round(tally.graphs.node_f1, 2),
                round(tally.graphs.edge_f1, 2),
                tally.others,
                tally.invented,
            )
            for form, tally in tallies.items()
        ),
    )
    return Report(
        "figures", (charts, others), _NOTES, {"wrong": {form: one.wrong for form, one in tallies.items()}}
    )


def _chart_row(score: ChartScore) -> Iterable[Cell]:
    shares = (
        (score.types, score.charts),
        (score.titles, score.titled),
        (score.categories, score.with_categories),
        (score.names, score.named),
        (score.values, score.true_values),
    )
    return (
        score.charts,
        score.found,
        *(round(right / wanted, 2) if wanted else None for right, wanted in shares),
        score.wrong_values,
    )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy figures", description=__doc__)
    parser.add_argument("--charts", type=int, default=30)
    parser.add_argument("--diagrams", type=int, default=20)
    parser.add_argument("--others", type=int, default=10)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--models", type=Path, default=default_models_dir())
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="folder for the report")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
