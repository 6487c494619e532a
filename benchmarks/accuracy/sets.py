"""The pages that are read, with their truth."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.accuracy.normalise import Rules

_DEFAULT_DPI = 200.0
_SCAN_DPI = 300
_MOST_OLD_CER = 0.12
"""Above, an old reading of the page differs so much that its truth is of another page."""


@dataclass(frozen=True, slots=True)
class TestPage:
    id: str
    pixels: NDArray[np.uint8]
    dpi: float
    text: str
    language: str
    """BCP 47, for engines that must be told."""


@dataclass(frozen=True, slots=True)
class TestSet:
    rules: Rules
    pages: Callable[[Path], Iterator[TestPage]]


def _pictures(folder: str) -> Callable[[Path], Iterator[TestPage]]:
    def pages(root: Path) -> Iterator[TestPage]:
        for path in sorted((root / folder).glob("*.json")):
            truth = json.loads(path.read_text(encoding="utf-8"))
            if path.stem.endswith("rot180") or not truth.get("text"):
                continue  # engines are given upright pages; turning them is measured apart
            with Image.open(path.parent / truth["file"]) as picture:
                dpi = float(picture.info.get("dpi", (_DEFAULT_DPI,))[0]) or _DEFAULT_DPI
                pixels = np.asarray(picture.convert("RGB"))
            language = str(truth.get("language") or "en").split("+", maxsplit=1)[0]
            yield TestPage(path.stem, pixels, dpi, truth["text"], language)

    return pages


def _scanned_books(root: Path) -> Iterator[TestPage]:
    import pypdfium2

    truth = json.loads((root / "large" / "scanned_books_91p.json").read_text(encoding="utf-8"))
    document = pypdfium2.PdfDocument(root / "large" / truth["file"])
    for row in _reliable(truth["page_texts"]):
        picture = document[row["page"] - 1].render(scale=_SCAN_DPI / 72).to_pil()
        pixels = np.asarray(picture.convert("RGB"))
        yield TestPage(f"scanned_books_{row['page']:03d}", pixels, float(_SCAN_DPI), row["text"], "en")


def _reliable(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        row
        for row in rows
        if row["cer_old_tesseract"] is not None and row["cer_old_tesseract"] <= _MOST_OLD_CER
    ]


SETS: dict[str, TestSet] = {
    "sroie": TestSet(Rules(upper=True), _pictures("sroie")),
    "oldbooks": TestSet(Rules(joined=True), _pictures("oldbooks")),
    "scanned_books": TestSet(Rules(joined=True), _scanned_books),
    "typewritten_fr": TestSet(Rules(marked=True), _pictures("typewritten_fr")),
    "ocr_pages": TestSet(Rules(), _pictures("ocr_pages")),
    "handwriting_fr": TestSet(Rules(marked=True), _pictures("handwriting_fr")),
}
