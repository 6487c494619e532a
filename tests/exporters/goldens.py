"""The exports of `everything` as they are kept beside the tests.

python -m tests.exporters.goldens        write them anew; read the difference before you commit it
"""

from collections.abc import Iterator
from pathlib import Path

from tests.exporters.everything import everything

from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS

FOLDER = Path(__file__).parent / "golden"
FORMATS = (
    "markdown",
    "html",
    "chunks",
    "hocr",
    "alto",
    "csv",
    "xml",
    "docling",
    "docling_chunks",
    "doctags",
    "jsonl",
    "unstructured",
)
"""Formats that are text; those in a ZIP are read back by their own tests."""


def golden_path(format_: str) -> Path:
    return FOLDER / f"{format_}.golden"


def current(format_: str) -> bytes:
    exporter = EXPORTERS[format_]
    rendering = Rendering(options=exporter.chosen({}))
    return b"".join(exporter.render(everything(), rendering))


def _changed() -> Iterator[str]:
    FOLDER.mkdir(exist_ok=True)
    for format_ in FORMATS:
        path, content = golden_path(format_), current(format_)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
            yield path.name


if __name__ == "__main__":
    print(*_changed(), sep="\n")  # noqa: T201 -- it is a command
