"""Charts whose names lean or run up stand upright all the same."""

from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw
from tests.pipeline.fakes import PAPER, FakeOrienter
from tests.pipeline.pictures import letter_page

from octavo.domain.document import EngineIdentity, Line, Origin, Word
from octavo.domain.geometry import BBox
from octavo.pipeline.ink import shrunk, to_gray
from octavo.pipeline.standing import has_level_lines, has_level_rules
from octavo.pipeline.upright import deskewed, orientation
from octavo.ports.engines import PageImage

WIDTH, HEIGHT = 960, 660
NAMES = ("Germany", "Netherlands", "Switzerland", "Luxembourg", "Portugal", "Bulgaria")


def read(text: str, x: float, y: float, *, is_level: bool) -> Line:
    long, high = 10 * len(text), 16
    width, height = (long, high) if is_level else (high, long)
    box = BBox.clamped(x / WIDTH, y / HEIGHT, (x + width) / WIDTH, (y + height) / HEIGHT)
    return Line((Word(text, box, 0.99, Origin.OCR),), box, 10.0)


UP = tuple(read(name, 150 + 120 * at, 470, is_level=False) for at, name in enumerate(NAMES))
LEVEL = tuple(read(f"{at * 10}", 60, 450 - 60 * at, is_level=True) for at in range(1, 7))


@dataclass
class Scripted:
    """Reads what it is told to, one answer after another."""

    answers: list[tuple[Line, ...]]
    seen: list[PageImage] = field(default_factory=list)
    identity: EngineIdentity = PAPER

    def recognise(self, image: PageImage) -> tuple[Line, ...]:
        self.seen.append(image)
        return self.answers[len(self.seen) - 1]


def axes(*, names: bool = True) -> PageImage:
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    draw.line((90, 60, 90, 450), fill="black")
    draw.line((90, 450, 930, 450), fill="black")
    for at in range(len(NAMES) if names else 0):
        for step in range(8):
            draw.rectangle((150 + 120 * at, 470 + 12 * step, 160 + 120 * at, 477 + 12 * step), fill="black")
    return PageImage(np.asarray(image, np.uint8), 150.0)


def turned_names() -> tuple[Line, ...]:
    return tuple(read(name, 100, 50 + 40 * at, is_level=True) for at, name in enumerate(NAMES))


def test_a_chart_is_not_turned_for_the_names_below_it_that_run_up() -> None:
    image, recogniser = axes(), Scripted([UP, turned_names(), UP + LEVEL])

    rotation = orientation(image, shrunk(image), recogniser=recogniser, orienter=FakeOrienter(90))

    assert rotation == 0
    assert recogniser.seen[-1] is image, "the whole picture tells, not its densest part"


def test_a_page_on_its_side_is_still_turned() -> None:
    image, recogniser = axes(), Scripted([UP, turned_names(), UP])

    assert orientation(image, shrunk(image), recogniser=recogniser, orienter=FakeOrienter(90)) == 90


def test_the_head_and_foot_of_a_page_do_not_keep_its_table_on_its_side() -> None:
    table = tuple(read(f"entry {at}", 30 + 20 * at, 100, is_level=False) for at in range(20))

    assert not has_level_lines((*table, *LEVEL[:2]), axes())
    assert has_level_lines((*UP, *LEVEL), axes())


def test_an_axis_that_runs_level_says_that_nothing_is_askew() -> None:
    assert has_level_rules(to_gray(axes(names=False)), 0.4)


def test_the_axis_of_a_chart_that_was_scanned_askew_says_nothing() -> None:
    assert not has_level_rules(to_gray(deskewed(axes(names=False), 0.6)), 0.6)


def test_a_page_of_text_has_no_level_rules() -> None:
    assert not has_level_rules(to_gray(letter_page()), 0.4)


def test_boards_below_a_paper_that_lies_askew_are_no_rules_of_its() -> None:
    """A photographed receipt: what runs from edge to edge is the table."""
    table = Image.new("RGB", (720, 960), "white")
    draw = ImageDraw.Draw(table)
    for y in (200, 546, 863):
        draw.line((0, y, 140, y), fill="black", width=2)
        draw.line((560, y, 719, y), fill="black", width=2)
    photo = PageImage(np.asarray(table, np.uint8), 150.0)

    assert not has_level_rules(to_gray(photo), 4.3)
