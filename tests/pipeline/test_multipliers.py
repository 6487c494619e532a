"""Factors and shifts at the end of an axis: values are what the chart says, not what its tick labels say."""

from typing import Any

import pytest
from tests.pipeline.drawings import FLOOR as BASE
from tests.pipeline.drawings import Sheet, scale_left
from tests.pipeline.drawings import height_of as level_of
from tests.pipeline.vector_pages import BLUE, FLOOR, LEFT, RIGHT, TOP, Plan, axis_left, height_of

from octavo.domain.geometry import BBox
from octavo.pipeline.figures.charts.read import read_chart, read_drawn_chart
from octavo.pipeline.figures.find import find_figures
from octavo.pipeline.figures.view import View

WHOLE = BBox(0.0, 0.0, 1.0, 1.0)
NAMES = ("North", "South", "East", "West")
VALUES = [8.0, 3.5, 6.0, 1.25]
ABOVE = (LEFT + 12, TOP - 12)


def drawn(*words: str, at: tuple[float, float] = ABOVE) -> Plan:
    """Columns on an axis from 0 to 10; the words stand in a row from `at` on."""
    plan = Plan()
    axis_left(plan, 10)
    for index, (name, value) in enumerate(zip(NAMES, VALUES, strict=True)):
        x = LEFT + 45 + 90 * index
        plan.paint(x - 20, height_of(value, 10), x + 20, FLOOR, BLUE)
        plan.write(name, x, FLOOR + 12)
    plan.write(" ".join(words), *at)
    return plan


def body_of(plan: Plan) -> dict[str, Any]:
    page = plan.page()
    chart = read_drawn_chart(View.of(WHOLE, page.lines, page, plan.sight()))
    assert chart is not None, "no chart was found in the paths"
    return chart.body


def values_of(body: dict[str, Any]) -> list[float | None]:
    (series,) = body["series"]
    values: list[float | None] = series["values"]
    return values


@pytest.mark.parametrize(
    ("written", "factor"),
    [
        ("1e6", 1e6),
        ("1e-3", 1e-3),
        ("1e\u22124", 1e-4),
        ("le6", 1e6),
        ("\u00d710\u2076", 1e6),
        ("\u00d710\u207b\u2074", 1e-4),
        ("x10^3", 1e3),
        ("\u00d7103", 1e3),
        ("(\u00d71000)", 1e3),
        ("\u00d710\u00b3 kg", 1e3),
    ],
)
def test_a_factor_above_the_axis_multiplies_its_values(written: str, factor: float) -> None:
    body = body_of(drawn(written))

    assert values_of(body) == pytest.approx([value * factor for value in VALUES])
    assert body["y_axis"]["max"] == pytest.approx(10 * factor)


@pytest.mark.parametrize(
    ("written", "shift"),
    [("+2.01e3", 2010.0), ("+35000", 35000.0), ("+1.203\u00d710\u2075", 120300.0), ("+1.203 105", 120300.0)],
)
def test_a_shift_above_the_axis_is_added(written: str, shift: float) -> None:
    assert values_of(body_of(drawn(written))) == pytest.approx([value + shift for value in VALUES])


def test_a_factor_with_a_shift_does_both() -> None:
    body = body_of(drawn("1e-2+5e1"))

    assert values_of(body) == pytest.approx([50 + value / 100 for value in VALUES])


@pytest.mark.parametrize(
    "words", ["(millions)", "in thousands", "Mio. \u20ac", "10\u00b3 t", "Sales 1e6", "-5"]
)
def test_words_and_units_above_the_axis_multiply_nothing(words: str) -> None:
    assert values_of(body_of(drawn(words))) == VALUES


@pytest.mark.parametrize("written", ["\u00d710", "1e", "\u00d710*"])
def test_a_factor_that_cannot_be_told_leaves_no_value(written: str) -> None:
    body = body_of(drawn(written))

    assert values_of(body) == [None] * 4
    assert body["categories"] == list(NAMES)
    assert "max" not in body.get("y_axis", {})


def test_a_number_far_from_the_end_of_the_axis_is_no_factor() -> None:
    assert values_of(body_of(drawn("1e6", at=(RIGHT - 60, TOP - 12)))) == VALUES


