"""Pages turned on purpose must come back; what has no text must stay as it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pipeline.fakes import FakeOrienter, FakeRecogniser, RedTopRecogniser, blank_image
from tests.pipeline.pictures import dusty_paper, letter_page, photograph

from octavo.domain.geometry import BBox, Rotation, UprightTransform
from octavo.pipeline.ink import is_blank, shrunk, to_gray
from octavo.pipeline.upright import deskewed, find_skew, orientation, stand_upright, to_upright, turn

ROTATIONS: tuple[Rotation, ...] = (0, 90, 180, 270)
LETTER = letter_page()


@pytest.mark.parametrize("degrees", [-14.5, -7.0, -2.3, -0.6, 0.0, 0.4, 1.7, 5.0, 13.9])
def test_a_skewed_page_is_set_level(degrees: float) -> None:
    skewed = deskewed(LETTER, degrees)

    assert find_skew(to_gray(skewed)) == pytest.approx(-degrees, abs=0.15)


@pytest.mark.parametrize("seed", range(4))
def test_a_photograph_on_white_paper_is_left_as_it_is(seed: int) -> None:
    image = photograph(seed)

    upright = stand_upright(image, shrunk(image), recogniser=FakeRecogniser(), orienter=None)

    assert upright.transform.is_identity
    assert upright.image is image


@pytest.mark.parametrize("rotation", ROTATIONS)
@pytest.mark.parametrize("degrees", [0.0, 3.0, -9.0])
def test_positions_on_the_upright_page_lead_back_to_the_ink(rotation: Rotation, degrees: float) -> None:
    delivered = turn(deskewed(LETTER, -degrees), _opposite(rotation))
    orienter = FakeOrienter(rotation)

    upright = stand_upright(delivered, shrunk(delivered), recogniser=RedTopRecogniser(), orienter=orienter)

    assert upright.transform.rotation == rotation
    assert upright.transform.deskew_degrees == pytest.approx(degrees, abs=0.15)
    here, there = _ink_box(upright.image.pixels), _ink_box(delivered.pixels)
    assert upright.transform.bbox_to_source(here).intersection_area(there) > 0.95 * there.area


@given(
    st.sampled_from(ROTATIONS),
    st.floats(-15, 15),
    st.floats(0.3, 0.45),
    st.floats(0.55, 0.7),
    st.sampled_from([(595.0, 842.0), (842.0, 595.0)]),
)
def test_boxes_go_to_the_upright_page_and_back(
    rotation: Rotation, degrees: float, low: float, high: float, size: tuple[float, float]
) -> None:
    transform = UprightTransform(rotation, degrees, *size)
    box = BBox.clamped(low, low, high, high)

    back = transform.bbox_to_source(to_upright(box, transform))

    assert back.intersection_area(box) >= box.area * 0.999, "the way back encloses where it came from"
    if degrees == 0:
        assert np.allclose(back.to_list(), box.to_list(), atol=2e-5)


def test_a_page_is_not_turned_unless_it_reads_better() -> None:
    image = LETTER

    found = orientation(image, shrunk(image), recogniser=RedTopRecogniser(), orienter=FakeOrienter(180))

    assert found == 0, "the orienter was sure and wrong"


def test_an_unsure_orienter_makes_every_turn_be_tried() -> None:
    image = turn(LETTER, 180)
    orienter = FakeOrienter(0, confidence=0.3)

    assert orientation(image, shrunk(image), recogniser=RedTopRecogniser(), orienter=orienter) == 180


def test_an_upright_page_costs_no_recognition() -> None:
    recogniser = FakeRecogniser()

    orientation(LETTER, shrunk(LETTER), recogniser=recogniser, orienter=FakeOrienter(0, 0.97))

    assert recogniser.seen == []


def test_blank_paper_is_blank_and_one_small_line_is_not() -> None:
    line = letter_page(rows=1)

    assert is_blank(blank_image())
    assert is_blank(dusty_paper())
    assert not is_blank(line)
    assert not is_blank(photograph())


def _opposite(rotation: Rotation) -> Rotation:
    back: dict[Rotation, Rotation] = {0: 0, 90: 270, 180: 180, 270: 90}
    return back[rotation]


def _ink_box(pixels: np.ndarray) -> BBox:
    ink = np.argwhere(pixels.min(axis=2) < 128)
    (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0) + 1
    height, width = pixels.shape[:2]
    return BBox.clamped(left / width, top / height, right / width, bottom / height)
