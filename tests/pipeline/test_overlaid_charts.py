"""Columns in a picture with lines, legends and second scales over them."""

from typing import Any

import pytest
from tests.pipeline.drawings import FLOOR, Sheet, height_of, scale_left

from octavo.domain.geometry import BBox
from octavo.pipeline.figures.charts.read import read_chart
from octavo.pipeline.figures.view import View

WHOLE = BBox(0.0, 0.0, 1.0, 1.0)
NAMES = ("North", "South", "East", "West")
PLAN, GOAL = [80.0, 35.0, 61.0, 48.0], [30.0, 66.0, 20.0, 90.0]
BLUE, RED = "#4472c4", "#c0392b"


def body_of(sheet: Sheet) -> dict[str, Any] | None:
    page = sheet.page()
    chart = read_chart(View.of(WHOLE, page.lines, page, sheet.sight()))
    return chart.body if chart else None


def middle(place: int) -> int:
    return 230 + 160 * place


def columns(sheet: Sheet) -> None:
    scale_left(sheet, 100)
    for place, name in enumerate(NAMES):
        sheet.write(name, middle(place), FLOOR + 20)
        x = middle(place)
        sheet.draw.rectangle((x - 50, height_of(PLAN[place], 100), x + 50, FLOOR), fill=BLUE)


def line_over(sheet: Sheet, *, marker: str | None = None) -> None:
    points = [(middle(place), height_of(value, 100)) for place, value in enumerate(GOAL)]
    sheet.draw.line(points, fill=RED, width=4)
    for x, y in points:
        if marker:
            sheet.draw.ellipse((x - 7, y - 7, x + 7, y + 7), fill=marker)


def legend(sheet: Sheet, x: float, y: float) -> None:
    sheet.draw.rectangle((x, y - 7, x + 24, y + 7), fill=BLUE)
    sheet.write("Plan", x + 60, y)
    sheet.draw.line((x, y + 30, x + 24, y + 30), fill=RED, width=4)
    sheet.write("Goal", x + 60, y + 30)


@pytest.mark.parametrize("marker", [None, RED, "#2ca02c"])
def test_a_line_over_columns_makes_a_combo(marker: str | None) -> None:
    sheet = Sheet()
    columns(sheet)
    line_over(sheet, marker=marker)
    legend(sheet, 850, 250)

    body = body_of(sheet)

    assert body is not None
    assert (body["chart_type"], body["legend"]) == ("combo", ["Plan", "Goal"])
    plan, goal = body["series"]
    assert (plan["name"], plan["type"], goal["name"], goal["type"]) == ("Plan", "column", "Goal", "line")
    assert plan["values"] == pytest.approx(PLAN, abs=1.2)
    assert goal["values"] == pytest.approx(GOAL, abs=2.0)


def test_a_line_that_no_legend_names_is_a_series_without_name() -> None:
    sheet = Sheet()
    columns(sheet)
    line_over(sheet)

    body = body_of(sheet)

    assert body is not None
    assert body["chart_type"] == "combo"
    assert [one.get("name") for one in body["series"]] == [None, None]
    assert body["series"][1]["values"] == pytest.approx(GOAL, abs=2.0)


def test_two_scales_in_a_picture_give_no_values() -> None:
    sheet = Sheet()
    columns(sheet)
    line_over(sheet)
    legend(sheet, 905, 250)
    for step in range(6):
        sheet.write(f"{step / 5:g}", 855, FLOOR - 80 * step)

    body = body_of(sheet)

    assert body is not None
    assert body["categories"] == list(NAMES)
    assert {value for one in body["series"] for value in one["values"]} == {None}


def test_a_column_that_ends_under_the_legend_has_no_value() -> None:
    sheet = Sheet()
    columns(sheet)
    x, y = middle(0) - 70, height_of(96, 100)
    sheet.draw.rectangle((x, y, x + 140, y + 76), fill="white", outline="#c0c0c0")
    legend(sheet, x + 20, y + 25)

    body = body_of(sheet)

    assert body is not None
    assert body["series"][0]["values"][0] is None
    assert body["series"][0]["values"][1:] == pytest.approx(PLAN[1:], abs=1.2)


def test_years_in_a_legend_are_no_second_scale() -> None:
    sheet = Sheet()
    columns(sheet)
    for index, year in enumerate(("2021", "2022", "2023")):
        sheet.draw.rectangle(
            (850, 250 + 35 * index - 7, 864, 250 + 35 * index + 7), fill=(BLUE, RED, "#2ca02c")[index]
        )
        sheet.write(year, 905, 250 + 35 * index)

    body = body_of(sheet)

    assert body is not None
    assert body["series"][0]["name"] == "2021"
    assert body["series"][0]["values"] == pytest.approx(PLAN, abs=1.2)


def test_one_patch_on_a_line_without_a_name_is_no_chart() -> None:
    sheet = Sheet()
    scale_left(sheet, 100)
    sheet.draw.rectangle((400, height_of(30, 100), 470, FLOOR), fill=BLUE)

    assert body_of(sheet) is None