def test_a_factor_below_the_end_of_a_level_axis_multiplies_lying_bars() -> None:
    plan = Plan()
    for step in range(5):
        x = LEFT + (RIGHT - LEFT) * step / 4
        plan.draw((x, TOP), (x, FLOOR))
        plan.write(f"{step * 2}", x, FLOOR + 12)
    plan.draw((LEFT, FLOOR), (RIGHT, FLOOR))
    for index, (name, value) in enumerate(zip(NAMES, [7.0, 3.5, 6.0, 1.0], strict=True)):
        y = FLOOR - 30 - 60 * index
        plan.paint(LEFT, y - 15, LEFT + (RIGHT - LEFT) * value / 8, y + 15, BLUE)
        plan.write(name, LEFT - 30, y)
    plan.write("1e7", RIGHT - 4, FLOOR + 28)

    body = body_of(plan)

    assert body["categories"] == list(NAMES)
    assert values_of(body) == pytest.approx([7e7, 3.5e7, 6e7, 1e7])


def columns_times(factor: str, y: float) -> Sheet:
    """Columns of VALUES beside an axis up to 10, and a factor over it."""
    sheet = Sheet()
    scale_left(sheet, 10)
    for index, (name, value) in enumerate(zip(NAMES, VALUES, strict=True)):
        x = 230 + 160 * index
        sheet.draw.rectangle((x - 40, level_of(value, 10), x + 40, BASE), fill="#4472c4")
        sheet.write(name, x, BASE + 20)
    sheet.write(factor, 165, y)
    return sheet


def test_a_factor_in_a_picture_multiplies_too() -> None:
    sheet = columns_times("1e5", 130)

    page = sheet.page()
    chart = read_chart(View.of(WHOLE, page.lines, page, sheet.sight()))

    assert chart is not None
    assert values_of(chart.body) == pytest.approx([value * 1e5 for value in VALUES], abs=3e3)


def with_ticks(*texts: str) -> Plan:
    """Columns of a quarter and a half of an axis with these tick labels."""
    plan = Plan()
    plan.draw((LEFT, TOP), (LEFT, FLOOR))
    for step, text in enumerate(texts):
        y = FLOOR - (FLOOR - TOP) * step / (len(texts) - 1)
        plan.draw((LEFT, y), (RIGHT, y))
        plan.write(text, LEFT - 20, y + 0.7)
    for index, share in enumerate((0.25, 0.5, 0.75)):
        x = LEFT + 60 + 120 * index
        plan.paint(x - 20, FLOOR - (FLOOR - TOP) * share, x + 20, FLOOR, BLUE)
        plan.write(NAMES[index], x, FLOOR + 12)
    return plan


def test_a_small_m_beside_a_plain_number_is_a_thousandth() -> None:
    body = body_of(with_ticks("0", "200m", "400m", "600m", "800m", "1"))

    assert values_of(body) == pytest.approx([0.25, 0.5, 0.75])


def test_a_small_m_alone_may_be_anything_and_leaves_no_value() -> None:
    assert values_of(body_of(with_ticks("0", "200m", "400m", "600m", "800m"))) == [None] * 3


def test_a_small_m_with_a_sign_of_money_is_millions() -> None:
    body = body_of(with_ticks("$0m", "$200m", "$400m", "$600m", "$800m"))

    assert values_of(body) == pytest.approx([2e8, 4e8, 6e8])


def test_of_areas_over_one_another_in_a_picture_only_the_one_on_the_floor_is_measured() -> None:
    sheet = Sheet()
    scale_left(sheet, 100)
    lower, upper = [30.0, 10.0, 40.0, 20.0], [70.0, 60.0, 90.0, 50.0]
    xs = [180 + 200 * index for index in range(4)]
    for values, colour in ((upper, "#4472c4"), (lower, "#ed7d31")):
        top = [(x, level_of(value, 100)) for x, value in zip(xs, values, strict=True)]
        sheet.draw.polygon([(xs[0], BASE), *top, (xs[-1], BASE)], fill=colour)
    for x, name in zip(xs, NAMES, strict=True):
        sheet.write(name, x, BASE + 20)
    page = sheet.page()

    chart = read_chart(View.of(WHOLE, page.lines, page, sheet.sight()))

    assert chart is not None
    assert (chart.body["chart_type"], chart.body["categories"]) == ("area", list(NAMES))
    rows = [series["values"] for series in chart.body["series"]]
    assert [None] * 4 in rows
    assert pytest.approx(lower, abs=1.5) in rows


def test_a_factor_well_above_the_drawing_is_part_of_the_figure() -> None:
    sheet = columns_times("1e5", 118)

    (figure,) = find_figures(sheet.page(), sheet.sight(), (), deep=True)

    assert values_of(figure.body) == pytest.approx([value * 1e5 for value in VALUES], abs=3e3)
