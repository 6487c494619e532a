"""Whatever part of an Office file is missing or damaged, the answer is a page or a typed error."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from pptx import Presentation
from pptx.chart import data as untyped_chart_data
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from octavo.adapters.readers.pptx.reader import PptxKind
from octavo.adapters.readers.sniff import PPTX, XLSX
from octavo.adapters.readers.xlsx.reader import XlsxKind
from octavo.domain.errors import PageUnreadable, UnreadableDocument
from octavo.ports.readers import Limits, NativePage, ReaderKind

CHART_DATA: Any = untyped_chart_data
KINDS: dict[str, ReaderKind] = {PPTX: PptxKind(), XLSX: XlsxKind()}


def deck(path: Path) -> None:
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = "Sales"
    numbers = CHART_DATA.CategoryChartData()
    numbers.categories = ["a", "b"]
    numbers.add_series("one", (1, 2))
    slide.shapes.add_chart(XL_CHART_TYPE.PIE, Inches(1), Inches(2), Inches(3), Inches(3), numbers)
    slide.notes_slide.notes_text_frame.text = "note"
    made.save(str(path))


def book(path: Path) -> None:
    made = Workbook()
    sheet: Any = made.active
    for row in (("Name", "Age"), ("Ann", 40)):
        sheet.append(row)
    sheet["A2"].comment = Comment("who", "me")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=2), titles_from_data=True)
    sheet.add_chart(chart, "D2")
    made.save(path)


def outcomes(kind: ReaderKind, path: Path) -> NativePage | None:
    """The first page; None for an error of the right type."""
    try:
        kind.inspect(path, password=None, limits=Limits())
        reader = kind.open(path, password=None, limits=Limits())
    except UnreadableDocument:
        return None
    try:
        page = reader.load(1)
    except PageUnreadable:
        return None
    finally:
        reader.close()
    assert isinstance(page, NativePage)
    return page


def rewritten(path: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                made.writestr(name, content)


@pytest.mark.parametrize(("media_type", "make"), [(PPTX, deck), (XLSX, book)], ids=["pptx", "xlsx"])
@pytest.mark.parametrize(
    "harm",
    [lambda _: None, lambda content: content[: len(content) // 2], lambda _: b"", lambda _: b"<a/>"],
    ids=["missing", "cut", "empty", "other"],
)
def test_any_one_part_may_be_harmed(
    tmp_path: Path, media_type: str, make: Callable[[Path], None], harm: Callable[[bytes], bytes | None]
) -> None:
    path, target = tmp_path / "whole", tmp_path / "harmed"
    make(path)
    with zipfile.ZipFile(path) as archive:
        # Of the stock layouts one stands for all: the slide uses it.
        names = [name for name in archive.namelist() if "slideLayout" not in name or "slideLayout6" in name]

    pages = []
    for harmed in names:
        rewritten(path, target, lambda name, content, one=harmed: harm(content) if name == one else content)  # type: ignore[misc]
        pages.append(outcomes(KINDS[media_type], target))

    assert any(pages), "what does not need the part is still read"
    assert not all(pages), "a part that everything needs is missed"


def test_a_damaged_chart_leaves_the_rest_of_its_slide(tmp_path: Path) -> None:
    path, target = tmp_path / "whole", tmp_path / "harmed"
    deck(path)
    rewritten(path, target, lambda name, content: b"<c" if "charts/chart" in name else content)

    page = outcomes(PptxKind(), target)

    assert page is not None
    assert [block.type.value for block in page.blocks] == ["heading", "image", "paragraph"]
    assert page.notes == ("chart_damaged",)
