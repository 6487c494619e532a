"""Charts read from their pixels: what is measured is right, what cannot be measured is absent."""

from typing import Any

import pytest
from tests.pipeline.drawings import FLOOR, Sheet, height_of, scale_left

from octavo.domain.geometry import BBox
from octavo.pipeline.figures.charts.numbers import to_number
from octavo.pipeline.figures.charts.read import read_chart
from octavo.pipeline.figures.view import View

WHOLE = BBox(0.0, 0.0, 1.0, 1.0)
NAMES = ("North", "South", "East", "West")


def body_of(sheet: Sheet) -> dict[str, Any] | None:
    page = sheet.page()
    chart = read_chart(View.of(WHOLE, page.lines, page, sheet.sight()))
    return chart.body if chart else None


def entry(sheet: Sheet, name: str, colour: str, y: float) -> None:
    sheet.draw.rectangle((850, y - 7, 864, y + 7), fill=colour)
    sheet.write(name, 905, y)


def columns(series: dict[str, tuple[str, list[float]]], most: float) -> Sheet:
    sheet = Sheet()
    scale_left(sheet, most)
    width = 100 / len(series)
    for place, name in enumerate(NAMES):
        left = 180 + place * 160
        sheet.write(name, left + 50, FLOOR + 20)
        for index, (colour, values) in enumerate(series.values()):
            x = left + index * width
            sheet.draw.rectangle((x, height_of(values[place], most), x + width - 1, FLOOR), fill=colour)
    for index, (name, (colour, _)) in enumerate(series.items()):
        entry(sheet, name, colour, 250 + 35 * index)
    return sheet


def test_the_columns_of_each_series_are_measured_on_the_scale() -> None:
    series = {"Plan": ("#4472c4", [80.0, 35.0, 61.0, 12.0]), "Actual": ("#ed7d31", [44.0, 90.0, 20.0, 55.0])}
    sheet = columns(series, 100)
    sheet.write("Orders by region", 485, 110, size=24)

    body = body_of(sheet)

    assert body is not None
    assert (body["chart_type"], body["grouping"], body["title"]) == (
        "column",
        "clustered",
        "Orders by region",
    )
    assert body["categories"] == list(NAMES)
    assert body["legend"] == ["Plan", "Actual"]
    for found in body["series"]:
        assert found["values"] == pytest.approx(series[found["name"]][1], abs=1.0)


def test_a_printed_value_is_believed_before_a_measured_one() -> None:
    sheet = columns({"Plan": ("#4472c4", [80.0, 35.0, 61.0, 12.0])}, 100)
    sheet.write("80.25", 230, height_of(80, 100) - 14)

    body = body_of(sheet)

    assert body is not None
    assert body["series"][0]["values"][0] == 80.25


def test_columns_on_one_another_are_stacked() -> None:
    sheet = Sheet()
    scale_left(sheet, 100)
    for place, (low, high) in enumerate([(30, 40), (20, 55), (45, 15), (10, 10)]):
        left = 190 + place * 160
        sheet.write(NAMES[place], left + 40, FLOOR + 20)
        sheet.draw.rectangle((left, height_of(low, 100), left + 80, FLOOR), fill="#2ca02c")
        sheet.draw.rectangle(
            (left, height_of(low + high, 100), left + 80, height_of(low, 100) - 1), fill="#9467bd"
        )

    body = body_of(sheet)

    assert body is not None
    assert body["grouping"] == "stacked"
    assert body["series"][0]["values"] == pytest.approx([30, 20, 45, 10], abs=1.2)
    assert body["series"][1]["values"] == pytest.approx([40, 55, 15, 10], abs=1.2)


def test_a_line_has_its_height_at_each_name() -> None:
    sheet, values = Sheet(), [2.0, 7.5, 4.0, 9.0]
    scale_left(sheet, 10)
    points = [(230 + 160 * place, height_of(value, 10)) for place, value in enumerate(values)]
    sheet.draw.line(points, fill="#d62728", width=3)
    for place, name in enumerate(NAMES):
        sheet.write(name, 230 + 160 * place, FLOOR + 20)

    body = body_of(sheet)

    assert body is not None
    assert body["chart_type"] == "line"
    assert body["categories"] == list(NAMES)
    assert body["series"][0]["values"] == pytest.approx(values, abs=0.15)


