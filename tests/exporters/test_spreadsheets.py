"""Tables as CSV and as a workbook: read back by the csv module and by openpyxl."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.exporters import strategies
from tests.exporters.everything import everything
from tests.exporters.pieces import table_body
from tests.exporters.samples import HEADER, block_of, document_of, page_of

from octavo.domain.document import BlockType, Document, Page
from octavo.domain.errors import InvalidRequest
from octavo.domain.field import Field, Fields, FieldSource, Place
from octavo.domain.template import FieldSpec, FieldType
from octavo.exporters.fields_json import fields_to_json
from octavo.exporters.grid import grid_of
from octavo.exporters.numerals import decimal_mark, numeral_of
from octavo.exporters.records import tables
from octavo.exporters.rendering import Rendering
from octavo.exporters.table import EXPORTERS

FIELDS: dict[str, Any] = fields_to_json(
    Fields(
        "receipt",
        0.9,
        (
            Field("total", 12.5, FieldSource.OCR, "12,50", (Place(2, None),), 0.9, verified=True),
            Field("seller.name", "=cmd()", FieldSource.TEXT_LAYER, "=cmd()"),
            Field("lines.0.price", 3.0, FieldSource.COMPUTED),
            Field("number", "007", FieldSource.PERSON),
        ),
    ),
    (
        FieldSpec("total", FieldType.MONEY),
        FieldSpec("seller", FieldType.OBJECT, fields=(FieldSpec("name", FieldType.STRING),)),
        FieldSpec("lines", FieldType.ARRAY, fields=(FieldSpec("price", FieldType.MONEY),)),
        FieldSpec("date", FieldType.DATE),
    ),
)


def exported(format_: str, document: Document, **options: str) -> bytes:
    exporter = EXPORTERS[format_]
    return b"".join(exporter.render(document, Rendering(options=exporter.chosen(options))))


def records(document: Document, **options: str) -> list[list[str]]:
    text = exported("csv", document, **options).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def workbook(document: Document) -> Any:
    return openpyxl.load_workbook(io.BytesIO(exported("xlsx", document)))


def one_table(*rows: list[str], **more: Any) -> Document:
    body = table_body(list(rows), 1, (0.1, 0.1, 0.9, 0.9), **more)
    return document_of(page_of(1, block_of(BlockType.TABLE, "t", body=body)))


def test_one_table_can_be_had_for_itself() -> None:
    assert records(everything(), table="3") == [["Fruit", "Stock"], ["Apple", "10"], ["Pear", "007"]]


def test_a_table_that_is_not_there_is_refused_with_how_many_there_are() -> None:
    with pytest.raises(InvalidRequest, match="no table 9 in this document; it has 3"):
        records(everything(), table="9")


def test_tables_are_parted_by_an_empty_record() -> None:
    found = records(everything())

    assert [at for at, record in enumerate(found) if not record] == [4, 8]


def test_fields_come_first_where_there_are_any() -> None:
    document = Document(HEADER.source, HEADER.extraction, list(everything().pages), FIELDS)

    assert records(document) == [
        ["field", "value", "confidence", "source", "verified", "page", "raw_text"],
        ["total", "12.5", "0.9", "ocr", "yes", "2", "12,50"],
        ["seller.name", "'=cmd()", "", "text_layer", "no", "", "'=cmd()"],
        ["lines.0.price", "3", "", "computed", "no", "", ""],
        ["date", "", "", "", "", "", ""],
        ["number", "007", "", "person", "no", "", ""],
    ]
    assert records(document, content="tables")[0][0] == "Region"


PAIRS = {"title": "Form", "key_values": [{"key": "Plan", "value": "Gold"}]}


@pytest.mark.parametrize("fields", [{}, FIELDS | {"evidence": {}}, FIELDS | {"values": PAIRS}])
def test_tables_come_first_where_fields_say_little(fields: dict[str, Any]) -> None:
    document = Document(HEADER.source, HEADER.extraction, list(everything().pages), fields)

    assert records(document)[0][0] == "Region"


def test_what_a_template_asked_for_comes_first_whatever_type_the_document_is() -> None:
    fields = FIELDS | {"document_type": "generic"}
    document = Document(HEADER.source, HEADER.extraction, list(everything().pages), fields)

    assert records(document)[1][:2] == ["total", "12.5"]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3+cmd", "'-2+3+cmd"),
        ("\t=1", "'\t=1"),
        ("-5", "-5"),
        ("+1.200,50", "+1.200,50"),
        ("-12 %", "-12 %"),
        ("-", "-"),
        ("a=b", "a=b"),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(cell: str, written: str) -> None:
    document = one_table(["a"], [cell])

    assert records(document)[1] == [written]
    assert records(document, formulas="keep")[1] == [cell]


def test_a_mark_for_old_spreadsheets_is_written_on_request_only() -> None:
    assert exported("csv", everything(), bom="yes").startswith(b"\xef\xbb\xbfRegion,")
    assert exported("csv", everything()).startswith(b"Region,")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.page_lists)
def test_every_cell_is_read_back_from_the_csv(pages: list[Page]) -> None:
    document = Document(HEADER.source, HEADER.extraction, pages, {})

    # The csv module reads an empty line as no record, and a record of one empty cell is one.
    found = [record for record in records(document, formulas="keep") if record]

    expected = [
        record
        for table in tables(pages)
        for record in ([list(table.grid.headers)] if any(table.grid.headers) else [])
        + [*table.grid.body_texts]
    ]
    assert found == expected


def test_the_workbook_has_an_overview_with_links_and_a_sheet_a_table() -> None:
    book = workbook(everything())

    assert book.sheetnames == ["Overview", "1 Table 1 Sales by region", "2 Fruit sold", "3 page 2"]
    overview = book["Overview"]
    assert [cell.value for cell in overview[4]] == ["3 page 2", None, "2, 3", 3, 2, None]
    assert overview["A2"].hyperlink.location == "'1 Table 1 Sales by region'!A1"
    assert overview["B6"].value == "report.pdf"


def test_spans_are_merged_headers_stay_in_sight_and_numbers_are_numbers() -> None:
    sheet = workbook(everything()).worksheets[1]

    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:A2", "A5:B5", "B1:C1", "D1:D2"]
    assert sheet.freeze_panes == "A3"
    assert sheet["A1"].font.bold
    assert (sheet["B3"].value, sheet["B3"].number_format) == (1200.5, "#,##0.00")
    assert (sheet["C3"].value, sheet["C3"].number_format) == (1300, "#,##0")
    assert (sheet["D3"].value, sheet["D3"].data_type) == ("=SUM(A1)", "s")


def test_a_code_stays_as_it_is_printed() -> None:
    sheet = workbook(everything()).worksheets[3]

    assert sheet["B3"].value == "007"


def test_what_a_sheet_cannot_hold_is_made_fit() -> None:
    caption = "Sales: [2024/25] * what? " + "long " * 20
    document = one_table(["a", "b"], ["x" * 40_000, "_x0041_ \x07"], caption=caption)

    book = workbook(document)

    assert len(book.sheetnames[1]) <= 31
    assert not set("[]:*?/\\") & set(book.sheetnames[1])
    assert len(book.worksheets[1]["A2"].value) == 32_767
    assert book.worksheets[1]["B2"].value in ("_x0041_ ", "_x005F_x0041_ ")


def test_a_failed_check_is_told_in_the_overview() -> None:
    checks = [
        {"code": "total", "passed": False, "detail": "1 + 2 is not 4."},
        {"code": "overlap", "passed": True},
    ]

    assert workbook(one_table(["a"], ["1"], checks=checks))["Overview"]["F2"].value == "1 + 2 is not 4."


def test_fields_have_a_sheet() -> None:
    sheet = workbook(Document(HEADER.source, HEADER.extraction, [page_of(1)], FIELDS))["Fields"]

    assert [[cell.value for cell in row][:3] for row in sheet.iter_rows()] == [
        ["field", "value", "confidence"],
        ["total", 12.5, 0.9],
        ["seller.name", "=cmd()", None],
        ["lines.0.price", 3, None],
        ["date", None, None],
        ["number", "007", None],
    ]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.page_lists)
def test_whatever_a_document_says_the_workbook_opens(pages: list[Page]) -> None:
    document = Document(HEADER.source, HEADER.extraction, pages, {})

    assert len(workbook(document).sheetnames) == 1 + sum(1 for _ in tables(pages))
    assert exported("xlsx", document) == exported("xlsx", document)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5.0),
        ("\u22125", -5.0),
        ("1,200.50", 1200.5),
        ("1.200,50", 1200.5),
        ("0.125", 0.125),
        ("12,50", 12.5),
        ("1,234,567", 1234567.0),
        ("1 234,5", 1234.5),
    ],
)
def test_a_number_is_read_where_it_can_be_only_one(text: str, value: float) -> None:
    found = numeral_of(text)

    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "text",
    [
        "1,300",
        "1.234",
        "007",
        "1.2.2025",
        "+49 123 456",
        "1,23,456",
        "12%",
        "10:30",
        "1234567890123456",
        "",
        "-",
    ],
)
def test_what_could_be_another_number_or_none_is_text(text: str) -> None:
    assert numeral_of(text) is None


def test_numbers_beside_one_another_say_which_mark_is_meant() -> None:
    assert decimal_mark(["1,300", "12.5", "x"]) == "."
    assert decimal_mark(["1,5", "12.5"]) is None
    assert [numeral_of("1,300", mark) and numeral_of("1,300", mark).value for mark in ".,"] == [1300.0, 1.3]  # type: ignore[union-attr]


@given(st.text("0123456789.,-+ '\u00a0x", max_size=12), st.sampled_from([None, ".", ","]))
def test_any_text_is_a_number_or_none(text: str, mark: str | None) -> None:
    found = numeral_of(text, mark)

    digits = "".join(filter(str.isdigit, text))
    assert found is None or round(abs(found.value) * 10**found.decimals) == int(digits)


def test_a_grid_that_is_too_large_to_be_one_is_none() -> None:
    assert grid_of({"cells": [{"row": 10**6, "col": 10**6, "text": "x"}]}) is None
