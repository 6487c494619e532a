"""How sure Octavo is of the words it reads from ink, against real pages.

python -m benchmarks.accuracy calibration [--profile standard] [--limit N]
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.accuracy.sets import SETS
from benchmarks.accuracy.structure.calibration import Calibration, Judged, calibrate, judge_words
from benchmarks.accuracy.structure.contenders import OURS, Runner, contenders
from benchmarks.accuracy.structure.found import Found
from benchmarks.accuracy.structure.publish import publish
from benchmarks.accuracy.structure.reliability import draw
from benchmarks.machine import describe_machine
from benchmarks.report import DEFAULT_DATA, DEFAULT_OUT, Report, Table, say
from octavo.adapters.engines.models import default_models_dir

FOLDERS = ("sroie", "oldbooks", "typewritten_fr", "ocr_pages", "handwriting_fr")
PAGES = 12
"""Of each set; the whole of them takes an hour."""
WITHIN_S = 300.0


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    before = describe_machine()
    (contender,) = contenders([f"octavo-{options.profile}"], options.models, None)
    judged: dict[str, list[Judged]] = {}
    with Runner(contender) as runner:
        for name in FOLDERS:
            for path, truth in islice(_pages(options.data / name), options.limit):
                reply = runner.ask(path, WITHIN_S)
                if reply.error:
                    say(f"  {path.name}: {reply.error}")
                found = reply.found or Found()
                judged.setdefault(name, []).extend(judge_words(found.words, truth, SETS[name].rules))
    report = _report(judged, contender.name, options.out)
    publish(report, before, options.out)
    return 0


def _pages(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if truth.get("text"):
            yield path.with_name(truth["file"]), truth["text"]


def _report(judged: dict[str, list[Judged]], name: str, out: Path) -> Report:
    """And the picture beside it."""
    found = {kind: calibrate(rows) for kind, rows in judged.items()}
    whole = calibrate(one for rows in judged.values() for one in rows)
    out.mkdir(parents=True, exist_ok=True)
    (out / "calibration.svg").write_text(draw(whole, name), encoding="utf-8")
    return Report(
        "calibration",
        (_by_set(found | {"all": whole}), _by_bin(whole)),
        ("A word is right where its page has it. The curve: ![reliability](calibration.svg)",),
    )


def _by_set(found: dict[str, Calibration]) -> Table:
    rows = []
    for name, one in found.items():
        right = sum(part.count * part.right for part in one.bins)
        sure = sum(part.count * part.confidence for part in one.bins)
        rows.append((name, one.count, sure / max(1, one.count), right / max(1, one.count), one.error))
    columns = ("set", "words", "mean confidence", "right", "expected calibration error")
    return Table("Confidence of words read from ink", columns, tuple(rows))


def _by_bin(whole: Calibration) -> Table:
    rows = tuple(
        (f"{one.low:.1f}-{one.high:.1f}", one.count, one.confidence, one.right) for one in whole.bins
    )
    return Table("Reliability", ("confidence", "words", "mean confidence", "right"), rows)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy calibration", description=__doc__)
    profiles = [name.removeprefix("octavo-") for name in OURS]
    parser.add_argument("--profile", choices=profiles, default="standard")
    parser.add_argument("--limit", type=int, default=PAGES, help="pages of each set")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="real documents with ground truth")
    parser.add_argument("--models", type=Path, default=default_models_dir())
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="folder for the report")
    return parser.parse_args(arguments)
