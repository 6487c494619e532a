"""Run it: look for fields in every document, with every contender, and print how well each field was found."""

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import octavo.pipeline.fields.calibration_curves as shipped
from benchmarks.accuracy.fields.contenders import NAIVE, OCTAVO, Contender, invoice2data
from benchmarks.accuracy.fields.curves import Judged, cross_fitted_error, fitted, write_curves
from benchmarks.accuracy.fields.documents import read_once
from benchmarks.accuracy.fields.scores import Tally, beyond, calibration_error, is_right, tally
from benchmarks.accuracy.fields.sets import FIELD_SETS, FieldSet
from benchmarks.accuracy.fields.truth import Case
from benchmarks.report import Cell, Report, Table, run_benchmark, say
from octavo.adapters.engines.models import default_models_dir
from octavo.domain.document import Page
from octavo.domain.field import Field
from octavo.domain.template import FieldOrder
from octavo.pipeline.fields.calibration import calibrated
from octavo.pipeline.fields.extract import find_fields

NOTES = (
    "F1 after normalising (case, spaces and punctuation stripped, money by value, dates as ISO) / F1 of exact values.",
    "All contenders get the words that Octavo read, and the document's type; finding the type is the confusion table.",
    "invoice2data knows only senders it has a template for.",
)
_SHOWN = 400
"""Wrong values that are kept in the JSON."""


def main(arguments: list[str] | None = None) -> int:
    return run_benchmark("accuracy.fields", measure, _add_options, arguments)


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sets", nargs="*", choices=[*FIELD_SETS, []], help="all where none is named")
    parser.add_argument("--limit", type=int, default=None, help="documents of each set")
    parser.add_argument("--models", type=Path, default=default_models_dir())
    parser.add_argument(
        "--cache",
        type=Path,
        default=Path(tempfile.gettempdir()) / "octavo-fields",
        help="for documents read once",
    )
    parser.add_argument(
        "--invoice2data", type=Path, default=None, help="the python of an environment that has it"
    )
    parser.add_argument("--fit", action="store_true", help="fit the calibration curves anew and write them")


def measure(options: argparse.Namespace) -> Report:
    contenders = [OCTAVO, NAIVE]
    if options.invoice2data:
        contenders.append(invoice2data(options.invoice2data))
    tables: list[Table] = []
    judged: list[Judged] = []
    shown: list[tuple[float, bool]] = []
    confusion: Counter[tuple[str, str]] = Counter()
    wrong: list[dict[str, object]] = []
    for name in options.sets or FIELD_SETS:
        one = FIELD_SETS[name]
        documents = list(_documents(one, options))
        if not documents:
            say(f"{name}: not there")
            continue
        if one.paths:
            tables.append(_fields_table(name, one, documents, contenders))
        for case, pages in documents:
            raw = find_fields(pages, FieldOrder(document_type=case.document_type)).found
            judged += list(_judged(case, raw))
            sure = calibrated(case.document_type, raw)
            shown += [(item.score, item.right) for item in _judged(case, sure)]
            wrong += _wrong(case, raw)
            confusion[case.document_type, find_fields(pages, FieldOrder()).document_type] += 1
    tables += [_confusion_table(confusion), _calibration_table(judged, shown)]
    if options.fit:
        write_curves(Path(str(shipped.__file__)), fitted(judged))
    return Report("accuracy.fields", tuple(tables), NOTES, {"wrong": wrong[:_SHOWN]})


def _documents(one: FieldSet, options: argparse.Namespace) -> Iterator[tuple[Case, Iterable[Page]]]:
    limit = 5 if options.small else options.limit
    for case in islice(one.cases(options.data), limit):
        yield case, read_once(case.path, options.cache, options.models, prepare=one.prepare)


def _fields_table(
    name: str, one: FieldSet, documents: list[tuple[Case, Iterable[Page]]], contenders: list[Contender]
) -> Table:
    sums: dict[str, dict[str, Tally]] = {}
    made_up: Counter[str] = Counter()
    for contender in contenders:
        sums[contender.name] = defaultdict(Tally)
        for case, pages in documents:
            found = contender.find(pages, case.document_type)
            made_up[contender.name] += beyond(case, found, one.paths)
            for path, count in tally(case, found, one.paths).items():
                sums[contender.name][path] += count
    rows: list[tuple[Cell, ...]] = []
    for path in one.paths:
        wanted = sums[OCTAVO.name][path].wanted
        rows.append((path, wanted, *(_cell(sums[contender.name][path]) for contender in contenders)))
    whole = {contender.name: _sum(sums[contender.name].values()) for contender in contenders}
    micro = (_cell(whole[contender.name]) for contender in contenders)
    rows.append(("micro", whole[OCTAVO.name].wanted, *micro))
    if one.is_whole:
        rows.append(
            ("values the document does not say", None, *(made_up[contender.name] for contender in contenders))
        )
    columns = ("field", "wanted", *(contender.name for contender in contenders))
    return Table(f"{name} ({len(documents)} documents)", columns, tuple(rows))


def _sum(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for one in tallies:
        whole += one
    return whole


def _cell(one: Tally) -> str:
    return f"{one.f1:.3f} / {one.exact_f1:.3f}"


def _judged(case: Case, found: Iterable[Field]) -> Iterator[Judged]:
    for field in found:
        right = is_right(case, field.path, field.value)
        if right is not None and field.confidence is not None:
            yield Judged(case.document_type, field, right, case.family)


def _wrong(case: Case, found: Iterable[Field]) -> list[dict[str, object]]:
    values = {field.path: field.value for field in found}
    return [
        {"document": case.id, "path": path, "truth": truth, "found": values.get(path)}
        for path, truth in case.truth.items()
        if path not in values or not is_right(case, path, values[path])
    ]


def _confusion_table(confusion: Counter[tuple[str, str]]) -> Table:
    said = sorted({found for _, found in confusion})
    rows: list[tuple[Cell, ...]] = []
    for truth in sorted({truth for truth, _ in confusion}):
        counts = [confusion[truth, found] for found in said]
        rows.append((truth, *counts, confusion[truth, truth] / sum(counts)))
    return Table("types: truth by row, found by column", ("type", *said, "share right"), tuple(rows))


def _calibration_table(judged: list[Judged], shown: list[tuple[float, bool]]) -> Table:
    raw = [(one.score, one.right) for one in judged]
    rows = (
        ("finders' own scores", len(raw), calibration_error(raw)),
        ("as shipped", len(shown), calibration_error(shown)),
        ("curves fitted on other families", len(raw), cross_fitted_error(judged)),
    )
    return Table("calibration", ("confidences", "values", "expected calibration error"), rows)


if __name__ == "__main__":
    sys.exit(main())
