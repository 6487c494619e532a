"""What a zone says where some of its characters were hardly seen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pipeline.fields.test_mrz import SPECIMENS

from octavo.pipeline.fields.readers.mrz_layouts import LAYOUTS
from octavo.pipeline.fields.readers.mrz_likely import ALPHABET, Chances, likeliest, possible

BY_NAME = {layout.name: layout for layout in LAYOUTS}


def seen(lines: tuple[str, ...], *, sure: float = 0.9) -> Chances:
    """Every character seen as sure as that, any other as hardly."""
    chances = np.full((sum(map(len, lines)), len(ALPHABET)), np.log(1e-5))
    for place, character in enumerate("".join(lines)):
        chances[place, ALPHABET.index(character)] = np.log(sure)
    return chances


def mistake(chances: Chances, place: int, character: str) -> None:
    """Seen as `character` rather, though the right one is nearly as likely."""
    right = int(chances[place].argmax())
    chances[place, right] = np.log(0.4)
    chances[place, ALPHABET.index(character)] = np.log(0.5)


@pytest.mark.parametrize("name", SPECIMENS)
def test_what_is_seen_clearly_is_what_is_said(name: str) -> None:
    found = likeliest(BY_NAME[name], seen(SPECIMENS[name]))

    assert found.lines == SPECIMENS[name]
    assert found.loss == pytest.approx(0.0)


@pytest.mark.parametrize("name", SPECIMENS)
@given(data=st.data())
def test_a_character_mistaken_where_a_check_digit_looks_is_put_right(name: str, data: st.DataObject) -> None:
    layout, lines = BY_NAME[name], SPECIMENS[name]
    line, start, stop = layout.spans["document_number"]
    place = line * layout.width + data.draw(st.integers(start, stop - 1))
    right = "".join(lines)[place]
    value = ALPHABET.index(right)
    wrong = data.draw(
        st.sampled_from([c for c in ALPHABET[1:] if (max(ALPHABET.index(c), 1) - max(value, 1)) % 10])
    )
    chances = seen(lines)
    mistake(chances, place, wrong)

    found = likeliest(layout, chances)

    assert found.lines == lines
    assert found.loss == pytest.approx(np.log(0.5 / 0.4))


def test_letters_are_not_taken_for_digits_where_only_letters_stand() -> None:
    lines = SPECIMENS["TD3"]
    chances = seen(lines)
    mistake(chances, lines[0].index("O"), "0")
    mistake(chances, 44 + 13, "Z")

    assert likeliest(BY_NAME["TD3"], chances).lines == lines


def test_names_are_parted_once_and_nothing_follows_their_end() -> None:
    lines = SPECIMENS["TD3"]
    chances = seen(lines)
    mistake(chances, 30, "K")
    mistake(chances, lines[0].index("<MARIA"), "C")

    found = likeliest(BY_NAME["TD3"], chances)

    assert found.lines[0][25:] == lines[0][25:]


def test_a_zone_that_no_string_proves_is_told_by_its_loss() -> None:
    first, second = SPECIMENS["TD3"]
    chances = seen((first, second[:9] + "7" + second[10:]), sure=1 - 1e-9)

    found = likeliest(BY_NAME["TD3"], chances)

    assert found.loss > 5


def test_a_nought_counts_for_the_letter_where_only_letters_stand() -> None:
    layout, lines = BY_NAME["TD3"], SPECIMENS["TD3"]
    chances = np.exp(seen(lines))
    place = lines[0].index("O")
    chances[place] = 1e-5
    chances[place, ALPHABET.index("0")] = 0.9

    assert possible(layout, chances)[place, ALPHABET.index("O")] == pytest.approx(0.81, abs=0.01)
