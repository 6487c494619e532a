"""How much choosing better could gain on receipts: how often the right value is taken, and how often it is a candidate at all."""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.accuracy.fields.documents import read_once
from benchmarks.accuracy.fields.scores import is_right
from benchmarks.accuracy.fields.sets import FIELD_SETS
from benchmarks.report import Report, Table, run_benchmark
from octavo.adapters.engines.models import default_models_dir
from octavo.domain.document import Page
from octavo.domain.field import Scalar
from octavo.pipeline.fields.readers.locale import guess_locale
from octavo.pipeline.fields.receipts.address import addresses_of
from octavo.pipeline.fields.receipts.lines import lines_of
from octavo.pipeline.fields.receipts.merchant import names_of
from octavo.pipeline.fields.receipts.sums import totals_of
from octavo.pipeline.fields.view import view_of

SET = "sroie"


def main() -> int:
    return run_benchmark("accuracy.fields.ceiling", measure, _add_options)


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--models", type=Path, default=default_models_dir())
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "octavo-fields")


def measure(options: argparse.Namespace) -> Report:
    first: Counter[str] = Counter()
    anywhere: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for case in FIELD_SETS[SET].cases(options.data):
        for path, values in _candidates(read_once(case.path, options.cache, options.models)):
            right = [bool(is_right(case, path, value)) for value in values]
            wanted[path] += 1
            first[path] += right[:1] == [True]
            anywhere[path] += any(right)
    rows = tuple((path, wanted[path], first[path], anywhere[path]) for path in wanted)
    columns = ("field", "wanted", "taken is right", "any candidate is right")
    return Report("accuracy.fields.ceiling", (Table(SET, columns, rows),))


def _candidates(pages: Iterable[Page]) -> Iterator[tuple[str, list[Scalar]]]:
    view = view_of(pages)
    locale = guess_locale(view)
    names = names_of(view.rows, locale)
    addresses = addresses_of(view.rows, names[0] if names else None, locale)
    yield "merchant.name", [one.value for one in names]
    yield "merchant.address", [one.value for one in addresses]
    yield "total", [float(one.value) for one in totals_of(lines_of(view.rows, locale))]


if __name__ == "__main__":
    sys.exit(main())
