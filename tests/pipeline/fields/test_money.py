from datetime import date
from decimal import Decimal

import pytest
from babel import Locale as Tables
from babel import localedata
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from octavo.pipeline.fields.readers.dates import dates_in, read_date, times_in
from octavo.pipeline.fields.readers.locale import Locale, locale_of
from octavo.pipeline.fields.readers.money import amounts_in, read_money
from octavo.pipeline.fields.readers.months import LANGUAGES

ENGLISH = Locale()
GERMAN = Locale("de", ",", ".", country="DE")
FRENCH = Locale("fr", ",", " ", country="FR")
SWISS = Locale("de", ".", "'", country="CH")
AMERICAN = Locale(date_order="mdy", country="US")
cents = st.integers(-99_999_999_99, 99_999_999_99).map(lambda units: Decimal(units) / 100)
tags = st.sampled_from(sorted(localedata.locale_identifiers()))


@given(tag=tags, value=cents)
@settings(max_examples=150, deadline=None)
def test_an_amount_comes_back_from_any_locale_that_is_known(tag: str, value: Decimal) -> None:
    symbols = Tables.parse(tag).number_symbols["latn"]
    written = format_decimal(value, "#,##0.00", locale=tag)

    found = read_money(written, Locale(decimal=symbols["decimal"], thousands=_space(symbols["group"])))

    assert found is not None
    assert found.value == value
    assert found.raw_text == written


def _space(group: str) -> str:
    return " " if group.isspace() else group


@given(
    value=cents,
    locale=st.sampled_from(["en_US", "de_DE", "fr_FR", "nl_NL", "pl_PL", "pt_BR", "it_IT", "sv_SE", "es_ES"]),
)
@settings(max_examples=80, deadline=None)
def test_an_amount_comes_back_with_its_currency(value: Decimal, locale: str) -> None:
    language, country = locale.split("_")
    written = format_currency(value, "EUR", locale=locale)
    guessed = locale_of(written, (language,), (f"{language}-{country}",))

    found = read_money(written, guessed)

    assert found is not None
    assert (found.value, found.currency) == (value, "EUR")


@pytest.mark.parametrize(
    ("written", "locale", "value", "currency"),
    [
        ("RM 50.00", ENGLISH, "50.00", "MYR"),
        ("11.60-", ENGLISH, "-11.60", None),
        ("(12.00)", ENGLISH, "-12.00", None),
        ("- 5.00", ENGLISH, "-5.00", None),
        ("-$5.00", AMERICAN, "-5.00", "USD"),
        ("1.234,56 €", GERMAN, "1234.56", "EUR"),
        ("EUR 1.234", GERMAN, "1234", "EUR"),
        ("€ 5,-", GERMAN, "5", "EUR"),
        ("1 234,56 €", FRENCH, "1234.56", "EUR"),
        ("CHF 1'234.50", SWISS, "1234.50", "CHF"),
        ("12,34,567.00", ENGLISH, "1234567.00", None),
        ("1.50SR", ENGLISH, "1.50", None),
    ],
)
def test_amounts_are_read_as_people_write_them(
    written: str, locale: Locale, value: str, currency: str | None
) -> None:
    found = read_money(written, locale)

    assert found is not None
    assert (found.value, found.currency, found.repaired) == (Decimal(value), currency, False)


@pytest.mark.parametrize(
    ("written", "value"),
    [("RMO.02", "0.02"), ("RM53. 60", "53.60"), ("31 00", "31.00"), ("RM5 : 00", "5.00"), ("50.0C", "50.00")],
)
def test_slips_of_a_reader_are_mended_and_said(written: str, value: str) -> None:
    found = read_money(written, ENGLISH)

    assert found is not None
    assert (found.value, found.repaired, found.raw_text) == (Decimal(value), True, written)


@pytest.mark.parametrize("text", ["12/03/2018", "16:45", "A-16-1", "192.168.0.1", "hello", "", "6.00%"])
def test_dates_times_and_codes_are_no_amounts(text: str) -> None:
    assert amounts_in(text, ENGLISH) == []


days = st.dates(date(1970, 1, 1), date(2069, 12, 31))


@given(day=days, language=st.sampled_from(LANGUAGES), width=st.sampled_from(["long", "medium"]))
@settings(max_examples=150, deadline=None)
def test_a_date_comes_back_in_any_language(day: date, language: str, width: str) -> None:
    written = format_date(day, width, locale=language)
    order = "ymd" if written[:4].isdigit() else "mdy" if language == "en" else "dmy"

    assert read_date(written, Locale(language, date_order=order)) == day


@given(day=days, mark=st.sampled_from("/.-"), order=st.sampled_from(["dmy", "mdy"]), short=st.booleans())
def test_the_locale_decides_what_is_day_and_what_is_month(
    day: date, mark: str, order: str, *, short: bool
) -> None:
    pattern = {"dmy": "%d{0}%m{0}", "mdy": "%m{0}%d{0}"}[order].format(mark) + ("%y" if short else "%Y")
    written = day.strftime(pattern)

    found = dates_in(written, Locale(date_order=order))

    assert [reading.value for reading in found] == [day]
    assert found[0].ambiguous == (day.day <= 12 and day.month <= 12 and day.day != day.month)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("02/03/1805:16 PM", date(2018, 3, 2)),
        ("18-03-201811:23", date(2018, 3, 18)),
        ("29/06/20188:26:57 AM", date(2018, 6, 29)),
        ("28 Mar 1818:32:36", date(2018, 3, 28)),
        ("27032018", date(2018, 3, 27)),
        ("2018年3月5日", date(2018, 3, 5)),
    ],
)
def test_a_date_is_found_where_a_time_is_glued_to_it_or_signs_were_lost(text: str, day: date) -> None:
    assert read_date(text, ENGLISH) == day


@pytest.mark.parametrize("text", ["03-8060 4233", "1.2.3.4", "99/99/2019", "31.02.2019", "12:30"])
def test_numbers_of_other_kinds_are_no_dates(text: str) -> None:
    assert dates_in(text, ENGLISH) == []


def test_clock_times_are_told_in_24_hours() -> None:
    assert [value for value, _, _ in times_in("03:44:22 PM and 12:05 am")] == ["15:44", "00:05"]


@pytest.mark.parametrize(
    ("text", "decimal", "thousands", "order"),
    [
        ("Summe 1.234,56 EUR am 13.05.2021", ",", ".", "dmy"),
        ("Total $1,234.56 on 05/13/2021", ".", ",", "mdy"),
        ("Total TTC 1 234,56 le 13/05/2021", ",", " ", "dmy"),
        ("Total CHF 1'234.50 13.05.2021", ".", "'", "dmy"),
    ],
)
def test_a_document_says_itself_how_it_writes(text: str, decimal: str, thousands: str, order: str) -> None:
    found = locale_of(text)

    assert (found.decimal, found.thousands, found.date_order) == (decimal, thousands, order)


def test_a_wide_yen_sign_is_a_yen_sign() -> None:
    reading = read_money("\uffe51,234", Locale("ja", ".", ",", "ymd", country="JP"))

    assert reading is not None
    assert (reading.value, reading.currency) == (Decimal(1234), "JPY")
