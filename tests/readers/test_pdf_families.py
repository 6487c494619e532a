"""What a font's name in a PDF says of its family."""

import pytest

from octavo.adapters.readers.pdf.fonts import family_of


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("TimesNewRomanPS-BoldMT", "Times New Roman"),
        ("ArialMT", "Arial"),
        ("Arial,Bold", "Arial"),
        ("Helvetica-Oblique", "Helvetica"),
        ("CourierNewPSMT", "Courier New"),
        ("OpenSans-Semibold", "Open Sans"),
        ("CMR10", "CMR10"),
    ],
)
def test_the_family_is_what_is_left_without_style_and_foundry(name: str, family: str) -> None:
    assert family_of(name) == family


@pytest.mark.parametrize("name", ["", "F1", "T3_0", "TT2", "Font12", "123"])
def test_a_number_for_a_name_says_nothing(name: str) -> None:
    assert family_of(name) is None
