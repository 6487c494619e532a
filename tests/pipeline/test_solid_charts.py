"""Columns in perspective keep their names and get no values; tick marks that were read with numbers do no harm."""

from typing import Any

import pytest
from tests.pipeline.drawings import FLOOR, Sheet, height_of
from tests.pipeline.vector_pages import BLUE, GREY, LEFT, Plan, axis_left
from tests.pipeline.vector_pages import FLOOR as BASE
from tests.pipeline.vector_pages import height_of as level_of

from octavo.domain.geometry import BBox
from octavo.pipeline.figures.charts.read import read_chart, read_drawn_chart
from octavo.pipeline.figures.view import View

WHOLE = BBox(0.0, 0.0, 1.0, 1.0)
NAMES = ("North", "South", "East", "West")
VALUES = [80.0, 35.0, 61.0, 50.0]


def picture_of(*, is_solid: bool, ticks: tuple[str, ...]) -> Sheet:
    """Columns on an axis whose labels read as `ticks`, from 0 upwards; an empty one was not read."""
    sheet = Sheet()
    for step, text in enumerate(ticks):
        y = height_of(20.0 * step, 100)
        sheet.draw.line((144, y, 820, y), fill="#c8c8c8")
        if text:
            sheet.write(text, 115, y)
    for index, (name, value) in enumerate(zip(NAMES, VALUES, strict=True)):
        x, top = 200 + 160 * index, height_of(value, 100)
        sheet.draw.rectangle((x, top, x + 60, FLOOR), fill="#4472c4")
        if is_solid:
            sheet.draw.polygon(
                [(x, top), (x + 20, top - 20), (x + 80, top - 20), (x + 60, top)], fill="#8faadc"
            )
            sheet.draw.polygon(
                [(x + 61, top), (x + 81, top - 20), (x + 81, FLOOR - 20), (x + 61, FLOOR)], fill="#2f5597"
            )
        sheet.write(name, x + 30, FLOOR + 20)
    return sheet


def seen(sheet: Sheet) -> dict[str, Any]:
    page = sheet.page()
    chart = read_chart(View.of(WHOLE, page.lines, page, sheet.sight()))
    assert chart is not None, "no chart was found"
    return chart.body


def test_columns_in_perspective_have_names_and_no_values_in_a_picture() -> None:
    body = seen(picture_of(is_solid=True, ticks=("0", "20", "40", "60", "80", "100")))

    assert (body["chart_type"], body["categories"]) == ("column", list(NAMES))
    assert all(value is None for series in body["series"] for value in series["values"])


def test_tick_marks_read_with_their_numbers_are_taken_off_and_a_lost_zero_is_found() -> None:
    body = seen(picture_of(is_solid=False, ticks=("", "20-", "40-", "60", "80-", "100\u2014")))

    (series,) = body["series"]
    assert series["values"] == pytest.approx(VALUES, abs=1.5)


def test_columns_in_perspective_have_names_and_no_values_where_they_are_paths() -> None:
    plan = Plan()
    axis_left(plan, 100)
    for index, (name, value) in enumerate(zip(NAMES, VALUES, strict=True)):
        x, top = LEFT + 25 + 90 * index, level_of(value, 100)
        plan.paint(x, top, x + 30, BASE, BLUE)
        plan.draw(
            (x, top),
            (x + 10, top - 10),
            (x + 40, top - 10),
            (x + 30, top),
            stroke=None,
            fill=GREY,
            closed=True,
        )
        plan.write(name, x + 15, BASE + 12)
    page = plan.page()

    chart = read_drawn_chart(View.of(WHOLE, page.lines, page, plan.sight()))

    assert chart is not None
    assert chart.body["categories"] == list(NAMES)
    assert all(value is None for series in chart.body["series"] for value in series["values"])
