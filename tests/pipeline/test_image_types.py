"""What kind of picture it is, where its look tells, and nothing where it does not."""

from collections.abc import Callable
from math import pi, sin

import numpy as np
import pytest
from PIL import ImageDraw
from tests.pipeline.drawings import DPI, HEIGHT, WIDTH, Sheet

from octavo.domain.drawing import Path
from octavo.domain.geometry import BBox
from octavo.pipeline.figures.kinds import image_type
from octavo.pipeline.figures.view import View
from octavo.pipeline.sight import Sight
from octavo.ports.engines import PageImage

Draw = Callable[[ImageDraw.ImageDraw], None]


def kind_of(draw: Draw, box: tuple[int, int, int, int], *, paths: tuple[Path, ...] = ()) -> str | None:
    sheet = Sheet()
    draw(sheet.draw)
    page = sheet.page()
    pixels = np.asarray(sheet.image, np.uint8).copy()
    frame = BBox.clamped(box[0] / WIDTH, box[1] / HEIGHT, box[2] / WIDTH, box[3] / HEIGHT)
    return image_type(View.of(frame, (), page, Sight(lambda _: PageImage(pixels, DPI), lambda: paths)))


def signature(draw: ImageDraw.ImageDraw) -> None:
    steps = np.linspace(0, 1, 200)
    points = [(320 + 330 * t, 450 + 40 * sin(9 * pi * t) * (1 - 0.6 * t) + 20 * sin(31 * t)) for t in steps]
    draw.line(points, fill="#102060", width=4, joint="curve")
    draw.line([(360, 520), (600, 500), (640, 512)], fill="#102060", width=3)


def stamp(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((400, 300, 600, 500), outline="#b01030", width=7)
    draw.ellipse((425, 325, 575, 475), outline="#b01030", width=3)
    draw.text((500, 400), "RECEIVED", fill="#b01030", anchor="mm")


def logo(draw: ImageDraw.ImageDraw, down: int = 0) -> None:
    draw.rectangle((60, 40 + down, 130, 110 + down), fill="#0060a8")
    draw.polygon([(80, 100 + down), (95, 50 + down), (110, 100 + down)], fill="#f0b000")
    draw.rectangle((140, 60 + down, 260, 90 + down), fill="#0060a8")


def frame(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((300, 300, 700, 420), outline="black", width=2)
    draw.line((300, 360, 700, 360), fill="black", width=2)


@pytest.mark.parametrize(
    ("draw", "box", "kind"),
    [
        (signature, (300, 390, 670, 540), "signature"),
        (stamp, (392, 292, 608, 508), "stamp"),
        (logo, (50, 30, 270, 120), "logo"),
        (frame, (290, 290, 710, 430), None),
    ],
)
def test_ink_is_told_by_its_shape_and_place(
    draw: Draw, box: tuple[int, int, int, int], kind: str | None
) -> None:
    assert kind_of(draw, box) == kind


def test_the_same_mark_in_the_middle_of_a_page_is_no_logo() -> None:
    assert kind_of(lambda draw: logo(draw, 400), (50, 430, 270, 520)) is None


def test_a_small_picture_without_words_is_an_icon() -> None:
    def icon(draw: ImageDraw.ImageDraw) -> None:
        draw.ellipse((500, 400, 540, 440), fill="#208040")

    assert kind_of(icon, (490, 390, 550, 450)) == "icon"


def test_a_figure_of_many_paths_is_a_drawing() -> None:
    line = Path(((0.4, 0.4), (0.5, 0.5)), is_closed=False, stroke=(0, 0, 0), fill=None, width_pt=1.0)

    assert kind_of(frame, (290, 200, 710, 430), paths=(line,) * 12) == "drawing"
