"""Machine-readable zones: layouts, check digits, and what scanners make of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.pipeline.fields.readers.check_digits import (
    is_air_waybill,
    is_container,
    mrz_digit,
)
from octavo.pipeline.fields.readers.mrz import read_mrz

PASSPORT = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
CARD = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
LARGE_CARD = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
VISA_A = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")
VISA_B = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")
SPECIMENS = {"TD3": PASSPORT, "TD1": CARD, "TD2": LARGE_CARD, "MRV-A": VISA_A, "MRV-B": VISA_B}


def passport(number: str, surname: str, given: str, personal: str) -> tuple[str, str]:
    first = f"P<UTO{surname}<<{given.replace(' ', '<')}"[:44].ljust(44, "<")
    number, personal = number.ljust(9, "<"), personal.ljust(14, "<")
    parts = [
        number + mrz_digit(number),
        "UTO",
        "740812" + mrz_digit("740812"),
        "F",
        "300415" + mrz_digit("300415"),
    ]
    parts.append(personal + mrz_digit(personal))
    second = "".join(parts)
    return first, second + mrz_digit(second[:10] + second[13:20] + second[21:43])


@pytest.mark.parametrize("layout", SPECIMENS)
def test_the_specimens_of_the_standard_are_read(layout: str) -> None:
    reading = read_mrz(["UTOPIA", *SPECIMENS[layout], "printed in Utopia"])

    assert reading is not None
    assert (reading.layout, reading.lines, reading.failed) == (layout, SPECIMENS[layout], ())
    assert reading.values["surname"] == "ERIKSSON"
    assert reading.values["given_names"] == "ANNA MARIA"
    assert reading.values["sex"] == "F"


def test_a_passport_gives_dates_with_their_century() -> None:
    reading = read_mrz(PASSPORT)

    assert reading is not None
    assert reading.values["date_of_birth"] == "1974-08-12"
    assert reading.values["date_of_expiry"] == "2012-04-15"
    assert reading.values["personal_number"] == "ZE184226B"


def test_words_of_a_line_may_be_apart() -> None:
    reading = read_mrz(
        ["P<UTO ERIKSSON << ANNA < MARIA <<<<<<<<<<< <<<<<<<<", PASSPORT[1][:20] + " " + PASSPORT[1][20:]]
    )

    assert reading is not None
    assert reading.lines == PASSPORT


def test_double_quotation_marks_are_two_fillers() -> None:
    reading = read_mrz([line.replace("<<", "«") for line in PASSPORT])

    assert reading is not None
    assert reading.lines == PASSPORT


@pytest.mark.parametrize("dropped", [1, 2, 3])
def test_fillers_that_were_dropped_are_put_back(dropped: int) -> None:
    first, second = PASSPORT
    reading = read_mrz([first[:-dropped], second.replace("<" * 5, "<" * (5 - dropped))])

    assert reading is not None
    assert reading.lines == PASSPORT


def test_a_long_document_number_goes_on_in_the_optional_data() -> None:
    number = "D23145890734"
    stem = f"I<UTO{number[:9]}<{number[9:]}{mrz_digit(number[:9] + '<' + number[9:])}".ljust(30, "<")
    second = "7408122F1204159UTO<<<<<<<<<<<"
    whole = stem[5:30] + second[:7] + second[8:15] + second[18:29]
    reading = read_mrz([stem, second + mrz_digit(whole), CARD[2]])

    assert reading is not None
    assert reading.values["document_number"] == number


@pytest.mark.parametrize(
    "text", ["A line of text about nothing, long enough to be one", "<" * 44, PASSPORT[0]]
)
def test_what_is_no_zone_is_not_read(text: str) -> None:
    assert read_mrz([text, text]) is None


CONFUSED = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 43)), max_size=4, unique=True)
LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=10)


@given(
    number=st.text("ABCDEFGHIJKLMNPQRSTUVWXYZ123456789", min_size=9, max_size=9),
    surname=LETTERS,
    given_name=LETTERS,
    places=CONFUSED,
)
def test_confused_letters_and_digits_come_back_where_their_place_decides(
    number: str, surname: str, given_name: str, places: list[tuple[int, int]]
) -> None:
    truth = passport(number, surname, given_name, "3699356327")
    lines = [list(line) for line in truth]
    looks = str.maketrans("OI0SZ", "01O52")
    for line, at in places:
        if line == 0 or at >= 10:
            lines[line][at] = lines[line][at].translate(looks)

    reading = read_mrz(["".join(line) for line in lines])

    assert reading is not None
    assert reading.lines[0] == truth[0]
    assert reading.lines[1][:28] == truth[1][:28]


@given(st.text("ABCDEFGHIJKLMNPQRSTUVWXYZ123456789", min_size=8, max_size=8), st.integers(0, 8))
def test_one_wrong_character_of_the_number_is_mended_by_its_check_digit(stem: str, at: int) -> None:
    number = stem[:at] + "O" + stem[at:]
    truth = passport(number, "MARTINEZ", "JOSE", "")
    read = truth[1][:at] + "0" + truth[1][at + 1 :]

    reading = read_mrz([truth[0], read], frozenset({number}))

    assert reading is not None
    assert reading.lines == truth


@pytest.mark.parametrize(
    ("number", "holds"),
    [("CSQU3054383", True), ("CSQU3054384", False), ("MSKU1234565", True), ("ABC", False)],
)
def test_containers_carry_a_check_digit(number: str, holds: bool) -> None:
    assert is_container(number) is holds


@pytest.mark.parametrize(
    ("number", "holds"), [("02012345675", True), ("02012345674", False), ("0201234567", False)]
)
def test_air_waybills_carry_a_check_digit(number: str, holds: bool) -> None:
    assert is_air_waybill(number) is holds
