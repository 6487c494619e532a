"""Charts on a light ground with white grid lines, as statistics programs draw them."""

import pytest
from PIL import ImageDraw
from tests.pipeline.drawings import FLOOR, HEIGHT, TOP, WIDTH, Sheet, height_of

from octavo.domain.document import BlockType
from octavo.domain.geometry import BBox
from octavo.pipeline.figures.find import find_figures
from octavo.pipeline.figures.panels import with_panel

NAMES, VALUES = ("North", "South", "East", "West"), [80.0, 35.0, 61.0, 48.0]
GROUND = (170, 120, 900, FLOOR)


def on_ground(colour: str) -> Sheet:
    sheet = Sheet()
    sheet.draw.rectangle(GROUND, fill=colour)
    for step in range(6):
        y = height_of(20 * step, 100)
        sheet.draw.line((GROUND[0], y, GROUND[2], y), fill="white", width=2)
        sheet.write(f"{20 * step}", 135, y)
    return sheet


def columns(draw: ImageDraw.ImageDraw) -> None:
    for at, value in enumerate(VALUES):
        x = 300 + 150 * at
        draw.rectangle((x - 45, height_of(value, 100), x + 45, FLOOR), fill="#e24a33")


@pytest.mark.parametrize("colour", ["#e5e5e5", "#eaeaf2"])
def test_columns_on_a_light_ground_are_found_with_their_scale(colour: str) -> None:
    sheet = on_ground(colour)
    columns(sheet.draw)
    for at, name in enumerate(NAMES):
        sheet.write(name, 300 + 150 * at, FLOOR + 22)

    (figure,) = find_figures(sheet.page(), sheet.sight(), (), deep=True)

    assert figure.type is BlockType.CHART
    assert figure.body["categories"] == list(NAMES)
    assert figure.body["series"][0]["values"] == pytest.approx(VALUES, abs=1.2)


def test_lines_on_a_light_ground_are_measured() -> None:
    sheet = on_ground("#eaeaf2")
    points = [(250 + 180 * at, height_of(value, 100)) for at, value in enumerate(VALUES)]
    sheet.draw.line(points, fill="#1f77b4", width=3)
    for at, name in enumerate(NAMES):
        sheet.write(name, 250 + 180 * at, FLOOR + 22)

    (figure,) = find_figures(sheet.page(), sheet.sight(), (), deep=True)

    assert figure.type is BlockType.CHART
    assert figure.body["series"][0]["values"] == pytest.approx(VALUES, abs=1.5)


def test_a_box_on_plain_paper_stays_as_it_is() -> None:
    sheet = Sheet()
    columns(sheet.draw)
    box = BBox(250 / WIDTH, TOP / HEIGHT, 800 / WIDTH, FLOOR / HEIGHT)

    assert with_panel(box, sheet.sight()) == box
