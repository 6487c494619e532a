"""Powers of ten along an axis: raised exponents in text layers and in pictures."""

from math import log10
from typing import Any

import pytest
from PIL import ImageFont
from tests.pipeline.drawings import DPI, FLOOR, HEIGHT, TOP, WIDTH, Sheet
from tests.pipeline.vector_pages import BLUE, LEFT, RIGHT, Plan
from tests.pipeline.vector_pages import FLOOR as BASE
from tests.pipeline.vector_pages import TOP as CEILING

from octavo.domain.document import Line, Origin, Word
from octavo.domain.geometry import BBox, enclosing
from octavo.pipeline.figures.charts.numbers import to_number
from octavo.pipeline.figures.charts.read import read_chart, read_drawn_chart
from octavo.pipeline.figures.find import find_figures
from octavo.pipeline.figures.view import View

WHOLE = BBox(0.0, 0.0, 1.0, 1.0)
NAMES = ("Alpha", "Beta", "Gamma", "Delta")
VALUES = [20.0, 400.0, 3000.0, 60000.0]


def share(value: float) -> float:
    """Of the height of an axis from 10 to 100,000."""
    return (log10(value) - 1) / 4


def power(sheet: Sheet, read: str, exponent: str, x: float, y: float, *, rise: float) -> None:
    """`10` and its exponent, `rise` pixels higher, as a reader may give them back."""
    large, small = ImageFont.load_default(size=24), ImageFont.load_default(size=17 if rise else 24)
    sheet.draw.text((x, y), "10", font=large, anchor="rm", fill="black")
    sheet.draw.text((x + 2, y - rise), exponent, font=small, anchor="lm", fill="black")
    box = BBox.clamped((x - 30) / WIDTH, (y - 18) / HEIGHT, (x + 14) / WIDTH, (y + 11) / HEIGHT)
    sheet.lines.append(Line((Word(read, box, 0.9, Origin.OCR),), box, 24 * 72 / DPI))


def picture(rise: float, read: tuple[str, ...]) -> Sheet:
    sheet = Sheet()
    for step, text in enumerate(read):
        y = FLOOR - (FLOOR - TOP) * step / 4
        sheet.draw.line((150, y, 820, y), fill="#c8c8c8")
        power(sheet, text, str(step + 1), 115, y, rise=rise)
    sheet.draw.line((150, TOP, 150, FLOOR), fill="black")
    for at, (name, value) in enumerate(zip(NAMES, VALUES, strict=True)):
        x = 230 + 160 * at
        sheet.write(name, x, FLOOR + 20)
        sheet.draw.rectangle((x - 40, FLOOR - (FLOOR - TOP) * share(value), x + 40, FLOOR), fill="#4472c4")
    return sheet


def body_of(sheet: Sheet) -> dict[str, Any]:
    page = sheet.page()
    chart = read_chart(View.of(WHOLE, page.lines, page, sheet.sight()))
    assert chart is not None
    return chart.body


def drawn() -> Plan:
    plan = Plan()
    for step in range(5):
        y = BASE - (BASE - CEILING) * step / 4
        plan.draw((LEFT, y), (RIGHT, y))
        words = [
            Word("10", BBox(50 / 540, (y - 6) / 400, 62 / 540, (y + 6) / 400), None, Origin.NATIVE),
            Word(str(step + 1), BBox(62 / 540, (y - 8) / 400, 66 / 540, y / 400), None, Origin.NATIVE),
        ]
        plan.lines.append(Line(tuple(words), enclosing([word.bbox for word in words]), 10.0))
    for at, (name, value) in enumerate(zip(NAMES, VALUES, strict=True)):
        x = LEFT + 45 + 90 * at
        plan.write(name, x, BASE + 12)
        plan.paint(x - 20, BASE - (BASE - CEILING) * share(value), x + 20, BASE, BLUE)
    return plan


def test_an_exponent_that_is_a_word_of_its_own_belongs_to_its_ten() -> None:
    plan = drawn()
    page = plan.page()

    chart = read_drawn_chart(View.of(WHOLE, page.lines, page, plan.sight()))

    assert chart is not None
    assert chart.body["y_axis"] == {"min": 10.0, "max": 100000.0, "is_log": True}
    assert chart.body["series"][0]["values"] == pytest.approx(VALUES, rel=0.01)


def test_small_values_of_a_log_scale_keep_their_digits() -> None:
    plan = drawn()
    x = LEFT + 45 + 90 * 4
    plan.write("Eta", x - 60, BASE + 12)
    plan.paint(x - 70, BASE - (BASE - CEILING) * share(12.0), x - 50, BASE, BLUE)
    page = plan.page()

    chart = read_drawn_chart(View.of(WHOLE, page.lines, page, plan.sight()))

    assert chart is not None
    assert min(value for value in chart.body["series"][0]["values"] if value) == pytest.approx(12.0, rel=0.02)


def test_a_chart_with_three_powers_of_ten_is_found() -> None:
    plan = drawn()
    page, sight = plan.page(), plan.sight()
    kept = {line.text for line in page.lines if line.text in {"10 1", "10 5"}}
    plan.lines = [line for line in plan.lines if line.text not in kept]

    (figure,) = find_figures(plan.page(), sight, (), deep=True)

    assert figure.body["y_axis"]["is_log"]


@pytest.mark.parametrize(
    "read", [("101", "102", "103", "104", "105"), ("101", "10\u00b2", "10\u00b3", "104", "105")]
)
def test_raised_ink_makes_powers_of_what_was_read_as_plain_numbers(read: tuple[str, ...]) -> None:
    body = body_of(picture(9, read))

    assert body["y_axis"] == {"min": 10.0, "max": 100000.0, "is_log": True}
    assert body["series"][0]["values"] == pytest.approx(VALUES, rel=0.05)


def test_numbers_whose_ink_stands_level_stay_as_they_are() -> None:
    body = body_of(picture(0, ("101", "102", "103", "104", "105")))

    assert body["y_axis"] == {"min": 101.0, "max": 105.0}


@pytest.mark.parametrize(
    ("text", "value"), [("10^3", 1000.0), ("10^-2", 0.01), ("1e6", 1e6), ("2.5E+3", 2500.0), ("1E-3", 0.001)]
)
def test_powers_of_ten_are_numbers(text: str, value: float) -> None:
    assert to_number(text) == pytest.approx(value)
