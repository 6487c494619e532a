"""Pictures that do not say how large they are: their text may come out at a third of its size."""

from dataclasses import replace

import cv2
import numpy as np
from tests.pipeline.fakes import HEIGHT, WIDTH
from tests.pipeline.table_pages import Sheet, grid_of

from octavo.domain.document import Line, Origin
from octavo.pipeline.sight import Sight
from octavo.pipeline.structure.found import Found
from octavo.pipeline.tables.find import find_tables
from octavo.pipeline.tables.ink_rules import DPI, ink_rules, magnified
from octavo.ports.engines import PageImage

SMALLER = 3
DATA = [["Item", "Count", "Price"], ["Pear", "12", "3.40"], ["Plum", "7", "1.15"], ["Fig", "31", "9.05"]]
XS = [100.0, 260.0, 380.0]
PROSE = "words of running text that fill a line from its left edge to its right one"


def sheet(*, with_table: bool) -> Sheet:
    page = Sheet(origin=Origin.OCR)
    if with_table:
        page.rows(DATA, XS, 100)
        page.across(96, 480, 97, 113, 162)
    for number in range(24):
        page.text(PROSE, 96, 178 + 12 * number)
    return page


def small_tables(page: Sheet) -> tuple[Found, ...]:
    """The page as a picture of so few pixels that its text is 3.3 points high."""
    lines = tuple(replace(line, font_size=round(10 / SMALLER, 2)) for line in page.lines)
    small = replace(page.page, width_pt=WIDTH / SMALLER, height_pt=HEIGHT / SMALLER, lines=lines)
    return find_tables(small, Sight(lambda dpi: drawn(page, dpi), tuple))


def drawn(page: Sheet, dpi: float) -> PageImage:
    """Words as grey bars as high as small letters, rules as the sheet has them; at most 200 dots per inch."""
    dpi = min(dpi, 200.0)
    pixels = page._image(600 / SMALLER).pixels.copy()
    for line in page.lines:
        _ink(pixels, line)
    size = (round(WIDTH / SMALLER * dpi / 72), round(HEIGHT / SMALLER * dpi / 72))
    resized = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return PageImage(np.asarray(resized, np.uint8), dpi)


def _ink(pixels: np.ndarray, line: Line) -> None:
    height, width = pixels.shape[:2]
    for word in line.words:
        box = word.bbox
        top, low = box.y0 + 0.3 * box.height, box.y0 + 0.75 * box.height
        pixels[int(top * height) : int(low * height), int(box.x0 * width) : int(box.x1 * width)] = 90


def test_the_table_of_a_small_picture_is_the_one_of_the_page() -> None:
    (found,) = small_tables(sheet(with_table=True))

    assert grid_of(found) == DATA
    assert found.bbox.y1 < 0.21, "the prose below is no part of it"


def test_lines_of_small_prose_are_rules_only_as_long_as_nobody_looks_closer() -> None:
    page = sheet(with_table=False)
    sight = Sight(lambda dpi: drawn(page, dpi), tuple)

    hasty = ink_rules(sight.image(DPI), WIDTH / SMALLER, HEIGHT / SMALLER)
    closer = ink_rules(magnified(sight, WIDTH), WIDTH, HEIGHT)

    assert len(hasty.across) >= 24, "at this size a line of words looks like a stroke"
    assert closer.across == ()
    assert small_tables(page) == ()


def test_a_picture_that_would_be_too_large_stays_as_it_is() -> None:
    page = sheet(with_table=False)
    sight = Sight(lambda dpi: drawn(page, dpi), tuple)

    assert magnified(sight, 100 * WIDTH).pixels.shape == sight.image(DPI).pixels.shape
