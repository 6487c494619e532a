"""A workbook with a sheet for each page: read back with openpyxl."""

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from tests.exporters import strategies
from tests.exporters.everything import everything
from tests.exporters.pieces import table_body
from tests.exporters.samples import HEADER, block_of, document_of, page_of
from tests.exporters.test_docx_layout import set_block

from octavo.domain.document import BlockType, Document, Page
from octavo.domain.looks import Look
from octavo.exporters.cell_values import Formatted, content_of, habits_of
from octavo.exporters.numerals import Numeral
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS

LOOK = Look("Arial", 10.0, bold=False)


def workbook(document: Document) -> Any:
    exporter = EXPORTERS["xlsx"]
    rendering = Rendering(options=exporter.chosen({"sheets": "pages"}))
    return openpyxl.load_workbook(io.BytesIO(b"".join(exporter.render(document, rendering))))


def values(sheet: Any) -> list[list[Any]]:
    rows = ([cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows())
    return [row for row in rows if row]


def test_there_is_a_sheet_for_each_page_with_its_text_and_its_tables() -> None:
    book = workbook(everything())

    assert book.sheetnames == ["Page 1", "Page 2", "Page 3"]
    first = values(book["Page 1"])
    assert first[:2] == [["Annual report 2025"], ["Sales & growth"]]
    assert ["North", 1200.5, 1300, "=SUM(A1)"] in first
    assert len(book["Page 1"].merged_cells.ranges) == 4


def test_what_stands_side_by_side_is_in_one_row() -> None:
    page = page_of(
        1,
        set_block(0, "Sold to", (0.1, 0.1, 0.2, 0.12), LOOK),
        set_block(1, "Invoice 17", (0.6, 0.1, 0.8, 0.12), LOOK),
    )

    assert values(workbook(document_of(page))["Page 1"]) == [["Sold to", "Invoice 17"]]


def test_days_shares_and_money_are_numbers_that_look_as_they_are_printed() -> None:
    rows = [
        ["Day", "Share", "Price"],
        ["13/02/2024", "12.5 %", "€ 1,200.50"],
        ["01/03/2024", "7 %", "€ 3.00"],
    ]
    body = table_body(rows, 1, (0.1, 0.1, 0.9, 0.9))
    page = page_of(1, block_of(BlockType.TABLE, "t", body=body))

    cells = next(row for row in workbook(document_of(page))["Page 1"].iter_rows() if row[1].value == 0.125)

    assert [cell.value for cell in cells] == [datetime(2024, 2, 13), 0.125, 1200.5]  # noqa: DTZ001
    assert [cell.number_format for cell in cells] == ["dd/mm/yyyy", "0.0%", '"€"#,##0.00']


@pytest.mark.parametrize(
    "text", ["03/04/2024", "31/02/2024", "2024-13-01", "1.2.24", "12/2024", "€", "100 %%", "1.234 €", "€ 5 %"]
)
def test_what_could_be_another_day_or_amount_stays_text(text: str) -> None:
    assert content_of(text, habits_of([text])) == text


def test_days_beside_one_another_say_which_number_is_the_month() -> None:
    assert content_of("03/04/2024", habits_of(["03/04/2024", "25/04/2024"])) == Formatted(
        45385.0, "dd/mm/yyyy"
    )
    assert content_of("03/04/2024", habits_of(["03/04/2024", "04/25/2024"])) == Formatted(
        45355.0, "mm/dd/yyyy"
    )
    assert content_of("03/04/2024", habits_of(["25/04/2024", "04/25/2024"])) == "03/04/2024"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.page_lists)
def test_whatever_a_document_says_no_text_is_lost(pages: list[Page]) -> None:
    book = workbook(Document(HEADER.source, HEADER.extraction, pages, {}))

    found = "".join(str(cell) for sheet in book for row in values(sheet) for cell in row)

    said = "".join(filter(str.isalpha, found))
    plain = [block.text for page in pages for block in page.blocks if block.type is BlockType.PARAGRAPH]
    assert all(all("".join(filter(str.isalpha, word)) in said for word in text.split()) for text in plain)


def test_a_range_in_a_cell_does_not_make_the_numbers_beside_it_doubtful() -> None:
    habits = habits_of(["200,915", "103.1", "(102.7\u2013103.6)"])

    found = content_of("200,915", habits)

    assert isinstance(found, Numeral)
    assert found.value == 200_915


def test_a_page_that_has_no_size_has_its_sheet() -> None:
    page = replace(
        page_of(1, set_block(0, "Pumps", (0.1, 0.1, 0.2, 0.12), LOOK)), width_pt=0.0, height_pt=0.0
    )

    assert values(workbook(document_of(page))["Page 1"]) == [["Pumps"]]
