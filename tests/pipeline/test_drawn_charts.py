"""Charts that are drawn with paths: read from the paths, exactly, and never rendered."""

from math import cos, pi, sin
from typing import Any

import pytest
from tests.pipeline.vector_pages import (
    BLUE,
    FLOOR,
    GREEN,
    GREY,
    LEFT,
    ORANGE,
    RIGHT,
    TOP,
    Plan,
    axis_left,
    height_of,
    legend,
)

from octavo.domain.geometry import BBox
from octavo.pipeline.figures.charts.read import read_drawn_chart
from octavo.pipeline.figures.charts.scene import rounded
from octavo.pipeline.figures.view import View

WHOLE = BBox(0.0, 0.0, 1.0, 1.0)
NAMES = ("North", "South", "East", "West")
PLAN, ACTUAL = [80.3, 35.1, 61.7, 12.4], [44.2, 90.6, 20.8, 55.5]


def body_of(plan: Plan) -> dict[str, Any]:
    page = plan.page()
    chart = read_drawn_chart(View.of(WHOLE, page.lines, page, plan.sight()))
    assert chart is not None, "no chart was found in the paths"
    return chart.body


def place(index: int) -> float:
    return LEFT + 45 + 90 * index


def columns(*, is_stacked: bool = False) -> Plan:
    plan = Plan()
    axis_left(plan, 160 if is_stacked else 100)
    most = 160.0 if is_stacked else 100.0
    for index, (one, other) in enumerate(zip(PLAN, ACTUAL, strict=True)):
        x = place(index)
        if is_stacked:
            plan.paint(x - 20, height_of(one, most), x + 20, FLOOR, BLUE)
            plan.paint(x - 20, height_of(one + other, most), x + 20, height_of(one, most), ORANGE)
        else:
            plan.paint(x - 24, height_of(one, most), x, FLOOR, BLUE)
            plan.paint(x, height_of(other, most), x + 24, FLOOR, ORANGE)
    return plan


def with_names(plan: Plan) -> Plan:
    for index, name in enumerate(NAMES):
        plan.write(name, place(index), FLOOR + 12)
    return plan


def test_columns_are_measured_to_the_last_digit() -> None:
    plan = with_names(columns())
    legend(plan, 480, 180, {"Plan": BLUE, "Actual": ORANGE})
    plan.write("Orders by region", 260, 50, size=14)

    body = body_of(plan)

    assert (body["chart_type"], body["grouping"], body["title"]) == (
        "column",
        "clustered",
        "Orders by region",
    )
    assert body["categories"] == list(NAMES)
    assert body["series"] == [{"name": "Plan", "values": PLAN}, {"name": "Actual", "values": ACTUAL}]


def test_stacked_columns_give_their_own_heights() -> None:
    body = body_of(with_names(columns(is_stacked=True)))

    assert body["grouping"] == "stacked"
    assert [entry["values"] for entry in body["series"]] == [PLAN, ACTUAL]


def test_names_that_lean_hang_from_their_columns() -> None:
    plan = columns()
    for index, name in enumerate(("Germany", "France", "Austria", "Norway")):
        plan.write_leaning(name, place(index) + 3, FLOOR + 6)

    assert body_of(plan)["categories"] == ["Germany", "France", "Austria", "Norway"]


def test_a_line_has_the_values_of_its_corners() -> None:
    plan = Plan()
    axis_left(plan, 100)
    plan.draw(*((place(at), height_of(value, 100)) for at, value in enumerate(PLAN)), stroke=BLUE)

    body = body_of(with_names(plan))

    assert body["chart_type"] == "line"
    assert body["categories"] == list(NAMES)
    assert body["series"] == [{"values": PLAN}]


def test_two_lines_of_one_colour_are_two_series_without_a_name() -> None:
    plan = Plan()
    axis_left(plan, 100)
    for values in (PLAN, ACTUAL):
        plan.draw(*((place(at), height_of(value, 100)) for at, value in enumerate(values)), stroke=BLUE)
    legend(plan, 480, 180, {"Plan": BLUE})

    body = body_of(with_names(plan))

    assert body["series"] == [{"values": PLAN}, {"values": ACTUAL}]


def test_a_line_over_columns_makes_a_combination() -> None:
    plan = Plan()
    axis_left(plan, 100)
    for at, value in enumerate(PLAN):
        plan.paint(place(at) - 20, height_of(value, 100), place(at) + 20, FLOOR, BLUE)
    plan.draw(*((place(at), height_of(value, 100)) for at, value in enumerate(ACTUAL)), stroke=ORANGE)

    body = body_of(with_names(plan))

    assert body["chart_type"] == "combo"
    assert body["series"] == [{"values": PLAN, "type": "column"}, {"values": ACTUAL, "type": "line"}]


def test_with_another_scale_on_the_right_no_value_is_given() -> None:
    plan = Plan()
    axis_left(plan, 100)
    for step in range(5):
        plan.write(f"{step * 7}", RIGHT + 16, FLOOR - 60 * step)
    for values, colour in ((PLAN, BLUE), (ACTUAL, ORANGE)):
        plan.draw(*((place(at), height_of(value, 100)) for at, value in enumerate(values)), stroke=colour)

    body = body_of(with_names(plan))

    assert [entry["values"] for entry in body["series"]] == [[None] * 4, [None] * 4]


