"""What every engine owes its callers, whichever it is."""

from pathlib import Path

import numpy as np
import pytest
from tests.engines.conftest import set_page

from octavo.adapters.engines.catalogue import ENGINES, Catalogue
from octavo.adapters.engines.load import load_recogniser
from octavo.domain.document import Origin
from octavo.domain.job import Profile
from octavo.ports.engines import NO_INK, PageImage, Recogniser

LINES = ["The quick brown fox", "jumps over 13 lazy dogs", "and pays $42.50 today"]


@pytest.fixture(params=[name for name in ENGINES if name != NO_INK], scope="module")
def recogniser(request: pytest.FixtureRequest, models_dir: Path) -> Recogniser:
    name = str(request.param)
    description = ENGINES[name].describe(models_dir)
    if not description.available:
        pytest.skip(str(description.reason))
    return load_recogniser(name, Profile.STANDARD, ("en",), models_dir)


def test_a_clean_page_is_read_word_by_word(recogniser: Recogniser) -> None:
    page, _ = set_page(LINES)

    lines = recogniser.recognise(page)

    assert [line.text for line in lines] == LINES


def test_every_word_lies_within_its_line_and_the_page(recogniser: Recogniser) -> None:
    page, _ = set_page(LINES)

    for line in recogniser.recognise(page):
        for word in line.words:
            assert 0 <= line.bbox.x0 <= word.bbox.x0 < word.bbox.x1 <= line.bbox.x1 <= 1
            assert 0 <= line.bbox.y0 <= word.bbox.y0 < word.bbox.y1 <= line.bbox.y1 <= 1


def test_every_word_says_where_it_comes_from_and_how_sure_it_is(recogniser: Recogniser) -> None:
    page, _ = set_page(LINES)

    words = [word for line in recogniser.recognise(page) for word in line.words]

    assert {word.origin for word in words} == {Origin.OCR}
    assert all(word.confidence is not None and 0.5 < word.confidence <= 1.0 for word in words)


def test_word_boxes_stand_on_the_ink(recogniser: Recogniser) -> None:
    page, boxes = set_page(LINES)

    for word in (word for line in recogniser.recognise(page) for word in line.words):
        x0, y0, x1, y1 = boxes[word.text]
        assert abs(word.bbox.x0 * page.width - x0) <= 4, word.text
        assert abs(word.bbox.x1 * page.width - x1) <= 4, word.text
        assert abs(word.bbox.center[1] * page.height - (y0 + y1) / 2) <= 8, word.text


@pytest.mark.parametrize("points", [9, 12, 20])
def test_type_size_is_measured_from_the_ink(recogniser: Recogniser, points: float) -> None:
    page, _ = set_page(["The Quick brown fox jumps", "over nine lazy dogs again"], points=points)

    sizes = [line.font_size for line in recogniser.recognise(page)]

    assert len(sizes) == 2
    assert all(size is not None and abs(size - points) <= 0.15 * points for size in sizes), sizes


@pytest.mark.parametrize("size", [(1, 1), (3, 500), (900, 1200)])
def test_an_empty_picture_has_no_lines(recogniser: Recogniser, size: tuple[int, int]) -> None:
    blank = PageImage(np.full((*size, 3), 255, dtype=np.uint8), 200)

    assert recogniser.recognise(blank) == ()


def test_the_same_page_is_read_the_same_twice(recogniser: Recogniser) -> None:
    page, _ = set_page(LINES)

    assert recogniser.recognise(page) == recogniser.recognise(page)


def test_the_engine_that_reads_is_the_one_that_was_chosen(recogniser: Recogniser, models_dir: Path) -> None:
    chosen = Catalogue(models_dir).choose(recogniser.identity.name, Profile.STANDARD, ("en",))

    assert chosen == recogniser.identity
    assert chosen.digest.startswith("sha256:")