def test_the_sectors_of_a_pie_are_measured_in_per_cent() -> None:
    sheet = Sheet()
    shares, colours = [50, 30, 20], ["#4472c4", "#ed7d31", "#70ad47"]
    start = -90.0
    for index, (share, colour) in enumerate(zip(shares, colours, strict=True)):
        sheet.draw.pieslice((300, 150, 700, 550), start, start + 3.6 * share, fill=colour)
        entry(sheet, NAMES[index], colour, 250 + 35 * index)
        start += 3.6 * share

    body = body_of(sheet)

    assert body is not None
    assert (body["chart_type"], body["unit"]) == ("pie", "percent")
    assert body["categories"] == ["North", "South", "East"]
    assert body["series"][0]["values"] == pytest.approx(shares, abs=0.5)


def test_bars_without_a_scale_or_numbers_say_nothing() -> None:
    sheet = Sheet()
    for place in range(4):
        sheet.draw.rectangle((200 + 100 * place, 300 - 20 * place, 260 + 100 * place, FLOOR), fill="#4472c4")

    assert body_of(sheet) is None


def test_words_alone_are_no_chart() -> None:
    sheet = Sheet()
    for row in range(12):
        sheet.write(f"Section {row} page {row * 3 + 1} of the report", 480, 80 + 40 * row)

    assert body_of(sheet) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("4,5", 4.5),
        ("1,234", 1234.0),
        ("\u221212", -12.0),
        ("(12)", -12.0),
        ("25%", 25.0),
        ("$1.5M", 1_500_000.0),
        ("10k", 10_000.0),
        ("Q1", None),
        ("12/24", None),
        ("", None),
    ],
)
def test_numbers_as_charts_print_them(text: str, value: float | None) -> None:
    assert to_number(text) == value


def test_a_line_with_names_that_lean_has_its_height_at_each() -> None:
    sheet, values = Sheet(), [2.0, 7.5, 4.0, 9.0, 1.0, 6.0, 3.0]
    names = ("January", "May", "February", "July", "September", "Oct", "April")
    scale_left(sheet, 10)
    places = [200 + 95 * at for at in range(len(values))]
    points = [(x, height_of(value, 10)) for x, value in zip(places, values, strict=True)]
    sheet.draw.line(points, fill="#d62728", width=3)
    for name, x in zip(names, places, strict=True):
        sheet.lean(name, x + 4, FLOOR + 6, 40)

    body = body_of(sheet)

    assert body is not None
    assert body["categories"] == list(names)
    assert body["series"][0]["values"] == pytest.approx(values, abs=0.2)


def test_names_that_lean_below_no_line_as_long_give_no_values() -> None:
    sheet = Sheet()
    scale_left(sheet, 10)
    sheet.draw.line([(230, height_of(3, 10)), (420, height_of(9, 10))], fill="#d62728", width=3)
    for at, name in enumerate(("January", "February", "March", "April", "September")):
        sheet.lean(name, 230 + 130 * at, FLOOR + 6, 40)

    assert body_of(sheet) is None


def test_a_column_that_grid_lines_cut_is_one() -> None:
    sheet = columns({"Plan": ("#4472c4", [80.0, 35.0, 61.0, 12.0])}, 100)
    for y in (240, 320, 400, 480):
        sheet.draw.line((150, y, 820, y), fill="#b0b0b0", width=1)
    for x in (230, 390, 550, 710):
        sheet.draw.line((x, 160, x, FLOOR), fill="#b0b0b0", width=1)

    body = body_of(sheet)

    assert body is not None
    assert "grouping" not in body
    assert body["series"][0]["values"] == pytest.approx([80, 35, 61, 12], abs=1.0)
