"""Convert documents, let LibreOffice print what came out, and compare it with the pages that were read."""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from statistics import fmean

from benchmarks.accuracy.conversions.score import Likeness, likeness
from benchmarks.accuracy.conversions.shown import print_to_pdf, words_of_pages, words_of_pdf
from benchmarks.accuracy.whole_documents import put_together, read_all
from octavo.adapters.engines.models import default_models_dir
from octavo.domain.document import Document
from octavo.domain.job import Profile
from octavo.exporters.document_file import open_document
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS

_FORMATS = ("docx", "pptx")
"""What LibreOffice prints as pages; how a sheet is cut into pages says nothing."""


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    if shutil.which("soffice") is None:
        print("LibreOffice (soffice) is not installed.", file=sys.stderr)
        return 1
    options.work.mkdir(parents=True, exist_ok=True)
    results: dict[str, dict[str, Likeness]] = {format_: {} for format_ in options.formats}
    for path in _sources(options.files):
        document = open_document(_stored(path, options.work, options.models, fresh=options.fresh))
        for format_ in options.formats:
            results[format_][path.name] = _convert(document, format_, path, options.work, options.options)
    for format_, scores in results.items():
        print(render_table(format_, scores))
    if options.json:
        rows = {
            format_: {name: asdict(one) for name, one in found.items()} for format_, found in results.items()
        }
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy conversions", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="documents, or folders of them")
    parser.add_argument("--formats", nargs="+", choices=_FORMATS, default=list(_FORMATS))
    parser.add_argument("--options", nargs="*", default=["layout=page"], help="of the exports, name=value")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "octavo-conversions")
    parser.add_argument("--fresh", action="store_true", help="read the documents again")
    parser.add_argument("--models", type=Path, default=default_models_dir())
    parser.add_argument("--json", type=Path)
    return parser.parse_args(arguments)


def _sources(files: list[Path]) -> Iterator[Path]:
    for path in files:
        yield from sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]


def _stored(path: Path, work: Path, models: Path, *, fresh: bool) -> Path:
    """Reading takes longer than all else: it is done once."""
    folder = work / "read" / path.name
    if fresh or not (folder / "document").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        outcomes, media_type = read_all(path, Profile.STANDARD, models)
        put_together(outcomes, media_type, path, Profile.STANDARD, folder)
    return folder / "document"


def _convert(document: Document, format_: str, path: Path, work: Path, wanted: list[str]) -> Likeness:
    exporter = EXPORTERS[format_]
    known = dict(option.split("=", 1) for option in wanted)
    chosen = exporter.chosen({name: value for name, value in known.items() if name in exporter.options})
    folder = work / format_
    folder.mkdir(exist_ok=True)
    converted = folder / f"{path.name}{exporter.extension}"
    with converted.open("wb") as file:
        file.writelines(exporter.render(document, Rendering(options=chosen)))
    stored = list(document.pages)
    pages, shown = words_of_pdf(print_to_pdf(converted, folder), [page.width_pt for page in stored])
    return likeness(words_of_pages(stored), shown, len(stored), pages)


def render_table(format_: str, scores: dict[str, Likeness]) -> str:
    names = [field.name for field in fields(Likeness)]
    rows = [f"{format_:38}" + "".join(f"{name:>10}" for name in names)]
    for name, score in scores.items():
        rows.append(f"{name[:37]:38}" + "".join(f"{getattr(score, field):10.3g}" for field in names))
    means = (fmean([getattr(score, name) for score in scores.values()]) for name in names)
    rows.append(f"{'mean':38}" + "".join(f"{value:10.3g}" for value in means))
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