def test_areas_that_stand_on_one_another_give_their_own_heights() -> None:
    plan = Plan()
    axis_left(plan, 160)
    tops = [(place(at), height_of(value, 160)) for at, value in enumerate(PLAN)]
    upper = [
        (place(at), height_of(one + other, 160))
        for at, (one, other) in enumerate(zip(PLAN, ACTUAL, strict=True))
    ]
    plan.draw(*tops, (place(3), FLOOR), (place(0), FLOOR), stroke=None, fill=BLUE, closed=True)
    plan.draw(*upper, *reversed(tops), stroke=None, fill=ORANGE, closed=True)

    body = body_of(with_names(plan))

    assert (body["chart_type"], body["grouping"]) == ("area", "stacked")
    assert [entry["values"] for entry in body["series"]] == [PLAN, ACTUAL]


def test_an_area_that_may_hide_a_stack_has_no_values() -> None:
    plan = Plan()
    axis_left(plan, 100)
    for values, colour in (([90.0, 80, 95, 70], BLUE), ([30.0, 20, 35, 25], ORANGE)):
        tops = [(place(at), height_of(value, 100)) for at, value in enumerate(values)]
        plan.draw(*tops, (place(3), FLOOR), (place(0), FLOOR), stroke=None, fill=colour, closed=True)

    found = {tuple(entry["values"]) for entry in body_of(with_names(plan))["series"]}

    assert found == {(None,) * 4, (30.0, 20.0, 35.0, 25.0)}


def test_the_sectors_of_a_pie_are_shares_of_the_circle() -> None:
    plan = Plan()
    start = 0.0
    for share, colour in ((50.0, BLUE), (30.0, ORANGE), (20.0, GREEN)):
        plan.wedge(220, 200, 90, start, 3.6 * share, colour)
        start += 3.6 * share
    legend(plan, 420, 180, {"Road": BLUE, "Rail": ORANGE, "Water": GREEN})

    body = body_of(plan)

    assert body["chart_type"] == "pie"
    assert body["categories"] == ["Road", "Rail", "Water"]
    assert (body["series"], body["unit"]) == ([{"values": [50.0, 30.0, 20.0]}], "percent")


def test_points_have_both_their_places() -> None:
    plan = Plan()
    axis_left(plan, 100)
    for step in range(5):
        plan.draw((LEFT + 90 * step, FLOOR), (LEFT + 90 * step, FLOOR + 4))
        plan.write(f"{step * 10}", LEFT + 90 * step, FLOOR + 14)
    points = [(4.0, 20.0), (13.0, 75.0), (22.0, 41.0), (37.0, 88.0)]
    for x, y in points:
        at, top = LEFT + 9 * x, height_of(y, 100)
        plan.draw(
            (at - 3, top), (at, top - 3), (at + 3, top), (at, top + 3), stroke=None, fill=BLUE, closed=True
        )

    body = body_of(plan)

    assert body["chart_type"] == "scatter"
    assert body["series"] == [{"values": [y for _, y in points], "x": [x for x, _ in points]}]


def test_a_radar_chart_is_read_along_its_spokes() -> None:
    plan = Plan()
    names = ("Speed", "Price", "Range", "Space", "Noise")
    ways = [(sin(2 * pi * at / 5), -cos(2 * pi * at / 5)) for at in range(5)]
    for ring in (60, 120):
        web = [(300 + ring * x, 200 + ring * y) for x, y in ways]
        plan.draw(*web, web[0], stroke=GREY, closed=True)
        plan.write(f"{ring // 6}", 314, 200 - ring)
    for name, (x, y) in zip(names, ways, strict=True):
        plan.draw((300, 200), (300 + 120 * x, 200 + 120 * y), stroke=GREY)
        plan.write(name, 300 + 145 * x, 200 + 134 * y)
    values = [12.0, 7.0, 18.0, 4.0, 15.0]
    corners = [(300 + 6 * value * x, 200 + 6 * value * y) for value, (x, y) in zip(values, ways, strict=True)]
    plan.draw(*corners, corners[0], stroke=BLUE, closed=True)

    body = body_of(plan)

    assert (body["chart_type"], body["categories"]) == ("radar", list(names))
    assert body["series"] == [{"values": values}]


def test_a_measured_value_is_as_short_as_its_place_is_sure() -> None:
    assert rounded(119.987, 0.8, 0.03) == pytest.approx(120.0)
    assert rounded(0.12345678, 0.001, 0.03) == pytest.approx(0.12346)
    assert rounded(-3.4999, 0.1, 0.03) == pytest.approx(-3.5)


def test_the_axis_is_measured_at_its_marks_not_at_its_labels() -> None:
    plan = columns()
    plan.draw((LEFT, TOP - 6), (RIGHT, TOP - 6))  # the frame, a bit above the last mark

    assert body_of(with_names(plan))["series"][0]["values"] == PLAN
