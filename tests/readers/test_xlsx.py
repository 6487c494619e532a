"""Sheets are read exactly: values, formats, spans, tables, comments, charts and pictures."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, PieChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from octavo.adapters.readers.table import inspect_source, open_source
from octavo.domain.document import Block, BlockType
from octavo.ports.readers import NativePage

MONEY: list[tuple[str, str | float]] = [("Region", "Sales"), ("North", 1200.5), ("South", 80)]


def sheet_page(path: Path, fill: Callable[[Worksheet], Any], number: int = 1) -> NativePage:
    """The page of a workbook's first sheet after `fill` had it in hand."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    book.save(path)
    return loaded(path, number)


def loaded(path: Path, number: int = 1) -> NativePage:
    inspection = inspect_source(path)
    reader = open_source(path, inspection.media_type)
    try:
        page = reader.load(number)
    finally:
        reader.close()
    assert isinstance(page, NativePage)
    return page


def rows(sheet: Worksheet, cells: list[tuple[Any, ...]]) -> None:
    for row in cells:
        sheet.append(row)


def only(page: NativePage, type_: BlockType) -> Block:
    (block,) = [block for block in page.blocks if block.type is type_]
    return block


def cell(block: Block, row: int, col: int) -> dict[str, Any]:
    return next(one for one in block.body["cells"] if (one["row"], one["col"]) == (row, col))


def test_a_table_has_headers_texts_as_shown_and_values_as_stored(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, [("Day", "Share", "Paid", "Done"), (dt.date(2024, 2, 29), 0.125, 1234.5, True)])
        sheet["A2"].number_format = "dd.mm.yyyy"
        sheet["B2"].number_format = "0.0%"
        sheet["C2"].number_format = "#,##0.00 [$€-407]"

    table = only(sheet_page(tmp_path / "x.xlsx", fill), BlockType.TABLE)

    assert table.body["headers"] == ["Day", "Share", "Paid", "Done"]
    assert table.body["rows"] == [["29.02.2024", "12.5%", "1,234.50 €", "TRUE"]]
    assert table.body["values"][1] == ["2024-02-29", 0.125, 1234.5, True]
    assert (table.body["sheet"], table.body["range"]) == ("Sheet", "A1:D2")
    assert table.verified
    assert table.bbox is None


def test_islands_are_tables_of_their_own_and_a_lone_text_is_a_paragraph(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B1"] = "Two tables"
        for row, values in enumerate(MONEY, 3):
            sheet.cell(row, 1, values[0])
            sheet.cell(row, 2, values[1])
            sheet.cell(row, 4, values[0])
            sheet.cell(row, 5, values[1])

    page = sheet_page(tmp_path / "x.xlsx", fill)

    assert [(block.type, block.body["range"]) for block in page.blocks] == [
        (BlockType.PARAGRAPH, "B1"),
        (BlockType.TABLE, "A3:B5"),
        (BlockType.TABLE, "D3:E5"),
    ]


def test_a_narrow_blank_column_parts_nothing(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, [("Region", None, "Sales"), ("North", None, 5), ("South", None, 7)])
        sheet.column_dimensions["B"].width = 2

    table = only(sheet_page(tmp_path / "x.xlsx", fill), BlockType.TABLE)

    assert table.body["range"] == "A1:C3"
    assert table.body["headers"] == ["Region", "", "Sales"]


def test_notes_below_a_table_after_a_thin_row_are_paragraphs(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, [*MONEY, (), ("(a) Without tax.",), ("(b) Estimated.",)])
        sheet.row_dimensions[4].height = 4

    page = sheet_page(tmp_path / "x.xlsx", fill)

    assert [(block.type, block.body["range"]) for block in page.blocks] == [
        (BlockType.TABLE, "A1:B3"),
        (BlockType.PARAGRAPH, "A5"),
        (BlockType.PARAGRAPH, "A6"),
    ]


def test_merged_cells_span_and_name_every_column_below(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, [("Region", "Sales", None), (None, "2023", "2024"), ("North", 1, 2), ("South", 3, 4)])
        sheet.merge_cells("B1:C1")
        sheet.merge_cells("A1:A2")

    table = only(sheet_page(tmp_path / "x.xlsx", fill), BlockType.TABLE)

    assert cell(table, 0, 1)["col_span"] == 2
    assert cell(table, 0, 0)["row_span"] == 2
    assert table.body["header_rows"] == 2
    assert table.body["headers"] == ["Region", "Sales / 2023", "Sales / 2024"]
    assert len(table.body["cells"]) == 4 * 3 - 2


@pytest.mark.parametrize("mark", ["bold", "filled", "table", "filter", "repeated"])
def test_a_header_is_known_by_what_the_workbook_says(tmp_path: Path, mark: str) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, [("Name", "City"), ("Ann", "Bern"), ("Bob", "Rome")])
        for name in sheet[1]:
            if mark == "bold":
                name.font = Font(bold=True)
            if mark == "filled":
                name.fill = PatternFill("solid", fgColor="FFCC00")
        if mark == "table":
            sheet.add_table(Table(displayName="People", ref="A1:B3"))
        if mark == "filter":
            sheet.auto_filter.ref = "A1:B3"
        if mark == "repeated":
            sheet.print_title_rows = "1:1"

    table = only(sheet_page(tmp_path / "x.xlsx", fill), BlockType.TABLE)

    assert table.body["header_rows"] == 1
    assert table.body["headers"] == ["Name", "City"]


def test_a_header_that_is_not_clear_is_not_guessed(tmp_path: Path) -> None:
    table = only(
        sheet_page(tmp_path / "x.xlsx", lambda sheet: rows(sheet, [("Ann", "Bern"), ("Bob", "Rome")])),
        BlockType.TABLE,
    )

    assert table.body["header_rows"] == 0
    assert table.body["headers"] == []


