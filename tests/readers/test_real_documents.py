"""Real documents: the words that are known to be on a page are on that page."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from octavo.adapters.readers.table import inspect_source, open_source
from octavo.ports.readers import LoadedPage
from tests.readers.samples import DEV, loaded, needs_samples

pytestmark = needs_samples


def without_spaces(text: str) -> str:
    """Truth made with PDFium keeps its mark for a line-end hyphen."""
    return re.sub(r"\s+", "", text.replace("\ufffe", "-"))


def test_phrases_of_a_long_manual_are_on_exactly_their_pages() -> None:
    truth: dict[str, Any] = json.loads((DEV / "large" / "debian_reference.json").read_text("utf-8"))
    checks = truth["page_checks"][::2][:40]
    reader = open_source(DEV / "large" / "debian_reference.pdf", "application/pdf")
    try:
        assert reader.page_count == truth["pages"]
        pages = {
            check["page"]: without_spaces("".join(line.text for line in loaded(reader, check["page"]).lines))
            for check in checks
        }
    finally:
        reader.close()

    for check in checks:
        phrase = without_spaces(check["contains"])
        assert [number for number, text in pages.items() if phrase in text] == [check["page"]], check


def test_a_long_scan_is_known_as_such_and_keeps_its_resolution() -> None:
    path = DEV / "large" / "scanned_books_91p.pdf"

    inspection = inspect_source(path)
    reader = open_source(path, inspection.media_type)
    try:
        page = loaded(reader, 3)
    finally:
        reader.close()

    assert (inspection.page_count, inspection.scanned_sample) == (91, 1.0)
    assert page.native_dpi == pytest.approx(300, abs=2)
    assert page.lines == ()


def test_no_line_of_a_two_column_page_crosses_the_gutter() -> None:
    reader = open_source(DEV / "pdf_headings" / "pypdf_multicolumn.pdf", "application/pdf")
    try:
        lines = loaded(reader, 1).lines
    finally:
        reader.close()

    body = [line.bbox for line in lines if line.font_size and line.font_size < 11 and line.bbox.y0 > 0.3]
    assert len(body) > 60
    assert [box for box in body if box.x0 < 0.5 and box.x1 > 0.53] == []


@pytest.mark.parametrize(
    "truth_path", sorted((DEV / "tables_icdar2013").glob("*.json"))[:8], ids=lambda path: path.stem
)
def test_the_words_of_table_cells_lie_in_their_cells(truth_path: Path) -> None:
    truth: dict[str, Any] = json.loads(truth_path.read_text("utf-8"))
    cells = [cell for table in truth["tables"] for cell in table["cells"] if cell["text"].strip()]
    reader = open_source(truth_path.parent / truth["file"], "application/pdf")
    try:
        pages = {number: loaded(reader, number) for number in {cell["page"] for cell in cells}}
    finally:
        reader.close()

    inside = [words_in(pages[cell["page"]], cell["bbox_pdf"]) for cell in cells]
    found = [without_spaces(cell["text"]) in text for cell, text in zip(cells, inside, strict=True)]

    assert sum(found) / len(found) > 0.9


def words_in(page: LoadedPage, bbox_pdf: list[float]) -> str:
    """What lies in a box given in points from the bottom left, with 3 points of tolerance."""
    left, bottom, right, top = bbox_pdf
    x0, x1 = (left - 3) / page.width_pt, (right + 3) / page.width_pt
    y0, y1 = 1 - (top + 3) / page.height_pt, 1 - (bottom - 3) / page.height_pt
    words = [word for line in page.lines for word in line.words]
    centers = [(word.text, *word.bbox.center) for word in words]
    return without_spaces("".join(text for text, x, y in centers if x0 <= x <= x1 and y0 <= y <= y1))
