"""Numbers are shown as Excel shows them, and dates are known for what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.adapters.readers.office.number_codes import BUILTIN, is_date_code
from octavo.adapters.readers.office.number_format import from_iso, general, shown, shown_text, to_iso


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (1234567, "#,##0", "1,234,567"),
        (1234567, "#,##0,", "1,235"),
        (0.1234, "0.0%", "12.3%"),
        (-5, "#,##0_);(#,##0)", "(5)"),
        (-1234.567, "#,##0.0", "-1,234.6"),
        (-0.001, "0.00", "0.00"),
        (0, '_(* "-"??_)', "-"),
        (1234.5, BUILTIN[44], "$1,234.50"),
        (12.5, "[$€-407]#,##0.00", "€12.50"),
        (7, '0 "units"', "7 units"),
        (5551234567, "(000) 000-0000", "(555) 123-4567"),
        (5, "00000", "00005"),
        (0.5, "#.##", ".5"),
        (2.5, "0", "3"),
        (1.005, "0.00", "1.01"),
        (1234567, "0.00E+00", "1.23E+06"),
        (99999, "0.0E+0", "1.0E+5"),
        (1.25, "# ?/?", "1 1/4"),
        (0.375, "# ?/8", "3/8"),
        (45, "[Red]0;[Blue]0", "45"),
        (3, '[>10]"big";"small"', "small"),
        (12, '[>10]"big";"small"', "big"),
        (45000, "m/d/yyyy", "3/15/2023"),
        (45000.75, "yyyy-mm-dd hh:mm", "2023-03-15 18:00"),
        (45000.5, "mmmm d, yyyy", "March 15, 2023"),
        (45000, "ddd dd.mm.yy", "Wed 15.03.23"),
        (0.5, "h:mm AM/PM", "12:00 PM"),
        (1.5, "[h]:mm", "36:00"),
        (0.0006944444, "mm:ss.0", "01:00.0"),
        (1, "m/d/yyyy", "1/1/1900"),
        (61, "m/d/yyyy", "3/1/1900"),
        (60, "m/d/yyyy", "2/29/1900"),
        (0, "m/d/yyyy", "1/0/1900"),
        (0.25, "dd.mm.yyyy h:mm", "00.01.1900 6:00"),
        (45351.75, "[$-407]dddd, d. mmmm yyyy", "Donnerstag, 29. Februar 2024"),
        (45351, "[$-40C]d mmmm yyyy", "29 février 2024"),
        (45351, "[$-419]d mmmm yyyy", "29 февраля 2024"),
        (45351, "[$-407]d. mmm yy", "29. Feb 24"),
        (45351, "[$-F800]dddd, mmmm dd", "Thursday, February 29"),
        (45351, "[$-x-sysdate]mmmm", "February"),
        (0.75, "h a/p", "6 p"),
        (0.75, "h A/P", "6 P"),
        (-1, "[Red][<0]-0.0;[Blue]0.0", "-1.0"),
        (-1, "[<5]0.0;0", "-1.0"),
        (12345678901234567890, "0", "12345678901234600000"),
        (0.1 + 0.2, "0.0000000000000000000", "0.3000000000000000000"),
        (-1, "m/d/yyyy", "-1"),
    ],
)
def test_a_number_is_shown_by_its_format(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333333"),
        (2024, "2024"),
        (-17.5, "-17.5"),
        (123456789012, "1.23457E+11"),
        (0.00001234, "1.234E-05"),
        (12345678901.5, "12345678902"),
    ],
)
def test_a_number_without_a_format_keeps_to_eleven_characters(value: float, text: str) -> None:
    assert general(value) == text


def test_a_workbook_of_1904_counts_from_there() -> None:
    assert shown(0, "yyyy-mm-dd", since_1904=True) == "1904-01-01"


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("General", False),
        ("0.00", False),
        ('"day" 0', False),
        ("[Red]0", False),
        ("yyyy", True),
        ("[h]:mm", True),
    ],
)
def test_dates_are_told_by_their_codes(code: str, *, is_date: bool) -> None:
    assert is_date_code(code) is is_date


def test_text_around_text_is_shown() -> None:
    assert shown_text("five", '0;0;0;"say "@') == "say five"
    assert shown_text("five", "0.00") == "five"


def test_dates_are_told_in_iso_and_back() -> None:
    assert [to_iso(45000), to_iso(45000.5), to_iso(0.25), to_iso(-1)] == [
        "2023-03-15",
        "2023-03-15T12:00:00",
        "06:00:00",
        None,
    ]
    assert from_iso("2023-03-15T12:00:00Z") == 45000.5
    assert from_iso("soon") is None


@given(
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(alphabet='0#?.,%E+-/_*[]$@;"\\hmsdyAP> 1e', max_size=20),
)
def test_no_format_breaks_a_number(value: float, code: str) -> None:
    assert isinstance(shown(value, code), str)


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_grouping_changes_only_commas(value: int, places: int) -> None:
    scaled = value / 10**places

    assert shown(scaled, "#,##0.00").replace(",", "") == shown(scaled, "0.00")


@given(
    st.one_of(st.floats(-1e11, 1e11), st.integers(-(10**9), 10**9).map(lambda n: n / 1000)),
    st.sampled_from(("0", "0.00", "#,##0", "#,##0.000", "0%", "#,##0.0%")),
)
def test_plain_codes_show_what_the_long_way_shows(value: float, code: str) -> None:
    beside = f"{code};-{code}"  # two sections are filled digit by digit

    expected = shown(value, beside)

    assert shown(value, code) == (
        expected if any(char in "123456789" for char in expected) else expected.removeprefix("-")
    )