def test_years_in_the_first_row_name_columns(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, [("Country", 2022, 2023), ("France", 1.5, 2.5), ("Italy", 2.5, 3)])

    table = only(sheet_page(tmp_path / "x.xlsx", fill), BlockType.TABLE)

    assert table.body["headers"] == ["Country", "2022", "2023"]


def test_a_table_of_the_workbook_keeps_its_area_beside_other_cells(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, [("Name", "Age", "note"), ("Ann", 40, "see file"), ("Bob", 50, "n/a")])
        sheet.add_table(Table(displayName="People", ref="A1:B3"))

    page = sheet_page(tmp_path / "x.xlsx", fill)

    assert [block.body["range"] for block in page.blocks] == ["A1:B3", "C1", "C2", "C3"]


def test_formulas_and_comments_stay_with_their_cells(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, [("Net", 5), ("Gross", "=B1*2")])
        sheet["B1"].comment = Comment("Check this", "Ann")

    table = only(sheet_page(tmp_path / "x.xlsx", fill), BlockType.TABLE)

    assert cell(table, 1, 1)["formula"] == "B1*2"
    assert cell(table, 0, 1)["notes"] == ["Ann: Check this"]


def test_a_comment_on_an_empty_cell_is_not_lost(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["C3"].comment = Comment("Nothing here", "Ann")

    block = only(sheet_page(tmp_path / "x.xlsx", fill), BlockType.PARAGRAPH)

    assert block.body == {"sheet": "Sheet", "range": "C3", "notes": ["Ann: Nothing here"]}


def test_hidden_sheets_are_pages_that_say_so(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("Secret").append(("x",))
    book["Secret"].sheet_state = "hidden"
    book.save(tmp_path / "x.xlsx")

    page = loaded(tmp_path / "x.xlsx", 2)

    assert (page.name, page.notes) == ("Secret", ("hidden",))
    assert page.blocks[0].text == "x"


def test_charts_are_read_with_series_and_titles_even_without_caches(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, MONEY)
        chart = BarChart()
        chart.type = "bar"
        chart.title = "Sales by region"
        chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
        chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=3))
        sheet.add_chart(chart, "D2")

    chart = only(sheet_page(tmp_path / "x.xlsx", fill), BlockType.CHART)

    assert chart.body["chart_type"] == "bar"
    assert chart.body["title"] == "Sales by region"
    assert chart.body["categories"] == ["North", "South"]
    assert chart.body["series"] == [{"name": "Sales", "values": [1200.5, 80.0]}]
    assert chart.body["data_table"] == [["", "Sales"], ["North", 1200.5], ["South", 80.0]]
    assert "Sales by region" in chart.text


def test_a_chart_sheet_is_a_page_with_its_chart(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    rows(sheet, MONEY)
    pie = PieChart()
    pie.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    pie.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=3))
    book.create_chartsheet("Pie").add_chart(pie)
    book.save(tmp_path / "x.xlsx")

    page = loaded(tmp_path / "x.xlsx", 2)

    assert page.name == "Pie"
    assert only(page, BlockType.CHART).body["chart_type"] == "pie"
    assert only(page, BlockType.CHART).body["legend"] == ["North", "South"]


def test_two_kinds_in_one_chart_are_a_combination(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, MONEY)
        bars, line = BarChart(), LineChart()
        for chart in (bars, line):
            chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
        bars += line
        sheet.add_chart(bars, "D2")

    chart = only(sheet_page(tmp_path / "x.xlsx", fill), BlockType.CHART)

    assert chart.body["chart_type"] == "combo"
    assert [series["type"] for series in chart.body["series"]] == ["column", "line"]


def test_pictures_are_kept_with_their_place(tmp_path: Path) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (12, 9), "red").save(drawn, "PNG")

    page = sheet_page(tmp_path / "x.xlsx", lambda sheet: sheet.add_image(SheetImage(drawn), "C4"))

    picture = only(page, BlockType.IMAGE)
    assert picture.body["range"] == "C4"
    assert picture.body["image"]["width_px"] == 12
    assert page.pictures[0].name == picture.body["image"]["name"]


def test_print_margins_are_headers_and_footers_without_codes(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "x"
        header, footer = sheet.oddHeader, sheet.oddFooter
        assert header is not None
        assert footer is not None
        header.center.text = "Report on &A"
        footer.left.text = "Confidential"
        footer.right.text = "Page &P of &N"

    page = sheet_page(tmp_path / "x.xlsx", fill)

    assert [(block.type, block.text) for block in page.blocks] == [
        (BlockType.PAGE_HEADER, "Report on Sheet"),
        (BlockType.PARAGRAPH, "x"),
        (BlockType.PAGE_FOOTER, "Confidential"),
    ]


def test_an_empty_sheet_is_an_empty_page(tmp_path: Path) -> None:
    assert sheet_page(tmp_path / "x.xlsx", lambda _: None).blocks == ()


def test_lines_of_a_text_stay_together_beside_a_table(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, [(None,), *MONEY])
        sheet["E1"], sheet["E2"] = "First line", "Second line"

    page = sheet_page(tmp_path / "x.xlsx", fill)

    assert [block.text for block in page.blocks[:2]] == ["First line", "Second line"]
    assert page.blocks[2].type is BlockType.TABLE


def test_formulas_that_nobody_calculated_are_told_of(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        rows(sheet, [*MONEY, ("All", "=SUM(B2:B3)")])

    page = sheet_page(tmp_path / "x.xlsx", fill)

    assert page.notes == ("formulas_without_values",)
    assert cell(only(page, BlockType.TABLE), 3, 1)["formula"] == "SUM(B2:B3)"
