"""Fit how sure an engine is to how often it is right.

    python -m tools.calibrate read --engine ppocrv6 --profile standard    words and scores, once, slow
    python -m tools.calibrate fit                                         curves from all that was read

Pages are split by document: the curve is fitted on one half and measured on the other, and what is written is what
was fitted and measured, with both numbers. Pages of one book are one document.
"""

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.accuracy.sets import SETS, TestPage
from benchmarks.accuracy.structure.calibration import Judged, calibrate, judge_words

from octavo.adapters.engines.calibration.curve import Curve, fit
from octavo.adapters.engines.catalogue import ENGINES
from octavo.adapters.engines.models import default_models_dir
from octavo.domain.errors import PageUnreadable
from octavo.domain.job import Profile
from octavo.ports.engines import PageImage, Recogniser

PAGES = {"sroie": 24, "oldbooks": 10, "scanned_books": 8, "typewritten_fr": 10, "ocr_pages": 3}
READ = Path("out/calibration")
CURVES = Path("src/octavo/adapters/engines/calibration/curves.json")
_BOOK = re.compile(r"_\d+$")


def main() -> int:
    options = _options()
    if options.command == "read":
        _read(options.engine, Profile(options.profile), options)
    else:
        _fit(options.read, CURVES)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.calibrate", description=__doc__)
    parser.add_argument("command", choices=("read", "fit"))
    parser.add_argument("--engine", choices=tuple(ENGINES), default="ppocrv6")
    parser.add_argument("--profile", choices=tuple(profile.value for profile in Profile), default="standard")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/dev"))
    parser.add_argument("--models", type=Path, default=default_models_dir())
    parser.add_argument("--limit", type=int, default=max(PAGES.values()), help="pages of each set")
    parser.add_argument("--read", type=Path, default=READ, help="where the words that were read are kept")
    return parser.parse_args()


def _read(engine: str, profile: Profile, options: argparse.Namespace) -> None:
    """One file for each engine and profile: set, document, and every word's score and whether it is right."""
    rows: list[dict[str, Any]] = []
    loaded: dict[str, Recogniser] = {}
    options.read.mkdir(parents=True, exist_ok=True)
    target = options.read / f"{engine}-{profile.value}.json"
    for name, most in PAGES.items():
        for page in islice(SETS[name].pages(options.data), min(most, options.limit)):
            # Tesseract must be told the language; PP-OCR reads what it is given.
            languages = (page.language,) if engine == "tesseract" else ()
            key = "+".join(languages)
            if key not in loaded:
                loaded[key] = ENGINES[engine].load(options.models, profile, languages)
            try:
                words = _words(name, page, loaded[key])
            except PageUnreadable as error:
                print(name, page.id, error.summary, flush=True)
                continue
            rows.append({"set": name, "document": _document(name, page), "words": words})
            print(name, page.id, len(words), flush=True)
        target.write_text(json.dumps(rows) + "\n", encoding="utf-8")


def _words(name: str, page: TestPage, recogniser: Recogniser) -> list[Judged]:
    lines = recogniser.recognise(PageImage(page.pixels, page.dpi))
    in_order = sorted(lines, key=lambda line: (round(line.bbox.center[1] * 200), line.bbox.x0))
    read = [(word.text, word.confidence) for line in in_order for word in line.words]
    return judge_words(read, page.text, SETS[name].rules)


def _document(name: str, page: TestPage) -> str:
    return name if name == "scanned_books" else _BOOK.sub("", page.id) if name == "oldbooks" else page.id


def _fit(read: Path, target: Path) -> None:
    curves = {}
    for file in sorted(read.glob("*.json")):
        rows = json.loads(file.read_text(encoding="utf-8"))
        curve = fit(_weighed(_half(rows, 0)))
        measured = _half(rows, 1)
        curves[file.stem] = {
            "points": curve.points,
            "pages": dict(Counter(row["set"] for row in rows)),
            "fitted_words": sum(len(words) for words in _half(rows, 0).values()),
            "measured_words": sum(len(words) for words in measured.values()),
            "error": {name: _errors(words, curve) for name, words in measured.items()}
            | {"all": _errors([word for words in measured.values() for word in words], curve)},
        }
        print(file.stem, json.dumps(curves[file.stem]["error"]))
        _print_reliability([word for words in measured.values() for word in words], curve)
    target.write_text(
        json.dumps({"made_by": "tools/calibrate.py", "curves": curves}, indent=1) + "\n", encoding="utf-8"
    )


def _half(rows: list[dict[str, Any]], half: int) -> dict[str, list[Judged]]:
    """Words by set of the documents of one half; a document is in one half on every machine."""
    found: dict[str, list[Judged]] = defaultdict(list)
    for row in rows:
        digest = hashlib.sha256(row["document"].encode()).digest()
        if digest[0] % 2 == half:
            found[row["set"]].extend((score, right) for score, right in row["words"])
    return found


def _weighed(sets: dict[str, list[Judged]]) -> list[tuple[float, bool, float]]:
    """Every set counts the same, however many words its pages have."""
    return [(score, right, 1 / len(words)) for words in sets.values() for score, right in words]


def _errors(words: Iterable[Judged], curve: Curve) -> tuple[float, float]:
    """Expected calibration error as it came and after."""
    known = list(words)
    after = [(curve.at(score), right) for score, right in known]
    return round(calibrate(known).error, 4), round(calibrate(after).error, 4)


def _print_reliability(words: list[Judged], curve: Curve) -> None:
    for part in calibrate((curve.at(score), right) for score, right in words).bins:
        print(
            f"  {part.low:.1f}-{part.high:.1f} {part.count:6} sure {part.confidence:.3f} right {part.right:.3f}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
