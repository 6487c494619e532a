"""Tables prove themselves: numbers as people write them, sums, products, shape."""

from decimal import Decimal

import pytest
from tests.pipeline.table_pages import Sheet

from octavo.pipeline.tables.numbers import decimal_mark, is_numeric, number_in

XS = (60.0, 200.0, 300.0, 400.0)


def checks_of(rows: list[list[str]], code: str) -> list[dict[str, object]]:
    sheet = Sheet()
    end = sheet.rows(rows, XS[: len(rows[0])], 104, bold_rows=1)
    sheet.across(56, 460, 100, 117, end)
    return [check for check in sheet.table().body["checks"] if check["code"] == code]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1'234.50", "1234.50"),
        ("12,34,567.00", "1234567.00"),
        ("1 234 567,89", "1234567.89"),
        ("1.234.567", "1234567"),
        ("(45)", "-45"),
        ("45.00-", "-45.00"),
        ("\u22127", "-7"),
        ("\u25b3747", "-747"),
        ("12 %", "12"),
        ("\u20ac 3,-", "3"),
        ("RM 12.90", "12.90"),
        ("$1,234", "1234"),
        ("20 Stk", "20"),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, value: str) -> None:
    number = number_in(text)

    assert number is not None
    assert number.value == Decimal(value)


@pytest.mark.parametrize("text", ["", "3-4", "12.3.4", "1,23,4", "North", "10/12/2012", "5 (3)"])
def test_what_is_not_one_number_is_none(text: str) -> None:
    assert number_in(text) is None


def test_the_table_says_what_a_lone_comma_is() -> None:
    mark = decimal_mark(["1,5", "12,25", "1,234"])

    number = number_in("1,234", mark)

    assert mark == ","
    assert number is not None
    assert number.value == Decimal("1.234")


@pytest.mark.parametrize("text", ["12", "(1,022.8)", "\u2014", "n/a", "12-14", "3 %", "10/12/2012", "7.1*"])
def test_figures_are_told_from_words(text: str) -> None:
    assert is_numeric(text)
    assert not is_numeric("Model X12 of the year")


@pytest.mark.parametrize("label", ["Total", "Summe", "Zwischensumme", "Totale", "Razem", "\u5408\u8a08"])
def test_a_sum_that_comes_out_passes(label: str) -> None:
    rows = [["Item", "Amount", "Share"], ["Bolts", "1.200,50", "60 %"], ["Nuts", "800,25", "40 %"]]
    checks = checks_of([*rows, [label, "2.000,75", "100 %"]], "column_sum")

    assert [(check["passed"], check["col"], check["row"]) for check in checks] == [(True, 1, 3), (True, 2, 3)]


def test_a_sum_that_does_not_come_out_is_told_and_costs_confidence() -> None:
    rows = [["Item", "Amount"], ["Bolts", "1,200.50"], ["Nuts", "800.25"], ["Total", "2,100.75"]]
    sheet = Sheet()
    end = sheet.rows(rows, XS[:2], 104, bold_rows=1)
    sheet.across(56, 460, 100, 117, end)

    found = sheet.table()

    (check,) = [check for check in found.body["checks"] if check["code"] == "column_sum"]
    assert not check["passed"]
    assert check["detail"] == "The column adds up to 2000.75, not 2100.75."
    assert (found.confidence or 1) < 0.9


def test_prices_above_a_total_are_no_wrong_sum() -> None:
    rows = [
        ["Item", "Price", "Sum"],
        ["Bolts", "3.00", "30.00"],
        ["Nuts", "2.00", "20.00"],
        ["Total", "", "50.00"],
    ]

    assert [check["col"] for check in checks_of(rows, "column_sum")] == [2]


def test_a_grand_total_is_that_of_the_sums_before_it() -> None:
    rows = [
        ["Item", "Amount"],
        ["Bolts", "10"],
        ["Nuts", "20"],
        ["Subtotal", "30"],
        ["Oil", "5"],
        ["Wax", "6"],
        ["Subtotal", "11"],
        ["Total", "41"],
    ]

    assert [check["passed"] for check in checks_of(rows, "column_sum")] == [True, True, True]


def test_a_rounded_total_is_right() -> None:
    rows = [["Country", "Tonnes"], ["Norway", "604,700"], ["Chile", "580,700"], ["World total", "1,190,000"]]

    assert [check["passed"] for check in checks_of(rows, "column_sum")] == [True]


def test_quantity_by_price_is_amount() -> None:
    rows = [
        ["Description", "Menge", "Einzelpreis", "Gesamtpreis"],
        ["Bolts", "20 Stk", "9,90", "198,00"],
        ["Nuts", "50 Stk", "5,50", "270,00"],
    ]
    checks = checks_of(rows, "row_sum")

    assert [check["passed"] for check in checks] == [True, False]
    assert checks[1]["detail"] == "50 x 5.50 is 275, not 270.00."


def test_net_and_tax_are_gross() -> None:
    rows = [
        ["Rate", "Net", "VAT", "Gross"],
        ["A", "100.00", "19.00", "119.00"],
        ["B", "50.00", "3.50", "54.50"],
    ]

    assert [check["passed"] for check in checks_of(rows, "row_sum")] == [True, False]


def test_the_shape_is_always_checked() -> None:
    sheet = Sheet()
    sheet.rows([["Age", "Share", "Sum"], ["20", "0.26", "1"], ["30", "0.20", "2"]], XS[:3], 104, bold_rows=1)

    codes = {check["code"]: check["passed"] for check in sheet.table().body["checks"]}

    assert codes["overlap"]
    assert codes["column_count"]
