"""The laws of the small parts, without a model."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.adapters.engines.ppocr.guess import has_untrusted_letter, seems_untrusted
from octavo.adapters.engines.ppocr.read import Reading, Token
from octavo.adapters.engines.ppocr.spacing import split_words
from octavo.adapters.engines.ppocr.tiles import LONG_SIDE, first_scale, tiles
from octavo.adapters.engines.typesize import font_size


@given(st.integers(1, 150), st.integers(1, 150))
def test_tiles_keep_every_pixel_exactly_once(columns: int, rows: int) -> None:
    width, height = columns * 32, rows * 32
    kept = np.zeros((height, width), dtype=np.uint8)

    for tile in tiles(width, height):
        assert tile.x1 - tile.x0 <= LONG_SIDE
        assert tile.y1 - tile.y0 <= LONG_SIDE
        assert tile.x0 <= tile.keep_x0 < tile.keep_x1 <= tile.x1 <= width
        assert tile.y0 <= tile.keep_y0 < tile.keep_y1 <= tile.y1 <= height
        kept[tile.keep_y0 : tile.keep_y1, tile.keep_x0 : tile.keep_x1] += 1

    assert (kept == 1).all()


@given(st.integers(8, 20_000), st.integers(8, 20_000), st.floats(30, 1200))
def test_a_page_is_never_enlarged_at_first_sight_nor_shown_too_large(
    width: int, height: int, dpi: float
) -> None:
    scale = first_scale(width, height, dpi)

    assert 0 < scale <= 1
    assert width * height * scale**2 <= 12_000_001


def test_an_ordinary_page_fits_one_look() -> None:
    scale = first_scale(2480, 3508, 300)

    assert round(3508 * scale) == LONG_SIDE


def _reading(text: str, steps: int = 3) -> Reading:
    """Each character `steps` time steps after the one before, one step wide, 8 pixels a step."""
    return Reading(tuple(Token(c, i * steps, i * steps, 0.9) for i, c in enumerate(text)), 8.0)


def _inked(reading: Reading, *, gaps: dict[int, int]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Ink everywhere but before the characters in `gaps`, where so many columns are white."""
    inked = np.ones(len(reading.tokens) * 3 * 8 + 64, dtype=bool)
    for index, white in gaps.items():
        edge = int((reading.tokens[index].first + 0.5) * 8)
        inked[edge - white : edge] = False
    return inked


def _split(text: str, gaps: dict[int, int]) -> list[str]:
    reading = _reading(text)
    return ["".join(t.character for t in group) for group in split_words(reading, _inked(reading, gaps=gaps))]


def test_a_space_that_was_read_parts_words() -> None:
    assert _split("to be", {3: 20}) == ["to", "be"]


def test_a_gap_after_punctuation_as_wide_as_a_space_is_one() -> None:
    assert _split("at NO:42 to", {3: 18, 6: 18, 9: 18}) == ["at", "NO:", "42", "to"]


def test_a_hair_space_before_a_semicolon_is_none() -> None:
    assert _split("in fact ; so", {3: 20, 8: 6, 10: 20}) == ["in", "fact;", "so"]


def test_nothing_read_is_no_word() -> None:
    assert _split("   ", {}) == []


@pytest.mark.parametrize(
    "text",
    [
        "The ship of the line was in that port and it is as large as a house",
        "Der Wagen ist nicht auf dem Weg und das Haus von Hans",
        "Le chat est dans la maison et il ne sort pas avec nous du jardin",
        "att han inte kom och det som var av trä på land",
        "1,234.00 5,678.00 TOTAL 42",
        "",
    ],
)
def test_trusted_languages_raise_no_suspicion(text: str) -> None:
    assert not seems_untrusted(text)


@pytest.mark.parametrize(
    "text",
    [
        "og det er ikke af den grund at jeg kom til byen",
        "că nu este pentru care sunt în țară și prin munți",
        "které jsou nebo podle mne bylo aby",
        "nie jest to dla mnie oraz przez ten który",
        "hogy nem egy volt meg az lehet",
        "ve bu bir için gibi daha sonra kadar",
    ],
)
def test_languages_it_gets_wrong_are_noticed_by_their_small_words(text: str) -> None:
    assert seems_untrusted(text)


def test_letters_of_other_languages_are_noticed_in_any_line() -> None:
    assert has_untrusted_letter("Łódź")
    assert has_untrusted_letter("smørrebrød")
    assert not has_untrusted_letter("Grüße, señor: 25 µm ± 3 €")


@pytest.mark.parametrize(("text", "share"), [("Hog", 0.93), ("HAT", 0.72), ("now", 0.52), ("gap", 0.73)])
def test_type_size_knows_which_letters_rise_and_hang(text: str, share: float) -> None:
    assert font_size(text, share * 50, dpi=300) == pytest.approx(50 * 72 / 300, abs=0.01)
